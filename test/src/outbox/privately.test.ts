/** Private messages that asked something become what came of it, whatever happens on the way. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DealState } from '../../../flows/deal/state.ts';
import { dealView } from '../../../flows/deal/view.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { mailboxOf, type Mail, type Mailbox, type Trouble } from '../../support/mailbox.ts';
import { acts, actOf, answered, approved, type Make, type Script } from '../../support/model.ts';
import { ballot } from '../../support/story.ts';
import { TIMED } from '../../support/ticking.ts';

const given = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, sources: [] }]));

let at: AtDesk;
let box: Mailbox;
let deal: string;
let n = 0;

const begin = async (): Promise<void> => {
  at = atDesk({ organisation: TIMED.organisation });
  box = mailboxOf(at);
  deal = await at.openDeal();
};
beforeEach(begin);
afterEach(() => at.end());

const stateOf = async (): Promise<DealState> => (await at.deals.view(deal))?.deal ?? { status: 'none' };
const view = async () =>
  dealView((await stateOf()) as never, TIMED.policy, TIMED.organisation, at.desk.clock().toISOString());
const act = async (actor: string, command: object): Promise<void> => {
  const done = await at.deals.handle(deal, command as never, { actor, cause: `c${(n += 1)}` });
  expect(done.kind === 'refused' ? done.refusal.text : '').toBe('');
};
const vote = async (actor: string, outcome = 'approve'): Promise<void> => {
  const now = await view();
  if (now.deal.status !== 'deciding') throw new Error('waits for no votes');
  const { step, route } = now.deal;
  await act(actor, {
    type: 'CastVote',
    step,
    factsHash: route.factsHash,
    ballot: ballot(now, { outcome: outcome as 'approve' }),
  });
};
const last = (person: string, words: RegExp): Mail => {
  const found = box.of(person).findLast(({ text, before }) => words.test([text, ...before].join('\n')));
  if (!found)
    throw new Error(
      `${person} got nothing like ${words.source}: ${box
        .of(person)
        .map(({ text }) => text)
        .join('\n--\n')}`,
    );
  return found;
};
const asked = (person: string): Mail => last(person, /Your review is wanted/);

describe('an approver who was asked for a vote', () => {
  beforeEach(async () => {
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await box.deliverAll();
    expect(asked('compliance-1').text).toMatch(/You can vote in/);
  });

  it('sees the own vote, and the others that it is decided', async () => {
    await vote('compliance-1');
    await box.deliverAll();
    expect(asked('compliance-1').text).toMatch(/You approved\./);
    expect(asked('compliance-2').text).toMatch(/This step was decided by @compliance-1/);
    for (const who of ['compliance-1', 'compliance-2']) expect(box.buttons(asked(who))).toEqual([]);
    expect(box.buttons(asked('senior-1')).length).toBeGreaterThan(0);
  });

  it('hears of a withdrawal by that edit alone', async () => {
    const before = box.of('compliance-1').length;
    await act('rep-1', { type: 'Withdraw', reason: 'The customer went elsewhere.' });
    await box.deliverAll();
    expect(asked('compliance-1').text).toMatch(/@rep-1 withdrew this deal/);
    expect(box.of('compliance-1')).toHaveLength(before);
  });

  it('who recuses themself is asked no more, and whose vote is taken back is asked again', async () => {
    await act('compliance-2', { type: 'Recuse', reason: 'My brother works there.' });
    await box.deliverAll();
    expect(asked('compliance-2').text).toMatch(/recused yourself/);
    await vote('compliance-1');
    await box.deliverAll();
    await vote('senior-1');
    await box.deliverAll();
    expect(asked('senior-1').text).toMatch(/You approved/);
    await act('senior-1', { type: 'TakeVoteBack', step: 1, reason: 'I was too quick.' });
    await box.deliverAll();
    expect(asked('senior-1').text).toMatch(/Your review is wanted/);
    expect(box.buttons(asked('senior-1')).map(({ name }) => name)).toContain('deal.review');
  });

  it('is asked anew where the facts change what they were told, and the older message says so', async () => {
    const answer = async (section: string, answers: Record<string, string>): Promise<Mail[]> => {
      await act('rep-1', { type: 'AnswerSection', section, answers: given(answers) });
      await box.deliverAll();
      return box.of('compliance-1').filter(({ text, before }) => /review is wanted/.test([text, ...before].join()));
    };
    const pressable = (all: readonly Mail[]): boolean[] => all.map((mail) => box.buttons(mail).length > 0);
    // Neither its tier nor a flag: their message leads to the deal as it is now.
    expect(pressable(await answer('product', { P1: 'yes', P2: 'no', P4: 'common' }))).toEqual([true]);
    const all = await answer('record', { 'H-RF1': 'yes', 'H-RF3': 'yes', 'H-RF5': 'no' });
    expect(pressable(all)).toEqual([false, true]);
    expect(all[0]?.text).toMatch(/A newer message asks this again/);
  });

  it('loses nothing by a restart, a refusal or an answer that nobody heard', async () => {
    const troubles: Trouble[] = ['lost', 'refused', 'lost', 'refused', 'none', 'lost'];
    box.trouble = () => troubles.shift() ?? 'none';
    await vote('compliance-1');
    await box.deliverAll();
    expect(asked('compliance-1').text).toMatch(/You approved\./);
    expect(box.of('compliance-1').filter(({ text }) => /You approved/.test(text))).toHaveLength(1);
  });
});

it('is not posted at all where it asks for nothing any more, and what was not posted is not edited', async () => {
  await at.answerAll(deal, { 'H-RF1': 'yes' });
  await vote('compliance-1');
  await box.deliverAll();
  expect(box.of('compliance-2').filter(({ text }) => /review|decided/.test(text))).toEqual([]);
  expect(box.of('compliance-1').filter(({ text }) => /review/.test(text))).toEqual([]);
});

it('says nothing of the deal to somebody who may not read it any more', async () => {
  await act('rep-1', { type: 'AnswerSection', section: 'scope', answers: given({ G1: 'yes' }) });
  await act('rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1', note: 'You built it.' });
  await box.deliverAll();
  expect(last('product-1', /You built it/).text).toMatch(/might know the answers/);
  await act('rep-1', { type: 'TakeSectionBack', section: 'product' });
  await box.deliverAll();
  const mail = last('product-1', /You built it/);
  expect(mail.text).toContain(deal);
  expect(mail.text).not.toMatch(/rep-1|Customer|Product|built/);
  expect(box.of('product-1')).toHaveLength(1);
});

const sections: [string, Make][] = [
  ['rep-1', () => ({ type: 'AnswerSection', section: 'scope', answers: given({ G1: 'yes' }) })],
];

/** Plays the script on a fresh desk, with deliveries in between and at the same time, and trouble as drawn. */
const playOut = async (from: [string, Make][], script: Script, troubles: readonly Trouble[]): Promise<void> => {
  let drawn = 0;
  box.trouble = () => troubles[(drawn += 1) % troubles.length] ?? 'none';
  let now = at.desk.clock().getTime();
  for (const [who, make, hours] of [...sections, ...from].map((one): Script[number] => [...one, 1]).concat(script)) {
    now += Math.max(1, hours) * 3_600_000;
    await at.travel(new Date(now).toISOString());
    const { actor, command } = actOf([who, make], await stateOf(), new Date(now).toISOString());
    if (command.type === 'Tick' || command.type === 'RequireReassessment') continue;
    const doing = at.deals.handle(deal, command, { actor, cause: `c${(n += 1)}` });
    await Promise.all([doing, box.deliver(3)]);
  }
  box.trouble = () => 'none';
  await box.deliverAll();
};

