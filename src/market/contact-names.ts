export const firstNames = (
  'Alba Amir Ana Anders Bea Ben Chloe Chen Clara Colm Daniel Divya Elena Emeka Erik Fatima Felix Freya Gabriel Greta ' +
  'Hana Hugo Ida Imran Iris Jack Jana Joao Julia Kai Karin Lars Leila Liam Lucia Maja Mateo Mia Mina Nadia Nils Noor ' +
  'Olga Omar Oscar Paula Pavel Quentin Rosa Ruth Samir Sara Sofia Theo Tuva Uma Vera Viktor Wanda Yusuf Zara Zoe'
).split(' ');

export const lastNames = (
  'Adeyemi Almeida Andersen Baker Becker Bianchi Bose Brandt Castillo Clarke Cohen Costa Dahl Dubois Eriksen Farrell ' +
  'Fischer Garcia Grant Haddad Hansen Hughes Ito Jansen Kapoor Keller Khan Kowalski Larsen Laurent Lehmann Lopez ' +
  'Marino Mehta Meyer Moreau Murphy Nakamura Nguyen Novotny Okoye Olsen Patel Pereira Quinn Rahman Reyes Rossi ' +
  'Santos Sato Schmidt Silva Sokolov Tanaka Thompson Varga Vogel Walsh Weber Yilmaz Zhang'
).split(' ');

/** Titles of those who buy, use or stop it, with the seniority that a CRM files them under. */
export const titles: readonly (readonly [title: string, seniority: string, share: number])[] = [
  ['VP Sales', 'vp', 14],
  ['Chief Revenue Officer', 'c_level', 8],
  ['Head of Revenue Operations', 'director', 13],
  ['Sales Operations Manager', 'manager', 16],
  ['Director of Sales', 'director', 12],
  ['Chief Executive Officer', 'c_level', 8],
  ['Finance Director', 'director', 6],
  ['IT Manager', 'manager', 7],
  ['Account Executive', 'individual', 10],
  ['Marketing Manager', 'manager', 6],
];
