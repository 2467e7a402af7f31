/** Every card and every form that the builders make, over deals of every status. */

import type { Card, Form, FormValues } from '../../blocks/card.ts';
import { absenceCard, awayCard, awaySavedCard } from '../../blocks/cards/absence.ts';
import { answersCard } from '../../blocks/cards/answers.ts';
import { caseRoomCard } from '../../blocks/cards/case-room.ts';
import { conditionsCard } from '../../blocks/cards/conditions.ts';
import { confirmAllCard } from '../../blocks/cards/confirm.ts';
import { alertsCard, countriesCard, issueAlertCard, lawsCard, writeLawsCard } from '../../blocks/cards/countries.ts';
import { digestCard, personalCard } from '../../blocks/cards/digest.ts';
import { factCard } from '../../blocks/cards/facts.ts';
import { filesCard } from '../../blocks/cards/files.ts';
import { elsewhereWords, helpCard, unknownCard } from '../../blocks/cards/help.ts';
import { holdCard, holdsCard, placeHoldCard } from '../../blocks/cards/hold.ts';
import { missedCard, notReachedCard, placeGoneCard, sharedPlaceCard } from '../../blocks/cards/not-reached.ts';
import { reviewCard } from '../../blocks/cards/review.ts';
import { rootCard, stateBlocks } from '../../blocks/cards/root.ts';
import { askedBeforeCard, sectionCard } from '../../blocks/cards/section.ts';
import { settledCard } from '../../blocks/cards/settled.ts';
import {
  changeCard,
  closedCard,
  flagCard,
  recuseCard,
  newDealCard,
  noticeCard,
  refusalCard,
  replacedCard,
  statusCard,
  dossierCard,
  whyCard,
} from '../../blocks/cards/status.ts';
import { voicesCard } from '../../blocks/cards/voices.ts';
import { voteListBelowCard, voteListCard } from '../../blocks/cards/vote-list.ts';
import { watchCard } from '../../blocks/cards/watch.ts';
import { answersForm } from '../../blocks/forms/answers.ts';
import { authorityForm } from '../../blocks/forms/authority.ts';
import { awayForm } from '../../blocks/forms/away.ts';
import { changeForm } from '../../blocks/forms/change.ts';
import { meetConditionForm, settleConditionForm } from '../../blocks/forms/condition.ts';
import { confirmAllForm } from '../../blocks/forms/confirm-several.ts';
import { confirmLighterForm, confirmScopeForm } from '../../blocks/forms/confirm.ts';
import { alertForm, endAlertForm, lookedForm, watcherForm } from '../../blocks/forms/countries.ts';
import { digestCsvForm, digestPageForm } from '../../blocks/forms/digest.ts';
import { dossierForm } from '../../blocks/forms/dossier.ts';
import { filesPageForm } from '../../blocks/forms/files.ts';
import { lateFlagForm, raiseFlagForm, settleFlagForm } from '../../blocks/forms/flag.ts';
import { handOverConditionForm, handOverForm } from '../../blocks/forms/hand-over.ts';
import { holdForm, holdReviewForm, liftHoldForm } from '../../blocks/forms/hold.ts';
import { informationForm, questionBackForm } from '../../blocks/forms/information.ts';
import { keptForm } from '../../blocks/forms/kept.ts';
import { lawsForm } from '../../blocks/forms/laws.ts';
import { licenceForm } from '../../blocks/forms/licence.ts';
import { MORE_CHOICES, moreForm } from '../../blocks/forms/more.ts';
import { objectForm } from '../../blocks/forms/object.ts';
import { detailsForm, openForm } from '../../blocks/forms/open.ts';
import { recuseForm } from '../../blocks/forms/recuse.ts';
import { renewalsForm } from '../../blocks/forms/renewals.ts';
import { reopenForm } from '../../blocks/forms/reopen.ts';
import { startReview } from '../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../blocks/forms/review.ts';
import { savedForm } from '../../blocks/forms/saved.ts';
import { sectionForm } from '../../blocks/forms/section.ts';
import { showForm } from '../../blocks/forms/show.ts';
import { snoozeForm } from '../../blocks/forms/snooze.ts';
import { liftSuspensionForm } from '../../blocks/forms/suspension.ts';
import { whyForm } from '../../blocks/forms/why.ts';
import type { CounselNote } from '../../flows/counsel-note.ts';
import type { CountryAlert } from '../../flows/country-alert.ts';
import type { ConditionProgress } from '../../flows/deal/condition-shapes.ts';
import { precedentsFor } from '../../flows/deal/context/precedent.ts';
import type { Condition } from '../../flows/deal/deal.ts';
import { dutiesOf } from '../../flows/deal/owing/duties.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import { askOf } from '../../flows/deal/telling/asks.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { absences } from '../../flows/registers/absences.ts';
import { countries, type CountriesState } from '../../flows/registers/countries.ts';
import type { CountriesFact } from '../../flows/registers/country-shapes.ts';
import { newFanOut } from '../../flows/registers/fan-out.ts';
import type { FilesFact } from '../../flows/registers/files.ts';
import type { HoldFact, HoldsState } from '../../flows/registers/hold-shapes.ts';
import { holds } from '../../flows/registers/holds.ts';
import { watchStanding } from '../../flows/registers/watch-list.ts';
import { aFormPolicy } from '../blocks/forms/support.ts';
import { best, defaultPolicy, walk, worst } from '../flows/policy/deals.ts';
import {
  aDeal,
  aDecidingDeal,
  allAnswers,
  anOrganisation,
  answered,
  aPolicy,
  aView,
  aVote,
  NOW,
} from './deal-builders.ts';
import { aDigest, fullDigest, myQueue, nothingShown, shownWith } from './digests.ts';
import { everyBoardCard, everyBoardForm, everyNumbersCard } from './every-board.ts';
import {
  accepted,
  anApproval,
  suspendedOverLook,
  carrying,
  everyFact,
  everyReminder,
  decidedAgain,
  everyStatus,
  handedIn,
  overTheYears,
  ownFlag,
  request,
  lighterDeal,
  returned,
  saidOut,
  toReassess,
  withAPast,
} from './every-deal.ts';
import { everyErasureCard, everyErasureForm } from './every-erasure.ts';
import { everyGapCard, everyGapForm } from './every-gap.ts';
import { everyHitCard, everyHitForm } from './every-hit.ts';
import { everyHomeCard } from './every-home.ts';
import { everyListCard, everyListForm } from './every-list.ts';
import { everyPasskeyCard, everyPasskeyForm } from './every-passkey.ts';
import { everyProgrammeCard, everyProgrammeForm } from './every-programme.ts';
import { everyReuseCard, everyReuseForm } from './every-reuse.ts';
import { briefOf, everySheetCard, everySheetForm } from './every-sheet.ts';
import { everyChannelCard, everyTrainingCard, everyTrainingForm } from './every-training.ts';
import { everyYearlyCard, everyYearlyForm } from './every-yearly.ts';
import { dealHold, endUserHold } from './holds.ts';
import { answeringView, bestBut, decidingView, withFacts } from './picture-deals.ts';