const notRefused = async (): Promise<void> => {
  const pressed = new Set<string>();
  for (const mail of box.all()) {
    for (;;) {
      // What does something at once would change the others.
      const next = box.buttons(mail).find(({ name, value }) => !pressed.has(`${mail.id} ${name} ${value}`));
      if (!next) break;
      const { name, value } = next;
      pressed.add(`${mail.id} ${name} ${value}`);
      if (name === 'deal.nudge') continue;
      const reply = await at.ask(mail.to, { kind: 'click', name, value });
      const said = reply.kind === 'tell' ? JSON.stringify(reply.card) : '';
      expect(said, `${name} ${value} of ${mail.to}: ${mail.text}`).not.toContain('Not done');
      if (reply.kind !== 'form') await box.deliverAll();
    }
  }
};

const trouble = fc.array(fc.constantFrom<Trouble>('none', 'none', 'none', 'refused', 'lost'), {
  minLength: 3,
  maxLength: 9,
});

describe('after any play', () => {
  it.each([
    ['of a deal that is answered', []],
    ['of one that waits for votes', answered],
    ['of one that is approved', approved],
  ])(
    '%s no private message has a button that refuses, and one at most asks the same',
    async (_, from) => {
      let edits = 0;
      await fc.assert(
        fc.asyncProperty(acts, trouble, async (script, troubles) => {
          await at.end();
          await begin();
          await playOut(from, script.slice(0, 20), troubles);
          edits += box.all().reduce((sum, { before }) => sum + before.length, 0);
          await notRefused();
          const names = await box.asked();
          expect(names).toEqual([...new Set(names)]);
        }),
        { numRuns: 4, endOnFailure: true },
      );
      expect(edits).toBeGreaterThan(3);
    },
    15_000,
  );
});

