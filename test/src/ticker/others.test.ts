/** What other deals say against one: a colleague's answers about the country, and deals with the end-user that ended. */

import { afterEach, describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { columnsOf } from '../../../flows/lists/columns.ts';
import type { CompiledPolicy } from '../../../flows/policy/policy.ts';
import { createBell } from '../../../src/bell.ts';
import { silentLogger } from '../../../src/log.ts';
import { concernsOthers, createLook, startOthers, tellOthers } from '../../../src/ticker/others.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { aDeal, aPolicy } from '../../support/deal-builders.ts';
import { voteOf } from '../../support/deal-lines.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const base = aPolicy();
const ABOUT_COUNTRY = ['H-RF3', 'H-RF5'];
/** Two questions of `record` are about the country. */
const policy: CompiledPolicy = (() => {
  const sections = base.sections.map((section) => ({
    ...section,
    questions: section.questions.map((q) => (ABOUT_COUNTRY.includes(q.id) ? { ...q, about: 'country' as const } : q)),
  }));
  return { ...base, sections, question: (id) => sections.flatMap((s) => s.questions).find((q) => q.id === id) };
})();

let desk: AtDesk;
const begin = (): void => {
  desk = atDesk({ policy });
};
afterEach(() => desk.end());

let acts = 0;
const act = async (deal: string, actor: string, command: DealCommand): Promise<DealView> => {
  acts += 1;
  const outcome = await desk.deals.handle(deal, command, { actor, cause: `other-${acts}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view;
};

/** A deal of `product-1`, which `rep-1` may not read. */
const another = async (details: Partial<DealDetails> = {}): Promise<string> => {
  acts += 1;
  const outcome = await desk.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: { ...aDeal().details, customer: 'Another customer', ...details },
    },
    { actor: 'product-1', cause: `other-${acts}` },
  );
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view.deal.id;
};

const answers = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));

const saysOfCountry = async (deal: string, actor: string, conflict: string): Promise<DealView> => {
  if (!(await viewOf(deal)).deal.answers['scope']) {
    await act(deal, actor, { type: 'AnswerSection', section: 'scope', answers: answers({ G1: 'yes' }) });
  }
  return act(deal, actor, {
    type: 'AnswerSection',
    section: 'record',
    answers: answers({ 'H-RF1': 'no', 'H-RF3': conflict, 'H-RF5': 'no' }),
  });
};

const tell = (): Promise<number> =>
  tellOthers({
    index: desk.desk.index,
    registers: desk.desk.registers,
    deals: desk.deals,
    clock: desk.desk.clock,
    logger: silentLogger,
  });

const viewOf = async (deal: string): Promise<DealView> => {
  const view = await desk.deals.view(deal);
  if (!view) throw new Error('there is no such deal');
  return view;
};

const opened = async (person: string, name: string, deal: string): Promise<string> => {
  const reply = await desk.ask(person, { kind: 'click', name, value: deal });
  if (reply.kind !== 'form') throw new Error(`no form: ${JSON.stringify(reply)}`);
  return plain({ blocks: reply.form.blocks.flatMap((block) => (block.kind === 'input' ? [] : [block])) });
};

/** The notices of it. */
const noted = async (deal: string): Promise<string[]> => {
  const { version } = (await desk.store.heads()).find(({ stream }) => stream === deal)!;
  const found: string[] = [];
  for (let at = 1; at <= version; at += 1) {
    const then = await desk.deals.viewAt(deal, at);
    for (const notice of then?.notices ?? []) {
      if (notice.kind === 'fact' && notice.fact.fact === 'others noted') found.push(JSON.stringify(notice));
    }
  }
  return found;
};

describe('a look after the first', () => {
  it('is at what moved, at deals that share something with it, and at those that were not told', async () => {
    begin();
    const elsewhere = {
      endUser: { name: 'Somebody else', kind: 'private' as const },
      customer: 'Sample Trading',
      intermediaries: [],
    };
    const [mine, theirs, far] = [
      await desk.openDeal(),
      await another(),
      await another({ ...elsewhere, destination: 'SE', product: { id: 'other', name: 'Something else' } }),
    ];
    let fails = true;
    const handled: string[] = [];
    const look = createLook({
      index: desk.desk.index,
      registers: desk.desk.registers,
      deals: {
        view: desk.deals.view,
        handle: (deal, command, ask) => {
          handled.push(deal);
          return fails ? Promise.reject(new Error('the store is away')) : desk.deals.handle(deal, command, ask);
        },
      },
      clock: desk.desk.clock,
      logger: silentLogger,
    });
    expect(await look()).toBe(3);
    expect(await look()).toBe(0);
    await act(far, 'product-1', { type: 'Withdraw', reason: 'A typo.' });
    expect(await look()).toBe(0);
    await act(theirs, 'compliance-1', { type: 'RaiseFlag', title: 'They watch reporters with it.' });
    expect(await look()).toBe(2);
    expect(handled).toEqual([mine]);
    fails = false;
    expect(await look()).toBe(1);
    expect((await viewOf(mine)).deal.others?.worries).toMatchObject([{ deal: theirs, of: 'flag' }]);
    // It moved by that itself.
    await look();
    expect(await look()).toBe(0);
    expect(handled).toEqual([mine, mine]);
  });
});

describe('a country of which a colleague said otherwise', () => {
  it('is shown to the rep without the other deal, and to compliance with it', async () => {
    begin();
    const theirs = await another();
    await saysOfCountry(theirs, 'product-1', 'yes');
    const mine = await desk.openDeal();
    await desk.answerAll(mine);
    await tell();
    const rep = await opened('rep-1', 'deal.why', mine);
    expect(rep).toContain('Compliance has heard otherwise: “Is there a conflict in the region?”');
    expect(rep).not.toContain(theirs);
    const compliance = await opened('compliance-1', 'deal.review', mine);
    expect(compliance).toContain(`Answered otherwise in ${theirs}: “Is there a conflict in the region?”`);
    expect(await noted(mine)).toEqual([
      expect.stringContaining('"to":"thread"'),
      expect.stringContaining('"person":"compliance-1"'),
    ]);
  });

  it('that is answered after the vote voids no vote, and the voter is told', async () => {
    begin();
    const mine = await desk.openDeal();
    await desk.answerAll(mine, { 'H-RF5': 'unknown' });
    const deciding = (await viewOf(mine)).deal;
    if (deciding.status !== 'deciding') throw new Error('not deciding');
    await act(mine, 'compliance-1', {
      type: 'CastVote',
      step: 0,
      factsHash: deciding.route.factsHash,
      ballot: { outcome: 'approve', flags: {}, rationale: 'Nothing speaks against it.', conditions: [] },
    });
    const theirs = await another();
    await saysOfCountry(theirs, 'product-1', 'yes');
    await tell();
    const after = (await viewOf(mine)).deal;
    expect(after.status === 'deciding' && after.votes.length + after.step).toBeGreaterThan(0);
    expect((await noted(mine)).some((notice) => notice.includes('"person":"compliance-1"'))).toBe(true);
  });

  it('is told once, also when two bots tell it at the same time, and after a restart', async () => {
    begin();
    const theirs = await another();
    await saysOfCountry(theirs, 'product-1', 'yes');
    const mine = await desk.openDeal();
    await desk.answerAll(mine);
    const other = atDesk({ policy, store: desk.store });
    const bots = [desk, other].map(({ desk: { index, clock }, deals }) =>
      tellOthers({ index, deals, registers: desk.desk.registers, clock, logger: silentLogger }),
    );
    await Promise.all(bots);
    await tell();
    expect((await noted(mine)).filter((notice) => notice.includes('"to":"thread"'))).toHaveLength(1);
    expect((await viewOf(mine)).deal.others?.otherwise).toHaveLength(1);
  });

  it('goes when the answer says the same, and comes back with it', async () => {
    begin();
    const theirs = await another();
    await saysOfCountry(theirs, 'product-1', 'yes');
    const mine = await desk.openDeal();
    await saysOfCountry(mine, 'rep-1', 'no');
    await tell();
    expect(await opened('rep-1', 'deal.why', mine)).toContain('heard otherwise');
    await saysOfCountry(mine, 'rep-1', 'yes');
    expect(await opened('rep-1', 'deal.why', mine)).not.toContain('heard otherwise');
    await saysOfCountry(mine, 'rep-1', 'no');
    expect(await opened('rep-1', 'deal.why', mine)).toContain('heard otherwise');
  });

  it.each([
    ['of another country', { destination: 'SE' }, 'yes', '2027-03-01T09:00:00.000Z'],
    ['that says the same', {}, 'no', '2027-03-01T09:00:00.000Z'],
    ['of more than a year ago', {}, 'yes', '2028-03-15T09:00:00.000Z'],
  ])('is not one %s', async (_of, details, conflict, at) => {
    begin();
    const theirs = await another(details);
    await saysOfCountry(theirs, 'product-1', conflict);
    await desk.travel(at);
    const mine = await desk.openDeal();
    await desk.answerAll(mine);
    await tell();
    expect((await viewOf(mine)).deal.others?.otherwise ?? []).toEqual([]);
  });

  it('is news for a deal that does not know', async () => {
    begin();
    const theirs = await another();
    await saysOfCountry(theirs, 'product-1', 'yes');
    const mine = await desk.openDeal();
    await saysOfCountry(mine, 'rep-1', 'unknown');
    await tell();
    expect((await viewOf(mine)).deal.others?.otherwise).toMatchObject([{ deal: theirs }]);
  });
});

describe('a rep who withdraws an honest deal and asks again, with milder answers', () => {
  it('is met with what was said of the same end-user, whatever the product or the country', async () => {
    begin();
    const record = (deal: string, misuse: string): Promise<DealView> =>
      act(deal, 'product-1', {
        type: 'AnswerSection',
        section: 'record',
        answers: answers({ 'H-RF1': misuse, 'H-RF3': 'no', 'H-RF5': 'no' }),
      });
    const honest = await another();
    await act(honest, 'product-1', { type: 'AnswerSection', section: 'scope', answers: answers({ G1: 'yes' }) });
    await record(honest, 'yes');
    await act(honest, 'product-1', { type: 'Withdraw', reason: 'A typo.' });
    const [again, other] = [
      await another({ destination: 'SE' }),
      await another({ endUser: { ...aDeal().details.endUser, name: 'Somebody else' } }),
    ];
    for (const deal of [again, other]) {
      await act(deal, 'product-1', { type: 'AnswerSection', section: 'scope', answers: answers({ G1: 'yes' }) });
      await record(deal, 'no');
    }
    await tell();
    expect((await viewOf(again)).deal.others?.otherwise).toMatchObject([{ question: 'H-RF1', deal: honest }]);
    expect((await viewOf(other)).deal.others).toBeUndefined();
  });
});

describe('an earlier deal with the same end-user', () => {
  const decline = async (deal: string): Promise<void> => {
    await act(deal, 'product-1', { type: 'AnswerSection', section: 'scope', answers: answers({ G1: 'yes' }) });
    await act(deal, 'product-1', {
      type: 'AnswerSection',
      section: 'product',
      answers: answers({ P1: 'no', P2: 'no', P4: 'common' }),
    });
    const { deal: now } = await saysOfCountry(deal, 'product-1', 'no');
    if (now.status !== 'deciding') throw new Error('not deciding');
    await act(deal, 'compliance-1', {
      type: 'CastVote',
      step: 0,
      factsHash: now.route.factsHash,
      ballot: {
        outcome: 'decline',
        flags: {},
        rationale: 'Their use of it is not clear to anybody here.',
        conditions: [],
      },
    });
  };

  it('that was declined under another spelling stands before approvers, and is counted on the root card', async () => {
    begin();
    const name = aDeal().details.endUser.name;
    const theirs = await another({ endUser: { ...aDeal().details.endUser, name: ` ${name.toUpperCase()}. ` } });
    await decline(theirs);
    const mine = await desk.openDeal();
    await desk.answerAll(mine);
    await tell();
    expect(await opened('compliance-1', 'deal.review', mine)).toContain(
      `${theirs} with the same end-user was declined on 1 March 2027.`,
    );
    const rep = await opened('rep-1', 'deal.why', mine);
    expect(rep).toContain('Another deal with the same end-user was declined on 1 March 2027.');
    expect(rep).not.toContain(theirs);
  });

  it('stays known when it is reopened', async () => {
    begin();
    const theirs = await another();
    await decline(theirs);
    await act(theirs, 'compliance-1', { type: 'Reopen', reason: 'There is news of the end-user.' });
    const mine = await desk.openDeal();
    await tell();
    expect((await viewOf(mine)).deal.others?.ended).toEqual([
      { deal: theirs, how: 'declined', at: expect.any(String) },
    ]);
  });

  it('that was withdrawn is told only where somebody had asked', async () => {
    begin();
    const [asked, quiet] = [await another(), await another()];
    for (const deal of [asked, quiet]) {
      await act(deal, 'product-1', { type: 'AnswerSection', section: 'scope', answers: answers({ G1: 'yes' }) });
      await act(deal, 'product-1', {
        type: 'AnswerSection',
        section: 'product',
        answers: answers({ P1: 'no', P2: 'no', P4: 'common' }),
      });
      await saysOfCountry(deal, 'product-1', 'no');
    }
    await act(asked, 'compliance-1', { type: 'AskForInformation', step: 0, question: 'Who operates it?' });
    await act(asked, 'product-1', { type: 'Withdraw', reason: 'The customer went elsewhere.' });
    await act(quiet, 'product-1', { type: 'Withdraw', reason: 'The customer went elsewhere.' });
    const mine = await desk.openDeal();
    await tell();
    expect((await viewOf(mine)).deal.others?.ended.map(({ deal, how }) => [deal, how])).toEqual([[asked, 'withdrawn']]);
  });

  it('is not one with somebody else, nor the deal itself', async () => {
    begin();
    const theirs = await another({ endUser: { ...aDeal().details.endUser, name: 'Somebody else' } });
    await decline(theirs);
    const mine = await desk.openDeal();
    await tell();
    expect((await viewOf(mine)).deal.others).toBeUndefined();
    expect((await viewOf(theirs)).deal.others).toBeUndefined();
  });
});

it('a person cannot write what others say, and a pass without news writes nothing', async () => {
  begin();
  const mine = await desk.openDeal();
  const outcome = await desk.deals.handle(
    mine,
    { type: 'NoteOthers', ended: [{ deal: 'D-X', how: 'stopped', at: '2027-03-01T09:00:00.000Z' }], otherwise: [] },
    { actor: 'rep-1', cause: 'forged' },
  );
  expect(outcome.kind).toBe('refused');
  const before = await desk.commits();
  await tell();
  expect(await desk.commits()).toBe(before);
  expect(concernsOthers([{ type: 'Nudged' }])).toBe(false);
  expect(concernsOthers([{ type: 'DealDecided' }])).toBe(true);
});

describe('how often it looks', () => {
  const PASS_MS = 20;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  /** Rings five times, a pass apart, of an index that takes that long. */
  const ringing = async (longMs: number | undefined, passMs = PASS_MS) => {
    begin();
    const bell = createBell();
    let passes = 0;
    const index = Object.assign(
      async () => {
        passes += 1;
        await pause(passMs);
        return [];
      },
      { newer: () => [], unread: () => [], columns: () => columnsOf([]), said: async () => new Map() },
    );
    const { registers, clock } = desk.desk;
    const others = startOthers({ index, registers, deals: desk.deals, clock, logger: silentLogger, bell, longMs });
    for (let n = 0; n < 5; n += 1) {
      bell.ring();
      await pause(2 * passMs);
    }
    return { others, bell, passes: () => passes };
  };

  it('lets other work have its time after a long pass, however few deals it was, misses nothing that rang, and stops at once', async () => {
    const { others, bell, passes } = await ringing(undefined, 120);
    expect(passes()).toBeLessThan(3);
    await expect.poll(passes, { timeout: 5000 }).toBeGreaterThan(1);
    const seen = passes();
    bell.ring();
    await others.stop();
    expect(passes()).toBe(seen);
  });

  it('goes on at once after a short one', async () => {
    const { others, passes } = await ringing(60_000);
    await expect.poll(passes, { timeout: 5000 }).toBeGreaterThan(3);
    await others.stop();
  });
});

describe('a flag of which several settled deals hear', () => {
  /** Compliance's messages about it, by deal. */
  const messages = async (
    deals: readonly string[],
    fact: string,
  ): Promise<[string, readonly string[] | undefined][]> => {
    const all = await Promise.all(
      deals.map(async (deal) => (await desk.deals.privately(deal)).map((notice) => ({ deal, ...notice }))),
    );
    return all
      .flat()
      .flatMap((one) =>
        one.fact.fact === fact && one.target.person === 'compliance-1'
          ? [[one.deal, one.fact.fact === 'heard elsewhere' ? one.fact.deals : undefined]]
          : [],
      );
  };
  const approved = async (): Promise<string> => {
    const deal = await desk.openDeal();
    await desk.answerAll(deal);
    const view = await viewOf(deal);
    await act(deal, 'compliance-1', voteOf(view));
    return deal;
  };
  const flagged = (deal: string): Promise<DealView> =>
    act(deal, 'senior-1', { type: 'RaiseFlag', title: `They will track journalists with it (${(acts += 1)})` });

  it('is told to compliance in one message with all of them, and so is what is said later', async () => {
    begin();
    const settled = [await approved(), await approved(), await approved()].toSorted();
    await tell();
    const source = await desk.openDeal();
    await flagged(source);
    await tell();
    const all = [...settled, source];
    expect(await messages(all, 'heard elsewhere')).toEqual([[source, settled]]);
    expect(await messages(all, 'others noted')).toEqual([]);
    for (const deal of settled) expect((await noted(deal)).join()).toContain('"to":"thread"');
    await tell();
    expect(await messages(all, 'heard elsewhere')).toHaveLength(1);
    const later = await desk.openDeal();
    await flagged(later);
    await tell();
    expect(await messages([...all, later], 'heard elsewhere')).toEqual([
      [source, settled],
      [later, settled],
    ]);
  });

  it('is told deal by deal where that one message fails, and where there is one deal', async () => {
    begin();
    const settled = [await approved(), await approved()].toSorted();
    await tell();
    const source = await desk.openDeal();
    await flagged(source);
    const failing: Pick<AtDesk['deals'], 'handle' | 'view'> = {
      ...desk.deals,
      handle: (deal, command, ask) =>
        command.type === 'NoteHeard' ? Promise.reject(new Error('away')) : desk.deals.handle(deal, command, ask),
    };
    const { index, registers, clock } = desk.desk;
    await tellOthers({ index, registers, deals: failing, clock, logger: silentLogger });
    expect((await messages(settled, 'others noted')).map(([deal]) => deal)).toEqual(settled);
    await desk.end();
    begin();
    const one = await approved();
    await tell();
    await flagged(await desk.openDeal());
    await tell();
    expect((await messages([one], 'others noted')).map(([deal]) => deal)).toEqual([one]);
  });
});

it('a confirmation whose deal was erased stands no more; one whose deal can’t be read now does', async () => {
  begin();
  const scope = (deal: string, product: string) => ({
    product,
    kind: 'private',
    rules: ['scope-out'],
    contradicts: [],
    deal,
    by: 'compliance-1',
    at: '2027-02-01T09:00:00.000Z',
    until: '2028-02-01',
  });
  const { scopes } = desk.desk.registers;
  const keep = (deal: string, product: string) =>
    scopes.handle({ type: 'KeepScope', scope: scope(deal, product) }, { actor: 'compliance-1', cause: deal });
  await keep('D-ERASED', 'one');
  await keep('D-AWAY00', 'two');
  const { index, registers, clock } = desk.desk;
  const deals: Pick<AtDesk['deals'], 'handle' | 'view'> = {
    ...desk.deals,
    view: (deal) => (deal === 'D-AWAY00' ? Promise.reject(new Error('away')) : desk.deals.view(deal)),
  };
  await tellOthers({ index, registers, deals, clock, logger: silentLogger });
  expect((await scopes.now()).state.scopes.map(({ product }) => product)).toEqual(['two']);
});