const organisation = anOrganisation();

export type Named<T> = readonly [name: string, made: T];

const LONG_CHOICE =
  'A sample choice whose label is so long that Slack would cut it off before a reader knows what it means';
const DESCRIBED = { value: 'c', label: 'Short', description: `${LONG_CHOICE}, and so is its description` };
const scale = [{ value: 'a', label: 'Little' }, { value: 'b', label: LONG_CHOICE }, DESCRIBED];

const threadUrl = 'https://sample.slack.com/archives/C0CLEAR/p1';

const liveCards = (view: DealView): Named<Card>[] => [
  ['root', rootCard(view)],
  ['status', statusCard(view)],
  ['change', changeCard(view)],
  ['recuse', recuseCard(view)],
  ['flag', flagCard(view.deal.id)],
  ['replaced review', replacedCard(view)],
  ...['scope', 'product', 'record'].map((id): Named<Card> => [`section ${id}`, sectionCard(view, id)]),
  ['answers', answersCard(view)],
  ['first review', reviewCard(view, 0)],
  ['second review', reviewCard(view, 1)],
  ['conditions', conditionsCard(view)],
];

const { reminders } = aPolicy();
/** House rule: looked at again after 12 or 24 months. */
const looksAgain = aPolicy({
  reminders: { ...reminders, reassessments: { ...reminders.reassessments, atMost: { high: 12, others: 24 } } },
});

const someConditions = (many: number): Condition[] =>
  Array.from({ length: many }, (_, i) => ({
    id: `c${i + 1}`,
    text: `Sample condition ${i + 1} that somebody has to keep`,
    owner: i % 2 === 0 ? 'rep-1' : 'product-1',
    due: i === 0 ? '2027-03-01' : `2027-04-${String(i + 1).padStart(2, '0')}`,
  }));
/** Handed in again after it was returned. */
const twice: ConditionProgress = { ...returned, status: 'met', evidence: [...handedIn.evidence, ...handedIn.evidence] };
/** One condition each: overdue, returned, done, accepted, open. */
const everyProgress = { c2: returned, c3: handedIn, c4: accepted };
const approvals: Named<OpenedDeal>[] = [
  ['conditions in every state', anApproval(someConditions(5), everyProgress)],
  ['suspended', anApproval(someConditions(5), everyProgress, ['c1'])],
  ['suspended over its reassessment', suspendedOverLook],
  ['suspended, nothing overdue', anApproval(someConditions(1), { c1: accepted }, ['c1'])],
  ['all accepted', anApproval(someConditions(2), { c1: accepted, c2: accepted })],
  ['many conditions', anApproval(someConditions(30), everyProgress, ['c1'])],
];

/** The default policy, every question answered in the worst way, each with a note and a source. */
const worstView = (): DealView => {
  const { facts, asked } = walk(defaultPolicy, { endUser: 'security', intermediaries: true }, worst);
  const answers: Record<string, ReturnType<typeof answered>> = {};
  for (const question of asked) {
    answers[question.section] = {
      ...answers[question.section],
      ...answered({
        [question.id]: {
          value: facts.answers[question.id] ?? 'unknown',
          note: 'A sample note on what was found.',
          sources: [{ name: 'Sample report', url: 'https://reports.example/a' }],
        },
      }),
    };
  }
  return aView(aDeal({ answers }), { policy: defaultPolicy });
};

/** Deals with a place in the risk picture. */
const pictureViews = (): Named<DealView>[] => [
  [
    'picture, nothing known',
    decidingView((q) => (q.kind === 'yes-no' && q.id !== 'G1-capability' ? 'unknown' : best(q)), defaultPolicy),
  ],
  [
    'picture, gaps accepted',
    decidingView(
      bestBut({ P1: 'yes', 'L-RF1': 'yes', G10: 'cause', H1: 'unknown', L1: 'no' }),
      withFacts({ accepted: ['H1'] }),
    ),
  ],
  ['picture, half answered', answeringView(bestBut({ P1: 'yes', P2: 'unknown', 'P-RF1': 'yes' }), 2)],
];

const absence = { person: 'senior-1', delegate: 'senior-2', from: '2027-03-15', until: '2027-03-19' };
const acting = { for: 'senior-1', until: '2027-03-19' };

/** The approvers are away, and product-1 stands in. */
const awayView = (deal: OpenedDeal): DealView =>
  aView(deal, {
    organisation: anOrganisation({
      absences: ['compliance-1', 'senior-1'].map((person) => ({
        ...absence,
        person,
        delegate: 'product-1',
        from: '2027-03-01',
      })),
    }),
  });
/** A vote for an absent approver, and one that was voided. */
const votedFor = aDecidingDeal({
  step: 1,
  passed: [0],
  votes: [{ ...aVote('product-1', 0), for: 'compliance-1' }],
  lastVoided: {
    voters: ['product-1'],
    seats: { 'product-1': 'compliance-1' },
    at: '2027-03-11T09:00:00.000Z',
    differences: [],
  },
});

/** Of every reminder, what came of it where it is not asked any more: for a reader of the deal, and for anybody else. */
const settledCards = (): Named<Card>[] =>
  everyReminder.flatMap(({ deal, fact, to }): Named<Card>[] => {
    const ask = to === undefined ? undefined : askOf(fact, to, aView(deal).organisation);
    if (to === undefined || !ask) return [];
    return [to, 'stranger'].flatMap((reader) =>
      [false, true, 'in the list' as const].map((below): Named<Card> => [
        `settled: ${fact.owed.kind}, ${fact.of}, ${reader}, ${below}`,
        settledCard(aView(deal), ask, reader, { threadUrl, below }),
      ]),
    );
  });

const sixConditions = (): Named<Card>[] => {
  const overdue = { id: 'c1', text: 'End access on misuse', owner: 'rep-1', due: '2027-03-01' };
  const view = aView(anApproval(Array.from({ length: 6 }, (_, i) => ({ ...overdue, id: `c${i}` }))));
  const all = dutiesOf(view).flatMap(({ key, owed, person }) =>
    person === overdue.owner && owed.kind === 'condition' ? [{ duty: key, owed, of: 'overdue' } as const] : [],
  );
  const [first, ...others] = all;
  if (!first) throw new Error('nothing is owed');
  const fact = { fact: 'reminded', ...first, with: others } as const;
  return [['reminded of six conditions', factCard(view, fact, { threadUrl }, { to: 'person', person: overdue.owner })]];
};

const listCards = (): Named<Card>[] => [
  ...sixConditions(),
  ['list of votes, empty', voteListCard([])],
  [
    'list of votes, long',
    voteListCard(Array.from({ length: 14 }, (_, i) => aView(aDecidingDeal({ id: `D-LIST${i}` })))),
  ],
  ['list of votes, below', voteListBelowCard()],
];

