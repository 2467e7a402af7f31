/** Cards and forms of deals with something that is not known. */

import type { Card, Form } from '../../blocks/card.ts';
import { factCard } from '../../blocks/cards/facts.ts';
import { gapsCard, gapsRegisterCard } from '../../blocks/cards/gaps-register.ts';
import { reviewCard } from '../../blocks/cards/review.ts';
import { rootCard } from '../../blocks/cards/root.ts';
import { statusCard } from '../../blocks/cards/status.ts';
import { endGapForm, takeGapsBackForm } from '../../blocks/forms/gaps-back.ts';
import { acceptGapsForm } from '../../blocks/forms/gaps.ts';
import { startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { whyForm } from '../../blocks/forms/why.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { GapAcceptance } from '../../flows/gap-acceptance.ts';
import { defaultPolicy } from '../flows/policy/deals.ts';
import { findingPolicy, pictureContext, pictureDeal } from './picture-deal.ts';
import { story } from './story.ts';

type Named<T> = readonly [name: string, made: T];

const REASON = 'Nobody publishes on this small agency, and we asked three of them.';
const ids = defaultPolicy.sections.flatMap(({ questions }) => questions.map(({ id }) => id));
const KNOWN = new Set(['G1-capability', 'G2', 'K1']);
const unknown = Object.fromEntries(ids.filter((id) => !KNOWN.has(id)).map((id) => [id, 'unknown']));

const told = (changed: Record<string, string>) => story(pictureDeal(changed), pictureContext());
/** Everything is unknown. */
const everything = (): DealView => told(unknown).view;
const accepted = (): DealView => {
  const questions = ids.filter((id) => ['H3-targeted', 'H-RF1', 'H-RF3-conflict'].includes(id));
  return told({ P1: 'yes', 'H3-targeted': 'unknown', 'H-RF1': 'unknown', 'H-RF3-conflict': 'unknown' }).and(
    'compliance-1',
    {
      type: 'AcceptGaps',
      questions,
      reason: REASON,
    },
  ).view;
};
const takenBack = (): DealView =>
  told({ P1: 'yes', 'H3-targeted': 'unknown' })
    .and('compliance-1', { type: 'AcceptGaps', questions: ['H3-targeted'], reason: REASON })
    .and('compliance-2', { type: 'TakeGapsBack', questions: ['H3-targeted'], reason: 'A report on them came out.' })
    .view;
/** A hospital in a repressive country. */
const HOSPITAL = { P1: 'yes', G8: 'yes', 'H-RF4': 'yes', 'H-RF5-oversight': 'yes', 'L-RF1': 'yes' };
const exception = () => told(HOSPITAL);
const confirmed = (): DealView =>
  exception().and('compliance-1', { type: 'AcceptGaps', questions: [], reason: REASON, confirm: 'clean-benefit' }).view;

/** It asks who might know. */
const finding = (): DealView =>
  story(pictureDeal({ P1: 'yes', 'H3-targeted': 'unknown', 'H-RF1': 'unknown' }), pictureContext({}, findingPolicy))
    .view;

const back = (view: DealView): Named<Card> => [
  'gaps taken back',
  factCard(
    view,
    { fact: 'gaps taken back', by: 'compliance-1', reason: REASON, questions: ids, exceptions: ['clean-benefit'] },
    {},
    { to: 'thread' },
  ),
];

const cardsOf = (name: string, view: DealView): Named<Card>[] => [
  [`${name}: review`, reviewCard(view, 0)],
  [`${name}: routed`, factCard(view, { fact: 'routed' }, {}, { to: 'thread' })],
  [
    `${name}: gaps accepted`,
    factCard(
      view,
      { fact: 'gaps accepted', by: 'compliance-1', reason: REASON, questions: ids, confirm: 'clean-benefit' },
      {},
      { to: 'thread' },
    ),
  ],
];

const acceptance: GapAcceptance = {
  id: 'gap-1',
  on: { of: 'country', country: 'CI' },
  questions: ids,
  reason: REASON,
  until: '2027-09-01',
  by: 'compliance-1',
  at: '2027-03-01T09:00:00.000Z',
};
const ofProduct: GapAcceptance = {
  ...acceptance,
  id: 'gap-2',
  on: { of: 'product', product: 'analytics', name: 'Sample Analytics' },
  questions: ['P-RF1'],
};
const around = { policy: defaultPolicy };
const none = { acceptances: {}, ended: {} };

/** It took what is accepted of its country. */
const taken = (): DealView =>
  story(
    pictureDeal({ P1: 'yes', 'H-RF3-conflict': 'unknown' }),
    pictureContext({ acceptances: [{ ...acceptance, on: { of: 'country', country: 'NO' } }] }),
  ).view;

const registerCards = (): Named<Card>[] => [
  ['gap accepted of a country', gapsRegisterCard({ fact: 'gap accepted', acceptance }, none, around)],
  ['gap accepted of a product', gapsRegisterCard({ fact: 'gap accepted', acceptance: ofProduct }, none, around)],
  ['gap ended', gapsRegisterCard({ fact: 'gap ended', acceptance, reason: REASON, by: 'chief-1' }, none, around)],
  ['accepted gaps', gapsCard([acceptance, ofProduct], defaultPolicy)],
  [
    'accepted gaps, many',
    gapsCard(
      Array.from({ length: 12 }, (_, i) => ({ ...acceptance, id: `gap-${i}` })),
      defaultPolicy,
    ),
  ],
  ['accepted gaps, none', gapsCard([], defaultPolicy)],
];

export const everyGapCard = (): Named<Card>[] => [
  ...registerCards(),
  ['finding out: root', rootCard(finding())],
  ['finding out: status', statusCard(finding())],
  ...[{ fact: 'finding out' } as const, { fact: 'finding out', soon: true } as const].map((fact): Named<Card> => [
    `finding out, ${'soon' in fact ? 'soon' : 'at first'}`,
    factCard(finding(), fact, {}, { to: 'person', person: 'rep-1' }),
  ]),

  ...['rep-1', 'system'].map((by): Named<Card> => [
    `sent on by ${by}`,
    factCard(finding(), { fact: 'sent on', by }, {}, { to: 'thread' }),
  ]),
  back(exception().view),
  ...cardsOf('gaps are taken over', taken()),
  ...cardsOf('all is unknown', everything()),
  ...cardsOf('gaps are accepted', accepted()),
  ...cardsOf('an exception fits', exception().view),
  ...cardsOf('an exception is confirmed', confirmed()),
];

const reviewOf = (view: DealView): Form => {
  const draft = startReview(view, 0);
  if (!draft) throw new Error('nothing is to be reviewed');
  return reviewForm(view, 0, draft, 1);
};

export const everyGapForm = (): Named<Form>[] => [
  ['accept gaps', acceptGapsForm(everything())],
  ['accept gaps, again', acceptGapsForm(everything(), { reason: REASON }, { seen: 'older' })],
  ['accept gaps, one exception', acceptGapsForm(exception().view)],
  ['accept gaps, nothing left', acceptGapsForm(confirmed())],
  ['take gaps back', takeGapsBackForm(accepted())],
  ['take gaps back, taken from the country', takeGapsBackForm(taken(), { reason: REASON })],
  ['take an exception back', takeGapsBackForm(confirmed())],
  ['take gaps back, nothing left', takeGapsBackForm(everything())],
  ['why with a gap taken back', whyForm(takenBack())],
  ['review with a gap taken back', reviewOf(takenBack())],
  ['end a gap', endGapForm(acceptance, defaultPolicy)],
  ['end a gap, ended', endGapForm(undefined, defaultPolicy)],
  ['review with gaps taken over', reviewOf(taken())],
  ['review with gaps accepted', reviewOf(accepted())],
  ['review with an exception confirmed', reviewOf(confirmed())],
  ['why with gaps accepted', whyForm(accepted())],
];
