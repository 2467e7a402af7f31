/** What is said after a confirmation of scope, in a deal that rests on it or by a colleague: nobody rests on it after that. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scopeSaidBlocks } from '../../../blocks/cards/said-words.ts';
import { confirmScopeForm } from '../../../blocks/forms/confirm.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../flows/deal/deal.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { SheetGiven } from '../../../flows/registers/sheet-shapes.ts';
import { silentLogger } from '../../../src/log.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const base = aPolicy();
const sections = base.sections.map((section) => ({
  ...section,
  questions: section.questions.map((q) => (q.id === 'P1' ? { ...q, answeredBy: ['product-managers' as const] } : q)),
}));
const policy = aPolicy({
  confirmScope: 'able',
  lighter: 'reason',
  sections,
  questionsFor: (id) => sections.find((section) => section.id === id)?.questions ?? [],
  question: (id) => sections.flatMap((s) => s.questions).find((q) => q.id === id),
});
const organisation = anOrganisation({
  products: [
    { id: 'sensor', name: 'Sample Sensor', category: 'Data analytics', able: false },
    { id: 'tracker', name: 'Sample Tracker', category: 'Data analytics', able: true },
  ],
});

/** Compliance confirms the scope of an able product whoever its end-user is. */
const TRACKER = { id: 'tracker', name: 'Sample Tracker' };
const SENSOR = { id: 'sensor', name: 'Sample Sensor' };
type Kind = 'state-tied' | 'private';

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy, organisation });
});
afterEach(() => at.end());