const standInCards = (): Named<Card>[] => [
  ...everyReminder.flatMap(({ deal, fact, to }): Named<Card>[] =>
    to === undefined
      ? []
      : [
          [
            `reminded of ${fact.owed.kind}, ${fact.of}, who stands in`,
            factCard(
              aView(deal),
              fact,
              { threadUrl },
              { to: 'person', person: 'product-1', acting: { ...acting, for: to } },
            ),
          ],
        ],
  ),
  ...everyReminder.flatMap(({ deal, fact, to }): Named<Card>[] =>
    to === undefined || fact.of !== 'reminder'
      ? []
      : [
          [
            `${fact.owed.kind} was handed on`,
            factCard(aView(deal), { ...fact, of: 'delegated' }, {}, { to: 'person', person: 'product-1', acting }),
          ],
        ],
  ),
  ...Object.entries(everyFact).map(([name, [deal, fact]]): Named<Card> => [
    `${name}, to whoever stands in`,
    factCard(aView(deal), fact, { threadUrl }, { to: 'person', person: 'product-1', acting }),
  ]),
  ...[aDecidingDeal(), votedFor].flatMap((deal, i) =>
    liveCards(awayView(deal)).map(([name, card]): Named<Card> => [`approvers away ${i}: ${name}`, card]),
  ),
  [
    'vote for somebody who is away',
    factCard(awayView(votedFor), { fact: 'vote cast', step: 0, by: 'product-1' }, {}, { to: 'thread' }),
  ],
];

const heldView = (deal: OpenedDeal): DealView =>
  aView(deal, { organisation: { ...organisation, holds: [dealHold, endUserHold] } });

const source = { name: 'Sample report', url: 'https://reports.example/a' };
const alert: CountryAlert = {
  id: 'alert-1',
  country: aDeal().details.destination,
  why: 'Elections were called off',
  source,
  on: '2027-03-01',
  by: 'compliance-1',
  at: NOW,
};
const laws: CounselNote = {
  id: 'laws-1',
  country: 'CI',
  looked: 'Who may listen in, and who oversees it',
  source,
  by: 'counsel-1',
  at: NOW,
  until: '2028-03-12',
};
const alertedView = (deal: OpenedDeal): DealView =>
  aView(deal, { organisation: { ...organisation, alerts: Array.from({ length: 5 }, () => alert) } });

const planned = { ...endUserHold, from: '2027-03-15' };
const WITHDRAWN = {
  withdrawn: { reason: 'Another unit looks into it.', by: 'compliance-2', at: '2027-03-10T09:00:00.000Z' },
};

const holdCards = (): Named<Card>[] => {
  const held = Array.from({ length: 12 }, (_, i) => ({ ...(i % 2 ? dealHold : endUserHold), id: `hold-${i}` }));
  const state: HoldsState = {
    holds: Object.fromEntries(held.map((hold) => [hold.id, { ...hold, since: hold.at }])),
    spreads: {
      'hold-0:placed': {
        ...newFanOut('hold-0:placed', { of: 'placed', hold: held[0] ?? endUserHold }, NOW),
        of: 5000,
        reached: 4200,
      },
    },
    reminded: {},
  };
  const around = { organisation, policy: undefined, now: NOW, deals: [aView()], reader: 'compliance-1' };
  const reached = { deals: 12, first: ['D-7K3QXM'] };
  const card = (fact: HoldFact, reader = 'compliance-1'): Card => holdCard(fact, state, { ...around, reader });
  const stages = ['before', 'reminder', 'overdue', 'escalation'] as const;
  return [
    ['owner of held deals', card({ fact: 'deals held', hold: endUserHold, reached }, 'rep-1')],
    [
      'owner of released deals',
      card({ fact: 'deals released', hold: endUserHold, reason: 'Nothing was found', by: 'chief-1', reached }, 'rep-1'),
    ],
    [
      'placer of a hold that somebody lifted',
      card({ fact: 'hold lifted', hold: endUserHold, reason: 'Nothing was found', by: 'compliance-2' }),
    ],
    ...stages.flatMap((of): Named<Card>[] => [
      [`hold to review, ${of}`, card({ fact: 'hold to review', hold: endUserHold, of })],
      [`hold to review, ${of}, to somebody else`, card({ fact: 'hold to review', hold: dealHold, of }, 'senior-1')],
    ]),
    ['holds', holdsCard(state, '2027-04-02')],
    ['a hold that is planned', holdsCard({ ...holds.none, planned: { [endUserHold.id]: planned } }, '2027-04-02')],
    [
      'a planned hold, withdrawn',
      card({
        fact: 'hold lifted',
        hold: endUserHold,
        reason: 'Nothing was found',
        by: 'compliance-2',
        from: planned.from,
      }),
    ],
    [
      'planner of a hold that deals meet',
      card({ fact: 'planned hold met', hold: { ...planned, by: 'compliance-1' }, reached }),
    ],
    ['holds, second page', holdsCard(state, '2027-04-02', 2)],
    ['no holds', holdsCard(holds.none, '2027-04-02')],
    ['place a hold', placeHoldCard('')],
    ['place a hold on this deal', placeHoldCard('D-7K3QXM')],
    ...Object.entries(everyStatus).flatMap(([status, deal]): Named<Card>[] => [
      [`on hold, ${status}: root`, rootCard(heldView(deal))],
      [`on hold, ${status}: first review`, reviewCard(heldView(deal), 0)],
    ]),
  ];
};

const LONG = 'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO'.split(' ');

