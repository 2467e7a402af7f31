/** The route in words: each step, who voted, who is left, and which quorum cannot be reached. */

import type { DealRoute, Vote } from '../../flows/deal/deal.ts';
import { completesAt } from '../../flows/deal/owing/filled.ts';
import { managedOn, namedIn, placedSince, sheetAuthors } from '../../flows/deal/rights/close.ts';
import { countedThen, seatOfVote, type StepStanding } from '../../flows/deal/rights/quorum.ts';
import {
  asideElsewhere,
  dismissersOf,
  endersOf,
  lightenersOf,
  lowerersOf,
  reopenersOf,
  reportedOn,
  settersElsewhere,
} from '../../flows/deal/rights/set-aside.ts';
import { notWaitedFor, standingOf } from '../../flows/deal/rights/whose-turn.ts';
import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { membersOf, person } from '../../flows/organisation.ts';
import type { Step } from '../../flows/policy/policy.ts';
import { awayAt } from '../../flows/registers/absences.ts';
import type { Block, Span, Text } from '../card.ts';
import { count, dayWords, endsOf, groupName, sentence } from '../words.ts';
import { raiseFlagButton, whyButton } from './actions.ts';
import { people, voteSpans } from './spans.ts';
import { peopleHere } from './stand-ins.ts';
import type { FactNamed, Told } from './told.ts';
import { ofAll } from './worry-words.ts';

/** `Senior approvers (step 2 of 2)` */
export const stepName = (view: DealView, route: DealRoute, index: number): string => {
  const step = route.steps[index];
  const group = step ? groupName(view.organisation, step.group) : 'Review';
  return route.steps.length < 2 ? group : `${group} (step ${index + 1} of ${route.steps.length})`;
};

/** `2 votes, at least 1 of them from Counsel`; `from` follows the number: `2 votes from Senior approvers, …`. */
export const quorumWords = (view: DealView, step: Step, from: string = ''): string => {
  const parts = step.including.map(
    ({ group, atLeast }) => `at least ${atLeast} of them from ${groupName(view.organisation, group)}`,
  );
  return [count(step.quorum, 'vote') + from, ...parts].join(', ');
};

/** The same of a step that is voted on, with votes that it needs beyond that, as from somebody who manages no seller: “1 of 1” reads as done. */
export const neededWords = (
  view: DealView,
  step: Step,
  { counted, missing }: Pick<StepStanding, 'counted' | 'missing'>,
): string => quorumWords(view, { ...step, quorum: Math.max(step.quorum, counted.length + missing) });

/** Names those who sell it, or told them, whose managers these are. */
const sellerNames = (view: DealView, managers: readonly PersonId[]): string =>
  managedOn(view)
    .flatMap((id) => {
      const seller = person(view.organisation, id);
      return seller?.manager !== undefined && managers.includes(seller.manager) ? [seller.name] : [];
    })
    .join('’s or ');

/** In what ways people set aside what others said against a deal: whom that is true of, and in words. */
const WAYS: readonly {
  of: (deal: DealView['deal']) => PersonId[];
  did: string;
  not: string;
  where?: (deal: DealView['deal']) => string;
}[] = [
  {
    of: dismissersOf,
    did: 'dismissed a flag that others raised',
    not: 'did not dismiss a flag that others raised',
  },
  {
    of: lightenersOf,
    did: 'admitted a flag of others as lighter than it waited',
    not: 'did not admit a flag of others as lighter than it waited',
  },
  {
    of: endersOf,
    did: 'ended what a colleague had put against it',
    not: 'did not end what a colleague had put against it',
  },
  {
    of: reopenersOf,
    did: 'reopened it over what a colleague had said',
    not: 'did not reopen it over what a colleague had said',
  },
  {
    of: reportedOn,
    did: 'gave the approval that a report is against',
    not: 'did not give the approval that a report is against',
  },
  {
    of: lowerersOf,
    did: 'made this deal lighter',
    not: 'did not make this deal lighter',
  },
  {
    of: settersElsewhere,
    did: 'set aside what others said of another deal',
    not: 'did not set aside what others said of another deal',
    where: (deal) => ` ${ofAll(asideElsewhere(deal))}`,
  },
];

const waysOf = ({ deal }: DealView, isMeant: (people: readonly PersonId[]) => boolean, how: 'did' | 'not'): string[] =>
  WAYS.flatMap(({ of, where, ...words }) => (isMeant(of(deal)) ? [`${words[how]}${where?.(deal) ?? ''}`] : []));

/** Why a vote of one of these alone is not enough. */
const besidesWords = (view: DealView, besides: readonly PersonId[]): string => {
  const sellers = sellerNames(view, besides);
  const since = placedSince(view, managedOn(view));
  const isAmong = (authors: readonly PersonId[]): boolean => besides.some((id) => authors.includes(id));
  const who = [
    ...(sellers === '' ? [] : [`is not ${sellers}’s manager`]),
    ...(isAmong(sheetAuthors(view)) ? ['did not write what the answers are taken from'] : []),
    ...(isAmong(namedIn(view.deal)) ? ['is not named as having said the answers'] : []),
    ...(isAmong(since.newly) ? ['had their place before this deal was opened'] : []),
    ...(isAmong(since.managers) ? ['was no manager of the deal team when it was opened'] : []),
    ...waysOf(view, isAmong, 'not'),
  ];
  return `somebody who ${who.join(' and ')}`;
};

