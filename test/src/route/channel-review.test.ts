/** The reporting channel's review, in either chat: for compliance alone. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { createRender } from '../../../src/outbox/render.ts';
import { plain, presses } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };
const rule = { everyMonths: 12, before: [30, 7, 0], weeklyAfter: true, escalate: { after: 14 } };
const NOTE = 'The form on the website works <!channel> *bold*; the phone number is new.';

let at: AtDesk;
beforeEach(async () => {
  at = atDesk({ policy: aPolicy({ reminders: { ...aPolicy().reminders, channelReview: rule } }) });
  await at.desk.registers.startAll();
});
afterEach(() => at.end());

const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const review = (person: string, note: string, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: 'desk.review-channel', context: '{}', values: { note } }, SLACK, cause);

it.each([SLACK, TEAMS])('shows how it stands, with its form (%o)', async (place) => {
  const card = await at.ask('compliance-1', { kind: 'words', words: 'channel' }, place);
  expect(told(card)).toContain('It was not reviewed here yet.\nIt is due by 1 March 2028.');
  expect(card.kind === 'tell' && presses(card.card)).toEqual(['desk.review-channel ']);
  const form = await at.ask('compliance-1', { kind: 'click', name: 'desk.review-channel', value: '' }, place);
  expect(form.kind === 'form' && form.form.name).toBe('desk.review-channel');
});

it('keeps what was looked at, by whom and when, once', async () => {
  expect(told(await review('compliance-1', NOTE, 'v1'))).toContain(
    `Last reviewed on 1 March 2027 by @compliance-1. They wrote:\n> ${NOTE}`,
  );
  await review('compliance-1', NOTE, 'v1');
  expect((await at.desk.registers.channelReview.now()).version).toBe(2);
  const short = await review('compliance-1', 'ok');
  expect(short.kind === 'errors' && short.errors['note']).toContain('at least 20');
  expect(short.kind === 'errors' && short.form && presets(short.form())).toEqual({ note: 'ok' });
});

it('is nobody else’s', async () => {
  for (const reply of [
    await at.ask('rep-1', { kind: 'words', words: 'channel' }, SLACK),
    await at.ask('rep-1', { kind: 'click', name: 'desk.review-channel', value: '' }, SLACK),
    await review('rep-1', NOTE),
  ]) {
    expect(told(reply)).toContain('Only compliance looks after');
  }
});

it('reminds compliance, later where asked for, and tells the chief', async () => {
  const notices = async (): Promise<string[]> => {
    const rows = await at.store.claim('2030-01-01T00:00:00.000Z', 1000, 50);
    const { deals, registers, organisation } = at.desk;
    const messages = await Promise.all(rows.map(createRender({ deals, registers, organisation })));
    for (const { id, version } of rows) await at.store.settle(id, version);
    return messages.flatMap((m) => (m && m.where.to === 'person' ? [`${m.where.person}: ${plain(m.card({}))}`] : []));
  };
  await at.travel('2028-01-31T09:00:00.000Z');
  expect(await notices()).toEqual([
    expect.stringMatching(
      /^compliance-1: # Please review the reporting channel[\s\S]*You get this because you are in Compliance.*Guidance 6, bullet 7, sub-bullet 4.*14 days past it, the chief/,
    ),
  ]);
  const form = await at.ask('compliance-1', { kind: 'click', name: 'desk.later', value: 'channel' }, TEAMS);
  expect(form.kind === 'form' && presets(form.form)).toEqual({ until: '2028-02-01' });
  const later = {
    kind: 'submit',
    form: 'desk.later',
    context: '{"of":"channel"}',
    values: { until: '2028-02-25' },
  } as const;
  expect(await at.ask('compliance-1', later, TEAMS)).toEqual({ kind: 'done' });
  await at.travel('2028-02-24T09:00:00.000Z');
  expect(await notices()).toEqual([]);
  await at.travel('2028-03-20T09:00:00.000Z');
  expect((await notices()).map((text) => text.split('\n')[0] ?? '').toSorted()).toEqual([
    'chief-1: # The reporting channel was not reviewed',
    'compliance-1: # Please review the reporting channel',
  ]);
});
