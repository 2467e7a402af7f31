/** The dossier's risk picture: the table with the deal's place, each step to it, and what is not known. */

import type { DealView } from '../../flows/deal/view.ts';
import { contributionOf } from '../cards/contribution.ts';
import { openParts, whyOpenWords } from '../cards/open-words.ts';
import { HOUSE_RULES, placeOf, stepWords } from '../cards/risk-picture.ts';
import { bullet, heading, line, table, type DossierPart, type Line } from './parts.ts';
import { nameOf } from './words.ts';

/** The table, the deal's cell marked and named. */
export const riskTable = (view: DealView): DossierPart[] => {
  const place = placeOf(view);
  if (!place) return [];
  const { picture, placed } = place;
  const here = {
    row: picture.rows.findIndex(({ id }) => id === placed.row),
    column: picture.columns.findIndex(({ id }) => id === placed.column),
  };
  const rows = picture.rows.map(({ title }, r) => [
    title,
    ...(picture.cells[r] ?? []).map((cell, c) => (r === here.row && c === here.column ? `${cell} (this deal)` : cell)),
  ]);
  const head = ['What it can do', ...picture.columns.map(({ title }) => title)];
  return [table([head, ...rows], { row: here.row, column: here.column + 1 })];
};

/** Each step to the place in the table. */
export const riskPicture = (view: DealView): DossierPart[] => {
  const place = placeOf(view);
  if (!place) return [];
  const { placed, row, column } = place;
  return [
    heading(2, 'Risk picture'),
    bullet('What it can do', row),
    bullet('Who would use it, and where', column),
    bullet('Where they meet', placed.cell),
    bullet('On what is known alone', placed.known),
    ...stepWords(view).map((text) => line(text)),
    line(HOUSE_RULES),
  ];
};

export const contributionLines = (view: DealView): Line[] => {
  const found = contributionOf(view);
  if (!found) return [];
  return [line(`${found.words}${found.by === undefined ? '' : ` (answered by ${nameOf(view, found.by)})`}`)];
};

export const openLines = (view: DealView): Line[] => {
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