const countryCards = (): Named<Card>[] => {
  const look = { by: 'compliance-1', at: NOW, note: 'Read the press', found: 'something new', source } as const;
  const state: CountriesState = {
    ...countries.none,
    alerts: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`alert-${i}`, { ...alert, id: `alert-${i}` }])),
    spreads: {
      'alert-11:issued': { ...newFanOut('alert-11:issued', { of: 'issued', alert }, NOW), of: 5000, reached: 4200 },
    },
    watch: { CI: { deals: 3, since: NOW, watcher: 'counsel-1', looked: look }, NO: { deals: 1, since: NOW } },
    laws: Object.fromEntries(LONG.map((country) => [country, { ...laws, country }])),
  };
  const around = { organisation, policy: undefined, now: NOW, deals: [aView()], reader: 'compliance-1' };
  const card = (fact: CountriesFact, reader = 'compliance-1'): Card =>
    countriesCard(fact, state, { ...around, reader });
  const watching = (reader: string, now = NOW) => ({ organisation, reader, now });
  const briefs = { 'country:CI': briefOf('CI') };
  const stages = ['reminder', 'overdue', 'escalation'] as const;
  const many = Array.from({ length: 12 }, () => ['CI', 'NO', 'SE']).flat();
  const later = '2028-01-01T09:00:00.000Z';
  const open = { 'deciding with an alert': aDecidingDeal(), 'answering with an alert': everyStatus.answering };
  return [
    [
      'owner of deals in a country',
      card({ fact: 'alert for deals', alert, reached: { deals: 12, first: ['D-7K3QXM'] } }, 'rep-1'),
    ],
    [
      'issuer of an alert that somebody ended',
      card({ fact: 'alert ended', alert, reason: 'It is over', by: 'compliance-2' }),
    ],
    [
      'owner of deals in a country whose laws are noted',
      card({ fact: 'laws noted for deals', note: laws, reached: { deals: 12, first: ['D-7K3QXM'] } }, 'rep-1'),
    ],
    ["counsel's notes", lawsCard(state, true)],
    ["counsel's notes, second page", lawsCard(state, true, 2)],
    ["counsel's notes, to others", lawsCard(state, false)],
    ['no notes of counsel', lawsCard(countries.none, true)],
    ['approved deals where laws are noted', card({ fact: 'laws noted anew', note: laws, deals: 2 })],
    [
      'a note on laws takes the place of another',
      card({ fact: 'laws noted anew', note: laws, before: { ...laws, looked: 'The data act alone.' }, deals: 0 }),
    ],
    ['something new', card({ fact: 'something new', country: 'CI', look })],
    ['something new, to somebody else', card({ fact: 'something new', country: 'CI', look }, 'senior-1')],
    ['watch assigned', card({ fact: 'watch assigned', country: 'CI', by: 'chief-1' }, 'counsel-1')],
    ...stages.flatMap((of): Named<Card>[] => [
      [`country to look at, ${of}`, card({ fact: 'countries to look at', countries: ['CI'], of })],
      [`countries to look at, ${of}`, card({ fact: 'countries to look at', countries: many, of })],
    ]),
    ['alerts', alertsCard(state)],
    ['alerts, second page', alertsCard(state, 2)],
    ['no alerts', alertsCard(countries.none)],
    ['write a note of counsel', writeLawsCard('NO')],
    ['issue an alert', issueAlertCard('Norway Elections were called off')],
    ['watch list', watchCard(watchStanding(state, around, NOW), watching('compliance-1'))],
    ['watch list with briefs', watchCard(watchStanding(state, around, NOW), { ...watching('compliance-1'), briefs })],
    ['watch list, overdue', watchCard(watchStanding(state, around, later), watching('compliance-1', later))],
    [
      'watch list, overdue, brief run out',
      watchCard(watchStanding(state, around, later), { ...watching('chief-1', later), briefs }),
    ],
    ['watch list of a watcher', watchCard(watchStanding(state, around, NOW), watching('counsel-1'))],
    ['watch list, nothing', watchCard([], watching('counsel-1'))],
    [
      'watch list, long',
      watchCard(watchStanding(state, around, NOW, Object.fromEntries(LONG.map((code, i) => [code, i + 1]))), {
        ...watching('chief-1'),
        briefs,
      }),
    ],
    ...Object.entries(open).flatMap(([name, deal]): Named<Card>[] => [
      [`${name}: root`, rootCard(alertedView(deal))],
      [`${name}: first review`, reviewCard(alertedView(deal), 0)],
    ]),
  ];
};

const everyFilesCard = (): Named<Card>[] => {
  const seats = (['lost', 'gained'] as const).flatMap((is) =>
    ['rep-1', 'somebody-gone'].flatMap((person) => [
      { person, is },
      { person, group: organisation.roles.compliance, is },
    ]),
  );
  const facts: Named<FilesFact>[] = [
    ['a changed organisation', { fact: 'file taken', of: 'organisation', seats }],
    ['a corrected organisation', { fact: 'file taken', of: 'organisation', seats: [], corrected: true }],
    [
      'an organisation with accounts and products that changed',
      {
        fact: 'file taken',
        of: 'organisation',
        seats: [],
        moved: [
          { account: 'slack', from: 'rep-1', to: 'compliance-1' },
          { account: 'email', from: 'gone-1', to: 'rep-1' },
        ],
        products: [
          { product: 'p-1', name: '<!channel> *x*', is: 'added' },
          { product: 'p-2', name: 'A', is: 'removed' },
          { product: 'p-3', name: 'A', is: 'renamed', was: 'B' },
          { product: 'p-4', name: 'A', is: 'changed' },
        ],
      },
    ],
    [
      'an organisation with other people in its roles',
      {
        fact: 'file taken',
        of: 'organisation',
        roles: [{ role: 'compliance', was: ['compliance-1'], is: ['rep-1'] }],
        moved: [{ account: 'slack', from: 'rep-1', to: 'compliance-1' }],
        changes: [
          { path: 'roles compliance', was: 'compliance', is: 'x', since: NOW },
          { path: 'groups compliance members', item: true, is: 'rep-1' },
          { path: 'people rep-1 name', was: 'A', is: '<!channel> *x*' },
        ],
        more: 12,
        names: { 'people rep-1': '<!channel> *x*' },
      },
    ],
    [
      'a place that changed',
      {
        fact: 'place changed',
        changes: [{ path: 'people rep-1 slack', was: 'U0SAMPLE0A', is: 'U0SAMPLE0B' }],
        names: {},
        ask: ['Sample Compliance'],
      },
    ],
    [
      'a policy that asks for less',
      {
        fact: 'file taken',
        of: 'policy',
        changes: [
          { path: 'lighter', was: 'confirm', is: 'reason' },
          { path: 'routes high steps 1 quorum', was: '2', is: '1' },
          { path: 'flags H-RF4 title', was: 'A', is: 'B' },
        ],
        names: {},
      },
    ],
    ['another organisation at a start', { fact: 'file taken', of: 'organisation' }],
    ['deals that a file reaches', { fact: 'deals reached', full: ['D-7K3QXM'], short: ['D-8K3QXM', 'D-9K3QXM'] }],
    ['a changed policy', { fact: 'file taken', of: 'policy' }],
    ['a broken policy', { fact: 'file refused', of: 'policy', problems: ['policy.yml:3: <!channel> *x*'] }],
    [
      'a broken organisation',
      { fact: 'file refused', of: 'organisation', problems: ['organisation.yml:3: it is not.'] },
    ],
  ];
  return facts.map(([name, fact]) => [name, filesCard(fact, organisation, { now: NOW, name: 'register:files/12' })]);
};

const everyVoices: readonly Named<Card>[] = [
  ['reporting harm, without a page', voicesCard(undefined)],
  [
    'reporting harm',
    voicesCard({
      address: 'https://speak.example.com',
      authorities: ['Sample <authority>, by letter: Sample street 1'],
    }),
  ],
];

