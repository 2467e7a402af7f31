/** Deals with the same end-user under the default policy, told of each other as the ticker does it. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { newsOfOthers } from '../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../flows/deal/context/others.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { OTHER_PRODUCT, SYSTEM } from '../../flows/organisation.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import { pictureContext, pictureDeal } from './picture-deal.ts';
import { story, type Line, type Story } from './story.ts';

/** A day after the deals. */
export const NOW = '2027-03-02T09:00:00.000Z';

const linesOf = (id: string, answers: Record<string, FactValue>, details: Partial<DealDetails>): Line[] =>
  pictureDeal(answers, details.endUser?.kind, undefined, (details.intermediaries ?? []).length > 0).map(
    ([actor, command]): Line => [
      actor,
      command.type === 'OpenDeal'
        ? { ...command, deal: id, details: { ...command.details, customer: `Sample customer ${id}`, ...details } }
        : command,
    ],
  );

/** Says of a product outside the catalogue that it does nothing on people, and compliance confirms it. */
const confirmed = (deal: Story, [actor, command]: Line): Story => {
  const said = deal.and(actor, { ...command, why: 'It keeps nothing about anybody' } as DealCommand);
  return said.view.lighterSaid
    ? said.and('compliance-1', ({ lighterSaid }) => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' }))
    : said;
};

/** Answers the deal's sections one by one. */
export const answeredAll = ([opening, ...lines]: readonly Line[], context = pictureContext()): Story =>
  lines.reduce<Story>((deal, line) => nextLine(deal, line), story(opening ? [opening] : [], context));

export const nextLine = (deal: Story, line: Line): Story => {
  const [, command] = line;
  const isDenied =
    deal.view.deal.details.product.id === OTHER_PRODUCT &&
    command.type === 'AnswerSection' &&
    ['P1', 'P2'].every((id) => command.answers[id]?.value === 'no');
  return isDenied ? confirmed(deal, line) : deal.and(...line);
};

/** Opened under that id, and nothing else. */
export const openNamed = (
  id: string,
  details: Partial<DealDetails> = {},
  context = pictureContext(),
  by?: string,
): Story =>
  story(
    linesOf(id, {}, details)
      .slice(0, 1)
      .map(([actor, command]): Line => [by ?? actor, command]),
    context,
  );

/** Opened under that id and answered in the best way but for some. */
export const dealNamed = (
  id: string,
  answers: Record<string, FactValue> = {},
  details: Partial<DealDetails> = {},
  context = pictureContext(),
): Story => answeredAll(linesOf(id, answers, details), context);

/** What the deal is told. Undefined: nothing. */
export const noteOf = (twin: Story, ...others: Story[]): DealCommand | undefined => {
  const found = newsOfOthers(
    [twin, ...others].map(({ view }) => saidElsewhere(view)),
    NOW,
  ).get(twin.view.deal.id);
  return found && { type: 'NoteOthers', ...found };
};

/** The same but for what is said of its product. */
export const noteOfParties = (twin: Story, ...others: Story[]): DealCommand | undefined => {
  const note = noteOf(twin, ...others);
  if (note?.type !== 'NoteOthers') return note;
  const { ofProduct: _, ...rest } = note;
  return rest.ended.length + rest.otherwise.length > 0 || Object.keys(rest).length > 3 ? rest : undefined;
};

export const told = (twin: Story, ...others: Story[]): Story => {
  const note = noteOf(twin, ...others);
  if (!note) throw new Error('nothing was told');
  return twin.and(SYSTEM, note);
};
