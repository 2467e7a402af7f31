/** Parties that may be on a list, and lists that name nobody like them, in words: the same on every card and form. */

import { listsToCompare, partiesCompared, type PartyCompared } from '../../flows/deal/context/screening.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealHit } from '../../flows/deal/screened-shapes.ts';
import type { SettledHit } from '../../flows/deal/screened/elsewhere.ts';
import { hitsOf, isOfHit, partiesOf } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import type { Action, Block, Span, Text } from '../card.ts';
import { count, dayWords, listWords, quoted, quotedSentence, sentence, shorten } from '../words.ts';
import { spoken } from './actions.ts';
import { inFullFirst } from './folded.ts';
import { sourceSpans } from './spans.ts';

/** A block that fits a card and a form. */
type PlainBlock = Exclude<Block, { kind: 'title' }>;

/** In characters: lists write long ones. */
const MOST_NAME = 120;
const MOST_TEXT = 160;
const MOST_HITS = 3;

export const anotherPartyButton = (deal: DealId, flag: FlagId, title: string): Action => ({
  name: 'deal.another-party',
  value: `${deal}/${flag}`,
  label: 'Another party…',
  opens: 'form',
  accessibleLabel: spoken(`Another party: ${title}`),
});

export const listedPartyButton = (deal: DealId, flag: FlagId, title: string): Action => ({
  name: 'deal.listed-party',
  value: `${deal}/${flag}`,
  label: 'It is them…',
  opens: 'form',
  accessibleLabel: spoken(`It is them: ${title}`),
});

/** `the customer`, `the end-user`: in which parts the deal names somebody now. */
export const partWords = ({ deal }: Pick<DealView, 'deal'>, { name, country, together }: DealHit['party']): string => {
  const { endUser, customer, destination, intermediaries } = deal.details;
  if (together) {
    const isNow = partiesOf(deal.details).some((party) => party.together && party.name === name);
    return isNow ? 'the customer and the end-user, read as one name' : 'two names of before, read as one';
  }
  const parts = [
    ...(endUser.name === name && (country === undefined || country === destination) ? ['the end-user'] : []),
    ...(customer === name ? ['the customer'] : []),
    ...(intermediaries.some((one) => one.name === name) ? ['an intermediary'] : []),
  ];
  return parts.length > 0 ? listWords(parts) : 'a name or a country of before';
};

/** `+5`: what one part adds to the score or takes off, in hundredths. */
const signed = (part: number): string => `${part >= 0 ? '+' : '−'}${Math.abs(Math.round(part * 100))}`;
const hundredths = (share: number): number => Math.round(share * 100);

/** `97 of 100: name 92, country +5` */
export const scoreWords = ({ score, parts: { name, ...others } }: Pick<DealHit, 'score' | 'parts'>): string => {
  const rest = Object.entries(others).flatMap(([part, share]) => (share === 0 ? [] : [`${part} ${signed(share)}`]));
  return `${hundredths(score)} of 100: ${[`name ${hundredths(name)}`, ...rest].join(', ')}`;
};

/** `QORVATH, Ilmaras on made-up (MU-1; Made-up sanctions).` */
const entrySpans = ({ entry, list, gone }: DealHit): Span[] => {
  const of = [entry.id, entry.source, ...entry.programmes].filter((one) => one !== undefined && one !== '');
  return [
    { strong: shorten(entry.name, MOST_NAME) },
    ` on ${list} (${shorten(of.join('; '), MOST_TEXT)}).`,
    ...(gone ? [` ${GONE_WORDS[gone.why]}`] : []),
  ];
};

/** What speaks for it and against it, what could not be compared, and where to look. */
const whySpans = (hit: DealHit): Span[][] => {
  const { addresses, url } = hit.entry;
  return [
    ...hit.why.map((reason): Span[] => [shorten(reason, 2 * MOST_TEXT)]),
    ...(addresses.length > 0
      ? [[`On the list its address is: ${sentence(shorten(addresses[0] ?? '', MOST_TEXT))}`]]
      : []),
    [`Score: ${scoreWords(hit)}.`],
    ...(url === undefined ? [] : [['What the list says: ', ...sourceSpans([{ name: hit.list, url }], 1)]]),
  ];
};

