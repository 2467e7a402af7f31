/** A desk whose record has a year to report: deals of many customers that were withdrawn in 2026. */

import { createRender } from '../../src/outbox/render.ts';
import { plain } from '../blocks/cards/plain.ts';
import { aDeal, anOrganisation } from './deal-builders.ts';
import { atDesk, type AtDesk } from './desk.ts';
import { firm } from './yearly.ts';

const base = anOrganisation();

export const REPORTING = anOrganisation({
  people: [
    ...base.people,
    { id: 'compliance-2', name: 'Sample Compliance Two', slack: 'U0COMPLIANCE2' },
    { id: 'auditor-1', name: 'Sample Auditor', slack: 'U0AUDITOR1' },
  ],
  groups: [
    ...base.groups.map((one) =>
      one.id === 'compliance' ? { ...one, members: ['compliance-1', 'compliance-2'] } : one,
    ),
    { id: 'audit', name: 'Audit', members: ['auditor-1'] },
  ],
  roles: { ...base.roles, auditors: 'audit' },
});

export const withdrawnDeal = async (at: AtDesk, n: number): Promise<string> => {
  const details = {
    ...aDeal().details,
    customer: firm(n % 8),
    endUser: { name: firm(12 + (n % 8)), kind: 'private' as const },
  };
  const home = { platform: 'slack', channel: 'C0CLEAR' } as const;
  const opened = await at.deals.open({ type: 'OpenDeal', home, details }, { actor: 'rep-1', cause: `open ${n}` });
  if (opened.kind === 'refused') throw new Error(opened.refusal.text);
  const { id } = opened.view.deal;
  const reason = 'The customer chose another supplier';
  const done = await at.deals.handle(id, { type: 'Withdraw', reason }, { actor: 'rep-1', cause: `end ${n}` });
  if (done.kind === 'refused') throw new Error(done.refusal.text);
  return id;
};

/** `at.desk.clock` says 1 March 2027: what ends now is of that year. */
export const reportedYear = async (
  many: number,
  options: Parameters<typeof atDesk>[0] = {},
): Promise<AtDesk & { ids: string[] }> => {
  const at = atDesk({ organisation: REPORTING, ...options });
  const ids: string[] = [];
  for (let n = 0; n < many; n += 1) ids.push(await withdrawnDeal(at, n));
  return { ...at, ids };
};

/** What people were told since the last look: `chief-1: # Title…`. */
export const toldNow = async ({ store, desk }: AtDesk): Promise<string[]> => {
  const { deals, registers, organisation } = desk;
  const told: string[] = [];
  for (;;) {
    // The next of each person comes once the one before is settled.
    const rows = await store.claim('2040-01-01T00:00:00.000Z', 1000, 500);
    if (rows.length === 0) return told;
    const messages = await Promise.all(rows.map(createRender({ deals, registers, organisation })));
    for (const { id, version } of rows) await store.settle(id, version);
    told.push(
      ...messages.flatMap((m) => (m && m.where.to === 'person' ? [`${m.where.person}: ${plain(m.card({}))}`] : [])),
    );
  }
};