let acts = 0;
const act = async (deal: string, actor: string, command: DealCommand): Promise<DealView> => {
  acts += 1;
  const outcome = await at.deals.handle(deal, command, { actor, cause: `flags-${acts}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view;
};

/** A deal with that end-user, opened by that person. */
const opens = async (
  name: string,
  kind: Kind,
  by = 'rep-1',
  product = kind === 'private' ? TRACKER : SENSOR,
  customer = `${name} Trading`,
  more: Partial<DealDetails> = {},
): Promise<string> => {
  acts += 1;
  const { details } = aDeal();
  const opened = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: {
        ...details,
        customer,
        product,
        endUser: { name, kind },
        ...more,
      },
    },
    { actor: by, cause: `flags-${acts}` },
  );
  if (opened.kind === 'refused') throw new Error(opened.refusal.text);
  return opened.view.deal.id;
};

/** The same, said to be out of scope. */
const saidOut = async (name: string, kind: Kind = 'state-tied', product?: typeof SENSOR): Promise<DealView> => {
  const answers = { G1: { value: 'no' as const, sources: [] } };
  return act(await opens(name, kind, 'rep-1', product), 'rep-1', { type: 'AnswerSection', section: 'scope', answers });
};
const confirms = async (deal: string): Promise<void> => {
  const reply = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: deal });
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  const { name: form, context } = reply.form;
  await at.ask('compliance-1', { kind: 'submit', form, context, values: { verdict: 'confirm' } });
};

const tell = (): Promise<number> => {
  const { index, registers, clock } = at.desk;
  return tellOthers({ index, registers, deals: at.deals, clock, logger: silentLogger });
};
const statusOf = async (deal: string): Promise<string | undefined> => (await at.deals.view(deal))?.deal.status;

it('what a colleague writes as they give the confirmed deal back ends it for the next one', async () => {
  const first = await saidOut('Alpha Mill');
  await confirms(first.deal.id);
  await at.travel('2027-03-02T09:00:00.000Z');
  await act(first.deal.id, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away for a day.' });
  const reason = 'Their foreman beats monks, a nun wrote to me.';
  await act(first.deal.id, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason });
  await tell();
  expect(await statusOf((await saidOut('Alpha Mill')).deal.id)).toBe('answering');
});

it('what a colleague writes as they give back one that rests on it does, too', async () => {
  await confirms((await saidOut('Alpha Mill')).deal.id);
  const second = (await saidOut('Beta Mill')).deal.id;
  await at.travel('2027-03-02T09:00:00.000Z');
  await tell();
  expect(await statusOf(second)).toBe('out of scope');
  await act(second, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away for a day.' });
  const reason = 'A cook showed me that this sensor keeps the face of whoever passes it.';
  await act(second, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason });
  await tell();
  await tell();
  expect(await statusOf((await saidOut('Delta Mill')).deal.id)).toBe('answering');
  expect(await statusOf(second)).toBe('answering');
});

describe('of a deal that rests no more when the bot looks', () => {
  const OWN = 'Her cook showed me that this sensor keeps the face of whoever passes it.';
  let second: string;
  beforeEach(async () => {
    await confirms((await saidOut('Alpha Mill')).deal.id);
    second = (await saidOut('Beta Mill')).deal.id;
    await at.travel('2027-03-02T09:00:00.000Z');
    await tell();
    expect(await statusOf(second)).toBe('out of scope');
  });
  const isAsked = async (): Promise<boolean> => {
    await tell();
    return (await statusOf((await saidOut('Delta Mill')).deal.id)) === 'answering';
  };
  const gives = async (to: string, reason: string): Promise<void> => {
    await act(second, to === 'rep-1' ? 'product-1' : 'rep-1', { type: 'ReassignOwner', to, reason });
  };

  it('what a colleague wrote on it counts once its rep withdrew it', async () => {
    await gives('product-1', 'I am away for a day.');
    await gives('rep-1', OWN);
    await act(second, 'rep-1', { type: 'Withdraw', reason: 'They order it later.' });
    expect(await isAsked()).toBe(true);
  });

  it('what a colleague wrote as she reopened it counts', async () => {
    await gives('product-1', 'I am away for a day.');
    await act(second, 'product-1', { type: 'Reopen', reason: OWN });
    expect(await isAsked()).toBe(true);
  });

  it('a flag counts that was raised before', async () => {
    await act(second, 'counsel-1', { type: 'RaiseFlag', title: 'They hear ministers through these sensors' });
    await act(second, 'rep-1', { type: 'Reopen', reason: 'They want another one.' });
    expect(await isAsked()).toBe(true);
  });

  it('nothing counts that its rep did, or somebody said of it after that', async () => {
    await act(second, 'rep-1', { type: 'Reopen', reason: 'They want another one.' });
    await at.travel('2027-03-03T09:00:00.000Z');
    await act(second, 'counsel-1', { type: 'RaiseFlag', title: 'They hear ministers through these sensors' });
    expect(await isAsked()).toBe(false);
  });

  it('holds until compliance confirms anew', async () => {
    await gives('product-1', 'I am away for a day.');
    await act(second, 'product-1', { type: 'Reopen', reason: OWN });
    expect(await isAsked()).toBe(true);
    await at.travel('2027-03-03T09:00:00.000Z');
    await confirms((await saidOut('Gamma Mill')).deal.id);
    expect(await isAsked()).toBe(false);
  });
});

it('a flag on a deal that rests on a confirmation ends it for the next end-user', async () => {
  const first = await saidOut('Alpha Mill');
  expect(first.deal.status).toBe('answering');
  await confirms(first.deal.id);
  const second = await saidOut('Beta Mill');
  expect(second.deal).toMatchObject({ status: 'out of scope', confirmed: { deal: first.deal.id } });
  await tell();
  await at.travel('2027-03-02T09:00:00.000Z');
  await act(second.deal.id, 'counsel-1', { type: 'RaiseFlag', title: 'They hear ministers through these sensors' });
  await tell();
  expect(await statusOf((await saidOut('Gamma Mill')).deal.id)).toBe('answering');
  // Nobody has looked at the flagged one itself.
  expect(await statusOf(second.deal.id)).toBe('answering');
  expect(await statusOf(first.deal.id)).toBe('out of scope');
});

it.each([
  ['a note', 'Only where the general does not ask for more.'],
  ['a source', 'Register of strikers whose phones they read'],
])(
  '%s of a colleague under the answer itself is read by compliance, whatever it confirmed before',
  async (what, said) => {
    const words = what === 'a note' ? { note: said } : { sources: [{ name: said, year: 2026 }] };
    await confirms((await saidOut('Alpha Mill')).deal.id);
    const second = await opens('Beta Mill', 'state-tied');
    await act(second, 'rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' });
    const G1 = { value: 'no' as const, sources: [], ...words };
    await act(second, 'product-1', { type: 'AnswerSection', section: 'scope', answers: { G1 } });
    expect(await statusOf(second)).toBe('answering');
    const form = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: second });
    expect(JSON.stringify(form)).toContain(said);
  },
);

it('a source of a colleague that the rep replaced is read by compliance, whatever it confirmed before', async () => {
  await confirms((await saidOut('Alpha Mill')).deal.id);
  const second = await opens('Beta Mill', 'state-tied');
  await act(second, 'rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' });
  const said = 'Register of strikers whose phones they read';
  const G1 = { value: 'unknown' as const, sources: [{ name: said, year: 2026 }] };
  await act(second, 'product-1', { type: 'SaveSectionForLater', section: 'scope', answers: { G1 } });
  await act(second, 'rep-1', { type: 'TakeSectionBack', section: 'scope' });
  const answers = { G1: { value: 'no' as const, sources: [] } };
  await act(second, 'rep-1', { type: 'AnswerSection', section: 'scope', answers });
  expect(await statusOf(second)).toBe('answering');
  const form = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: second });
  expect(JSON.stringify(form)).toContain(said);
});

it('what somebody writes on the product sheet after a confirmation is read by compliance', async () => {
  const NOTE = 'The general hears ministers through it, but I have no paper.';
  const on = { of: 'product' as const, product: 'sensor', name: 'Sample Sensor' };
  const saves = async (from: number, P1: SheetGiven): Promise<void> => {
    acts += 1;
    const saved = await at.desk.registers.sheets.handle(
      { type: 'SaveSheet', on, from, answers: { P1 } },
      { actor: 'compliance-1', cause: `sheet-${acts}` },
    );
    if (saved.kind === 'refused') throw new Error(saved.refusal.text);
  };
  await saves(0, { value: 'no', sources: [{ name: 'Sample data sheet', year: 2026 }] });
  await confirms((await saidOut('Alpha Mill')).deal.id);
  await at.travel('2027-03-02T09:00:00.000Z');
  expect((await saidOut('Beta Mill')).deal.status).toBe('out of scope');
  await saves(1, { value: 'unknown', note: NOTE, sources: [] });
  const third = (await saidOut('Gamma Mill')).deal;
  expect(third.status).toBe('answering');
  const form = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: third.id });
  expect(JSON.stringify(form)).toContain(NOTE);
});

describe('a colleague who withdraws a deal of their own with that end-user', () => {
  const WORDS = 'Its guard hunts strikers with our sensors.';
  const confirmed = async (): Promise<void> => {
    const first = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await confirms(first);
    expect(await statusOf(first)).toBe('out of scope');
    await at.travel('2027-03-02T09:00:00.000Z');
  };
  it('is heard by whoever asks the same, and compliance reads why', async () => {
    await confirmed();
    const theirs = await opens('Chu Box Shop', 'private', 'product-1');
    await act(theirs, 'product-1', { type: 'Withdraw', reason: WORDS });
    await tell();
    const again = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await tell();
    expect(await statusOf(again)).toBe('answering');
    const form = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: again });
    expect(JSON.stringify(form)).toContain(WORDS);
  });
  it('is heard where nobody has to confirm the scope, if it was so before the deal was found out of it', async () => {
    const theirs = await opens('Karim Loom House', 'private', 'product-1', SENSOR);
    await act(theirs, 'product-1', { type: 'Withdraw', reason: WORDS });
    await tell();
    await at.travel('2027-03-02T09:00:00.000Z');
    const mine = (await saidOut('Karim Loom House', 'private', SENSOR)).deal;
    await tell();
    expect(await statusOf(mine.id)).toBe('answering');
    const other = (await saidOut('Anvar Loom House', 'private', SENSOR)).deal;
    const later = await opens('Anvar Loom House', 'private', 'product-1', SENSOR);
    await at.travel('2027-03-03T09:00:00.000Z');
    await act(later, 'product-1', { type: 'Withdraw', reason: WORDS });
    await tell();
    expect(await statusOf(other.id)).toBe('out of scope');
  });
  it('is none to the deal that the same person asks for', async () => {
    await confirmed();
    const mine = await opens('Chu Box Shop', 'private');
    await act(mine, 'rep-1', { type: 'Withdraw', reason: WORDS });
    await tell();
    expect((await saidOut('Chu Box Shop', 'private')).deal.status).toBe('out of scope');
  });
});

describe('what a colleague writes of the end-user in another deal', () => {
  const WORDS = 'A nurse told me that they have nuns whipped; please look after it.';
  const writes = async (name: string, by = 'product-1'): Promise<string> => {
    const theirs = await opens(name, 'private', by);
    await act(theirs, by, { type: 'ReassignOwner', to: by === 'rep-1' ? 'product-1' : 'rep-1', reason: WORDS });
    return theirs;
  };
  const confirmed = async (): Promise<string> => {
    const first = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await confirms(first);
    await at.travel('2027-03-02T09:00:00.000Z');
    return first;
  };
  it.each(['Chu Box Shop', 'Chu Box Shop Ltd'])(
    'is read by compliance before a later deal rests on a confirmation: %s',
    async (name) => {
      await confirmed();
      await writes(name);
      const again = (await saidOut('Chu Box Shop', 'private')).deal.id;
      await tell();
      expect(await statusOf(again)).toBe('answering');
      const form = await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: again });
      expect(JSON.stringify(form)).toContain(WORDS);
      // Heard before its scope was answered, it waits at once.
      const third = await opens('Chu Box Shop', 'private');
      await tell();
      const answers = { G1: { value: 'no' as const, sources: [] } };
      const said = await act(third, 'rep-1', { type: 'AnswerSection', section: 'scope', answers });
      expect(said.deal.status).toBe('answering');
      // What compliance read, it need not read again.
      await at.travel('2027-03-03T09:00:00.000Z');
      await confirms(again);
      await tell();
      const fourth = (await saidOut('Chu Box Shop', 'private')).deal.id;
      await tell();
      expect(await statusOf(fourth)).toBe('out of scope');
    },
  );
  it('is none of a word where the same person sells both', async () => {
    await confirmed();
    const mine = await opens('Chu Box Shop', 'private');
    await act(mine, 'rep-1', { type: 'Withdraw', reason: WORDS });
    await tell();
    const again = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await tell();
    expect(await statusOf(again)).toBe('out of scope');
  });
  it('and later than a deal came to rest leaves it as it is', async () => {
    await confirmed();
    const again = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await at.travel('2027-03-03T09:00:00.000Z');
    await writes('Chu Box Shop');
    await tell();
    expect(await statusOf(again)).toBe('out of scope');
  });
  it('is read of each end-user where the confirmation is of its kind', async () => {
    await confirms((await saidOut('Alpha Mill')).deal.id);
    const theirs = await opens('Beta Mill', 'state-tied', 'product-1');
    await act(theirs, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason: WORDS });
    await at.travel('2027-03-02T09:00:00.000Z');
    const second = (await saidOut('Beta Mill')).deal.id;
    await tell();
    expect(await statusOf(second)).toBe('answering');
    expect((await saidOut('Gamma Mill')).deal.status).toBe('out of scope');
  });
  it('is read for as long as a confirmation stands', async () => {
    const first = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await confirms(first);
    await at.travel('2027-03-01T10:00:00.000Z');
    await writes('Chu Box Shop');
    await at.travel('2028-03-01T22:00:00.000Z');
    const last = (await saidOut('Chu Box Shop', 'private')).deal.id;
    await tell();
    expect(await statusOf(last)).toBe('answering');
  });
  it('is read of a company that is in between in the later deal alone', async () => {
    const theirs = await opens('Snipe Brokerage', 'private', 'product-1');
    await act(theirs, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason: WORDS });
    const dummy = await opens('Alpha Mill', 'state-tied', 'counsel-1');
    await act(dummy, 'counsel-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'I am away for a day.' });
    await tell();
    await at.travel('2027-03-02T09:00:00.000Z');
    const first = (await saidOut('Alpha Mill')).deal.id;
    await tell();
    await confirms(first);
    expect(await statusOf(first)).toBe('out of scope');
    await at.travel('2027-03-03T09:00:00.000Z');
    expect(await statusOf((await saidOut('Alpha Mill')).deal.id)).toBe('out of scope');
    const id = await opens('Alpha Mill', 'state-tied', 'rep-1', SENSOR, 'Snipe Brokerage');
    await act(id, 'rep-1', { type: 'AnswerSection', section: 'scope', answers: { G1: { value: 'no', sources: [] } } });
    await tell();
    expect(await statusOf(id)).toBe('answering');
  });
});

describe('what somebody says of the product in a deal for others', () => {
  const MISUSE = 'Farm boards hear union men through these sensors';
  const AWAY = { destination: 'SE' };
  let first: string;
  beforeEach(async () => {
    first = (await saidOut('Alpha Mill')).deal.id;
    await confirms(first);
    await at.travel('2027-03-02T09:00:00.000Z');
  });
  const other = (more = {}): Promise<string> => opens('Beta Board', 'state-tied', 'rep-1', SENSOR, 'Beta Board', more);
  const next = async (): Promise<string | undefined> => {
    const id = await opens('Delta Mill', 'state-tied');
    await tell();
    await act(id, 'rep-1', { type: 'AnswerSection', section: 'scope', answers: { G1: { value: 'no', sources: [] } } });
    return statusOf(id);
  };
  const flags = (deal: string) => act(deal, 'product-1', { type: 'RaiseFlag', title: MISUSE });
  const remarks = async (deal: string, reason: string): Promise<void> => {
    await act(deal, 'rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away for a day.' });
    await act(deal, 'product-1', { type: 'ReassignOwner', to: 'rep-1', reason });
  };

  it.each([{}, AWAY])(
    'ends the confirmation for the next where it weighs, wherever that deal goes: %o',
    async (more) => {
      await flags(await other(more));
      expect(await next()).toBe('answering');
    },
  );
  it('is that, too, where it names the product in a deal of another', async () => {
    const lamp = await opens('Beta Board', 'state-tied', 'rep-1', TRACKER, 'Beta Board', AWAY);
    await act(lamp, 'product-1', { type: 'RaiseFlag', title: 'A Sample Sensor, they hear union men through it' });
    expect(await next()).toBe('answering');
  });
  it('counts where it is heard once the next is out of scope', async () => {
    await flags(await other());
    const fast = (await saidOut('Delta Mill')).deal.id;
    await tell();
    expect(await statusOf(fast)).toBe('answering');
  });
  it('counts however mild it is, wherever that deal goes', async () => {
    await remarks(await other(AWAY), 'It hears who strikes since its last update.');
    expect(await next()).toBe('answering');
  });
  it('counts no more once compliance dismissed it, or confirmed one since', async () => {
    const there = await other();
    const { ownFlags } = (await flags(there)).deal;
    await act(there, 'compliance-1', { type: 'DismissFlag', flag: ownFlags[0]!.id, reason: 'It is another sensor.' });
    expect(await next()).toBe('out of scope');
    await at.travel('2027-03-03T09:00:00.000Z');
    await flags(await other());
    const waits = (await saidOut('Gamma Mill')).deal.id;
    await tell();
    expect(await statusOf(waits)).toBe('answering');
    await at.travel('2027-03-04T09:00:00.000Z');
    await confirms(waits);
    expect(await next()).toBe('out of scope');
  });
  it('is that of another product in the same country, where it weighs', async () => {
    const lamp = await opens('Beta Board', 'state-tied', 'rep-1', TRACKER, 'Beta Board');
    await remarks(lamp, 'Its crew watches who strikes.');
    expect(await next()).toBe('out of scope');
    await flags(lamp);
    expect(await next()).toBe('answering');
  });
  it('does not matter where counsel’s note on its country is newer', async () => {
    const laws = sections.map((section) => ({
      ...section,
      questions: section.questions.map((q) => (q.id === 'P2' ? { ...q, basis: 'counsel' as const } : q)),
    }));
    await at.end();
    at = atDesk({ policy: { ...policy, sections: laws }, organisation });
    await confirms((await saidOut('Alpha Mill')).deal.id);
    await at.travel('2027-03-02T09:00:00.000Z');
    expect(await next()).toBe('out of scope');
    const country = aDeal().details.destination;
    const looked = 'A decree gives every picture to the state.';
    const ask = { actor: 'counsel-1', cause: 'laws' };
    await at.desk.registers.countries.handle({ type: 'NoteLaws', country, looked }, ask);
    expect(await next()).toBe('answering');
  });
  it('is that of a deal for others elsewhere that names both, or the end-user, however mild', async () => {
    const lamp = await opens('Beta Board', 'state-tied', 'rep-1', TRACKER, 'Beta Board', AWAY);
    await remarks(lamp, 'In Norway a Sample Sensor traces fishers.');
    expect(await next()).toBe('answering');
    await at.travel('2027-03-03T09:00:00.000Z');
    const waits = (await saidOut('Gamma Mill')).deal.id;
    await tell();
    await confirms(waits);
    const rope = await opens('Theta Board', 'state-tied', 'rep-1', TRACKER, 'Theta Board', AWAY);
    await at.travel('2027-03-04T09:00:00.000Z');
    expect(await next()).toBe('out of scope');
    await remarks(rope, 'The people of Delta Mill find exiles with ours.');
    expect(await next()).toBe('answering');
    // It is of that one alone.
    const other = (await saidOut('Omega Works')).deal.id;
    await tell();
    expect(await statusOf(other)).toBe('out of scope');
  });
  it('is not read of one where compliance confirmed another since, and is settled once they read it', async () => {
    const rope = await opens('Theta Board', 'state-tied', 'rep-1', TRACKER, 'Theta Board', AWAY);
    await remarks(rope, 'The people of Delta Mill find exiles with ours.');
    await at.travel('2027-03-03T09:00:00.000Z');
    const another = (await saidOut('Gamma Mill')).deal.id;
    await tell();
    await at.travel('2027-03-04T09:00:00.000Z');
    if ((await statusOf(another)) === 'answering') await confirms(another);
    await flags(await other());
    const fresh = (await saidOut('Omega Works')).deal.id;
    await tell();
    await at.travel('2027-03-05T09:00:00.000Z');
    await confirms(fresh);
    const delta = (await saidOut('Delta Mill')).deal.id;
    await tell();
    expect(await statusOf(delta)).toBe('answering');
    await at.travel('2027-03-06T09:00:00.000Z');
    await confirms(delta);
    expect(await next()).toBe('out of scope');
  });
  it('is none where it is another product elsewhere, or who sells it says so', async () => {
    const lamp = await opens('Beta Board', 'state-tied', 'rep-1', TRACKER, 'Beta Board', AWAY);
    await flags(lamp);
    const mine = await other();
    await act(mine, 'rep-1', { type: 'Withdraw', reason: 'Its crew watches who strikes.' });
    expect(await next()).toBe('out of scope');
  });
  it('is none of the seller’s own flag: nobody bars the way of others with a dummy', async () => {
    await act(await other(), 'rep-1', { type: 'RaiseFlag', title: MISUSE });
    expect(await next()).toBe('out of scope');
  });
  it('asks compliance of one that is out of scope without them, wherever that deal goes', async () => {
    let last = '';
    const saidAway = async (): Promise<string | undefined> => {
      const id = await opens('Wool Shop', 'private', 'rep-1', SENSOR);
      last = id;
      await tell();
      await act(id, 'rep-1', {
        type: 'AnswerSection',
        section: 'scope',
        answers: { G1: { value: 'no', sources: [] } },
      });
      return statusOf(id);
    };
    expect(await saidAway()).toBe('out of scope');
    await remarks(await other(AWAY), 'It hears who strikes since its last update.');
    expect(await saidAway()).toBe('answering');
    // Its card says why, and nothing of what.
    const card = JSON.stringify(scopeSaidBlocks((await at.deals.view(last))!));
    expect(card).toContain('Somebody wrote something elsewhere that may be of this deal.');
    expect(card).not.toContain(MISUSE);
    const form = JSON.stringify(confirmScopeForm((await at.deals.view(last))!));
    expect(form).not.toContain('Compliance reads it first.');
    // Read once, it asks for no other such deal.
    const waits = (await saidOut('Gamma Mill')).deal.id;
    await at.travel('2027-03-03T09:00:00.000Z');
    await tell();
    await confirms(waits);
    expect(await saidAway()).toBe('out of scope');
  });
});