const GONE_WORDS: Record<NonNullable<DealHit['gone']>['why'], string> = {
  removed: 'No longer on the list.',
  changed: 'Its entry was changed since, and is compared anew.',
  list: 'This list is not in use any more.',
  'not named': 'The deal did not name them any more when this was settled: it is asked again if it does.',
};

/** `3 less likely hits that are not kept`: of one name twenty of each list are. */
export const notKept = (more: number): string =>
  `${count(more, 'less likely hit')} that ${more === 1 ? 'is' : 'are'} not kept`;

/** Hits beyond those that are kept, of the name that a flag is about. */
const moreHits = ({ deal }: Pick<DealView, 'deal'>, hits: readonly DealHit[]): number =>
  deal.screened?.parties.find(({ name, country }) =>
    hits.some(({ party }) => party.name === name && party.country === country),
  )?.more ?? 0;

/** `Another party, says @compliance-1: “Born in 1961.”` */
const settledSpans = ({ status, settledBy, reason }: Pick<OwnFlag, 'status' | 'settledBy' | 'reason'>): Span[] => {
  if (status === 'pending') return [' Compliance has yet to say who it is.'];
  if (settledBy === SYSTEM) return [];
  const who: Span[] = settledBy === undefined ? ['compliance'] : [{ person: settledBy }];
  return [
    { strong: status === 'admitted' ? ' It is them' : ' Another party' },
    ', says ',
    ...who,
    reason ? `: ${quotedSentence(reason, 2 * MOST_TEXT)}` : '.',
  ];
};

/** What compliance said of the same party and the same entry, as that was before; undefined where they said nothing. */
const saidBefore = ({ deal }: Pick<DealView, 'deal'>, { party, list, entry }: DealHit): OwnFlag | undefined => {
  const earlier = (deal.screened?.hits ?? []).filter(
    (one) =>
      one.list === list &&
      one.entry.id === entry.id &&
      one.entry.hash !== entry.hash &&
      one.party.name === party.name &&
      one.party.country === party.country,
  );
  return deal.ownFlags.findLast(
    ({ id, settledBy }) => settledBy !== undefined && settledBy !== SYSTEM && earlier.some(({ flag }) => flag === id),
  );
};

/** `Before this entry changed: Another party, says @compliance-1: “Born in 1961.”` */
const beforeBlocks = (view: DealView, hit: DealHit): PlainBlock[] => {
  const flag = saidBefore(view, hit);
  return flag ? [{ kind: 'text', text: ['Before this entry changed:', ...settledSpans(flag)] }] : [];
};

const MOST_ELSEWHERE = 6;

/** `late`: there was no time to look through other deals. */
export type HitsElsewhere = readonly SettledHit[] | 'late';

/** How compliance settled the same party and entry in other deals, which are not named. */
export const elsewhereBlocks = (hits: HitsElsewhere): PlainBlock[] =>
  hits === 'late'
    ? [{ kind: 'note', text: 'How this was settled in other deals was not found in time: please open it again.' }]
    : hits.length === 0
      ? []
      : [
          { kind: 'text', text: [{ strong: 'In other deals' }] },
          {
            kind: 'list',
            items: inFullFirst(
              hits.map(({ party, list, entry, isThem, by, reason }): Text => [
                `${quoted(party, MOST_NAME)} and ${shorten(entry, MOST_NAME)} on ${list}:`,
                ...settledSpans({ status: isThem ? 'admitted' : 'dismissed', settledBy: by, reason }),
              ]),
              MOST_ELSEWHERE,
              'more',
            ),
          },
        ];

const BEFORE = 'Settled before, when they had another part here or the deal another country.';