const makeEveryCard = (): Named<Card>[] => [
  ...everyFilesCard(),
  ...everyGapCard(),
  ...everyHitCard(),
  ...everySheetCard(),
  ...everyReuseCard(),
  ...everyBoardCard(),
  ...everyNumbersCard(),
  ...everyListCard(),
  ...everyHomeCard(),
  ...everyVoices,
  ...everyErasureCard(),
  ...Object.entries(everyStatus).flatMap(([status, deal]) =>
    liveCards(aView(deal)).map(([name, card]): Named<Card> => [`${status}: ${name}`, card]),
  ),
  ...Object.entries(everyFact).flatMap(([name, [deal, fact]]): Named<Card>[] => [
    [`${name}, in the thread`, factCard(aView(deal), fact, { threadUrl }, { to: 'thread' })],
    [`${name}, to a person`, factCard(aView(deal), fact, { threadUrl }, { to: 'person', person: 'rep-1' })],
  ]),
  ...approvals.flatMap(([name, deal]): Named<Card>[] => [
    [`${name}: root`, rootCard(aView(deal))],
    [`${name}: conditions`, conditionsCard(aView(deal))],
  ]),
  ...overTheYears.flatMap(([name, deal]): Named<Card>[] => [
    ...liveCards(aView(deal)).map(([of, card]): Named<Card> => [`${name}: ${of}`, card]),
    ...(['decided', 'out of scope', 'stopped', 'reopened'] as const).map((fact): Named<Card> => [
      `${name}: told ${fact}`,
      factCard(aView(deal), { fact }, { threadUrl }, { to: 'person', person: 'rep-1' }),
    ]),
  ]),
  ...[...overTheYears, ['approved', anApproval([])] as const].flatMap(([name, deal]): Named<Card>[] => [
    [`${name}, a latest day: root`, rootCard(aView(deal, { policy: looksAgain }))],
    [
      `${name}, a latest day: told renewals set`,
      factCard(
        aView(deal, { policy: looksAgain }),
        { fact: 'renewals set', by: 'rep-1' },
        { threadUrl },
        { to: 'thread' },
      ),
    ],
  ]),
  ...everyReminder.flatMap(({ deal, fact, to, policy }): Named<Card>[] =>
    policy && to !== undefined
      ? [
          [
            `reminded of ${fact.owed.kind}, ${fact.of}, ${to}, under its rule`,
            factCard(aView(deal, { policy }), fact, { threadUrl }, { to: 'person', person: to }),
          ],
        ]
      : [],
  ),
  ...withAPast.flatMap(([name, deal]): Named<Card>[] => [
    ...liveCards(aView(deal)).map(([of, card]): Named<Card> => [`${name}: ${of}`, card]),
    ...(['stopped', 'out of scope', 'scope said', 'scope refused', 'authority noted'] as const).map(
      (fact): Named<Card> => [
        `${name}: told ${fact}`,
        factCard(aView(deal), { fact }, { threadUrl }, { to: 'person', person: 'rep-1' }),
      ],
    ),
  ]),
  ['to confirm', confirmAllCard(3)],
  ['asked before', askedBeforeCard(aView(), 'product')],
  ['all asked before', askedBeforeCard(aView())],
  ['default policy: answers', answersCard(worstView())],
  ...everyReminder.map(({ deal, fact, to }): Named<Card> => [
    `reminded of ${fact.owed.kind}, ${fact.of}, ${to ?? 'in the thread'}`,
    factCard(aView(deal), fact, { threadUrl }, to === undefined ? { to: 'thread' } : { to: 'person', person: to }),
  ]),
  ...defaultPolicy.sections.map(({ id }): Named<Card> => [`default policy: ${id}`, sectionCard(worstView(), id)]),
  ...pictureViews().flatMap(([name, view]): Named<Card>[] => [
    [`${name}: root`, rootCard(view)],
    [`${name}: answers`, answersCard(view)],
    [`${name}: tier`, factCard(view, { fact: 'routed' }, { threadUrl }, { to: 'thread' })],
    ...(view.deal.status === 'deciding' ? [[`${name}: review`, reviewCard(view, 0)] satisfies Named<Card>] : []),
    ...defaultPolicy.sections.map(({ id }): Named<Card> => [`${name}: ${id}`, sectionCard(view, id)]),
  ]),
  ...standInCards(),
  ...settledCards(),
  ...listCards(),
  ['digest', digestCard(fullDigest, shownWith, 'register:digest:compliance/12')],
  ['digest, deals gone', digestCard(fullDigest, nothingShown, 'register:digest:compliance/12')],
  ['digest, quiet', digestCard(aDigest(), nothingShown, 'register:digest:compliance/13')],
  ['my digest', personalCard(myQueue, shownWith, 'You asked for this. /deal digest off ends it.')],
  ['my digest, nothing', personalCard({ ...myQueue, mine: [], others: [] }, shownWith, 'You asked for it.')],
  ['new deal', newDealCard('')],
  ['help', helpCard([{ words: '/deal', does: 'clear a new deal' }])],
  ['help, to whoever decides', helpCard([{ words: '/deal', does: 'clear a new deal' }], { decides: true })],
  ['help, to an auditor', helpCard([{ words: '/deal list', does: 'every deal' }], { audits: true })],
  [
    'unknown words',
    unknownCard('*xyz* <!channel> '.repeat(9), [{ words: '/deal mine', does: 'your deals' }], {
      elsewhere: '',
      help: '/deal help',
    }),
  ],
  [
    'unknown words, far from all commands',
    unknownCard('nowhere', [], { help: '/deal help', elsewhere: elsewhereWords(true, 'the channel deals', 'nowhere') }),
  ],
  [
    'unknown words, near a name',
    unknownCard('nordweter', [], {
      help: '/deal help',
      elsewhere: '',
      near: { name: '*Nordwetter* <!channel> '.repeat(9), query: 'Nordwetter' },
    }),
  ],
  ['why', whyCard(aView())],
  ['dossier', dossierCard(aView())],
  ['status, elsewhere', statusCard(aView(), 'rep-1', threadUrl)],
  ['who decided', statusCard(aView(everyStatus.decided), 'rep-1', threadUrl, true)],
  ['a deal that the reader cannot open', closedCard()],
  [
    'a deal that the reader cannot open, in its channel',
    closedCard({ channel: 'the channel deals', helper: 'compliance-1', flag: 'D-7K3QXM' }),
  ],
  [
    'a deal that was named in its channel',
    closedCard({
      channel: 'the channel deals',
      state: stateBlocks(aView(everyStatus.decided)),
      helper: 'compliance-1',
      named: 'D-7K3QXM',
      threadUrl: 'https://sample.slack.com/archives/C0CLEAR/p1',
    }),
  ],
  ['a deal that was named elsewhere', closedCard({ named: 'D-7K3QXM', helper: 'compliance-1' })],
  ['refusal', refusalCard(['Only ', { person: 'counsel-1' }, ' can do that.'])],
  ['notice', noticeCard('Nudged.')],
  ['act for somebody', absenceCard({ fact: 'delegated', absence }, absences.none, { organisation })],
  [
    'act for the chief',
    absenceCard({ fact: 'delegated', absence: { ...absence, person: 'chief-1' } }, absences.none, { organisation }),
  ],
  ['a vote is lent', absenceCard({ fact: 'lent', absence }, absences.none, { organisation })],
  ['somebody is back', absenceCard({ fact: 'back', person: 'senior-1' }, absences.none, { organisation })],
  ['here', awayCard(undefined)],
  ['away', awayCard(absence)],
  ['away, saved', awaySavedCard(absence)],
  ...holdCards(),
  ...everyTrainingCard(),
  ...everyPasskeyCard(),
  ['case room, for handlers', caseRoomCard({ fact: 'look' })],
  ['case room, for the chief', caseRoomCard({ fact: 'ask whether they look' })],
  ...everyChannelCard(),
  ...everyYearlyCard(),
  ...everyProgrammeCard(),
  ...countryCards(),
  ['not reached, no app', notReachedCard('counsel-1', { install: 'teams' })],
  ['not reached, no account', notReachedCard('counsel-1', { install: undefined })],
  ['not reached, told elsewhere', notReachedCard('counsel-1', { install: 'teams', about: 'D-7K3QXM' })],
  ['not reached, about no deal', notReachedCard('counsel-1', { install: undefined, about: 'nothing' })],
  ['given up, of a deal', missedCard('D-7K3QXM')],
  ['given up', missedCard(undefined)],
  ['channel gone, other thread', placeGoneCard('D-7K3QXM', 'teams', { elsewhere: true })],
  ['channel shared, other thread', sharedPlaceCard('D-7K3QXM', 'slack', { elsewhere: true })],
  ['channel shared, to its owner', sharedPlaceCard('D-7K3QXM', 'slack', { elsewhere: false })],
  ['channel of a digest shared', sharedPlaceCard(undefined, 'slack', { elsewhere: false })],
  ['channel gone, to its owner', placeGoneCard('D-7K3QXM', 'slack', { elsewhere: false })],
];

