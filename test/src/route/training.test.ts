/** Training in either chat: one's own, everybody's, taking a course, recording many, blocked acts. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { createRender } from '../../../src/outbox/render.ts';
import { actionsOf, plain, presses } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { aCourse, trainedPolicy } from '../../support/training.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const CLEARANCE: Place = { platform: 'slack', channel: 'C0CLEAR' };

let at: AtDesk;
const begin = async (training = {}): Promise<void> => {
  at = atDesk({ policy: trainedPolicy(training) });
  await at.desk.registers.startAll();
};
beforeEach(() => begin());
afterEach(() => at.end());

const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const say = (person: string, words: string, place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'words', words }, place);
const press = (person: string, name: string, value = '', place = SLACK): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, place);
const take = (person: string, values: Record<string, string | string[]>, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: 'desk.take-training', context: '{"course":"rights"}', values }, SLACK, cause);
const paste = (person: string, rows: string, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: 'desk.training-import', context: '{}', values: { rows } }, SLACK, cause);
const version = async (): Promise<number> => (await at.desk.registers.training.now()).version;
const notices = async (): Promise<{ to: unknown; text: string }[]> => {
  const rows = await at.store.claim('2030-01-01T00:00:00.000Z', 1000, 50);
  const { deals, registers, organisation } = at.desk;
  const messages = await Promise.all(rows.map(createRender({ deals, registers, organisation })));
  for (const { id, version: of } of rows) await at.store.settle(id, of);
  return messages.flatMap((m) =>
    m && m.stream === 'register:training' ? [{ to: m.where, text: plain(m.card({})) }] : [],
  );
};

describe('my training', () => {
  it.each([SLACK, TEAMS])('shows what is missing, with the button that opens its form (%o)', async (place) => {
    const card = await say('senior-1', 'training', place);
    expect(told(card)).toContain('Human-rights due diligence: to be taken by 30 March 2027');
    expect(card.kind === 'tell' && presses(card.card)).toEqual(['desk.take-training rights']);
    const form = await press('senior-1', 'desk.take-training', 'rights', place);
    expect(form.kind === 'form' && presets(form.form)).toMatchObject({ on: '2027-03-01' });
    expect(told(await say('product-1', 'training', place))).toContain('No training is asked of you');
  });

  it('is taken by a tick and a day, once', async () => {
    const before = await version();
    expect(told(await take('senior-1', { done: ['yes'], on: '2027-02-26' }, 'v1'))).toContain(
      'valid until 26 February 2028',
    );
    expect(told(await take('senior-1', { done: ['yes'], on: '2027-02-26' }, 'v1'))).toContain(
      'valid until 26 February 2028',
    );
    expect(await version()).toBe(before + 1);
    const card = await say('senior-1', 'training');
    expect(told(card)).toContain('All of it is in order');
    expect(card.kind === 'tell' && actionsOf(card.card)).toEqual([]);
  });

  it.each([
    [{ on: '2027-02-26' }, 'done', 'tick'],
    [{ done: ['yes'], on: '2027-03-02' }, 'on', 'still to come'],
    [{ done: ['yes'], on: 'yesterday' }, 'on', 'calendar'],
    [{ done: ['yes'] }, 'on', 'when you finished'],
    [{ done: 'yes', on: '2027-02-26' }, 'done', 'tick'],
  ])('says what is wrong with %o, and keeps what was typed', async (values, input, words) => {
    const before = await version();
    const reply = await take('senior-1', values as Record<string, string>);
    expect(reply.kind === 'errors' && reply.errors).toMatchObject({ [input]: expect.stringContaining(words) });
    expect(reply.kind === 'errors' && reply.form?.().name).toBe('desk.take-training');
    expect(await version()).toBe(before);
  });

  it('knows no course that the policy does not have', async () => {
    for (const value of ['constructor', '', 'gone']) {
      expect(told(await press('senior-1', 'desk.take-training', value))).toContain('not asked of anybody');
    }
    const gone = { kind: 'submit', form: 'desk.take-training', context: 'x', values: {} } as const;
    expect(told(await at.ask('senior-1', gone, SLACK))).toContain('not asked of anybody');
  });
});

describe('everybody’s training', () => {
  it('is for compliance, page by page', async () => {
    const card = await say('compliance-1', 'training all');
    expect(told(card)).toContain('To take: 4');
    expect(told(card)).toContain('@senior-2: Human-rights due diligence, to be taken by 30 March 2027');
    expect(card.kind === 'tell' && presses(card.card)).toEqual(['desk.training-import ']);
    for (const from of ['15', '-3', '1e9', 'x']) {
      expect(told(await press('compliance-1', 'desk.training-all', from))).toContain('@senior-2');
    }
  });

  it('or for one person, by id, name or address', async () => {
    for (const who of ['senior-1', 'sample senior one', 'U0SENIOR1']) {
      expect(told(await say('compliance-1', `training ${who}`))).toContain('Training of @senior-1');
    }
    expect(told(await say('compliance-1', 'training Sample Nobody'))).toContain('Nobody is called that');
  });

  it('is nobody else’s to see or to change', async () => {
    for (const words of ['training all', 'training senior-2', 'training nobody-9']) {
      expect(told(await say('senior-1', words))).toContain('Only compliance sees');
    }
    expect(told(await press('senior-1', 'desk.training-all', '0'))).toContain('Only compliance sees');
    expect(told(await press('senior-1', 'desk.training-import'))).toContain('Only compliance sees');
    expect(told(await paste('senior-1', 'senior-1, rights, 2027-02-01'))).toContain('Only compliance sees');
  });
});

describe('lines from a learning system', () => {
  const GOOD =
    'person,course,completed on\nsenior-1,rights,2027-02-01\nU0SENIOR2,Human-rights due diligence,2027-02-02T08:00Z';

  it('are kept all at once, and once', async () => {
    const before = await version();
    expect(told(await paste('compliance-1', GOOD))).toContain('Saved: 2 new of 2 lines');
    expect(await version()).toBe(before + 1);
    const again = await paste('compliance-1', GOOD);
    expect(again.kind === 'errors' && again.errors['rows']).toContain('known already');
    expect(told(await say('senior-2', 'training'))).toContain(
      'valid until 2 February 2028 (from your learning system)',
    );
  });

  it.each([
    ['senior-1\trights\t2027-02-01', /Saved: 1/],
    ['senior-1; rights; 2027-02-01', /Saved: 1/],
  ])('may be separated otherwise: %j', async (rows, says) => {
    expect(told(await paste('compliance-1', rows))).toMatch(says);
  });

  it.each([
    [`${GOOD}\nnobody-9,rights,2027-02-01`, 'Line 4: nobody has the id or address "nobody-9". Nothing was saved.'],
    ['senior-1,=HYPERLINK("x"),2027-02-01', 'Line 1: '],
    ['senior-1,rights,02/01/2027', '"02/01/2027" is no day such as 2027-03-31'],
    ['senior-1,rights,2027-04-01', '2027-04-01 is still to come'],
    ['senior-1', 'no course is named'],
    ['', 'at least one line'],
    [Array.from({ length: 9 }, (_, i) => `x${i},rights,2027-02-01`).join('\n'), 'And 4 more'],
  ])('change nothing where one is wrong: %j', async (rows, says) => {
    const before = await version();
    const reply = await paste('compliance-1', rows);
    expect(reply.kind === 'errors' && reply.errors['rows']).toContain(says);
    expect(reply.kind === 'errors' && reply.form && presets(reply.form())).toMatchObject(rows === '' ? {} : { rows });
    expect(await version()).toBe(before);
  });
});

describe('time', () => {
  it('reminds with why, and later where asked for', async () => {
    await at.travel('2027-03-01T09:00:00.000Z');
    const first = await notices();
    expect(first.map(({ to }) => to)).toContainEqual({ to: 'person', person: 'counsel-1' });
    const text = first[0]?.text ?? '';
    expect(text).toContain('A training waits for you');
    expect(text).toMatch(
      /You get this because you are in .* \(Guidance 6, bullet 6\)\. Reminders come 30 and 7 days before, on the day itself and every week after it\. 14 days past it, your manager or compliance is told\./,
    );
    const form = await press('counsel-1', 'desk.later', 'training');
    expect(form.kind === 'form' && presets(form.form)).toEqual({ until: '2027-03-02' });
    const later = (until: string): Promise<Reply> =>
      at.ask(
        'counsel-1',
        { kind: 'submit', form: 'desk.later', context: '{"of":"training"}', values: { until } },
        SLACK,
      );
    expect(await later('2027-03-25')).toEqual({ kind: 'done' });
    const wrong = await later('2027-02-25');
    expect(wrong.kind === 'errors' && wrong.errors['until']).toContain('after today');
    await at.travel('2027-03-23T10:00:00.000Z');
    const second = (await notices()).map(({ to }) => to);
    expect(second).toContainEqual({ to: 'person', person: 'senior-1' });
    expect(second).not.toContainEqual({ to: 'person', person: 'counsel-1' });
    expect(told(await press('counsel-1', 'desk.later', 'deals'))).toContain('nothing here');
  });

  it('knows a rep from the deal that they open', async () => {
    expect(told(await say('rep-1', 'training'))).toContain('No training');
    const deal = await at.openDeal();
    expect(told(await say('rep-1', 'training'))).toContain('to be taken by 30 March 2027');
    const before = await version();
    await at.answerAll(deal);
    expect(await version()).toBe(before);
    expect((await at.store.read(deal))[1]?.contextVersions).toMatchObject({ training: String(before) });
  });
});

describe('held back', () => {
  it('from opening a deal: before the form, and after it, with the button that changes it', async () => {
    await at.end();
    await begin({ graceDays: 0, blocks: { opening: ['rights'], voting: [] } });
    for (const act of [
      () => at.ask('rep-1', { kind: 'words', words: '', canOpen: true }, CLEARANCE),
      () => at.ask('rep-1', { kind: 'words', words: 'new deal' }, CLEARANCE),
      () => press('rep-1', 'deal.new', 'C0CLEAR', CLEARANCE),
    ]) {
      const card = await act();
      expect(told(card)).toContain(
        'You have not taken the training “Human-rights due diligence” yet, and nobody opens',
      );
      expect(card.kind === 'tell' && presses(card.card)).toEqual(['desk.take-training rights']);
    }
    await expect(at.openDeal()).rejects.toThrow(/nobody opens a deal without it/);
    await take('rep-1', { done: ['yes'], on: '2027-03-01' });
    expect((await at.ask('rep-1', { kind: 'words', words: '', canOpen: true }, CLEARANCE)).kind).toBe('form');
    expect(await at.openDeal()).toMatch(/^D-/);
  });

  it('from a vote, and a vote of before stays', async () => {
    await at.end();
    await begin({ blocks: { opening: [], voting: ['rights'] } });
    const deal = await at.openDeal();
    await at.answerAll(deal);
    expect((await press('compliance-1', 'deal.review', `${deal}/0`)).kind).toBe('form');
    await at.travel('2027-04-05T10:00:00.000Z');
    const card = await press('compliance-1', 'deal.review', `${deal}/0`);
    expect(told(card)).toContain('nobody votes without it');
    expect(card.kind === 'tell' && presses(card.card)).toEqual(['desk.take-training rights']);
    // Another reason has no such button.
    const other = await press('chief-1', 'deal.review', `${deal}/0`);
    expect(told(other)).toContain('not in that group');
    await take('compliance-1', { done: ['yes'], on: '2027-04-05' });
    expect((await press('compliance-1', 'deal.review', `${deal}/0`)).kind).toBe('form');
  });
});

it('a policy with several courses names each', async () => {
  await at.end();
  await begin({ courses: [aCourse(), aCourse({ id: 'privacy', title: 'Privacy' })] });
  const card = await say('senior-1', 'training');
  expect(card.kind === 'tell' && presses(card.card)).toEqual([
    'desk.take-training rights',
    'desk.take-training privacy',
  ]);
});
