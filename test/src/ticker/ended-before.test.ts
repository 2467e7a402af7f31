/** Holds and country alerts that were ended before a deal was opened: in either order, whoever decides reads of it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootCard } from '../../../blocks/cards/root.ts';
import { saidBefore } from '../../../blocks/cards/said-before.ts';
import { settleFlagForm } from '../../../blocks/forms/flag.ts';
import { confirmationBlocks, signedBlocks } from '../../../blocks/forms/review-confirmation.ts';
import type { ReviewDraft } from '../../../blocks/forms/review-draft.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { againstScope } from '../../../flows/deal/context/others.ts';
import type { Ballot, DealDetails } from '../../../flows/deal/deal.ts';
import type { HoldCommand } from '../../../flows/registers/hold-shapes.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { screenedDesk, type ScreenedDesk } from '../../support/screened-deals.ts';
import { tellAll } from '../../support/telling.ts';

let at: ScreenedDesk;
let acts = 0;
beforeEach(() => {
  at = screenedDesk();
});
afterEach(() => at.end());

type Target = Extract<HoldCommand, { type: 'PlaceHold' }>['on'];
const HELD = 'Falcon Gate Guard';
const called = (name: string): Partial<DealDetails> => ({ endUser: { name, kind: 'private' } });
const next = (): string => `ended-${(acts += 1)}`;

/** Compliance Two places a hold; another person lifts it. */
const heldAndLifted = async (lifter: string, on: Target = { of: 'end-user', name: HELD }): Promise<void> => {
  const { holds } = at.desk.registers;
  const place = {
    type: 'PlaceHold' as const,
    on,
    stop: ['support' as const],
    because: 'inquiry' as const,
    reason: 'A credible doubt about who they arrest.',
    review: '2027-04-01',
    // One that was planned begins whatever became of the deal since.
    reach: { deals: 1, team: [] },
  };
  expect((await holds.handle(place, { actor: 'compliance-2', cause: next() })).kind).toBe('accepted');
  const id = Object.values((await holds.read()).state.holds).at(-1)!.id;
  const values = { reason: 'It was looked into: all is well.' };
  expect((await at.submit(lifter, 'desk.lift-hold', { hold: id }, values)).kind).toBe('tell');
  for (let page = 0; page < 5; page += 1) await at.spreading.tickHolds(holds.stream, at.desk.clock().toISOString());
};
const alertedAndEnded = async (ender: string, country: string): Promise<void> => {
  const { countries } = at.desk.registers;
  const issue = { type: 'IssueAlert' as const, country, why: 'Critics were locked up.', on: '2027-02-20' };
  expect((await countries.handle(issue, { actor: 'compliance-2', cause: next() })).kind).toBe('accepted');
  const alert = Object.keys((await countries.read()).state.alerts).at(-1)!;
  const values = { reason: 'They are free again.' };
  expect((await at.submit(ender, 'desk.end-alert', { alert }, values)).kind).toBe('tell');
};
const said = async (deal: string): Promise<string> =>
  saidBefore(await at.view(deal))
    .map((text) => JSON.stringify(text))
    .join('\n');
const flags = async (deal: string): Promise<string[]> =>
  (await at.view(deal)).deal.ownFlags.map(({ title, status }) => `${title}: ${status}`);
const LIFTED = 'Somebody on the team of this deal lifted a hold on it or on a party of it';
const ENDED = 'Somebody on the team of this deal ended a country alert for its country';