describe('somebody who is called for many votes in a day', () => {
  const deals: string[] = [];
  const call = async (): Promise<string> => {
    const id = await at.openDeal();
    await at.answerAll(id);
    deals.push(id);
    await box.deliverAll();
    return id;
  };
  const later = (minutes: number): Promise<void> =>
    at.travel(new Date(at.desk.clock().getTime() + minutes * 60_000).toISOString());
  const live = (): Mail[] =>
    box.of('compliance-1').filter((mail) => box.buttons(mail).some(({ name }) => name === 'deal.review'));
  const listed = (mail: Mail | undefined): string[] =>
    (mail ? box.buttons(mail) : []).flatMap(({ name, value }) => (name === 'deal.review' ? [value.slice(0, -2)] : []));
  beforeEach(() => void deals.splice(0));

  it('gets three messages, then one list, the oldest first, which is posted anew at most hourly', async () => {
    for (let i = 0; i < 3; i += 1) await call();
    expect(live()).toHaveLength(3);
    await later(1);
    await call();
    expect(live()).toHaveLength(1);
    expect(live()[0]?.text).toMatch(/4 deals wait for your decision/);
    expect(listed(live()[0])).toEqual(deals);
    const [first] = live();
    const before = box.of('compliance-1').length;
    await later(30);
    await call();
    expect([box.of('compliance-1').length, live()[0] === first]).toEqual([before, true]);
    expect(listed(live()[0])).toEqual(deals);
    await later(40);
    await call();
    expect(box.of('compliance-1')).toHaveLength(before + 1);
    expect([live().length, live()[0] === first]).toEqual([1, false]);
    expect(live()[0]?.text).toMatch(/6 deals wait for your decision/);
    expect(first?.text).toMatch(/A newer list is below/);
  });

  it('reads in it what is left, and a reminder takes its deal out of it', async () => {
    for (let i = 0; i < 5; i += 1) await call();
    [deal] = deals as [string];
    await vote('compliance-2');
    await box.deliverAll();
    expect(listed(live()[0])).toEqual(deals.slice(1));
    await at.travel('2027-03-04T12:00:00.000Z');
    await box.deliverAll();
    const names = await box.asked();
    expect(names).toEqual([...new Set(names)]);
    expect(new Set(live().flatMap(listed))).toEqual(new Set(deals.slice(1)));
    await notRefused();
  });

  it('loses none of them by trouble on the way', async () => {
    let drawn = 0;
    box.trouble = () => {
      drawn += 1;
      return drawn % 5 === 0 ? 'lost' : drawn % 7 === 0 ? 'refused' : 'none';
    };
    for (let i = 0; i < 6; i += 1) await call();
    box.trouble = () => 'none';
    await box.deliverAll();
    expect(live().flatMap(listed).toSorted()).toEqual(deals.toSorted());
  });

  it('gets a new list where the chat takes no edits of the old one any more', async () => {
    for (let i = 0; i < 4; i += 1) await call();
    box.shut = true;
    for (let i = 0; i < 2; i += 1) await call();
    expect(new Set(live().flatMap(listed))).toEqual(new Set(deals));
    expect(listed(live().at(-1))).toEqual(deals);
    // What could not be edited is not taken for shown.
    [deal] = deals as [string];
    await vote('compliance-2');
    await box.deliverAll();
    box.shut = false;
    await call();
    expect(listed(live().at(-1))).toEqual(deals.slice(1));
  }, 30_000);

  it('keeps the buttons of messages whose deals have no room in the list, and finds the rest by its button', async () => {
    for (let i = 0; i < 12; i += 1) await call();
    await at.travel('2027-03-04T12:00:00.000Z');
    await box.deliverAll();
    const reminded = new Set(live().flatMap(listed));
    expect(deals.filter((id) => !reminded.has(id))).toEqual([]);
    for (let i = 0; i < 4; i += 1) await call();
    const now = new Set(live().flatMap(listed));
    expect(deals.slice(0, 12).filter((id) => !now.has(id))).toEqual([]);
    const list = live().find(({ text }) => /16 deals wait for your decision/.test(text));
    expect(list && box.buttons(list).at(-1)).toMatchObject({ name: 'desk.queue' });
    const moved = box.of('compliance-1').filter(({ text }) => /It stands in the list/.test(text));
    expect(moved.filter((mail) => !listed(list).includes(mail.deal)).map(({ text }) => text)).toEqual([]);
  }, 30_000);

  it('has each list edited as the message of its own notice', async () => {
    for (let i = 0; i < 6; i += 1) await call();
    await later(70);
    await call();
    [deal] = deals as [string];
    await vote('compliance-2');
    await box.deliverAll();
    expect(box.edits.length).toBeGreaterThan(5);
    expect(box.edits.filter(({ named, of }) => named !== of)).toEqual([]);
  }, 30_000);
});

