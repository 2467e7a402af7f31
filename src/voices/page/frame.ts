/**
 * The frame of every public page: no script, no cookie, nothing from elsewhere, and a size in steps of 32 kB, so that
 * somebody who sees only sizes does not see what was opened.
 */

import { createHash, randomBytes } from 'node:crypto';
import { CLOSED_HEADERS } from '../../web/page-headers.ts';
import type { Texts } from '../texts.ts';
import { Html, markup, type Part } from './html.ts';

const STEP = 32 * 1024;

const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1f24;--quiet:#4d5661;--line:#8a929c;--accent:#0b5cad;--on:#fff;--warn:#8a3b00}
@media(prefers-color-scheme:dark){:root{--ground:#14171b;--ink:#eceff3;--quiet:#b4bdc7;--line:#77808b;--accent:#6cb2ff;--on:#0b1520;--warn:#ffb070}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.55 system-ui,sans-serif}
main,header{max-width:40rem;margin:0 auto;padding:0 1rem}
main{padding-bottom:3rem}
header{padding-top:.75rem}
.practice{background:var(--warn);color:var(--ground);padding:.5rem 1rem;margin:0;font-weight:600;text-align:center;border-radius:.4rem}
header p{margin:.5rem 0}
h1{font-size:1.6rem;line-height:1.25;margin:1rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem}
a{color:var(--accent)}
.leave{display:inline-block;border:2px solid var(--accent);border-radius:.4rem;padding:.4rem .8rem;font-weight:600;text-decoration:none}
.languages{display:flex;flex-wrap:wrap;gap:0 1.2rem}
.languages a{padding:.6rem 0}
.quiet,.hint{color:var(--quiet)}
.hint{display:block;font-size:.95rem}
label,legend{font-weight:600}
.field{margin:1.2rem 0;border:0;padding:0;min-width:0}
input[type=text],textarea,select{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.3rem;padding:.5rem;margin-top:.25rem}
input[type=file]{width:100%;font:inherit;margin-top:.5rem}
.tick+.hint{margin:0 0 .8rem;padding-inline-start:1.7rem}
.name{overflow-wrap:anywhere}
textarea{min-height:6rem}
.long{min-height:12rem}
.tick{font-weight:400;display:flex;gap:.6rem;align-items:flex-start;margin:.5rem 0}
.tick input{margin:.35rem 0 0;min-width:1.1rem;min-height:1.1rem}
button{font:inherit;font-weight:600;background:var(--accent);color:var(--on);border:0;border-radius:.4rem;padding:.6rem 1.2rem;min-height:2.75rem}
.digits{font:600 1.5rem/1.6 ui-monospace,monospace;border:2px solid var(--line);border-radius:.4rem;padding:.6rem 1rem;direction:ltr;unicode-bidi:isolate;letter-spacing:.03em}
.said{border-inline-start:.25rem solid var(--line);padding-inline-start:1rem;margin:1rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9rem;direction:ltr;unicode-bidi:isolate}
details{margin:2rem 0}
summary{font-weight:600;cursor:pointer}
.problem{border:2px solid var(--warn);border-radius:.4rem;padding:.5rem 1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

/** Byte for byte what the hash is of. */
const STYLE_TAG = new Html(`<style>${STYLE}</style>`);

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Sent with every page. Nothing here rests on cookies or on the origin of a request, so neither is asked for. */
export const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  ...CLOSED_HEADERS,
  'x-dns-prefetch-control': 'off',
};

/** The same page in another language. */
export interface InLanguage {
  texts: Texts;
  href: string;
}

export interface Frame {
  texts: Texts;
  /** Somebody wants to be elsewhere at once: where to. */
  leave: string;
  practice: boolean;
  title: string;
  links: readonly InLanguage[];
}

/** As those say who speak it. */
const nameOf = (language: string): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return `${name.slice(0, 1).toLocaleUpperCase(language)}${name.slice(1)}`;
};

const linksPart = (links: readonly InLanguage[]): Part =>
  links.length === 0
    ? undefined
    : markup`<p class="languages">
        ${links.map(
          ({ texts: { language, direction }, href }) =>
            markup`<a href="${href}" lang="${language}" dir="${direction}" hreflang="${language}">${nameOf(language)}</a> `,
        )}
      </p>`;

const shown = ({ texts, leave, practice, title, links }: Frame, body: Part): Html =>
  markup`<!doctype html>
    <html lang="${texts.language}" dir="${texts.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${practice ? `${texts.practice} ` : ''}${title}</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header>
          ${practice ? markup`<p class="practice">${texts.practice} ${texts.practiceMore}</p>` : undefined}
          <p><a class="leave" href="${leave}" rel="noreferrer">${texts.leave}</a></p>
          <p class="hint">${texts.leaveMore}</p>
          ${linksPart(links)}
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;

const OPEN = '<!--';
const CLOSE = '-->';

/** Fills the page with chance up to a whole number of steps, in bytes. */
const filledUp = (page: string): Buffer => {
  const bytes = Buffer.from(page);
  const bare = bytes.length + OPEN.length + CLOSE.length;
  const missing = Math.ceil(bare / STEP) * STEP - bare;
  const chance = randomBytes(missing).toString('hex').slice(0, missing);
  return Buffer.concat([bytes, Buffer.from(`${OPEN}${chance}${CLOSE}`)]);
};

export const pageOf = (frame: Frame, body: Part): Buffer => filledUp(shown(frame, body).toString());
