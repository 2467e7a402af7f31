/** Parties that may be on a list, and lists that name nobody like them, in words: the same on every card and form. */

import { partiesCompared, type PartyCompared } from '../../flows/deal/context/screening.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealHit } from '../../flows/deal/screened-shapes.ts';
import { hitsOf, isOfHit, partiesOf } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import type { Action, Block, Span, Text } from '../card.ts';
import { count, countryWords, dayWords, listWords, sentence, shorten } from '../words.ts';
import { spoken } from './actions.ts';
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

const percent = (score: number): string => `${Math.round(score * 100)}%`;

/** `QORVATH, Ilmaras on made-up (MU-1; Made-up sanctions), 100% alike. The name fits …`: what was met, and why. */
const hitSpans = ({ entry, list, score, why, gone, matched, isAlias }: DealHit): Span[] => {
  const { programmes, source, addresses, countries, url, id } = entry;
  const of = [id, source, ...programmes].filter((one) => one !== undefined && one !== '');
  return [
    { strong: shorten(entry.name, MOST_NAME) },
    ` on ${list} (${shorten(of.join('; '), MOST_TEXT)}), ${percent(score)} in all. `,
    ...(isAlias ? [`Met by another name of it: “${shorten(matched, MOST_NAME)}”. `] : []),
    shorten(why.join(' '), 3 * MOST_TEXT),
    ...(countries.length > 0 ? [` Country on the list: ${listWords(countries.map(countryWords))}.`] : []),
    ...(addresses.length > 0 ? [` Address on the list: ${sentence(shorten(addresses[0] ?? '', MOST_TEXT))}`] : []),
    ...(url === undefined ? [] : [' The list on it: ', ...sourceSpans([{ name: list, url }], 1)]),
    ...(gone ? [` ${GONE_WORDS[gone.why]}`] : []),
  ];
};

const GONE_WORDS: Record<NonNullable<DealHit['gone']>['why'], string> = {
  removed: 'No longer on the list.',
  changed: 'Its entry was changed since, and is compared anew.',
  list: 'This list is not in use any more.',
};

/** Hits beyond those that are kept, of the name that a flag is about. */
const moreHits = ({ deal }: Pick<DealView, 'deal'>, hits: readonly DealHit[]): number =>
  deal.screened?.parties.find(({ name, country }) =>
    hits.some(({ party }) => party.name === name && party.country === country),
  )?.more ?? 0;

/** What a flag of a hit is about: whom the deal names, who may be meant, and why. */
export const hitBlocks = (view: DealView, flag: OwnFlag, most = MOST_HITS): PlainBlock[] => {
  const hits = hitsOf(view.deal, flag);
  const [first] = hits;
  if (!first) return [{ kind: 'quote', text: flag.title }];
  const more = hits.length - most;
  const beyond = moreHits(view, hits);
  return [
    {
      kind: 'text',
      text: [
        { strong: `“${shorten(first.party.name, MOST_NAME)}”` },
        `, ${partWords(view, first.party)}, may be on a list of sanctioned or restricted parties:`,
      ],
    },
    { kind: 'list', items: hits.slice(0, most).map(hitSpans) },
    ...(more > 0 ? [{ kind: 'note', text: `And ${more} more: “Why?” has them.` } satisfies PlainBlock] : []),
    ...(beyond > 0
      ? [{ kind: 'note', text: `And ${count(beyond, 'less likely one')} that are not kept.` } satisfies PlainBlock]
      : []),
  ];
};

/** `Another party: @compliance-1 on 3 March. Born in 1961.` */
const settledSpans = ({ status, settledBy, reason }: OwnFlag): Span[] => {
  if (status === 'pending') return [' Compliance has yet to say who it is.'];
  if (settledBy === SYSTEM) return [];
  const who: Span[] = settledBy === undefined ? ['compliance'] : [{ person: settledBy }];
  return [
    { strong: status === 'admitted' ? ' It is them' : ' Another party' },
    ', says ',
    ...who,
    reason ? `: “${sentence(shorten(reason, 2 * MOST_TEXT))}”` : '.',
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
          `“${shorten(hit.party.name, MOST_NAME)}”, ${partWords(view, hit.party)}: `,
          ...hitSpans(hit),
          ...settledSpans(flag),
        ]),
      ),
  );
};

/** `made-up of 1 March 2027` */
const listed = ({ lists }: Pick<PartyCompared, 'lists'>): string =>
  listWords(lists.map(({ name, asOf }) => `${name} of ${dayWords(asOf)}`));

const NOT_CLEAR = 'That says nothing of who owns them.';

/** `Not on made-up of 1 March 2027: “A”, “B”.` Never that anybody is clear. Empty: nobody was compared. */
export const comparedWords = (view: Pick<DealView, 'deal' | 'organisation'>): string[] => {
  const all = partiesCompared(view);
  const quoted = (parties: readonly PartyCompared[]): string =>
    parties.map(({ party }) => `“${shorten(party.name, MOST_NAME)}”`).join(', ');
  const without = all.filter(({ hit, nothing, lists }) => !hit && !nothing && lists.length > 0);
  const nothing = all.filter((one) => one.nothing);
  const days = [...new Set(without.map(listed))];
  return [
    ...days.map(
      (day) =>
        `Nobody written like this is on ${day}: ${quoted(without.filter((one) => listed(one) === day))}. ${NOT_CLEAR}`,
    ),
    ...(nothing.length > 0 ? [`${quoted(nothing)}: no name that can be compared with a list.`] : []),
  ];
};

export const comparedBlocks = (view: Pick<DealView, 'deal' | 'organisation'>): PlainBlock[] =>
  comparedWords(view).map((text) => ({ kind: 'note', text }));
