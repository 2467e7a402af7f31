/** The file that a case leaves in: a zip of a page to read, the same for a program, and what it is and isn't. */

import { strToU8, zipSync, type Zippable } from 'fflate';
import type { ExportAsked } from '../../../../flows/voices/exporting.ts';
import type { ShownCase } from '../wire.ts';
import { askedParts, leftOut, type Headings } from './export-words.ts';
import type { Part } from './report.ts';
import { dayWords } from './view.ts';

export interface ExportedFile {
  name: string;
  bytes: number;
  /** Undefined where it can't be opened: somebody changed it, or a part is missing. */
  sha256: string | undefined;
  cleaned: boolean;
  /** Within the zip; undefined where it was left out. */
  path: string | undefined;
}

export interface ExportedPart {
  number: number;
  day: string;
  heading: string;
  /** Undefined where it was left out. */
  parts: Part[] | undefined;
  files: ExportedFile[];
}

interface Done {
  by: string;
  day: string;
}

export interface ExportedCase {
  case: string;
  arrived: string;
  request: Part[];
  leftOut: string[];
  asked: Done;
  agreed: Done;
  made: Done;
  parts: ExportedPart[];
  happened: { day: string; text: string }[];
  /** Undefined where it was left out, or never given. */
  who: Part[] | undefined;
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

/**
 * Hash of what an export speaks of, sealed as it is: whoever agrees, and whoever makes it, has to see the same as whoever
 * asked, whatever the server shows.
 */
export const markOf = (shown: ShownCase, asked: Omit<ExportAsked, 'mark' | 'kind'>): Promise<string> => {
  const { to, why, upTo, events, left, files, name } = asked;
  const { id, day, messages, who } = shown;
  const spokenOf = messages
    .filter(({ number }) => number <= upTo)
    .map((one) => [one.number, one.day, one.by ?? '', one.toReporter, one.sealed]);
  const happened = shown.events.slice(0, events);
  const text = JSON.stringify([
    'clearthread export 1',
    [id, day, to, why, upTo, events, left, files, name],
    spokenOf,
    happened,
    name ? (who ?? '') : '',
  ]);
  return sha256(new TextEncoder().encode(text));
};

export const requestOf = (asked: ExportAsked, headings: Headings): Pick<ExportedCase, 'request' | 'leftOut'> => ({
  request: askedParts(asked, headings),
  leftOut: leftOut(asked, headings),
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const listOf = (parts: readonly Part[]): string =>
  `<dl>${parts
    .map(({ label, text }) => `<dt>${escaped(label ?? 'Words')}</dt><dd dir="auto">${escaped(text)}</dd>`)
    .join('')}</dl>`;

const fileWords = ({ name, bytes, sha256: hash, cleaned, path }: ExportedFile): string =>
  [
    name,
    `${bytes} bytes`,
    hash === undefined ? 'it could not be opened: somebody changed it, or a part is missing' : `SHA-256 ${hash}`,
    cleaned ? 'a photo, drawn anew without place, time and device before it was kept' : 'as it was sent',
    path ?? 'left out',
  ].join('; ');

const partHtml = ({ heading, parts, files }: ExportedPart): string =>
  `<section><h2>${escaped(heading)}</h2>${
    parts === undefined ? '<p class="left">Left out.</p>' : listOf(parts)
  }${files.length === 0 ? '' : `<h3>Files</h3><ul>${files.map((one) => `<li dir="auto">${escaped(fileWords(one))}</li>`).join('')}</ul>`}</section>`;

const doneWords = ({ by, day }: Done): string => `${by}, ${dayWords(day)}`;

/** Opens in any browser, runs nothing, and fetches nothing. */
export const exportPage = (made: ExportedCase): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Case ${escaped(made.case)}</title>
<style>
html{color-scheme:light;background:#fff;color:#000}
body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #888;margin-top:1.5rem}
dt{font-weight:600;margin-top:.6rem}
dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
li{overflow-wrap:anywhere}
.left{font-style:italic}
</style>
</head>
<body><main>
<h1>Case ${escaped(made.case)}</h1>
<p>Arrived on ${dayWords(made.arrived)}. “They” is whoever reported it. What this is and is not stands in README.txt.</p>
<section><h2>This export</h2>${listOf([
  ...made.request,
  { label: 'Asked for by', text: doneWords(made.asked) },
  { label: 'Agreed to by', text: doneWords(made.agreed) },
  { label: 'Made by', text: doneWords(made.made) },
])}</section>
${made.who === undefined ? '' : `<section><h2>Who they are</h2>${listOf(made.who)}</section>`}
${made.parts.map(partHtml).join('\n')}
<section><h2>What was done</h2><ul>${made.happened
  .map(({ day, text }) => `<li>${dayWords(day)}: ${escaped(text)}.</li>`)
  .join('')}</ul></section>
</main></body>
</html>
`;

export const exportReadme = (made: ExportedCase): string =>
  [
    `Case ${made.case}`,
    '',
    'case.html  to read, in any browser; it runs nothing and fetches nothing',
    'case.json  the same, for a program',
    ...(made.parts.some(({ files }) => files.some(({ path }) => path !== undefined))
      ? ['files/     what was sent with it; a file can harm a machine, so open it on one apart, without a network']
      : []),
    '',
    'What it is: what stood in this case when the export was asked for, opened in the browser of a handler to whom',
    'it is sealed. Another handler agreed to exactly this. Both, the reason and the hash of this file stand in the case.',
    ...(made.leftOut.length === 0 ? [] : ['', 'Left out:', ...made.leftOut.map((one) => `- ${one}`)]),
    '',
    made.who === undefined
      ? 'The envelope with the name of whoever reported it is not in here. Their words may still show who they are.'
      : 'THE NAME OF WHOEVER REPORTED IT IS IN HERE. Whoever learns it can harm them: show it to nobody who need not know.',
    '',
    'What it is not: no proof by itself of who wrote what, or when. Days are those of the server’s clock, and there is no',
    'finer time. Steps of handlers are not signed. The hashes of files are of what was kept, which is not always what was',
    'sent: photos are drawn anew where their sender wished so. It is no legal advice, either.',
    '',
  ].join('\r\n');

/** Without a time: noon of the day. `files`: by their paths. */
export const zipOf = (made: ExportedCase, files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> => {
  const [year = 0, month = 0, day = 0] = made.made.day.split('-').map(Number);
  const mtime = new Date(year, month - 1, day, 12);
  const inside: Zippable = {
    'README.txt': strToU8(exportReadme(made)),
    'case.html': strToU8(exportPage(made)),
    'case.json': strToU8(`${JSON.stringify({ format: 'clearthread case export 1', ...made }, undefined, 2)}\n`),
  };
  // Photos, films and documents are compressed already.
  for (const [path, bytes] of files) inside[path] = [bytes, { level: 0 }];
  return zipSync(inside, { mtime }) as Uint8Array<ArrayBuffer>;
};
