const providers = new Set(
  `aol.com att.net bluewin.ch btinternet.com comcast.net duck.com fastmail.com free.fr freenet.de gmail.com gmx.at gmx.ch
  gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.fr hotmail.it icloud.com
  laposte.net libero.it live.com mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com orange.fr outlook.com
  outlook.de pm.me posteo.de proton.me protonmail.com qq.com rediffmail.com rocketmail.com sbcglobal.net t-online.de
  tutanota.com verizon.net web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.es yahoo.fr
  yahoo.it yandex.com yandex.ru ymail.com zoho.com 126.com 163.com`.split(/\s+/),
);

/**
 * Whether anybody can have an address at this domain, so that it says nothing about a company.
 *
 * @example isFreeMail('gmail.com'); // => true
 * @example isFreeMail('acme.example'); // => false
 */
export function isFreeMail(domain: string): boolean {
  return providers.has(domain);
}
