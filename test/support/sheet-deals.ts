/** Deals that take a product sheet and a country brief. */

import type { AnswerBasis, GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import type { Sheet } from '../../flows/sheet.ts';
import type { Line } from './deal-lines.ts';
import { answerPicture, pictureContext, pictureDeal } from './picture-deal.ts';
import { sheetOrganisation } from './sheets.ts';
import { story, type Story } from './story.ts';

/** No note of counsel: the brief is all that there is. */
export const sheetDealContext = (sheets: readonly Sheet[], more: Partial<Organisation> = {}): DealContext => ({
  ...pictureContext(),
  organisation: sheetOrganisation({ sheets, counselNotes: [], ...more }),
});

/** What a form sends for an answer of a sheet. `forged`: what a client puts in instead. */
export const taking = (
  sheet: Sheet,
  id: string,
  forged: Partial<GivenAnswer> & { version?: number } = {},
): GivenAnswer => {
  const { value, note, sources } = sheet.answers[id]!;
  const { version = sheet.version, ...more } = forged;
  const basis: AnswerBasis = {
    sources,
    sheet: { id: sheet.id, version, by: sheet.by, at: sheet.at, until: sheet.until },
  };
  return { value, ...(note === undefined ? {} : { note }), sources: [], basis, ...more };
};

type Changed = Readonly<Record<string, FactValue>>;

const valuesOf = (sheets: readonly Sheet[]): Changed =>
  Object.fromEntries(sheets.flatMap(({ answers }) => Object.entries(answers).map(([id, { value }]) => [id, value])));

/** A section whose answers are taken where a sheet has them; `apart`: those given apart, in place of them. */
export const takingLine = (section: string, sheets: readonly Sheet[], apart: Changed = {}, why?: string): Line => {
  const [actor, command] = answerPicture(section, { ...valuesOf(sheets), ...apart });
  if (command.type !== 'AnswerSection') throw new Error('no answers');
  const answers = Object.entries(command.answers).map(([id, given]): [string, GivenAnswer] => {
    const sheet = sheets.find((one) => one.answers[id] !== undefined);
    return [id, sheet && apart[id] === undefined ? taking(sheet, id) : given];
  });
  const more = why === undefined ? {} : { why };
  return [actor, { ...command, answers: Object.fromEntries(answers), ...more } as DealCommand];
};

/** What the sheets say is taken, the rest is answered in the best way but for some. */
export const takingDeal = (sheets: readonly Sheet[], apart: Changed = {}, why?: string): Line[] =>
  pictureDeal({ ...valuesOf(sheets), ...apart }).map((line) => {
    const [, command] = line;
    return command.type === 'AnswerSection' ? takingLine(command.section, sheets, apart, why) : line;
  });

export const takenStory = (sheets: readonly Sheet[], more: Partial<Organisation> = {}): Story =>
  story(takingDeal(sheets), sheetDealContext(sheets, more));
