/** Erasing records: two people, a day's wait, and whoever wants around it. */

import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { Retention } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { ERASED_LIST } from '../../../src/streams/erased-list.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';

const two = anOrganisation();
const organisation = anOrganisation({
  people: [
    ...two.people,
    { id: 'compliance-2', name: 'Sample Compliance Two' },
    { id: 'compliance-3', name: 'Sample Compliance Three' },
  ],
  groups: two.groups.map((g) =>
    g.id === 'compliance' ? { ...g, members: [...g.members, 'compliance-2', 'compliance-3'] } : g,
  ),
});
const WHY = 'The customer asked for it, and nothing was sold.';

let at: AtDesk;
const start = (retention?: Retention): void => {
  at = atDesk({ organisation, policy: aPolicy({ retention, lighter: 'reason' }) });
};
beforeEach(() => start());
afterEach(() => at.end());

let acts = 0;
const say = async (deal: string, actor: string, command: DealCommand): Promise<void> => {
  const outcome = await at.deals.handle(deal, command, { actor, cause: `say-${(acts += 1)}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
};
const open = async (name: string, by = 'rep-1'): Promise<string> => {
  const { details } = aDeal();
  const outcome = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: { ...details, endUser: { ...details.endUser, name } },
    },
    { actor: by, cause: `open-${(acts += 1)}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};
const withdrawn = async (name = 'Sample Ministry', by = 'rep-1'): Promise<string> => {
  const deal = await open(name, by);
  await say(deal, by, { type: 'Withdraw', reason: 'They bought elsewhere.' });
  return deal;
};
const asks = (person: string, deals: string, why = WHY): Promise<Reply> =>
  at.submit(person, 'desk.erase', {}, { deals, why });
const request = async (): Promise<string> => {
  const { state } = await at.desk.registers.erasures.now();
  return Object.keys(state.requests)[0] ?? 'none';
};
const agrees = async (person: string, erasure?: string): Promise<Reply> =>
  at.submit(person, 'desk.agree-erase', { erasure: erasure ?? (await request()) }, { sure: ['sure'] });
const stops = async (person: string): Promise<Reply> =>
  at.submit(person, 'desk.stop-erase', { erasure: await request() }, { reason: 'A court asks for it.' });
const said = (reply: Reply): string =>
  reply.kind === 'tell' ? plain(reply.card) : reply.kind === 'errors' ? JSON.stringify(reply.errors) : reply.kind;
const isThere = async (deal: string): Promise<boolean> => (await at.deals.view(deal)) !== undefined;
const history = async (): Promise<string[]> =>
  (await at.store.read('register:erasures')).flatMap(({ body }) =>
    body.events.map((event) => (event as { type: string }).type),
  );

describe('a record', () => {
  it('is erased a day after a second person agreed, and says who, when and why', async () => {
    const deal = await withdrawn();
    expect(said(await asks('compliance-1', deal))).toMatch(/Asked\. A second person/);
    expect(said(await agrees('compliance-2'))).toMatch(/Agreed/);
    await at.travel('2027-03-02T08:59:00.000Z');
    expect(await isThere(deal)).toBe(true);
    await at.travel('2027-03-02T09:00:00.000Z');
    expect(await isThere(deal)).toBe(false);
    await expect(at.store.load(deal)).rejects.toMatchObject({ code: 'erased' });
    const events = (await at.store.read('register:erasures')).flatMap(({ body }) => body.events);
    const head = (await at.store.heads()).find(({ stream }) => stream === deal);
    expect(events).toMatchObject([
      { type: 'ErasureAsked', by: 'compliance-1', deals: [deal], why: WHY },
      { type: 'ErasureAgreed', by: 'compliance-2', due: '2027-03-02T09:00:00.000Z' },
      { type: 'DealErased', deal, version: head?.version, hash: head?.hash },
    ]);
    expect((await at.store.verify()).kind).toBe('whole');
    // Nothing waits any more, and nobody who presses an old button meets a fault.
    expect((await at.desk.registers.erasures.now()).state.requests).toEqual({});
    expect(said(await at.ask('rep-1', { kind: 'click', name: 'deal.reopen', value: deal }))).toMatch(/erased/);
    expect(said(await at.ask('compliance-1', { kind: 'words', words: `status ${deal}`, canOpen: false }))).toMatch(
      /erased/,
    );
  });

  it('takes two people, neither on its team', async () => {
    const deal = await withdrawn();
    expect(said(await asks('rep-1', deal))).toMatch(/Only compliance/);
    expect(said(await asks('senior-1', deal))).toMatch(/Only compliance/);
    await asks('compliance-1', deal);
    expect(said(await agrees('compliance-1'))).toMatch(/a second person/);
    expect(said(await agrees('rep-1'))).toMatch(/Only compliance/);
    const own = await withdrawn('Sample Agency', 'compliance-2');
    expect(said(await asks('compliance-2', own))).toMatch(/on the team of one of these deals/);
    await asks('compliance-1', own);
    const [, second = ''] = Object.keys((await at.desk.registers.erasures.now()).state.requests);
    expect(said(await agrees('compliance-2', second))).toMatch(/on the team of one of these deals/);
    await at.travel('2027-03-05T09:00:00.000Z');
    expect(await isThere(deal)).toBe(true);
    expect(await history()).toEqual(['ErasureAsked', 'ErasureAsked']);
  });

  it('is not asked for twice, nor for nothing, nor without a reason that says something', async () => {
    const deal = await withdrawn();
    expect(said(await asks('compliance-1', deal, '.'))).toMatch(/why/i);
    expect(said(await asks('compliance-1', ' , '))).toMatch(/at least one deal/);
    expect(said(await asks('compliance-1', `${deal} D-000000`))).toMatch(/no deal D-000000/);
    expect(said(await asks('compliance-1', 'register:erasures'))).toMatch(/no deal/);
    await asks('compliance-1', deal);
    expect(said(await asks('compliance-2', deal))).toMatch(/asked already/);
  });

  it('stays while it is open, approved, on hold or has an unsettled flag', async () => {
    const deal = await open('Sample Ministry');
    expect(said(await asks('compliance-1', deal))).toMatch(/still being answered/);
    await say(deal, 'senior-1', {
      type: 'RaiseFlag',
      title: 'Their director told me that they track journalists.',
    });
    await say(deal, 'rep-1', { type: 'Withdraw', reason: 'They bought elsewhere.' });
    expect(said(await asks('compliance-1', deal))).toMatch(/red flag waits/);

    const held = await withdrawn('Sample Office');
    await at.desk.registers.holds.handle(
      {
        type: 'PlaceHold',
        on: { of: 'end-user', name: 'sample office' },
        stop: ['support'],
        because: 'inquiry',
        reason: 'A credible doubt.',
        review: '2027-04-01',
        reach: { deals: 0, team: [] },
      },
      { actor: 'compliance-2', cause: 'hold' },
    );
    expect(said(await asks('compliance-1', held))).toMatch(/a hold reaches it/);
  });

  it('stays while another deal with its end-user is not decided, whatever name it was given since', async () => {
    const deal = await open('Jora Ministry');
    await say(deal, 'senior-1', { type: 'RaiseFlag', title: 'Their director told me that they track journalists.' });
    const view = await at.deals.view(deal);
    if (!view) throw new Error('no deal');
    const flag = view.deal.ownFlags[0]?.id ?? '';
    await say(deal, 'compliance-2', { type: 'DismissFlag', flag, reason: 'It was another ministry.' });
    await say(deal, 'rep-1', {
      type: 'CorrectDetails',
      details: { ...view.deal.details, endUser: { ...view.deal.details.endUser, name: 'Oslo Book Fair' } },
      reason: 'Wrong name picked.',
    });
    // It waits again, of another end-user.
    await say(deal, 'compliance-2', { type: 'DismissFlag', flag, reason: 'A fair tracks nobody.' });
    await say(deal, 'rep-1', { type: 'Withdraw', reason: 'They bought elsewhere.' });
    const twin = await open('jora ministry');
    expect(said(await asks('compliance-1', deal))).toMatch(new RegExp(`${twin} names one of its parties`));
  });

  it('with something that new deals would be told takes the chief', async () => {
    const deal = await open('Kora Ministry');
    await say(deal, 'senior-1', { type: 'RaiseFlag', title: 'Their director told me that they track journalists.' });
    const view = await at.deals.view(deal);
    const flag = view?.deal.ownFlags[0]?.id ?? '';
    await say(deal, 'compliance-2', { type: 'DismissFlag', flag, reason: 'It was another ministry.' });
    await say(deal, 'rep-1', { type: 'Withdraw', reason: 'They bought elsewhere.' });
    await asks('compliance-1', deal);
    expect(said(await agrees('compliance-2'))).toMatch(/chief compliance officer must be one/);
    expect(said(await agrees('chief-1'))).toMatch(/Agreed/);
  });

  it('is kept where it is needed again on the day', async () => {
    const [deal, other] = [await withdrawn('Jora Ministry'), await withdrawn('Sample Agency')];
    await asks('compliance-1', `${deal} ${other}`);
    await agrees('compliance-2');
    await open('Jora Ministry');
    await at.travel('2027-03-02T09:00:00.000Z');
    expect([await isThere(deal), await isThere(other)]).toEqual([true, false]);
    expect(await history()).toEqual(['ErasureAsked', 'ErasureAgreed', 'DealKept', 'DealErased']);
    await at.travel('2027-04-02T09:00:00.000Z');
    expect(await isThere(deal)).toBe(true);
  });

  it('is kept where anybody of compliance stops it in time', async () => {
    const deal = await withdrawn();
    await asks('compliance-1', deal);
    await agrees('compliance-2');
    expect(said(await at.submit('rep-1', 'desk.stop-erase', { erasure: await request() }, { reason: 'No.' }))).toMatch(
      /Only compliance/,
    );
    expect(said(await stops('compliance-3'))).toMatch(/Nothing is erased/);
    await at.travel('2027-03-05T09:00:00.000Z');
    expect(await isThere(deal)).toBe(true);
    // It can be asked for again.
    expect(said(await asks('compliance-1', deal))).toMatch(/Asked/);
  });
});

describe('retention', () => {
  beforeEach(async () => {
    await at.end();
    start({ withdrawn: 12 });
  });

  it('lets nobody erase earlier without the chief', async () => {
    const deal = await withdrawn();
    await asks('compliance-1', deal);
    expect(said(await agrees('compliance-2'))).toMatch(/chief compliance officer must be one/);
    expect(said(await agrees('chief-1'))).toMatch(/Agreed/);
    await at.travel('2027-03-02T09:00:00.000Z');
    expect(await isThere(deal)).toBe(false);
  });

  it('fills the form in with what is kept no longer, and tells compliance once a month', async () => {
    const deal = await withdrawn();
    await at.erasing.begin();
    await at.travel('2028-03-01T09:00:00.000Z');
    const press = (person: string) => at.ask(person, { kind: 'click', name: 'desk.erase', value: '' });
    expect(presets(formIn(await press('compliance-1')))).toEqual({});
    await at.travel('2028-03-02T09:00:00.000Z');
    expect(presets(formIn(await press('compliance-1')))).toEqual({ deals: deal });
    expect(said(await press('rep-1'))).toMatch(/Only compliance/);
    await at.travel('2028-04-05T09:00:00.000Z');
    const counts = (await at.store.read('register:erasures')).flatMap(({ body }) => body.events) as { deals: number }[];
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.at(-1)).toMatchObject({ type: 'KeptCounted', deals: 1 });
    expect(said(await asks('compliance-1', deal))).toMatch(/Asked/);
    expect(said(await agrees('compliance-2'))).toMatch(/Agreed/);
  });
});

describe('a backup', () => {
  it('brings nothing back: what the list names is erased again and recorded', async () => {
    const deal = await withdrawn();
    const folder = at.folder;
    await at.store.close();
    copyFileSync(folder.file, `${folder.file}.backup`);
    at = atDesk({ organisation, folder });
    await asks('compliance-1', deal);
    await agrees('compliance-2');
    await at.travel('2027-03-02T09:00:00.000Z');
    expect(readFileSync(join(folder.dir, ERASED_LIST), 'utf8')).toBe(`${deal} 2027-03-02T09:00:00.000Z\n`);
    await at.store.close();
    for (const end of ['-wal', '-shm']) expect(existsSync(`${folder.file}${end}`)).toBe(false);
    copyFileSync(`${folder.file}.backup`, folder.file);
    at = atDesk({ organisation, folder });
    expect(await isThere(deal)).toBe(true);
    await at.erasing.begin();
    expect(await isThere(deal)).toBe(false);
    expect(await history()).toEqual(['ErasedAgain']);
    await at.erasing.begin();
    expect(await history()).toEqual(['ErasedAgain']);
  });

  it('of the moment between key and record ends as if there had been no crash', async () => {
    const deal = await withdrawn();
    await asks('compliance-1', deal);
    await agrees('compliance-2');
    await at.store.erase(deal);
    await at.travel('2027-03-02T09:00:00.000Z');
    expect(await history()).toEqual(['ErasureAsked', 'ErasureAgreed', 'DealErased']);
  });
});
