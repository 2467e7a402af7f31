/** The dossier's risk picture: the table with the deal's place, each step to it, and what is not known. */

import type { DealView } from '../../flows/deal/view.ts';
import { contributionOf } from '../cards/contribution.ts';
import { openParts, whyOpenWords } from '../cards/open-words.ts';
import { HOUSE_RULES, placeOf, stepWords } from '../cards/risk-picture.ts';
import { bullet, heading, line, table } from './markdown.ts';
import { nameOf } from './words.ts';

export const riskPicture = (view: DealView): string[] => {
  const place = placeOf(view);
  if (!place) return [];
  const { picture, placed, row, column } = place;
  const here = {
    row: picture.rows.findIndex(({ id }) => id === placed.row),
    column: picture.columns.findIndex(({ id }) => id === placed.column),
  };
  const rows = picture.rows.map(({ title }, r) => [
    title,
    ...(picture.cells[r] ?? []).map((cell, c) => (r === here.row && c === here.column ? `${cell} (this deal)` : cell)),
  ]);
  return [
    heading(2, 'Risk picture'),
    ...table([['What it can do', ...picture.columns.map(({ title }) => title)], ...rows], {
      row: here.row,
      column: here.column + 1,
    }),
    '',
    bullet('What it can do', row),
    bullet('Who would use it, and where', column),
    bullet('Where they meet', placed.cell),
    bullet('On what is known alone', placed.known),
    ...stepWords(view).map((text) => line(text)),
    line(HOUSE_RULES),
    '',
  ];
};

export const contributionLines = (view: DealView): string[] => {
  const found = contributionOf(view);
  if (!found) return [];
  return [line(`${found.words}${found.by === undefined ? '' : ` (answered by ${nameOf(view, found.by)})`}`)];
};

export const openLines = (view: DealView): string[] => {
  const { open, accepted } = openParts(view);
  const all = [
    ...open.map((question) => ({ question, label: 'Open question' })),
    ...accepted.map((question) => ({ question, label: 'Accepted by compliance' })),
  ];
  return all.map(({ question, label }) => {
    const why = whyOpenWords(question);
    return line(`${label}: ${question.text} (${question.citation})${why === '' ? '' : `: ${why}`}`);
  });
};
