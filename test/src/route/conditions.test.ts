/** Acts on the conditions of an approval and on reminders, as a chat would send them. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { conditionsCard } from '../../../blocks/cards/conditions.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { names, presets, wordsOf } from '../../blocks/forms/support.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';
import { voteOf } from '../../support/story.ts';

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const view = async (): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const change = (person: string, form: string, context: object, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'change', form, context: JSON.stringify(context), values, input: 'verdict' });
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
/** That the form comes back with what was typed, under why it is refused whatever is written. */
const refusedAtTop = (reply: Reply, typed: FormValues): string => {
  const form = formIn(reply);
  expect(presets(form)).toMatchObject(typed);
  return JSON.stringify(form.blocks[0]);
};

/** The errors, and that the form is shown again with what was typed. */
const mistakes = (reply: Reply, typed: FormValues): string[] => {
  if (reply.kind !== 'errors') throw new Error(`no errors: ${JSON.stringify(reply)}`);
  expect(presets(reply.form?.() ?? { name: '', title: '', context: '', blocks: [] })).toMatchObject(typed);
  return Object.values(reply.errors);
};
const DONE: Reply = { kind: 'done' };

/** Approved on Monday 1 March 2027 with one condition of the rep, due on the 15th. */
const approved = async (owner = 'rep-1'): Promise<{ deal: string; condition: string }> => {
  await at.answerAll(deal);
  const condition = { id: 'c1', text: 'Name the risks in the contract.', owner, due: '2027-03-15' };
  const ballot = { outcome: 'approve-with-conditions', conditions: [condition] } as const;
  for (const person of ['compliance-1', 'senior-1', 'counsel-1']) {
    const now = await view();
    if (now.deal.status !== 'deciding') break;
    const more = person === 'compliance-1' ? { ...ballot, conditions: [condition] } : {};
    const outcome = await at.deals.handle(deal, voteOf(now, more), { actor: person, cause: `vote:${person}` });
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  }
  const { deal: decided } = await view();
  if (decided.status !== 'decided') throw new Error(`it is ${decided.status}`);
  return { deal, condition: decided.decision.conditions[0]?.id ?? '' };
};
const statusOf = async (condition: string): Promise<string | undefined> => {
  const { deal: now } = await view();
  return now.status === 'decided' ? (now.conditions?.[condition]?.status ?? 'open') : undefined;
};
const MET: FormValues = { text: 'Clause 14 names them.' };