let made: readonly Named<Card>[] | undefined;

/** Made once a worker: ten files look at them. */
export const everyCard = (): readonly Named<Card>[] => (made ??= makeEveryCard());

const CHANNELS = [{ id: 'C0CLEAR', name: 'Clearance', mirror: '19:sample@thread.tacv2' }];
const open: FormValues = {
  customer: 'Sample Telecom',
  product: 'other',
  productName: 'Sample analytics suite',
  destination: 'CI',
  endUserName: 'Sample Ministry',
  endUserKind: 'state-tied',
  intermediaries: 'Sample Reseller, reseller',
  valueBand: '50k-250k',
  expectedSigning: '2027-06-01',
  exportLicence: 'pending',
};
const grown: FormValues = {
  'all:run': 'one',
  'q:Q1': 'yes',
  'q:Q1-WHO': 'A sample agency',
  'n:Q1': 'See the press',
  's:Q2': 'Sample report, 2026, https://reports.example/a',
  'q:KIND': 'unique',
  'q:FORMS': ['dissent', 'press'],
  'q:MENU': 'm7',
  'q:TICKS': ['m1', 'm2'],
};

const MET = ['Q1', 'Q2', 'Q1-DEEP', 'FORMS'];
/** Somebody else saved answers and a draft. */
const metSection = (): DealView =>
  aView(
    aDeal({
      answers: {
        forms: answered({
          Q1: { value: 'no', note: 'Nothing was found.', sources: [{ name: 'Sample report', year: 2026 }] },
          Q2: 'unknown',
        }),
      },
      drafts: { forms: { FORMS: { value: ['press'], sources: [], by: 'product-1', at: '2027-03-11T09:00:00.000Z' } } },
    }),
    { policy: aFormPolicy() },
  );

/** Suspended with many conditions, declined against two votes, plainly approved. */
const pastViews = (): DealView[] => {
  const suspended = anApproval(someConditions(5), everyProgress, ['c1']);
  const plain = anApproval([]);
  const votes = ['senior-1', 'senior-2', 'counsel-1'].map((by) => aVote(by, 1));
  const declined = {
    ...plain.decision,
    outcome: 'declined' as const,
    votes: [...votes, aVote('compliance-1', 0, { outcome: 'decline' })],
  };
  const approved = { ...plain.decision, outcome: 'approved' as const, votes };
  return [
    { ...suspended, id: 'D-PAST01' },
    { ...plain, id: 'D-PAST02', decision: declined },
    { ...plain, id: 'D-PAST03', decision: approved },
  ].map((deal) => aView(deal));
};