describe('a hold that was lifted before', () => {
  it('stands on the first page of a later deal: what it said, who placed and who lifted it, when and why', async () => {
    await heldAndLifted('compliance-1');
    const deal = await at.openWith(called(HELD));
    const text = await said(deal);
    expect(text).toContain(`A hold on “${HELD}” was lifted `);
    expect(text).toMatch(
      /on 1 March 2027 by .*compliance-1.*all is well.*It said: “A credible doubt about who they arrest.”.*, by .*compliance-2/,
    );
    expect(text).not.toContain('of this deal.');
    expect(plain(rootCard(await at.view(deal)))).toContain('1 thing against it was ended');
    expect(await flags(deal)).toEqual([]);
    // Once, whatever happens on the deal.
    await at.rename(deal, { valueBand: 'over-10m' });
    expect((await at.view(deal)).deal.endedAgainst).toHaveLength(1);
    expect(await said(await at.openWith(called('Bergen Harbour Office')))).toBe('');
  });

  it('reaches whoever is called much like that, an intermediary, and a deal that takes the name later', async () => {
    await heldAndLifted('compliance-1');
    const intermediaries = [{ name: HELD, role: 'installer' as const }];
    for (const details of [called('Falcon Gates Guard'), { intermediaries }])
      expect(await said(await at.openWith(details))).toContain('all is well');
    const renamed = await at.openWith({});
    expect(await said(renamed)).toBe('');
    await at.rename(renamed, called(HELD));
    expect(await said(renamed)).toContain('A hold on “Falcon Gate Guard” was lifted');
  });

  it('does not stand by itself where the requester lifted it: a colleague off the team says whether it does', async () => {
    await heldAndLifted('compliance-1');
    await tellAll(at, /./);
    const deal = await at.openWith(called(HELD), 'compliance-1');
    expect(await said(deal)).toContain('Lifted by the requester of this deal.');
    expect(await flags(deal)).toEqual([`${LIFTED}: pending`]);
    const { told } = await tellAll(at, /lifted a hold on it/);
    expect(told.map(({ to }) => to)).toEqual(expect.arrayContaining(['thread', 'compliance-2']));
    // A whole channel sees the thread: not whom, nor why.
    expect(told.find(({ to }) => to === 'thread')?.text).not.toMatch(/Falcon|another deal|credible/i);
    const view = await at.view(deal);
    const [flag] = view.deal.ownFlags;
    expect(JSON.stringify(settleFlagForm(view, flag!.id, {}).blocks)).toMatch(
      /who they arrest.*Lifted by the requester/,
    );
    const dismiss = {
      type: 'DismissFlag',
      flag: flag!.id,
      reason: 'I looked into it too: they arrest nobody.',
    } as const;
    expect(await at.act(deal, 'compliance-1', dismiss)).not.toBe('accepted');
    expect(await at.act(deal, 'compliance-2', dismiss)).toBe('accepted');
    expect(await flags(deal)).toEqual([`${LIFTED}: dismissed`]);
    const { details } = (await at.view(deal)).deal;
    const correct = {
      type: 'CorrectDetails',
      details: { ...details, valueBand: 'over-10m' },
      reason: 'A bigger order.',
    };
    expect(await at.act(deal, 'compliance-1', correct as DealCommand)).toBe('accepted');
    expect(await flags(deal)).toHaveLength(1);
    expect(await said(deal)).toMatch(/A flag was dismissed.*raised by .*Clearthread.*they arrest nobody/);
  });

  it('lets nobody approve what the requester made free for themself', async () => {
    await heldAndLifted('compliance-1');
    const deal = await at.openWith(called(HELD), 'compliance-1');
    await at.answerAll(deal);
    const vote = async (): Promise<string> => {
      const { deal: now } = await at.view(deal);
      if (now.status !== 'deciding') throw new Error(now.status);
      const ballot: Ballot = {
        outcome: 'approve',
        flags: {},
        conditions: [],
        rationale: 'Little risk, as far as I see.',
      };
      return at.act(deal, 'compliance-2', { type: 'CastVote', step: now.step, factsHash: now.route.factsHash, ballot });
    };
    expect(await vote()).toMatch(/Compliance must first admit or dismiss the flag/);
    const [flag] = (await at.view(deal)).deal.ownFlags;
    const reason = 'I looked into it too: they arrest nobody.';
    expect(await at.act(deal, 'compliance-2', { type: 'DismissFlag', flag: flag!.id, reason })).toBe('accepted');
    expect(await vote()).toBe('accepted');
  });

  it('reaches a deal that it was on while nothing was sold there, once that goes on', async () => {
    const deal = await at.openWith(called('Ostfold Line'));
    await at.answerAll(deal);
    const withdraw = { type: 'Withdraw', reason: 'The buyer waits.' } as const;
    expect(await at.act(deal, 'rep-1', withdraw)).toBe('accepted');
    await heldAndLifted('compliance-1', { of: 'deal', deal });
    expect(await said(deal)).not.toContain('all is well');
    expect(await at.act(deal, 'rep-1', { type: 'Reopen', reason: 'The buyer is back.' })).toBe('accepted');
    expect(await said(deal)).toMatch(/A hold was lifted .*on 1 March 2027 by .*all is well.*who they arrest/u);
    expect((await at.view(deal)).deal.endedAgainst).toHaveLength(1);
    expect(await said(await at.openWith(called('Ostfold Line')))).not.toContain('A hold was lifted');
  });

  it('is shown for a year', async () => {
    await heldAndLifted('compliance-1');
    at.downUntil('2028-02-28T09:00:00.000Z');
    expect(await said(await at.openWith(called(HELD)))).toContain('all is well');
    at.downUntil('2028-03-02T09:00:00.000Z');
    expect(await said(await at.openWith(called(HELD)))).toBe('');
  });

  it('speaks against being out of scope, and stands beside what is signed', async () => {
    await heldAndLifted('compliance-1');
    const deal = await at.openWith(called(HELD));
    const [lifted] = (await at.desk.registers.holds.read()).state.lifted ?? [];
    expect(againstScope(await at.view(deal))).toEqual([lifted?.hold.id]);
    await at.answerAll(deal);
    const view = await at.view(deal);
    if (view.deal.status !== 'deciding') throw new Error(view.deal.status);
    const ballot: Ballot = { outcome: 'approve', flags: {}, conditions: [], rationale: 'Little risk.' };
    const signed = signedBlocks(view, view.deal, ballot, { voter: 'compliance-1', absent: undefined });
    expect(JSON.stringify(signed)).toContain(`A hold on “${HELD}” was lifted`);
    const draft = { values: { outcome: 'approve' }, factsHash: view.deal.route.factsHash } as unknown as ReviewDraft;
    const last = confirmationBlocks(view, view.deal, draft, { conditions: [], leftOut: [] }, { absent: undefined });
    expect(JSON.stringify(last)).toContain(`A hold on “${HELD}” was lifted`);
  });
});

