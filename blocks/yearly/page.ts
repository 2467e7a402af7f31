/** The frame of a static page for the public: no script, nothing fetched, readable on a phone, in the dark and by a screen reader. */

import { escapeXml } from '../drawing.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #14202b; --quiet: #46535f; --paper: #fff; --edge: #c3ccd5; --bar: #d9e4ef; --link: #0b5394; --mark: #7a3d00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f5; --quiet: #b6c1cb; --paper: #12181e; --edge: #3d4a56; --bar: #26384a; --link: #9cc9ff; --mark: #ffc078; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.5rem; font-size: 1.25rem; }
p.said, caption span { color: var(--quiet); }
p.draft { border: 3px solid var(--mark); padding: .75rem; font-weight: bold; color: var(--mark); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; } caption span { display: block; font-weight: normal; }
th, td { border-bottom: 1px solid var(--edge); padding: .4rem .5rem .4rem 0; text-align: left; vertical-align: top; font-weight: normal; }
thead th, tfoot th, tfoot td { font-weight: bold; }
td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.n { text-align: right; } th.y { white-space: nowrap; }
figure { margin: 1rem 0; } svg { display: block; width: 100%; height: auto; border: 1px solid var(--edge); }
a { color: var(--link); }
@media print { a { color: inherit; } }
`;

const x = escapeXml;

/** Paragraphs of what somebody wrote: text, never markup. */
export const paragraphs = (text: string): string =>
  text
    .split(/\n\s*\n/u)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${x(part.trim().replaceAll(/\s*\n\s*/gu, ' '))}</p>`)
    .join('\n');

export const anchor = (id: string): string => id.replaceAll(/[^a-z0-9]+/giu, '-');

export const sectionOf = (id: string, title: string, body: string): string =>
  `<section aria-labelledby="${anchor(id)}">\n<h2 id="${anchor(id)}">${x(title)}</h2>\n${body}\n</section>`;

export interface StaticPage {
  title: string;
  /** HTML of each part. */
  header: string;
  main: string;
  footer?: string | undefined;
}

/** Returns the page. Whoever follows a link from it is not sent on with its address. */
export const staticPage = ({ title, header, main, footer }: StaticPage): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${x(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${x(title)}</h1>
${header}
</header>
<main>
${main}
</main>${footer === undefined ? '' : `\n<footer>\n${footer}\n</footer>`}
</body>
</html>
`;
