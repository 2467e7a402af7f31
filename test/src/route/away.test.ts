/** Recording an absence, in either chat: the form, its mistakes, the messages, and its effect on later decisions. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { createRender } from '../../../src/outbox/render.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const SLACK: Place = { platform: 'slack', channel: 'C0ELSE' };
const TEAMS: Place = { platform: 'teams', channel: 'a:personal', direct: true };

let at: AtDesk;
beforeEach(() => {
  at = atDesk();
});
afterEach(() => at.end());

const submit = (person: string, values: Record<string, string>, cause?: string): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: 'desk.away', context: '{}', values }, SLACK, cause);
const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const WEEK = { from: '2027-03-08', until: '2027-03-12', delegate: 'senior-2' };
const notices = async (): Promise<{ to: unknown; text: string }[]> => {
  const rows = await at.store.claim('2027-03-02T00:00:00.000Z', 1000, 10);
  const { deals, registers, organisation } = at.desk;
  const messages = await Promise.all(rows.map(createRender({ deals, registers, organisation })));
  return messages.flatMap((m) => (m ? [{ to: m.where, text: plain(m.card({})) }] : []));
};

describe('away', () => {
  it('opens a form by a command, and by a button where words cannot', async () => {
    const form = await at.ask('senior-1', { kind: 'words', words: 'away', canOpen: true }, SLACK);
    expect(form.kind === 'form' && presets(form.form)).toMatchObject({ from: '2027-03-01' });
    const card = await at.ask('senior-1', { kind: 'words', words: 'away' }, TEAMS);
    expect(card.kind === 'tell' && actionsOf(card.card).map(({ name }) => name)).toEqual(['desk.away']);
    expect((await at.ask('senior-1', { kind: 'click', name: 'desk.away', value: '' }, TEAMS)).kind).toBe('form');
  });

  it('is kept, shown, told to whoever acts, and known to what is decided', async () => {
    expect(told(await submit('senior-1', WEEK))).toContain('You are away from 8 March 2027 until 12 March 2027');
    expect(await at.desk.registers.organisation()).toMatchObject({
      absences: [{ person: 'senior-1', ...WEEK }],
      registers: { absences: '1' },
    });
    expect(await notices()).toEqual([
      { to: { to: 'person', person: 'senior-2' }, text: expect.stringContaining('is away from 8 March 2027') },
      // A vote is lent.
      { to: { to: 'person', person: 'compliance-1' }, text: expect.stringContaining('@senior-2 acts for them') },
      { to: { to: 'person', person: 'chief-1' }, text: expect.stringContaining('A vote is lent') },
    ]);
    const deal = await at.openDeal();
    expect((await at.store.read(deal))[0]?.contextVersions).toMatchObject({ absences: '1' });
  });

  it.each([
    [{ ...WEEK, delegate: 'senior-1' }, 'delegate', 'somebody else'],
    [{ ...WEEK, delegate: 'nobody-9' }, 'delegate', 'not in the organisation'],
    [{ ...WEEK, until: '2027-03-01', from: '2027-03-02' }, 'until', 'before the first'],
    [{ ...WEEK, from: '2027-02-01', until: '2027-02-05' }, 'until', 'past'],
    [{ ...WEEK, until: '2028-12-01' }, 'until', 'within a year'],
    [{ ...WEEK, from: '2027-02-31' }, 'from', 'calendar'],
    [{ from: WEEK.from, delegate: 'senior-2' }, 'until', 'last day'],
    [{ ...WEEK, delegate: 'rep-1' }, 'delegate', 'Please choose Sample Senior Two or Sample Counsel.'],
  ])('says what is wrong with %o and keeps what was typed', async (values, input, words) => {
    const reply = await submit('senior-1', values as Record<string, string>);
    expect(reply.kind === 'errors' && reply.errors).toMatchObject({ [input]: expect.stringContaining(words) });
    const again = reply.kind === 'errors' ? reply.form?.() : undefined;
    expect(again && presets(again)).toMatchObject({ delegate: values.delegate });
    expect((await at.desk.registers.absences.now()).version).toBe(0);
  });

  it('leaves nobody with a delegate who is away too', async () => {
    await submit('senior-2', { from: '2027-03-10', until: '2027-03-20', delegate: 'counsel-1' });
    const reply = await submit('senior-1', WEEK);
    expect(reply.kind === 'errors' && reply.errors['delegate']).toContain('Sample Senior Two is away then too');
  });

  it('ends with the button, once', async () => {
    await submit('senior-1', WEEK);
    const card = await at.ask('senior-1', { kind: 'words', words: 'away' }, TEAMS);
    expect(card.kind === 'tell' && actionsOf(card.card).map(({ name }) => name)).toEqual(['desk.away', 'desk.back']);
    const press = { kind: 'click', name: 'desk.back', value: '' } as const;
    expect(told(await at.ask('senior-1', press, TEAMS))).toContain('Welcome back');
    expect(told(await at.ask('senior-1', press, TEAMS))).toContain('You are not away');
    expect((await at.desk.registers.organisation()).absences).toEqual([]);
  });

  it('is one absence however often the same press comes, and a new one where it says something else', async () => {
    await submit('senior-1', WEEK, 'view:1');
    await submit('senior-1', WEEK, 'view:1');
    expect((await at.desk.registers.absences.now()).version).toBe(1);
    await submit('senior-1', { ...WEEK, until: '2027-03-19' }, 'view:1');
    expect((await at.desk.registers.organisation()).absences).toMatchObject([{ until: '2027-03-19' }]);
  });
});
