// @ts-check

/** Small line drawings, so that nothing depends on the fonts of the machine. */
const PATHS = {
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v10H5z',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  thread: 'M4 5h16v11H10l-5 4v-4H4zM8 9h8M8 12h5',
  warning: 'M12 4L2.5 20h19zM12 10v5M12 17.5v.5',
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  traffic: 'M8 20V5M4 9l4-4 4 4M16 4v15M12 15l4 4 4-4',
  send: 'M4 5l17 7-17 7 3-7zM7 12h8',
  close: 'M6 6l12 12M18 6L6 18',
  cloud: 'M7 18a4 4 0 0 1-.5-8A5.5 5.5 0 0 1 17 9a4.5 4.5 0 0 1 .5 9z',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  back: 'M15 5l-7 7 7 7',
  menu: 'M4 7h16M4 12h16M4 17h16',
};

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
