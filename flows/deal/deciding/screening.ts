/** Deciding on what a search of the lists in use found of a deal's parties. House rule; Guidance: X1. */

import { countryName } from '../../countries.ts';
import { SYSTEM } from '../../organisation.ts';
import type { FlagId } from '../../policy/policy.ts';
import { setApartShort } from '../../set-apart.ts';
import { isScreened } from '../context/screening.ts';
import type { DealFact } from '../events.ts';
import type { GoneHit, PartyFound, PartyRole } from '../screened-shapes.ts';
import { isAskedAnew, newParts, newsOf, openHits, rolesOf } from '../screened/screened.ts';
import type { DealView } from '../view.ts';
import { completedNow } from './completing.ts';
import { whereItMatters } from './consequences.ts';
import { accept, after, refuse, type Case, type Decided } from './decision.ts';

/** In characters: names of lists and parties are as long as they are. */
const MOST_NAME = 80;
const short = (name: string): string => setApartShort(name, MOST_NAME);

const NOW_IS: Readonly<Record<PartyRole, string>> = { customer: 'the customer', between: 'a company in between' };

/** What it is now that was cleared in another part, or for another country. Empty where nothing was. */
const askedAnew = ({ deal }: DealView, { party, hits }: PartyFound): string => {
  const ids = new Set(hits.map(({ id }) => id));
  const again = (deal.screened?.hits ?? []).filter((hit) => ids.has(hit.id) && isAskedAnew(deal, hit));
  if (again.length === 0) return '';
  const asked = again.flatMap((hit) => hit.asked ?? []);
  const roles = new Set(rolesOf(deal.details, party).map(({ role }) => role));
  const other = [...roles].filter((role) => asked.every((one) => one.role !== role));
  if (other.length > 0) return `, ${other.map((role) => NOW_IS[role]).join(' and ')} now,`;
  const { destination } = deal.details;
  const parts = new Set(again.flatMap((hit) => newParts(deal, hit)).map(({ part }) => part));
  return asked.some((one) => one.destination === destination) && !parts.has('')
    ? `, ${[...parts].map((part) => `“${short(part)}”`).join(' and ')} now,`
    : `, for ${countryName(destination)} now,`;
};

/** `“Yusuf Karimanov” may be on us-consolidated: KARIMANOV, Yusuf`. */
const titleOf = (view: DealView, found: PartyFound): string => {
  const { party, hits } = found;
  const [first] = hits;
  const lists = [...new Set(hits.map(({ list }) => list))].join(', ');
  const more = hits.length > 1 ? `, and ${hits.length - 1} more` : '';
  return `“${short(party.name)}”${askedAnew(view, found)} may be on ${lists}: ${short(first?.entry.name ?? '')}${more}`;
};

const foundFacts = (view: DealView, found: PartyFound, flag: FlagId): DealFact[] => {
  const { party, lists, hits, gone, nothing, more } = found;
  const parts = hits.length > 0 ? rolesOf(view.deal.details, party) : [];
  return [
    {
      type: 'PartyScreened',
      party,
      lists,
      hits,
      ...(hits.length > 0 ? { flag } : {}),
      ...(gone.length > 0 ? { gone } : {}),
      ...(nothing ? { nothing } : {}),
      ...(more ? { more } : {}),
      ...(parts.length > 0
        ? {
            roles: [...new Set(parts.map(({ role }) => role))],
            parts: parts.flatMap(({ role, part }) => (role === 'between' ? [part] : [])),
          }
        : {}),
    },
    ...(hits.length > 0
      ? [
          {
            type: 'FlagRaised' as const,
            flag,
            title: titleOf(view, found),
            pending: true,
            weight: 'severe' as const,
            hit: true as const,
          },
        ]
      : []),
  ];
};

const WHY_GONE: Record<GoneHit['why'], string> = {
  removed: 'The entry is no longer on the list.',
  changed: 'The entry was changed, and is compared anew.',
  list: 'The list is not in use any more.',
};

/** A flag waits no more where all that it waited for is over. */
const settledByList = (now: DealView, found: readonly PartyFound[]): DealFact[] => {
  const left = new Set(openHits(now.deal).map(({ flag }) => flag));
  const over = new Map(found.flatMap(({ gone }) => gone.map(({ hit, why }) => [hit, why] as const)));
  const flags = new Map(
    (now.deal.screened?.hits ?? []).flatMap(({ id, flag }) => {
      const why = over.get(id);
      return why === undefined || left.has(flag) ? [] : [[flag, why] as const];
    }),
  );
  return [...flags].map(([flag, why]) => ({ type: 'FlagDismissed', flag, reason: WHY_GONE[why], settledBy: SYSTEM }));
};

export const decideNoteScreening = ({ command, view, meta, context }: Case<'NoteScreening'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', 'Only the bot itself does this.');
  if (!isScreened(view.deal)) return refuse('not now', 'Nothing is sold on this deal any more.');
  const news = command.found.flatMap((found) => newsOf(view.deal, found) ?? []);
  if (news.length === 0) return refuse('not now', 'The deal knows of this.');
  const facts = news.flatMap((found, n) => foundFacts(view, found, `hit-${meta.id}-${n}`));
  const settled = settledByList(after(view, meta, facts), news);
  const all = whereItMatters(view, meta, [...facts, ...settled], context);
  return accept(meta, settled.length > 0 ? [...all, ...completedNow(after(view, meta, all))] : all);
};
