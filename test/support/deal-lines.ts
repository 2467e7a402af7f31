/** Commands of a sample deal, for stories and for simulations. */

import { createHash } from 'node:crypto';
import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { Ballot } from '../../flows/deal/deal.ts';
import type { DealContext } from '../../flows/deal/deciding/decision.ts';
import { openCarried } from '../../flows/deal/rights/carried.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { aDeal, anOrganisation, aPolicy } from './deal-builders.ts';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const CONTEXT: DealContext = { policy: aPolicy(), organisation: anOrganisation(), hash: sha256 };

export type Line = [actor: string, command: DealCommand, at?: string];

export const DEAL = 'D-7K3QXM';

export const open = (): Line => [
  'rep-1',
  { type: 'OpenDeal', deal: DEAL, home: { platform: 'slack', channel: 'C0CLEAR' }, details: aDeal().details },
];

const given = (values: Record<string, string>): Record<string, GivenAnswer> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));

export const answer = (section: string, values: Record<string, string>, actor = 'rep-1'): Line => [
  actor,
  { type: 'AnswerSection', section, answers: given(values) },
];

const PRODUCT = { P1: 'no', P2: 'no', P4: 'common' };
const RECORD = { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no' };

/** Opened and fully answered; `changed` replaces single answers. */
export const answeredDeal = (changed: Record<string, string> = {}): Line[] => [
  open(),
  answer('scope', { G1: changed['G1'] ?? 'yes' }),
  answer('product', { ...PRODUCT, ...pick(changed, PRODUCT) }),
  answer('record', { ...RECORD, ...pick(changed, RECORD) }),
];

const pick = (changed: Record<string, string>, of: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(changed).filter(([id]) => id in of));

/** Leaves out what is carried, with a reason; `more` may take it over or be silent. */
const leftOut = (view: DealView): Pick<Ballot, 'leftOut'> => {
  const open = openCarried(view);
  return open.length === 0
    ? {}
    : {
        leftOut: open.map(({ condition, by }) => ({ condition, askedBy: by, reason: 'The buyer has put it right.' })),
      };
};

export const ballot = (view: DealView, more: Partial<Ballot> = {}): Ballot => ({
  ...leftOut(view),
  outcome: 'approve',
  flags: Object.fromEntries(view.assessment.flags.map((f) => [f.id, { opinion: 'uphold' as const }])),
  conditions: [],
  rationale: 'The safeguards answer what worries us here.',
  ...(view.deal.status === 'deciding' && view.deal.route.weighing
    ? { weighing: { leverage: 'a', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' } }
    : {}),
  ...more,
});

export const voteOf = (view: DealView, more: Partial<Ballot> = {}): DealCommand => {
  const { deal } = view;
  const [step, factsHash] = deal.status === 'deciding' ? [deal.step, deal.route.factsHash] : [0, 'none'];
  return { type: 'CastVote', step, factsHash, ballot: ballot(view, more) };
};
