/** Who was compared with lists, who may be meant, and what compliance said of it: in full. */

import type { DealEvent } from '../../flows/deal/events.ts';
import type { DealHit, PartyHit } from '../../flows/deal/screened-shapes.ts';
import { hitsOf, isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { comparedWords, notKept, partWords, scoreWords } from '../cards/hit-words.ts';
import { count, countryWords, dayWords, listWords } from '../words.ts';
import { bullet, heading, line, nested, type DossierPart, type Line } from './parts.ts';
import { instantWords, nameOf, said } from './words.ts';

const GONE: Record<NonNullable<DealHit['gone']>['why'], string> = {
  removed: 'the entry left the list',
  changed: 'the entry was changed',
  list: 'the list is not in use any more',
  'not named': 'the deal did not name the party any more when it was settled',
};

const entryLines = (hit: PartyHit): Line[] => {
  const { entry, matched, isAlias, why } = hit;
  return [
    bullet(
      'On the list',
      `${entry.name} (${[entry.id, entry.source, ...entry.programmes].filter((one) => one !== undefined).join('; ')})`,
    ),
    ...(isAlias ? [bullet('Met by another name of it', matched)] : []),
    bullet('Score', scoreWords(hit)),
    bullet('Why', why.join(' ')),
    ...(entry.countries.length > 0
      ? [bullet('Countries on the list', listWords(entry.countries.map(countryWords)))]
      : []),
    ...(entry.addresses.length > 0 ? [bullet('Addresses on the list', entry.addresses.join('; '))] : []),
    ...(entry.url === undefined ? [] : [bullet('The list on it', entry.url)]),
    bullet('Hash of the entry', entry.hash),
  ];
};

const hitLines = (view: DealView, hit: DealHit): Line[] => {
  const flag = view.deal.ownFlags.find(({ id }) => id === hit.flag);
  const said =
    flag === undefined || flag.status === 'pending'
      ? 'not yet settled'
      : `${flag.status === 'admitted' ? 'it is them' : 'another party'}, by ${nameOf(view, flag.settledBy ?? SYSTEM)}${flag.reason ? `: ${flag.reason}` : ''}`;
  return [
    line(`${hit.party.name} (${partWords(view, hit.party)}) may be on ${hit.list}, found ${instantWords(hit.at)}`),
    ...nested([
      ...entryLines(hit),
      ...(hit.gone
        ? [bullet('Over', `${GONE[hit.gone.why]}, ${instantWords(hit.gone.at)}`)]
        : [bullet('Compliance', said)]),
    ]),
  ];
};

export const screening = (view: DealView): DossierPart[] => {
  const hits = view.deal.ownFlags.filter(isOfHit).flatMap((flag) => hitsOf(view.deal, flag));
  const compared = comparedWords(view);
  if (hits.length + compared.length === 0) return [];
  return [
    heading(2, 'Lists of sanctioned or restricted parties'),
    ...compared.map((text) => line(text)),
    ...hits.flatMap((hit) => hitLines(view, hit)),
  ];
};

/** A line of the history. */
export const screenedTold = ({
  party,
  lists,
  hits,
  gone = [],
  nothing,
  more = 0,
}: Extract<DealEvent, { type: 'PartyScreened' }>): { what: string; more: Line[] } => {
  const found =
    hits.length > 0
      ? `${count(hits.length, 'new hit')}`
      : nothing
        ? 'it is no name that can be compared'
        : 'no new hit';
  return {
    what: `${said(party.name)}${party.country === undefined ? '' : ` (${countryWords(party.country)})`} was compared with lists: ${found}`,
    more: [
      ...lists.map(({ name, asOf, sha256 }) => bullet('List', `${name} of ${dayWords(asOf)}, SHA-256 ${sha256}`)),
      ...hits.flatMap((hit) => entryLines(hit)),
      ...(more > 0 ? [bullet('Beside them', notKept(more))] : []),
      ...gone.map(({ why }) => bullet('Over', GONE[why])),
    ],
  };
};