/** A review of a deal with conditions of discarded votes: some are left out. */
const carriedForms = (): Named<Form>[] => {
  const view = aView(carrying);
  const draft = startReview(view, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  const values = {
    'f:H-RF1': 'uphold',
    'v:c2': 'leave',
    'vr:c2': 'The buyer has put it right.',
    outcome: 'approve-with-conditions',
    rationale: 'The safeguards answer what was found.',
  };
  return [1, 3, 4, 5, 6].map((page): Named<Form> => [
    `review with carried conditions, page ${page}`,
    reviewForm(view, 0, { ...draft, values }, page),
  ]);
};

const flagged = aDecidingDeal({ answers: allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' }) });

const reviewForms = (view: DealView): Named<Form>[] => {
  const draft = startReview(view, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  const values = {
    'f:H-RF1': 'clear',
    'r:H-RF1': 'The report was withdrawn.',
    leverage: 'b',
    scale: 'c',
    outcome: 'approve-with-conditions',
    rationale: 'The safeguards answer what was found.',
  };
  const typed = { ...draft, changed: true, values };
  const asks = { ...draft, values: { outcome: 'information', question: 'Who operates it?' } };
  const weighed = { leverage: 'a', crucial: 'b', scale: 'c', scope: 'b', irremediability: 'c', ending: 'a' };
  const own = { scale, scope: scale, irremediability: scale, citation: 'Sample rule', askWhy: { leverage: ['a'] } };
  const asking = aView(
    aDecidingDeal({
      step: 1,
      votes: [
        aVote('compliance-1', 0, {
          outcome: 'approve-with-conditions',
          conditions: someConditions(25),
          weighing: { ...weighed, safeguardsOffered: 'Audit logs' },
        }),
      ],
    }),
    { policy: { ...view.policy, weighing: { ...view.policy.weighing, ...own } } },
  );
  const plainly = {
    ...draft,
    step: 1,
    values: { 'f:H-RF1': 'uphold', ...weighed, outcome: 'approve', rationale: 'It is what we want to sell.' },
  };
  return [
    ['review, weighing from the earlier voter', reviewForm(asking, 1, { ...plainly, values: {} }, 2)],
    ['review, a plain approval', reviewForm(asking, 1, plainly, 3)],
    [
      'review, a plain approval to confirm',
      reviewForm(
        asking,
        1,
        { ...plainly, values: { ...plainly.values, noCondition: 'The conditions of compliance are enough.' } },
        4,
      ),
    ],
    ...[1, 2, 3, 4].map((page): Named<Form> => [`review, page ${page}`, reviewForm(view, 0, typed, page)]),
    ['answers', answersForm(aView(flagged), 'record', 'compliance-1')],
    ['answers of a long deal', answersForm(worstView(), '', 'rep-1')],
    ['no answers', answersForm(aView(aDeal()), '', 'rep-1')],
    ['review, all flags at once', reviewForm(aView(flagged), 0, { ...draft, values: {} }, 1)],
    [
      'review, each flag',
      reviewForm(aView(flagged), 0, { ...draft, values: { flags: 'each' } }, 1, {
        thread: 'https://chat.example/thread',
      }),
    ],
    [
      'review, similar deals',
      reviewForm(view, 0, draft, 1, {
        beside: { similar: precedentsFor(view, pastViews(), 'compliance-1'), parts: { shown: [], more: 0 } },
      }),
    ],
    ...[1, 4].map((page): Named<Form> => [
      `review for somebody who is away, page ${page}`,
      reviewForm(view, 0, typed, page, { absent: 'compliance-1' }),
    ]),
    ...[1, 4].map((page): Named<Form> => [
      `review beside planned holds, page ${page}`,
      reviewForm(view, 0, typed, page, {
        planned: ['Ministry of Samples', 'Sample Ministery', 'Third', 'Fourth'].map((name) => ({
          plan: { hold: planned },
          like: [name, `${name} Ltd`],
        })),
      }),
    ]),
    [
      'review beside withdrawn plans of holds',
      reviewForm(view, 0, typed, 1, {
        planned: [WITHDRAWN, WITHDRAWN, {}, WITHDRAWN, WITHDRAWN].map((how) => ({
          plan: { hold: planned, ...how },
          like: [],
        })),
      }),
    ],
    ['review, with a declaration', reviewForm(view, 0, typed, 4, { declares: true })],
    ['review, a question', reviewForm(view, 0, asks, 3)],
    ['review, sending a question', reviewForm(view, 0, asks, 4)],
  ];
};

const yearsForms = (): Named<Form>[] => {
  const view = aView(toReassess);
  const again = aView(decidedAgain({ 'H-RF3': 'yes' }));
  const draft = startReview(again, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  const values = {
    outcome: 'approve-with-conditions',
    rationale: 'It is still so, with the same limits.',
    'k:c1': ['yes'],
  };
  return [
    ['renewals', renewalsForm(view)],
    ['renewals, changed', renewalsForm(view, { licence: '2028-04-12', reason: 'They signed for another year' })],
    ['first renewals', renewalsForm(aView(anApproval([])))],
    ['renewals, a latest day', renewalsForm(aView(toReassess, { policy: looksAgain }))],
    ['export licence', licenceForm(view)],
    ['export licence, filled', licenceForm(view, { licence: 'granted', reason: 'No. 12 of 3 March' })],
    ['something changed', changeForm(view)],
    ['something changed, filled', changeForm(view, { what: 'major', why: 'A new owner', on: '2027-05-01' })],
    ['review again', reviewForm(again, 0, draft, 1)],
    ['review again, nothing changed', reviewForm(aView(decidedAgain({ 'H-RF1': 'yes' })), 0, draft, 1)],
    ...[2, 3, 4].map((page): Named<Form> => [
      `review again, page ${page}`,
      reviewForm(again, 0, { ...draft, values }, page),
    ]),
    ...MORE_CHOICES.map((choice): Named<Form> => [
      `more, approved: ${choice}`,
      moreForm(view, 'compliance-1', MORE_CHOICES, { choice }),
    ]),
    ['reopen, approved', reopenForm(view)],
  ];
};

const timeForms = (): Named<Form>[] => {
  const view = aView(anApproval(someConditions(5), { ...everyProgress, c5: twice }, ['c1']));
  return [
    ['meet a condition', meetConditionForm(view, 'c1')],
    ['meet a returned condition', meetConditionForm(view, 'c2', { text: 'Signed again', sources: 'Contract, 2027' })],
    ['meet a condition that is done', meetConditionForm(view, 'c3')],
    ['hand a condition over', handOverConditionForm(view, 'c1', { person: 'product-1', reason: 'She runs it' })],
    ['hand over a condition that is done', handOverConditionForm(view, 'c3')],
    ['settle a condition', settleConditionForm(view, 'c3')],
    ['settle a condition, returned', settleConditionForm(view, 'c5', { verdict: 'return', reason: 'No date' })],
    ['settle a condition that is accepted', settleConditionForm(view, 'c4')],
    ['lift the suspension', liftSuspensionForm(view, { reason: 'It is signed' })],
    ['lift no suspension', liftSuspensionForm(aView(aDeal()))],
    ...everyReminder.flatMap(({ deal, fact, to }): Named<Form>[] =>
      to === undefined ? [] : [[`snooze ${fact.owed.kind}, ${fact.of}`, snoozeForm(aView(deal), to, fact.duty)]],
    ),
  ];
};

const holdForms = (): Named<Form>[] => {
  const today = '2027-03-12';
  const values = {
    on: 'end-user',
    endUser: 'Sample Ministry',
    stop: ['support'],
    because: 'inquiry',
    reason: 'A doubt',
  };
  const shown = [aView(), aView()];
  return [
    ['place a hold', holdForm({ today })],
    ['place a hold on this deal', holdForm({ deal: aView(), today })],
    [
      'place a hold on a deal, shown',
      holdForm(
        { match: { seen: 'D-7K3QXM', deals: 1, shown: [aView()] }, today },
        { ...values, on: 'deal', deal: 'D-7K3QXM' },
      ),
    ],
    ['place a hold on an end-user, shown', holdForm({ match: { seen: 'end-user:x', deals: 3, shown }, today }, values)],
    [
      'place a hold on an end-user of no deal',
      holdForm({ match: { seen: 'end-user:x', deals: 0, shown: [] }, today }, values),
    ],
    ['lift a hold', liftHoldForm(endUserHold, { reason: 'Nothing was found' })],
    ['withdraw a planned hold', liftHoldForm(planned, { reason: 'Nothing was found' })],
    ['lift a hold that is gone', liftHoldForm(undefined)],
    ['change a review date', holdReviewForm(dealHold)],
    ['why, on hold', whyForm(heldView(aDecidingDeal()))],
    ['review, on hold', reviewForm(heldView(aDecidingDeal()), 0, startReview(heldView(aDecidingDeal()), 0)!, 1)],
  ];
};

const countryForms = (): Named<Form>[] => {
  const today = '2027-03-12';
  const values = {
    country: 'CI',
    why: 'Elections were called off',
    source: 'Sample report, https://reports.example/a',
  };
  const match = { country: 'CI', approved: 4200, open: 1, standing: 2 };
  const looked = { by: 'counsel-1', at: NOW, note: 'Read the press', found: 'nothing new' } as const;
  const standing = { country: 'CI', deals: 2, since: NOW, due: today, overdue: false, watcher: 'counsel-1', looked };
  return [
    ['issue an alert', alertForm({ today })],
    ['issue an alert, shown', alertForm({ match, today }, values)],
    ['end an alert', endAlertForm(alert, { reason: 'They were held' })],
    ['end an alert that is gone', endAlertForm(undefined)],
    ["counsel's note", lawsForm({}, {})],
    [
      "counsel's note, again",
      lawsForm(
        { last: laws, replaced: [{ note: laws, by: 'counsel-1', at: laws.at }] },
        { country: 'CI', note: 'Who may listen in' },
      ),
    ],
    ['say that one looked', lookedForm('CI', undefined)],
    ['say that one looked again', lookedForm('CI', standing, { found: 'nothing new', note: 'Read the press' })],
    ['who watches', watcherForm('CI', undefined)],
    ['who watches now', watcherForm('CI', standing)],
    [
      'review, with an alert',
      reviewForm(alertedView(aDecidingDeal()), 0, startReview(alertedView(aDecidingDeal()), 0)!, 1),
    ],
  ];
};

/** Answered with a red flag; every change that makes it fall says why. */
const lighterView = (): DealView =>
  aView(aDeal({ answers: allAnswers({ 'H-RF1': 'yes' }) }), { policy: { ...aView().policy, lighter: 'reason' } });

export const everyForm = (): Named<Form>[] => {
  const view = aView(
    aDecidingDeal({
      answers: allAnswers({ 'H-RF1': 'yes', 'H-RF5': 'unknown' }),
      ownFlags: [ownFlag],
      requests: [request],
    }),
    { policy: { ...aView().policy, weighing: { leverage: scale, crucial: scale, severity: scale, ending: scale } } },
  );
  const sections = aView(aDeal(), { policy: aFormPolicy() });
  const worstDeal = worstView();
  return [
    ['open', openForm(organisation, { channel: 'C0CLEAR' })],
    ['open, filled', openForm(organisation, { channel: 'C0CLEAR' }, open)],
    ['open, typed before', openForm(organisation, { channel: 'C0CLEAR' }, open, NOW)],
    ['open, in a chat', openForm(anOrganisation({ clearanceChannels: CHANNELS }), { chat: 'teams' }, open)],
    ['details', detailsForm(view)],
    ['section', sectionForm(sections, 'forms')],
    ['section, grown', sectionForm(sections, 'forms', grown)],
    [
      'section, answered by somebody else meanwhile',
      sectionForm(metSection(), 'forms', grown, {}, { base: {}, met: MET }),
    ],
    [
      'section, lost meanwhile',
      keptForm(sections, 'forms', grown, { how: 'answered', by: 'rep-1', at: '2027-03-11T09:00:00.000Z' }),
    ],
    ['section, with errors', sectionForm(sections, 'forms', grown, { 'q:Q1-WHO': 'Please name a sample agency.' })],
    ...defaultPolicy.sections.map(({ id }): Named<Form> => [`default policy: ${id}`, sectionForm(worstDeal, id)]),
    ['default policy: why', whyForm(worstDeal)],
    ...pictureViews().flatMap(([name, shown]): Named<Form>[] => {
      const draft = startReview(shown, 0);
      return [
        [`${name}: why`, whyForm(shown)],
        ...(draft ? [[`${name}: review`, reviewForm(shown, 0, draft, 1)] satisfies Named<Form>] : []),
      ];
    }),
    ...reviewForms(view),
    ...carriedForms(),
    ...everyGapForm(),
    ...everyHitForm(),
    ...everySheetForm(),
    ...everyReuseForm(),
    ...everyBoardForm(),
    ...everyListForm(),
    ...everyErasureForm(),
    ['why', whyForm(view)],
    ['raise a flag', raiseFlagForm(view, { title: 'The reseller was fined' })],
    ['raise late as a flag', lateFlagForm(view, 'This deal is withdrawn.', 'The reseller was fined')],
    ['settle a flag', settleFlagForm(view, 'own-1')],
    ['settle a flag, admitted', settleFlagForm(view, 'own-1', { verdict: 'admit', reason: 'It is true' })],
    ['hand over', handOverForm(view, 'product', undefined, [])],
    [
      'hand over, with who might know',
      handOverForm(view, 'product', undefined, [
        { person: 'product-1', why: 'manages the product' },
        { person: 'rep-2', why: 'answered it here before' },
      ]),
    ],
    ['hand over, filled', handOverForm(view, 'product', { person: 'product-1', note: 'You built it' }, [])],
    ['give information', informationForm(view, 'ask-1', { text: 'We do.' })],
    ['take a question back', questionBackForm(view, 'ask-1', 'compliance-1')],
    ['take a colleague’s question back', questionBackForm(view, 'ask-1', 'chief-1', { reason: 'They are on leave.' })],
    ...MORE_CHOICES.map((choice): Named<Form> => [
      `more: ${choice}`,
      moreForm(view, 'compliance-1', MORE_CHOICES, { choice }),
    ]),
    ['object', objectForm(view, 'product-1')],
    ['object, filled', objectForm(view, 'product-1', { reason: 'Nobody asked me' })],
    ['recuse', recuseForm(view, 'compliance-1', { reason: 'My brother works there' })],
    ...withAPast.flatMap(([name, deal]): Named<Form>[] => [
      [`${name}: why`, whyForm(aView(deal))],
      [`${name}: confirm`, confirmScopeForm(aView(deal))],
      [`${name}: authority notified`, authorityForm(aView(deal), { note: 'Sent today' })],
    ]),
    ['lighter, send back', confirmLighterForm(aView(lighterDeal), { verdict: 'refuse', reason: 'No' })],
    ['confirm both', confirmAllForm([aView(saidOut), aView({ ...lighterDeal, id: 'D-PAST01' })], 2)],
    ['send back', confirmScopeForm(aView(saidOut), { verdict: 'refuse', reason: 'It has a camera' })],
    ['confirm several', confirmAllForm([aView(saidOut)], 12, { deals: ['D-7K3QXM'] })],
    [
      'section, stops',
      sectionForm(sections, 'forms', grown, {}, undefined, sections.policy.sections[0]?.questions.slice(0, 1)),
    ],
    ['section, lighter', sectionForm(lighterView(), 'record', { 'q:H-RF1': 'no', why: 'It was another agency' })],
    ['reopen', reopenForm(view, { reason: 'The end-user changed' })],
    ...timeForms(),
    ['away', awayForm(undefined, '2027-03-12')],
    ['away, changed', awayForm(absence, '2027-03-12', { until: '2027-03-31' })],
    ...yearsForms(),
    ...holdForms(),
    ...everyPasskeyForm(),
    ...everyTrainingForm(),
    ...everyYearlyForm(),
    ...everyProgrammeForm(),
    ...[1, 2, 3].map((page): Named<Form> => [
      `digest, page ${page}`,
      digestPageForm({ ...fullDigest, counts: { decided: 99 } }, page, shownWith, 'register:digest:compliance/12'),
    ]),
    ...(['organisation', 'policy'] as const).map((of): Named<Form> => {
      const changes = Array.from({ length: 21 }, (_, n) => ({
        path: `people p-${n} name`,
        was: 'A',
        is: '<!channel> *x*',
      }));
      const all = { of, changes, names: {}, at: NOW, name: 'register:files/12' };
      return [`all changes of the ${of} file`, filesPageForm(all, 1)];
    }),
    ['digest as rows', digestCsvForm('what\r\n', ['1,2\r\n', '3,4\r\n'])],
    [
      'digest as too many rows',
      digestCsvForm(
        'what\r\n',
        Array.from({ length: 999 }, () => 'sample,row\r\n'),
      ),
    ],
    ...Object.entries(everyStatus).map(([status, deal]): Named<Form> => [
      `first page of the dossier of a deal that is ${status}`,
      dossierForm(aView(deal)),
    ]),
    ...Object.entries(everyStatus).map(([status, deal]): Named<Form> => [
      `show a deal that is ${status}`,
      showForm(aView(deal), 'rep-1', threadUrl),
    ]),
    ...countryForms(),
    ['saved', savedForm('Saved. Press Answer in the thread to go on where you left off.', 'Saved for later')],
  ];
};