describe('a condition', () => {
  it('that compliance has itself opens no form to the deal team, whose card says so', async () => {
    const { condition } = await approved('compliance-1');
    const reply = await click('rep-1', 'deal.meet-condition', `${deal}/${condition}`);
    expect(told(reply)).toContain('of compliance has this condition, so only they can say that it is done');
    formIn(await click('compliance-1', 'deal.meet-condition', `${deal}/${condition}`));
    expect(plain(conditionsCard(await view()))).toContain('The owner presses Done and says how.');
  });

  describe('whoever accepts it', () => {
    const FLAG = 'They never signed that clause, their wardens laughed at it.';
    const raise = (title: string) =>
      at.deals.handle(deal, { type: 'RaiseFlag', title }, { actor: 'product-1', cause: `flag:${title}` });
    const ACCEPT: FormValues = { verdict: 'accept' };
    const read = async (condition: string) =>
      formIn(await click('compliance-1', 'deal.settle-condition', `${deal}/${condition}`));

    it('reads what is said against the deal, as where a suspension is lifted', async () => {
      const { condition } = await approved('product-1');
      await at.submit('rep-1', 'deal.meet-condition', { deal, condition }, MET);
      const before = JSON.stringify((await read(condition)).blocks);
      expect(before).not.toContain('Waiting for compliance');
      // What was done is read once.
      expect(before.split(String(MET['text'])).length - 1).toBe(1);
      await raise(FLAG);
      const why = 'The new warden tore the clause up.';
      await at.deals.handle(
        deal,
        { type: 'ReportChange', what: 'activity', why },
        { actor: 'product-1', cause: 'report' },
      );
      const shown = JSON.stringify((await read(condition)).blocks);
      expect(shown).toContain(FLAG);
      expect(shown).toContain(why);
    });
    it('does so over nothing that was said while they were reading', async () => {
      const { condition } = await approved('product-1');
      await at.submit('rep-1', 'deal.meet-condition', { deal, condition }, MET);
      const form = await read(condition);
      await raise(FLAG);
      const again = formIn(
        await at.submit('compliance-1', 'deal.settle-condition', JSON.parse(form.context) as object, ACCEPT),
      );
      expect(JSON.stringify(again.blocks)).toContain(FLAG);
      expect(presets(again)['verdict']).not.toBe('accept');
      expect(await statusOf(condition)).toBe('met');
      await at.submit('compliance-1', 'deal.settle-condition', JSON.parse(again.context) as object, ACCEPT);
      expect(await statusOf(condition)).toBe('accepted');
    });
  });

  it("stands on its owner's page with its due day until it is met, and on nobody else's", async () => {
    const { condition } = await approved();
    const home = async (person: string): Promise<string> =>
      told(await at.ask(person, { kind: 'words', words: 'home', page: true }));
    const own = await home('rep-1');
    expect(own).toMatch(/Yours to do\n[\s\S]*Condition “Name the risks in the contract”, due 15 March 2027/);
    expect(own.match(/Name the risks/g)).toHaveLength(1);
    expect(await home('boss-1')).not.toContain('Name the risks');
    await at.submit('rep-1', 'deal.meet-condition', { deal, condition }, MET);
    expect(await home('rep-1')).not.toContain('Yours to do');
  });

  it('is done by who owns it: asked for the evidence, once for each click', async () => {
    const { condition } = await approved();
    const form = formIn(await click('rep-1', 'deal.meet-condition', `${deal}/${condition}`));
    expect([form.name, names(form)]).toEqual(['deal.meet-condition', ['text', 'sources', 'files']]);
    const context = { deal, condition };
    expect(mistakes(await at.submit('rep-1', 'deal.meet-condition', context, { sources: 'nowhere' }), {})).not.toEqual(
      [],
    );
    const before = await at.commits();
    const send = (): Promise<Reply> =>
      at.ask(
        'rep-1',
        { kind: 'submit', form: 'deal.meet-condition', context: JSON.stringify(context), values: MET },
        undefined,
        'view:once',
      );
    expect([await send(), await send()]).toEqual([DONE, DONE]);
    expect((await at.commits()) - before).toBe(1);
    expect(await statusOf(condition)).toBe('met');
  });

  it('takes what somebody else says of it, once it was said to be done, as a flag', async () => {
    const { condition } = await approved();
    const context = { deal, condition };
    await at.submit('rep-1', 'deal.meet-condition', context, MET);
    const text = 'It is not kept: their guards have an account.';
    const late = formIn(await at.submit('rep-1', 'deal.meet-condition', context, { ...MET, text }));
    expect([late.name, presets(late)]).toMatchObject(['deal.raise-flag', { title: text }]);
    // What is not valid stays where it was typed.
    expect(mistakes(await at.submit('rep-1', 'deal.meet-condition', context, { sources: 'nowhere' }), {})).not.toEqual(
      [],
    );
  });

  it('is not done by who has nothing to do with it, nor settled by who is on the deal', async () => {
    const { condition } = await approved();
    const value = `${deal}/${condition}`;
    expect(told(await click('compliance-1', 'deal.meet-condition', value))).toMatch(
      /Only the person who has the condition/,
    );
    expect(told(await click('rep-1', 'deal.settle-condition', value))).toMatch(/Only compliance/);
    const before = await at.commits();
    const context = { deal, condition };
    expect(refusedAtTop(await at.submit('compliance-1', 'deal.meet-condition', context, MET), MET)).toMatch(
      /Only the person who has the condition/,
    );
    await at.submit('rep-1', 'deal.meet-condition', context, MET);
    const settled = await at.submit('rep-1', 'deal.settle-condition', context, { verdict: 'accept' });
    expect(refusedAtTop(settled, {})).toMatch(/Only compliance can accept or return this/);
    expect((await at.commits()) - before).toBe(1);
  });

  it('is returned with a reason, then accepted; the card of the conditions follows', async () => {
    const { condition } = await approved();
    const context = { deal, condition };
    const card = async (): Promise<string> => {
      const found = await createLiveCard(at.deals)(deal, 'conditions');
      return found ? plain(found) : '';
    };
    await at.submit('rep-1', 'deal.meet-condition', context, MET);
    expect(await card()).toContain('waits for compliance');
    expect(names(formIn(await click('compliance-1', 'deal.settle-condition', `${deal}/${condition}`)))).toEqual([
      'verdict',
    ]);
    const grown = formIn(await change('compliance-1', 'deal.settle-condition', context, { verdict: 'return' }));
    expect(names(grown)).toEqual(['verdict', 'reason']);
    const shown = { ...context, shown: ['verdict', 'reason'] };
    const returned = { verdict: 'return', reason: 'The third is missing.' };
    expect(
      mistakes(await at.submit('compliance-1', 'deal.settle-condition', shown, { verdict: 'return' }), {
        verdict: 'return',
      }),
    ).toHaveLength(1);
    expect(await at.submit('compliance-1', 'deal.settle-condition', shown, returned)).toEqual(DONE);
    expect(await statusOf(condition)).toBe('open');
    expect(await card()).toContain('The third is missing.');
    await at.submit('rep-1', 'deal.meet-condition', context, MET);
    expect(await at.submit('compliance-1', 'deal.settle-condition', context, { verdict: 'accept' })).toEqual(DONE);
    expect(await statusOf(condition)).toBe('accepted');
    expect(await card()).toContain('all accepted');
  });

  it('is not accepted from a form that shows older evidence: the form comes again with the newer', async () => {
    const { condition } = await approved();
    const context = { deal, condition };
    await at.submit('rep-1', 'deal.meet-condition', context, MET);
    const older = formIn(await click('compliance-1', 'deal.settle-condition', `${deal}/${condition}`)).context;
    await at.submit('chief-1', 'deal.settle-condition', context, { verdict: 'return', reason: 'Which clause?' });
    await at.submit('rep-1', 'deal.meet-condition', context, { text: 'The page after it.' });
    const accept = (of: string): Promise<Reply> =>
      at.ask('compliance-1', {
        kind: 'submit',
        form: 'deal.settle-condition',
        context: of,
        values: { verdict: 'accept' },
      });
    const grown = formIn(
      await change('compliance-1', 'deal.settle-condition', JSON.parse(older), { verdict: 'return' }),
    );
    expect(wordsOf(grown)).toContain('something newer was handed in');
    const typed = { verdict: 'return', reason: 'Which page?' };
    expect(presets(formIn(await at.submit('compliance-1', 'deal.settle-condition', JSON.parse(older), typed)))).toEqual(
      typed,
    );
    const again = await accept(older);
    expect(again).toMatchObject({ kind: 'form', again: true });
    const form = formIn(again);
    expect(wordsOf(form)).toMatch(/Nothing is saved yet.*The page after it/s);
    expect(presets(form)).toEqual({});
    expect(await statusOf(condition)).toBe('met');
    expect(await accept(form.context)).toEqual(DONE);
    expect(await statusOf(condition)).toBe('accepted');
  });

  it('overdue for long suspends the approval; the chief or compliance lifts that, nobody else', async () => {
    const { condition } = await approved();
    await at.travel('2027-04-20T12:00:00.000Z');
    const suspended = async (): Promise<boolean> => {
      const now = (await view()).deal;
      return now.status === 'decided' && now.suspended !== undefined;
    };
    expect([await statusOf(condition), await suspended()]).toEqual(['open', true]);
    expect(told(await click('rep-1', 'deal.lift-suspension', deal))).toMatch(/Only compliance/);
    const reason = { reason: 'The supplier confirmed the date.' };
    expect(refusedAtTop(await at.submit('rep-1', 'deal.lift-suspension', { deal }, reason), reason)).toMatch(
      /Only compliance can lift/,
    );
    expect(names(formIn(await click('chief-1', 'deal.lift-suspension', deal)))).toEqual(['reason']);
    expect(mistakes(await at.submit('chief-1', 'deal.lift-suspension', { deal }, {}), {})).toHaveLength(1);
    const older = { deal, suspension: '2027-04-01T09:00:00.000Z/1' };
    const again = await at.submit('chief-1', 'deal.lift-suspension', older, reason);
    expect([wordsOf(formIn(again)), presets(formIn(again))]).toEqual([
      expect.stringContaining('Nothing is saved yet'),
      reason,
    ]);
    expect(await suspended()).toBe(true);
    const newer = JSON.parse(formIn(again).context);
    expect(await at.submit('chief-1', 'deal.lift-suspension', newer, reason)).toEqual(DONE);
    expect(await suspended()).toBe(false);
  });
});