it('reminds of three conditions of one morning in one message, which keeps the buttons of those that are left', async () => {
  await at.answerAll(deal);
  const now = await view();
  if (now.deal.status !== 'deciding') throw new Error('waits for no votes');
  const conditions = ['c1', 'c2', 'c3'].map((id) => ({ id, text: `Do ${id}`, owner: 'product-1', due: '2027-04-01' }));
  const given = ballot(now, { outcome: 'approve-with-conditions', conditions });
  const { step, route } = now.deal;
  await act('compliance-1', { type: 'CastVote', step, factsHash: route.factsHash, ballot: given });
  await box.deliverAll();
  const before = box.of('product-1').length;
  await at.travel('2027-04-02T12:00:00.000Z');
  await box.deliverAll();
  const fresh = box.of('product-1').slice(before);
  const done = (): string[] =>
    fresh.flatMap((mail) =>
      box.buttons(mail).flatMap(({ name, value }) => (name === 'deal.meet-condition' ? [value] : [])),
    );
  expect(fresh.filter((mail) => box.buttons(mail).length > 0)).toHaveLength(1);
  expect(done()).toEqual(['c1', 'c2', 'c3'].map((id) => `${deal}/${id}`));
  await act('product-1', { type: 'MeetCondition', condition: 'c2', text: 'It is done.', sources: [] });
  await box.deliverAll();
  expect(done()).toEqual(['c1', 'c3'].map((id) => `${deal}/${id}`));
  await notRefused();
  for (const condition of ['c1', 'c3'])
    await act('product-1', { type: 'MeetCondition', condition, text: 'It is done.', sources: [] });
  await box.deliverAll();
  expect(fresh.flatMap((mail) => box.buttons(mail))).toEqual([]);
  expect(fresh.at(-1)?.text).toMatch(/You said that it is done: “Do c1”[\s\S]*“Do c3”/);
});