/** What a flag of a hit is about: whom the deal names, who may be meant, and why. */
export const hitBlocks = (view: DealView, flag: OwnFlag, most = MOST_HITS): PlainBlock[] => {
  const hits = hitsOf(view.deal, flag);
  const [first] = hits;
  if (!first) return [{ kind: 'quote', text: flag.title }];
  const more = hits.length - most;
  const beyond = moreHits(view, hits);
  const settled = view.deal.ownFlags.find(({ id }) => id === first.before);
  return [
    {
      kind: 'text',
      text: [
        { strong: quoted(first.party.name, MOST_NAME) },
        `, ${partWords(view, first.party)}, may be on a list of sanctioned or restricted parties:`,
      ],
    },
    ...(settled ? [{ kind: 'text', text: [BEFORE, ...settledSpans(settled)] } satisfies PlainBlock] : []),
    ...hits
      .slice(0, most)
      .flatMap((hit): PlainBlock[] => [
        { kind: 'text', text: entrySpans(hit) },
        { kind: 'list', items: whySpans(hit) },
        ...(settled ? [] : beforeBlocks(view, hit)),
      ]),
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: “Why?” has them.` } satisfies PlainBlock] : []),
    ...(beyond > 0 ? [{ kind: 'note', text: `And ${notKept(beyond)}.` } satisfies PlainBlock] : []),
  ];
};

/** All hits of a deal, one line each, with what became of them: those that wait first. */
export const hitItems = (view: DealView): Text[] => {
  const flags = view.deal.ownFlags.filter(isOfHit);
  const order: readonly OwnFlag['status'][] = ['pending', 'admitted', 'dismissed'];
  return order.flatMap((status) =>
    flags
      .filter((flag) => flag.status === status)
      .flatMap((flag) =>
        hitsOf(view.deal, flag).map((hit): Text => [
          `${quoted(hit.party.name, MOST_NAME)}, ${partWords(view, hit.party)}: `,
          ...entrySpans(hit),
          ...whySpans(hit).flatMap((spans): Span[] => [' ', ...spans]),
          ...settledSpans(flag),
        ]),
      ),
  );
};

/** `made-up of 1 March 2027` */
const listed = ({ lists }: Pick<PartyCompared, 'lists'>): string =>
  listWords(lists.map(({ name, asOf }) => `${name} of ${dayWords(asOf)}`));

/** It never says that anybody is clear. */
const NOT_CLEAR = 'Their owners, and names spelled otherwise, may be.';

/** `Not found on made-up of 1 March 2027: “A”, “B”.`, and what is still to be compared. Empty: no list is in use. */
export const comparedWords = (view: Pick<DealView, 'deal' | 'organisation'>): string[] => {
  const all = partiesCompared(view);
  const named = (parties: readonly PartyCompared[]): string =>
    parties.map(({ party }) => quoted(party.name, MOST_NAME)).join(', ');
  const without = all.filter(({ hit, nothing, lists }) => !hit && !nothing && lists.length > 0);
  const nothing = all.filter((one) => one.nothing);
  const cut = (view.deal.screened?.parties ?? []).filter(({ more = 0 }) => more > 0);
  const days = [...new Set(without.map(listed))];
  const waits = listsToCompare(view).map(({ name }) => name);
  return [
    ...(waits.length > 0 ? [`Not screened yet: the parties are still to be compared with ${listWords(waits)}.`] : []),
    ...days.map((day) => `Not found on ${day}: ${named(without.filter((one) => listed(one) === day))}. ${NOT_CLEAR}`),
    ...(nothing.length > 0 ? [`${named(nothing)}: no name that can be compared with a list.`] : []),
    ...cut.map(({ name, more = 0 }) => `${quoted(name, MOST_NAME)}: and ${notKept(more)}.`),
  ];
};

export const comparedBlocks = (view: Pick<DealView, 'deal' | 'organisation'>): PlainBlock[] =>
  comparedWords(view).map((text) => ({ kind: 'note', text }));
