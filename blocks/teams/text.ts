/** Spans as TextRuns: the one kind of Teams text in which typed text cannot become a mention, a link or Markdown. */

import type { PersonId } from '../../flows/ids.ts';
import type { Span, Text } from '../card.ts';
import { sinceWords, spansOf } from '../fallback.ts';
import { clip, TEAMS } from '../limits.ts';
import { liveUrl } from '../slack/text.ts';
import { bytesOf, plain, plainLine } from '../text.ts';
import { notHere } from '../words.ts';
import type { TextRun } from './adaptive-card.ts';

export type Names = (id: PersonId) => { name: string } | undefined;

const NAME = 100;
const LINK_TEXT = 200;
/** Bytes of the JSON around one more paragraph. */
const PARAGRAPH = 80;

/** Cuts a text so that its JSON takes at most so many bytes, with an ellipsis at the end where something is missing. */
export const clipToBytes = (text: string, most: number): string => {
  let [kept, size] = [text, bytesOf(text)];
  while (size > most) {
    // Characters differ in size, so this comes close and may take several turns.
    const length = Math.floor(Math.min(kept.length - 1, kept.length * (most / size)));
    if (length < 1) return '';
    kept = clip(text, length);
    size = bytesOf(kept);
  }
  return kept;
};

/**
 * Makes text inert for labels, choice titles and `fallbackText`. Teams shows the first two as they are ("Markdown is
 * supported only for TextBlock and Fact": https://github.com/MicrosoftDocs/msteams-docs/issues/12228), other clients
 * may not. A word joiner, which is invisible, keeps brackets from making a link or a date.
 */
export const inert = (text: string): string => text.replace(/\](?=[([:])/g, ']\u2060').replace(/\{(?=\{)/g, '{\u2060');

/** `inert` on one line, clipped. */
export const inertLine = (text: string, max: number): string => inert(clip(plainLine(text), max)) || '–';

type Style = Omit<TextRun, 'type' | 'text'>;

/** Splits text between the braces of what some clients draw as a date: https://learn.microsoft.com/adaptive-cards/authoring-cards/text-features */
export const runsOf = (text: string, style: Style = {}): TextRun[] =>
  text
    .split(/(?<=\{)(?=\{(?:DATE|TIME)\()/)
    .filter((piece) => piece !== '')
    .map((piece) => ({ type: 'TextRun', text: piece, ...style }));

const linkRuns = ({ url, text }: { url: string; text: string }): TextRun[] => {
  const live = liveUrl(url, TEAMS.action.url);
  if (!live) return runsOf(`${plainLine(text)} (${plainLine(url)})`);
  const host = `(${live.host})`;
  const words = clip(plainLine(text), LINK_TEXT);
  return runsOf(words.endsWith(host) ? words : `${words} ${host}`.trim(), {
    selectAction: { type: 'Action.OpenUrl', url: live.href },
  });
};

const spanRuns = (span: Span, names: Names): TextRun[] => {
  if (typeof span === 'string') return runsOf(plain(span));
  if ('strong' in span) return runsOf(plain(span.strong), { weight: 'Bolder' });
  if ('quiet' in span) return runsOf(plain(span.quiet), { isSubtle: true });
  if ('link' in span) return linkRuns(span.link);
  // `{{DATE(…)}}` stays as it is in a TextRun in Teams: https://github.com/microsoft/AdaptiveCards/issues/6194
  if ('since' in span) return runsOf(sinceWords(span.since));
  return runsOf(clip(plainLine(names(span.person)?.name ?? notHere(span.person)), NAME), { weight: 'Bolder' });
};

export const textRuns = (text: Text, names: Names): TextRun[] => spansOf(text).flatMap((span) => spanRuns(span, names));

export const isBlank = (runs: readonly TextRun[]): boolean => runs.every(({ text }) => text.trim() === '');

/** The room left in a card. Drawing takes from it, so that the whole stays within Teams' limits. */
export interface Allowance {
  /** UTF-8 bytes of JSON. */
  left: number;
  /** Parts for which there was no room. */
  skipped: number;
}

const more = (left: readonly TextRun[]): TextRun => {
  const count = left.reduce((sum, { text }) => sum + text.length, 0);
  return { type: 'TextRun', text: `… (${count} more characters)`, isSubtle: true };
};

/** Splits runs into lines, as not every client breaks a line inside a run. Blank lines are left out. */
const linesOf = (runs: readonly TextRun[]): TextRun[][] => {
  const lines: TextRun[][] = [[]];
  for (const run of runs) {
    for (const [i, text] of run.text.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...run, text });
    }
  }
  return lines.filter((line) => !isBlank(line));
};

/** Makes a paragraph of each line, as much as there is room for; a cut says how much is missing. */
export const take = (runs: readonly TextRun[], allowance: Allowance): TextRun[][] => {
  const lines = linesOf(runs);
  const taken: TextRun[][] = [];
  for (const [i, line] of lines.entries()) {
    const kept: TextRun[] = [];
    taken.push(kept);
    allowance.left -= PARAGRAPH;
    for (const [j, run] of line.entries()) {
      const price = bytesOf(run);
      if (price > allowance.left) {
        const text = clipToBytes(run.text, allowance.left - (price - bytesOf(run.text))).slice(0, -1);
        allowance.left = 0;
        if (text !== '') kept.push({ ...run, text });
        const cut = { ...run, text: run.text.slice(text.length) };
        kept.push(more([cut, ...line.slice(j + 1), ...lines.slice(i + 1).flat()]));
        return taken;
      }
      allowance.left -= price;
      kept.push(run);
    }
  }
  return taken;
};
