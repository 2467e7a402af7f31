/** Counsel's notes in chat: written by counsel alone, listed for everybody, and counted by the deals there by themselves. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lawsOf } from '../../../flows/deal/basis/laws.ts';
import type { Place, Reply } from '../../../src/edge/interaction.ts';
import { actionsOf, plain } from '../../blocks/cards/plain.ts';
import { presets } from '../../blocks/forms/support.ts';
import { basisContext } from '../../support/basis-deals.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';
import { tellAll } from '../../support/telling.ts';

const ELSEWHERE: Place = { platform: 'slack', channel: 'C0ELSE' };
const LINE = 'Sample report, 2026, https://reports.example.org/a';
const NOTE = { country: 'NO', note: 'Who may listen in.', source: LINE };

let at: AtDesk;
beforeEach(() => {
  const { policy, organisation } = basisContext();
  at = atDesk({ policy, organisation });
});
afterEach(() => at.end());

const told = (reply: Reply): string => {
  if (reply.kind !== 'tell') throw new Error(`nothing told: ${JSON.stringify(reply)}`);
  return plain(reply.card);
};
const said = (reply: Reply): string => JSON.stringify(reply);
const buttons = (reply: Reply): string[] =>
  reply.kind === 'tell' ? actionsOf(reply.card).map(({ name }) => name) : [];
const say = (person: string, words: string): Promise<Reply> =>
  at.ask(person, { kind: 'words', words, canOpen: true }, ELSEWHERE);
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value }, ELSEWHERE);
const write = (person = 'counsel-1', values: Record<string, string> = NOTE): Promise<Reply> =>
  at.submit(person, 'desk.laws', {}, values);
const notes = async () => Object.values((await at.desk.registers.countries.now()).state.laws ?? {});
const viewOf = async (deal: string) => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};
const spread = async (): Promise<void> => {
  for (let second = 1; second < 20; second += 1)
    await at.travel(`2027-03-01T09:01:${String(second).padStart(2, '0')}.000Z`);
};
const answered = async (): Promise<string> => {
  const deal = await at.openDeal();
  for (const [section, values] of Object.entries({
    scope: { 'q:G1': 'yes' },
    record: { 'all:none': 'all', 'b:sources': LINE },
    laws: { 'q:L1': 'yes', 'q:L2': 'yes', 'b:sources': LINE },
  })) {
    const reply = await at.submit('rep-1', 'deal.section', { deal, section }, values);
    if (reply.kind === 'errors') throw new Error(JSON.stringify(reply.errors));
  }
  return deal;
};

describe('writing a note', () => {
  it('starts with the country that was typed alone: what was looked at is counsel’s to say', async () => {
    const reply = await say('counsel-1', 'laws Norway');
    expect(reply.kind === 'form' && presets(reply.form)).toMatchObject({ country: 'NO' });
    expect(reply.kind === 'form' && presets(reply.form)['note']).toBeUndefined();
    expect(said(reply)).toMatch(/For example: the laws that could limit free speech/);
    expect(await write('counsel-1', { country: 'NO' })).toMatchObject({
      kind: 'errors',
      errors: { note: expect.stringContaining('Please say') },
    });
    expect(told(await write())).toContain('counts for every deal there for twelve months');
    expect(await notes()).toMatchObject([{ country: 'NO', by: 'counsel-1', looked: NOTE.note, until: '2028-03-01' }]);
    expect(said(await say('counsel-1', 'laws Norway'))).toContain('The last one: ');
  });

  it('is counsel’s alone, by words, by button and by a form that was kept', async () => {
    for (const person of ['rep-1', 'compliance-1', 'chief-1']) {
      expect(buttons(await say(person, 'laws Norway'))).toEqual([]);
      for (const reply of [await click(person, 'desk.laws', 'NO'), await write(person)]) {
        expect(said(reply)).toContain('Only counsel can note');
      }
    }
    expect(await notes()).toEqual([]);
  });

  it('says at its input what is missing', async () => {
    for (const [values, input] of [
      [{ ...NOTE, note: ' ' }, 'note'],
      [{ ...NOTE, country: 'XX' }, 'country'],
      [{ ...NOTE, source: 'Report, http://x' }, 'source'],
    ] as const) {
      const reply = await write('counsel-1', values);
      expect(reply.kind === 'errors' && Object.keys(reply.errors)).toEqual([input]);
    }
    expect(await notes()).toEqual([]);
  });

  it('opens empty for a country that there is not', async () => {
    const reply = await click('counsel-1', 'desk.laws', 'XX');
    expect(reply.kind === 'form' && presets(reply.form)['country']).toBeUndefined();
  });
});

describe('the list', () => {
  it('is everybody’s to read, a page at a time', async () => {
    expect(told(await say('rep-1', 'laws'))).toContain('Counsel has noted no country yet');
    const many = ['NO', 'SE', 'FI', 'DK', 'DE', 'FR', 'IT', 'ES', 'PT', 'PL', 'CZ', 'AT'];
    for (const country of many) await write('counsel-1', { ...NOTE, country });
    const first = await say('rep-1', 'laws');
    expect(told(first)).toContain('12 countries');
    expect(buttons(first)).toEqual(['desk.laws-list']);
    const rest = told(await click('rep-1', 'desk.laws-list', '2'));
    for (const name of ['Sweden', 'Spain']) expect(`${told(first)}${rest}`).toContain(name);
    for (const odd of ['x', '-1', '0', '1.5']) {
      expect(told(await click('rep-1', 'desk.laws-list', odd))).toContain('Austria');
    }
  });
});

describe('a deal there', () => {
  it('takes the note by itself, and its owner hears of it', async () => {
    const deal = await answered();
    expect((await viewOf(deal)).deal).toMatchObject({ status: 'deciding', tier: 'elevated' });
    await write();
    await spread();
    expect((await viewOf(deal)).deal).toMatchObject({ status: 'deciding', tier: 'low', team: ['rep-1'] });
    expect(lawsOf((await viewOf(deal)).deal)).toMatchObject({ by: 'counsel-1' });
    const { told: messages } = await tellAll(at, /Counsel looked at the laws/);
    expect(messages.map(({ to }) => to)).toEqual(['rep-1']);
    expect(messages[0]?.text).toContain(deal);
  });

  it('has it at once where it was written before', async () => {
    await write();
    expect((await viewOf(await answered())).deal).toMatchObject({ status: 'deciding', tier: 'low' });
  });

  it('asks counsel by a button, once a day, and the form keeps what was typed', async () => {
    const deal = await at.openDeal();
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'yes' });
    const context = JSON.stringify({ deal, section: 'laws' });
    const form = { name: 'deal.section', context, values: { 'q:L2': 'yes', 'b:sources': LINE } };
    const reply = await at.ask('rep-1', { kind: 'click', name: 'deal.ask-counsel', value: deal, form });
    if (reply.kind !== 'form') throw new Error(said(reply));
    expect(presets(reply.form)).toMatchObject({ 'q:L2': 'yes', 'b:sources': LINE });
    expect(said(reply)).toContain('Counsel is asked.');
    expect((await viewOf(deal)).deal.counselAsked).toMatchObject({ by: 'rep-1' });
    expect(said(await click('rep-1', 'deal.ask-counsel', deal))).toContain('asked within the last day');
    expect(said(await click('senior-1', 'deal.ask-counsel', deal))).toContain(
      'Only the deal team, its approvers and compliance',
    );
  });
});
