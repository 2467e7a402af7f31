/** Lists typed one item per line: sources and intermediaries. */

import type { DealDetails } from '../../flows/deal/deal.ts';
import type { Source } from '../../flows/ids.ts';
import { tooLong } from '../../flows/policy/sentence.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { FormValues } from '../card.ts';
import { MAX_LINE, MAX_TEXT, textOf, ticksOf } from './inputs.ts';
import { type Reader, cleanText, LINE_ENDS } from './reading.ts';

export const SOURCES_HINT = 'One a line: Name, year, https://link. Year and link may be left out.';
/** At a question whose good answer needs a basis. */
export const WHOLE_SOURCES_HINT = 'One a line: Name, year, https://link. All three, so that others can look it up.';
const MOST_SOURCES = 20;
const MOST_INTERMEDIARIES = 20;

type Parsed<T> = { ok: true; value: T } | { ok: false; error: string };

/** Lines that are not empty, each with its number from 1. */
const numbered = (text: string): { line: string; number: number }[] =>
  text
    .split(LINE_ENDS)
    .map((line, i) => ({ line: cleanText(line), number: i + 1 }))
    .filter(({ line }) => line !== '');

const withoutTrailingComma = (text: string): string => text.replace(/[\s,;]+$/, '');

const parseLink = (token: string): string | undefined => {
  const url = parsedUrl(token);
  if (!url) return undefined;
  const usable = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hostname.includes('.');
  return usable ? url.href : undefined;
};

const parseSource = (line: string): Parsed<Source> => {
  const token = /(?:^|[\s,;(<])((?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S*)$/i.exec(line)?.[1];
  let rest = line;
  let url: string | undefined;
  if (token !== undefined) {
    url = parseLink(token);
    if (url === undefined) return { ok: false, error: 'a link must be a whole web address that starts with https://' };
    rest = withoutTrailingComma(line.slice(0, line.length - token.length));
  } else if (/[a-z]:\/\//i.test(line)) {
    return { ok: false, error: 'put the link at the end of the line' };
  }
  let year: number | undefined;
  const last = /^(.*)[,;]\s*(\d{4})$/su.exec(rest);
  if (last) {
    year = Number(last[2]);
    if (year < 1948 || year > 2100) return { ok: false, error: 'the year must lie between 1948 and 2100' };
    rest = withoutTrailingComma(last[1] ?? '');
  }
  const name = cleanText(rest);
  if (name === '') return { ok: false, error: 'give the source a name before its year and link' };
  if (name.length > MAX_LINE) return { ok: false, error: `keep the name to ${MAX_LINE} characters` };
  return {
    ok: true,
    value: { name, ...(year === undefined ? {} : { year }), ...(url === undefined ? {} : { url }) },
  };
};

/** `problem` says what else a source lacks, or undefined. */
export const parseSources = (
  text: string,
  problem: (source: Source) => string | undefined = () => undefined,
): Parsed<Source[]> => {
  const sources: Source[] = [];
  for (const { line, number } of numbered(text)) {
    const parsed = parseSource(line);
    const error = parsed.ok ? problem(parsed.value) : parsed.error;
    if (!parsed.ok || error !== undefined) return { ok: false, error: `Line ${number}: ${error}.` };
    sources.push(parsed.value);
  }
  if (sources.length > MOST_SOURCES) return { ok: false, error: `Please name at most ${MOST_SOURCES} sources.` };
  // Shown again later, a line can be a little longer than it was typed: it still has to fit the input.
  const { length } = formatSources(sources);
  return length > MAX_TEXT ? { ok: false, error: tooLong(length, MAX_TEXT) } : { ok: true, value: sources };
};

export const formatSources = (sources: readonly Source[]): string =>
  sources.map(({ name, year, url }) => [name, year, url].filter((part) => part !== undefined).join(', ')).join('\n');

export const readSources = (form: Reader, name: string, problem?: (source: Source) => string | undefined): Source[] => {
  const parsed = parseSources(form.optional(name, MAX_TEXT) ?? '', problem);
  if (parsed.ok) return parsed.value;
  form.fail(name, parsed.error);
  return [];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Names a link alone by the last part of its path. */
const withName = (line: string): string => {
  const link = /^https:\/\/\S+$/i.test(line) ? parseLink(line) : undefined;
  if (link === undefined) return line;
  const last = new URL(link).pathname.split('/').findLast((part) => part !== '') ?? '';
  return `${cleanText(decoded(last)).slice(0, MAX_LINE) || 'File'}, ${line}`;
};

/** Files for one answer or report. */
export const MOST_FILES = 5;
export const FILES_HINT =
  'They stay in this chat; the record keeps their names, links and, where it can read them, a hash of their content.';

/** The values of a `files` input, one line for each. */
export const fileLines = (values: FormValues, name: string): string => {
  const ticked = ticksOf(values, name);
  return ticked.length > 0 ? ticked.join('\n') : (textOf(values, name) ?? '');
};

export const readFiles = (form: Reader, values: FormValues, name: string, most: number): Source[] => {
  const lines = numbered(fileLines(values, name)).map(({ line }) => withName(line));
  if (lines.length > most) form.fail(name, `Please give at most ${most} files.`);
  const parsed = parseSources(lines.join('\n'));
  if (!parsed.ok) {
    form.fail(name, parsed.error);
    return [];
  }
  const bare = parsed.value.findIndex(({ url }) => url === undefined);
  if (bare >= 0)
    form.fail(name, `Line ${bare + 1}: give the link of the file, a whole address that starts with https://.`);
  return parsed.value;
};

type Intermediary = DealDetails['intermediaries'][number];

/** Reads `Name, role` lines; the last comma separates them. Nothing, or the word "none", means none. */
export const parseIntermediaries = (text: string): Parsed<Intermediary[]> => {
  const lines = numbered(text);
  if (lines.length === 1 && /^(none|no|n\/a|-)\.?$/i.test(lines[0]?.line ?? '')) return { ok: true, value: [] };
  const found: Intermediary[] = [];
  for (const { line, number } of lines) {
    const comma = line.lastIndexOf(',');
    const name = comma < 0 ? '' : withoutTrailingComma(line.slice(0, comma)).trim();
    const role = comma < 0 ? '' : cleanText(line.slice(comma + 1));
    if (cleanText(name) === '' || role === '') {
      return { ok: false, error: `Line ${number}: write the name, a comma, then the role, such as “reseller”.` };
    }
    if (line.length > MAX_LINE) return { ok: false, error: `Line ${number}: keep it to ${MAX_LINE} characters.` };
    found.push({ name, role });
  }
  return found.length > MOST_INTERMEDIARIES
    ? { ok: false, error: `Please name at most ${MOST_INTERMEDIARIES}.` }
    : { ok: true, value: found };
};

export const formatIntermediaries = (intermediaries: readonly Intermediary[]): string =>
  intermediaries.map(({ name, role }) => `${name}, ${role}`).join('\n');