/** In what ways those who can vote in the open step stand close to the deal: those that apply. */
const allCloseWords = (view: DealView, { route, step, team, recused = [] }: DecidingDeal): string => {
  const out = [...team, ...recused.map(({ by }) => by)];
  const voters = membersOf(view.organisation, route.steps[step]?.group ?? '').filter((id) => !out.includes(id));
  const since = placedSince(view, managedOn(view));
  const isAmong = (ids: readonly PersonId[]): boolean => voters.some((id) => ids.includes(id));
  const how = [
    ...(sellerNames(view, voters) === '' ? [] : ['manages somebody who worked on it']),
    ...(isAmong(since.managers) ? ['managed somebody who worked on it'] : []),
    ...(isAmong([...sheetAuthors(view), ...namedIn(view.deal)]) ? ['said what its answers stand on'] : []),
    ...waysOf(view, isAmong, 'did'),
    ...(isAmong(since.newly) ? ['got their place only now'] : []),
  ];
  return [how.slice(0, -1).join(', '), ...how.slice(-1)].filter((part) => part !== '').join(' or ');
};

/** `1 more vote from Counsel`, `2 more votes, 1 of them from Counsel`; empty if nothing is missing. */
export const missingWords = (view: DealView, deal: DecidingDeal): string => {
  const { missing, missingFrom, besides, mayManage, allClose } = standingOf(view, deal);
  if (missing === 0) return '';
  const votes = count(missing, 'more vote');
  const from = [
    ...missingFrom.map(({ group, count: n }) => ({ n, name: groupName(view.organisation, group) })),
    ...(besides ? [{ n: 1, name: besidesWords(view, besides) }] : []),
  ];
  const [only, another] = from;
  const why = mayManage
    ? ' (who manages somebody that sells it is not known, so one voter alone is not enough)'
    : allClose
      ? ` (everybody who can vote ${allCloseWords(view, deal)}, so one voter alone is not enough)`
      : '';
  if (only && !another && only.n === missing) return `${votes} from ${only.name}${why}`;
  return `${[votes, ...from.map(({ n, name }) => `${n} of them from ${name}`)].join(', ')}${why}`;
};

/** When a step goes on that has all its votes, as the organisation file changed. */
export const goesOnWords = (view: DealView): string => {
  const at = completesAt(view);
  return at === undefined
    ? 'This step has all its votes. It goes on by itself once nothing holds it.'
    : `This step has all its votes. It goes on by itself on ${dayWords(at)}, unless a vote is taken back before, something holds the deal, or the organisation file brings in somebody else who votes.`;
};

/** Who recused themself, and why. */
export const recusedBlocks = ({ deal }: DealView): Block[] =>
  (deal.recused ?? []).map(({ by, reason }) => ({
    kind: 'note',
    text: [{ person: by }, ` recused themself and decides nothing on this deal. ${sentence(endsOf(reason, 300))}`],
  }));

const voteList = (votes: readonly Vote[]): Span[] =>
  votes.flatMap((vote, i): Span[] => [...(i === 0 ? [] : ['; ']), ...voteSpans(vote)]);

/** How a voter stands close to the deal: `manages Sample Rep`. */
const closeness = (view: DealView, id: PersonId): string => {
  const sellers = sellerNames(view, [id]);
  const since = placedSince(view, managedOn(view));
  return [
    ...(sellers === '' ? [] : [`manages ${sellers.replaceAll('’s or ', ' and ')}`]),
    ...(sheetAuthors(view).includes(id) ? ['wrote what answers are taken from'] : []),
    ...(namedIn(view.deal).includes(id) ? ['is named as having said answers'] : []),
    ...(since.newly.includes(id) ? ['got their place after this deal was opened'] : []),
    ...(since.managers.includes(id) ? ['managed somebody of the deal team when it was opened'] : []),
    ...waysOf(view, (ids) => ids.includes(id), 'did'),
  ].join(', ');
};

/** Says before a vote that those who stand close to the deal can decide alone, as the others are away and nobody stands in. */
export const aloneSpans = (view: DealView, deal: DecidingDeal): Span[] => {
  const away = notWaitedFor(view, deal);
  if (away.length === 0) return [];
  const dates = new Set(away.flatMap((id) => awayAt(view.organisation, id, view.now)?.until ?? []));
  const [until] = dates.size === 1 ? dates : [];
  const close = standingOf(view, deal).people.flatMap((id) => {
    const how = away.includes(id) ? '' : closeness(view, id);
    return how === '' ? [] : [[id, how] as const];
  });
  return [
    ...people(away),
    `${away.length === 1 ? ' is' : ' are'} away${until === undefined ? '' : ` until ${dayWords(until)}`}, and nobody who stands apart from the deal votes for them. `,
    ...(close.length === 0
      ? ['So this step needs fewer votes.']
      : [
          'So this step can be completed by who stands close to the deal alone: ',
          ...close.flatMap(([id, how], i): Span[] => [i === 0 ? '' : '; ', { person: id }, ` ${how}`]),
          '.',
        ]),
    ' ',
    ...people(away),
    away.length === 1 ? ' hears of it, and can object.' : ' hear of it, and can object.',
  ];
};