describe('a country alert that was ended before', () => {
  it('stands on the first page of later deals there for a quarter', async () => {
    const { destination } = (await at.view(await at.openWith(called('Ostfold Line')))).deal.details;
    await alertedAndEnded('compliance-1', destination);
    const deal = await at.openWith(called('Paide Works'));
    expect(await said(deal)).toMatch(
      /A country alert was ended .*on 1 March 2027 by .*compliance-1.*free again.*It said: “Critics were locked up.”/,
    );
    expect(await flags(deal)).toEqual([]);
    expect(await said(await at.openWith({ ...called('Paide Works'), destination: 'IS' }))).toBe('');
    at.downUntil('2027-06-20T09:00:00.000Z');
    expect(await said(await at.openWith(called('Paide Works')))).toBe('');
    // Of whoever ended it, longer.
    expect(await said(await at.openWith(called('Paide Works'), 'compliance-1'))).toContain('Ended by the requester');
  });

  it('does not stand by itself where the requester ended it', async () => {
    await alertedAndEnded('compliance-1', 'EE');
    const deal = await at.openWith({ ...called('Paide Works'), destination: 'EE' }, 'compliance-1');
    expect(await said(deal)).toContain('Ended by the requester of this deal.');
    expect(await flags(deal)).toEqual([`${ENDED}: pending`]);
  });
});