describe('a reminder', () => {
  /** The rep owes the scope since she opened the deal on Monday. */
  const duty = async (): Promise<string> => {
    await at.travel('2027-03-03T09:30:00.000Z');
    const reminded = Object.keys((await view()).deal.reminded ?? {});
    expect(reminded).toHaveLength(1);
    return reminded[0] ?? '';
  };

  it('is put off by whose it is, until a day within a month', async () => {
    const key = await duty();
    const form = formIn(await click('rep-1', 'deal.snooze', `${deal}/${key}`));
    expect([form.name, names(form)]).toEqual(['deal.snooze', ['until']]);
    expect(JSON.parse(form.context)).toMatchObject({ deal, duty: key });
    const context = { deal, duty: key };
    for (const until of ['2027-03-03', '2027-05-01']) {
      expect(mistakes(await at.submit('rep-1', 'deal.snooze', context, { until }), { until })).toHaveLength(1);
    }
    expect(await at.submit('rep-1', 'deal.snooze', context, { until: '2027-03-10' })).toEqual(DONE);
    const stages = async (): Promise<number | undefined> => (await view()).deal.reminded?.[key];
    const before = await stages();
    await at.travel('2027-03-09T08:00:00.000Z');
    expect(await stages()).toBe(before);
    await at.travel('2027-03-10T09:00:00.000Z');
    expect(await stages()).toBe(2);
  });

  it('is not put off by somebody else', async () => {
    const key = await duty();
    const before = await at.commits();
    const until = { until: '2027-03-10' };
    const reply = await at.submit('compliance-1', 'deal.snooze', { deal, duty: key }, until);
    // Nothing waits for them, so there is nothing to postpone.
    expect(mistakes(reply, {})).toEqual([expect.stringMatching(/Only the person who is asked to do this/)]);
    expect(told(await at.submit('senior-1', 'deal.snooze', { deal, duty: key }, until))).toMatch(/Only the deal team/);
    expect(await at.commits()).toBe(before);
  });

  it('of what is done by now says so', async () => {
    const key = await duty();
    await at.answerAll(deal);
    const form = formIn(await click('rep-1', 'deal.snooze', `${deal}/${key}`));
    expect(names(form)).toEqual([]);
    const late = await at.submit('rep-1', 'deal.snooze', { deal, duty: key }, { until: '2027-03-10' });
    expect(mistakes(late, {})).toEqual([expect.stringMatching(/This is done/)]);
  });
});
