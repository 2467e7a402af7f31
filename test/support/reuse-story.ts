/** Deals with the same end-user, as commands make them: an approved one, and one that may confirm its answers. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { earlierDeal } from '../../flows/deal/reuse/earlier.ts';
import { offersFor } from '../../flows/deal/reuse/offers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FactValue } from '../../flows/policy/policy.ts';
import { pictureContext, pictureDeal, weighed } from './picture-deal.ts';
import { story, type Line, type Story } from './story.ts';

export const GOVERNMENT = { name: 'Sample Harbour Office', kind: 'government' } as const;
export const CONTEXT = pictureContext({
  people: [...pictureContext().organisation.people, { id: 'rep-2', name: 'Sample Rep Two', slack: 'U0REP2' }],
  products: [
    { id: 'analytics', name: 'Sample Analytics', category: 'Analytics of weather' },
    { id: 'shield', name: 'Sample Shield', category: 'Weather' },
  ],
});
export interface Play {
  answers?: Record<string, FactValue>;
  details?: Partial<DealDetails>;
  /** Changes every answer that is sent. */
  given?: (answer: GivenAnswer, id: string) => GivenAnswer;
  /** Deals of which its answers may be confirmed. */
  earlier?: readonly Story[];
}

export const lines = (
  id: string,
  { answers = {}, details = {}, given = (answer) => answer, earlier = [] }: Play,
): Line[] =>
  pictureDeal(answers, (details.endUser ?? GOVERNMENT).kind, undefined, (details.intermediaries ?? []).length > 0).map(
    ([actor, command]): Line => [actor, of(id, { details, given, earlier }, command as DealCommand)],
  );
const of = (
  deal: string,
  { details, given, earlier }: Required<Omit<Play, 'answers'>>,
  command: DealCommand,
): DealCommand => {
  if (command.type === 'OpenDeal')
    return { ...command, deal, details: { ...command.details, endUser: GOVERNMENT, ...details } };
  if (command.type !== 'AnswerSection') return command;
  const answers = Object.entries(command.answers).map(([id, answer]) => [id, given(answer, id)]);
  return {
    ...command,
    answers: Object.fromEntries(answers) as typeof command.answers,
    earlier: earlier.flatMap(({ view }) => earlierDeal(view) ?? []),
  };
};

export const voted = (deal: Story): Story =>
  ['compliance-1', 'compliance-2', 'senior-1', 'counsel-1', 'senior-2'].reduce((now, voter) => {
    if (now.view.deal.status !== 'deciding') return now;
    try {
      return now.vote(voter, weighed);
    } catch {
      return now;
    }
  }, deal);

export const approved = (id: string, play: Play = {}): Story => {
  const deal = voted(story(lines(id, play), CONTEXT));
  if (deal.view.deal.status !== 'decided') throw new Error(deal.view.deal.status);
  return deal;
};
export const opened = (details: Partial<DealDetails> = {}): Story =>
  story(lines('D-NEW001', { details }).slice(0, 1), CONTEXT);

/** A deal whose person may confirm what these say. */
export const beside = ({ view }: Story, earlier: readonly Story[], person = 'rep-1'): DealView => ({
  ...view,
  earlier: { person, deals: earlier.flatMap((one) => earlierDeal(one.view) ?? []) },
});

/** A deal all of whose answers are confirmed that an earlier one offers, up to its decision. */
export const confirmedOf = (old: Story, id = 'D-NEW001'): Story => {
  const offers = offersFor(beside(opened(), [old]));
  return story(lines(id, { given: (answer, of) => offers.get(of)?.answer ?? answer, earlier: [old] }), CONTEXT);
};
