/** Time passing over a story: ticks, and their reminders. */

import type { DealEvent } from '../../flows/deal/events.ts';
import { nextDueAt } from '../../flows/deal/owing/duties.ts';
import type { Notice } from '../../flows/deal/telling/notices.ts';
import { noticesFor } from '../../flows/deal/telling/telling.ts';
import { anOrganisation } from './deal-builders.ts';
import { CONTEXT } from './deal-lines.ts';
import type { Story } from './story.ts';

const PEOPLE = anOrganisation().people.map((p) => {
  const manager = { 'rep-1': 'boss-1', 'senior-1': 'boss-1', 'senior-2': 'boss-1', 'counsel-1': 'senior-1' }[p.id];
  return manager === undefined ? p : { ...p, manager };
});

/** With managers, a product manager in Auckland, and a second colleague in compliance. */
export const TIMED = {
  ...CONTEXT,
  organisation: anOrganisation({
    people: [
      ...PEOPLE.map((p) => (p.id === 'product-1' ? { ...p, timeZone: 'Pacific/Auckland' } : p)),
      { id: 'boss-1', name: 'Sample Manager' },
      { id: 'compliance-2', name: 'Sample Compliance Two' },
    ],
    groups: anOrganisation().groups.map((g) =>
      g.id === 'compliance' ? { ...g, members: ['compliance-1', 'compliance-2'] } : g,
    ),
  }),
};

/** As `TIMED`, while some are away: `person: [delegate, from, until]`. */
export const awayIn = (absences: Record<string, [delegate: string, from: string, until: string]>) => ({
  ...TIMED,
  organisation: {
    ...TIMED.organisation,
    absences: Object.entries(absences).map(([person, [delegate, from, until]]) => ({ person, delegate, from, until })),
  },
});

export const tick = (told: Story, at: string): Story => told.and('system', { type: 'Tick' }, at);

/** `reminder rep-1`, `overdue thread`: reminders in the newest events, in order. */
export const remindersIn = (events: readonly DealEvent[]): string[] =>
  events.flatMap((e) =>
    e.type === 'Reminded' ? (e.to.length === 0 ? [`${e.of} thread`] : e.to.map((id) => `${e.of} ${id}`)) : [],
  );

/** Ticks whenever the deal is due until `last`: `2027-03-03T09:01 reminder rep-1`, in order. */
export const calendarUntil = (told: Story, last: string): { lines: string[]; after: Story } => {
  const lines: string[] = [];
  let after = told;
  for (let at = nextDueAt(after.view); at !== null && at <= last; at = nextDueAt(after.view)) {
    const next = tick(after, at);
    const fresh = next.events.slice(after.events.length);
    const minute = at.slice(0, 16);
    lines.push(...remindersIn(fresh).map((line) => `${minute} ${line}`));
    if (fresh.some((e) => e.type === 'DealSuspended')) lines.push(`${minute} suspended`);
    const due = nextDueAt(next.view);
    if (due !== null && due <= at) throw new Error(`still due at ${due} after the tick of ${at}`);
    after = next;
  }
  return { lines, after };
};

/** Notices of the events between two moments of a story. */
export const noticesBetween = (before: Story, after: Story): Notice[] =>
  noticesFor(before.view, after.view, after.events.slice(before.events.length), 'id');

/** Recipients of a fact: people's ids, and `thread`. */
export const toldOf = (notices: readonly Notice[], fact: string): string[] =>
  notices.flatMap((n) =>
    n.kind === 'fact' && n.fact.fact === fact ? [n.target.to === 'person' ? n.target.person : 'thread'] : [],
  );
