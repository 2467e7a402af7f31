/** Absent people and their delegates, wherever a deal waits for somebody. */

import type { Acting } from '../../flows/deal/deal.ts';
import { seatOf } from '../../flows/deal/rights/seats.ts';
import { isCalledInThread } from '../../flows/deal/telling/calls.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { person } from '../../flows/organisation.ts';
import type { Absence } from '../../flows/organisation.ts';
import { awayAt } from '../../flows/registers/absences.ts';
import type { Span, Text } from '../card.ts';
import { dayWords } from '../words.ts';
import { people } from './spans.ts';

/** Absences among the awaited voters whose delegate can vote for them now. */
const lent = (view: DealView, ids: readonly PersonId[]): Absence[] => {
  const { deal, organisation, now } = view;
  return ids.flatMap((id) => {
    const absence = awayAt(organisation, id, now);
    const seat = absence && deal.status === 'deciding' ? seatOf(view, deal, absence.delegate) : undefined;
    return absence && seat && 'of' in seat && seat.of === id ? [absence] : [];
  });
};

/** Delegates who can vote for one of those now. */
export const lentTo = (view: DealView, ids: readonly PersonId[]): PersonId[] =>
  lent(view, ids).map(({ delegate }) => delegate);

/** `@a and @b (@d can vote for @b, who is away)` */
export const peopleHere = (view: DealView, ids: readonly PersonId[]): Span[] => {
  const away = lent(view, ids);
  if (away.length === 0) return people(ids);
  const spans = away.flatMap(({ person, delegate }, i): Span[] => [
    i === 0 ? ' (' : '; ',
    { person: delegate },
    ' can vote for ',
    { person },
  ]);
  return [...people(ids), ...spans, away.length === 1 ? ', who is away)' : ', who are away)'];
};

/** Their names, which notify nobody, but for those whom a mention in the thread calls. */
export const calledHere = (view: DealView, ids: readonly PersonId[]): Span[] =>
  withNames(view, peopleHere(view, ids), (id) => isCalledInThread(view, id));

/** Puts names in place of mentions. `keeps`: whom it mentions all the same. */
export const withNames = (
  { organisation }: DealView,
  spans: readonly Span[],
  keeps: (id: PersonId) => boolean = () => false,
): Span[] =>
  spans.map((span) =>
    typeof span === 'object' && 'person' in span && !keeps(span.person)
      ? (person(organisation, span.person)?.name ?? span.person)
      : span,
  );

/** `You get this because you act for @a until 19 March 2027`; the sentence continues after it. */
export const actingText = ({ for: absent, until }: Acting): Span[] => [
  'You get this because you act for ',
  { person: absent },
  ` until ${dayWords(until)}`,
];

export const actingNote = (acting: Acting): Text => [...actingText(acting), '.'];