export const aloneBlocks = (view: DealView, deal: DecidingDeal): { kind: 'note'; text: Text }[] => {
  const text = aloneSpans(view, deal);
  return text.length === 0 ? [] : [{ kind: 'note', text }];
};

/** Says of each step in which nobody else voted that those who did stand close to the deal: nobody else was here then. */
export const closeVotes = (view: DealView, route: DealRoute, votes: readonly Vote[]): Span[][] => {
  if (view.policy.managerAlone !== false) return [];
  return route.steps.flatMap(({ group }, index) => {
    const voters = [...new Set(votes.filter(({ step }) => step === index).map(seatOfVote))];
    const close = voters.map((id) => [id, closeness(view, id)] as const);
    if (voters.length === 0 || close.some(([, how]) => how === '')) return [];
    return [
      [
        { strong: `Nobody voted in ${groupName(view.organisation, group)} who stands apart from the deal: ` },
        ...close.flatMap(([id, how], i): Span[] => [i === 0 ? '' : '; ', { person: id }, ` ${how}`]),
        '.',
      ],
    ];
  });
};

/** One line per step: passed, open (votes so far, who is left), or later. */
export const stepItems = (view: DealView, deal: DecidingDeal): Text[] =>
  deal.route.steps.map((step, index): Text => {
    const name: Span = { strong: `${groupName(view.organisation, step.group)}: ` };
    const votes = countedThen(deal).filter((v) => v.step === index);
    if (deal.passed.includes(index) || index < deal.step) {
      return votes.length === 0
        ? [name, 'passed.']
        : [name, 'passed. ', ...voteList(votes), '. ', ...closeVotes(view, deal.route, votes).flat()];
    }
    if (index > deal.step) return [name, `after that, ${quorumWords(view, step)}.`];
    const [standing, alone] = [standingOf(view, deal), aloneSpans(view, deal)];
    const left: Span[] =
      standing.people.length === 0
        ? [standing.missing === 0 ? 'These votes are enough once nothing holds it.' : 'Nobody is left who can vote.']
        : ['Can still vote: ', ...peopleHere(view, standing.people), '.'];
    return [
      name,
      `${standing.counted.length} of ${neededWords(view, step, standing)}. `,
      ...(standing.counted.length === 0 ? [] : [...voteList(standing.counted), '. ']),
      ...left,
      ...(alone.length === 0 ? [] : [' ', ...alone]),
    ];
  });

/** The route before anybody voted. */
export const routeItems = (view: DealView, route: DealRoute): Text[] =>
  route.steps.map((step): Text => [
    { strong: groupName(view.organisation, step.group) },
    `: ${quorumWords(view, step)}.`,
  ]);

/** A quorum that nobody outside the deal team can reach, stated plainly, with who can help. */
export const shortfallBlocks = (view: DealView, route: Pick<DealRoute, 'steps' | 'shortfalls'>): Block[] => {
  const compliance = membersOf(view.organisation, view.organisation.roles.compliance);
  return route.shortfalls.map(({ step: index, group, needed, available }): Block => {
    const step = route.steps[index];
    const name = groupName(view.organisation, group);
    const needs = step ? quorumWords(view, step, ` from ${name}`) : count(needed, 'vote');
    const can = available === 0 ? 'nobody can cast one' : `only ${available} can be cast`;
    return {
      kind: 'text',
      text: [
        { strong: `Step ${index + 1} cannot be completed yet. ` },
        `It needs ${needs}, but ${can}: people on the deal cannot vote on it, nor can who is recused, and nobody votes twice. Ask `,
        ...(compliance.length === 0 ? ['compliance'] : people(compliance)),
        ` to have somebody added to ${name}.`,
      ],
    };
  });
};

/** What whoever was away hears. A flag on what is decided waits for compliance, and the decision stands meanwhile. */
export const decidedWithoutTold = (view: DealView, { step, voters }: FactNamed<'decided without'>): Told => {
  const { deal } = view;
  const route = deal.status === 'deciding' || deal.status === 'decided' ? deal.route : undefined;
  const group = route?.steps[step]?.group;
  const how = voters.flatMap((id) => closeness(view, id) || []);
  return {
    title: 'Decided while you were away',
    tone: 'attention',
    blocks: [
      {
        kind: 'text',
        text: [
          ...(group === undefined ? [] : [`${groupName(view.organisation, group)}: `]),
          ...people(voters),
          ` completed this step while you were away and nobody who stands apart from the deal voted for you${
            how.length === 0 ? '' : ` (${how.join('; ')})`
          }. With you here, your vote would have been needed too.`,
        ],
      },
      {
        kind: 'text',
        text: 'Please have a look. If you would have said otherwise, raise a flag: compliance settles it, and it stays on the record.',
      },
    ],
    actions: [whyButton(deal.id), raiseFlagButton(deal.id)],
  };
};
