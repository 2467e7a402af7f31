/** What `policy try` makes of deals that a rep would like to be lighter, and the sentences that it says it in. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { policyTry } from '../../../src/cli/policy.ts';
import { defaultDocument } from '../../flows/policy/deals.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearthread-try-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OLD = fileURLToPath(new URL('../../fixtures/policies/2026-11.yml', import.meta.url));

interface Result {
  flags: { id: string; weight: string }[];
  openQuestions: string[];
  tier: string;
  cell?: { row: string; column: string };
  known?: string;
  unanswered?: string[];
  exception?: string;
  wouldLower?: string[];
  trace: { id: string; text: string }[];
}

const tried = async (content: object, more: string[] = []): Promise<Result> => {
  const path = join(folder, 'facts.json');
  writeFileSync(path, JSON.stringify(content));
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (l: string) => void out.push(l), err: (l: string) => void err.push(l), env: {} };
  const code = await policyTry([path, ...more], io);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return JSON.parse(out.join('')) as Result;
};

/** The sentence that tells the tier. */
const saidOf = ({ trace }: Result): string | undefined => trace.find(({ id }) => id === 'risk-picture')?.text;

/** Thirteen heavy flags and more, made lighter by "oversight exists": by the list of rules before it was elevated. */
const THIRTEEN = {
  endUser: 'state-tied',
  intermediaries: true,
  facts: Object.fromEntries([
    ...[
      ['P1', 'P4', 'P-RF1', 'H3', 'H4', 'H-RF1', 'H-RF2', 'H-RF3', 'H-RF8', 'H-RF9', 'L-RF1', 'L-RF2', 'L-RF3'],
      ['L-RF4', 'L-RF5', 'L-RF6', 'L-RF8', 'S4', 'S-RF1', 'S-RF2'],
    ]
      .flat()
      .map((id) => [id, 'yes']),
    ['H-RF5', 'no'],
    ['G8', 'no'],
  ]),
};

/** "No to all" for a security service: 18 presses, and nothing that any of it stands on. */
const EIGHTEEN_CLICKS = { endUser: 'security', intermediaries: true, facts: {}, basis: 'none' };

const everyQuestion = defaultDocument().sections.flatMap(({ questions }) => questions.map(({ id }) => id));
const nothingKnown = (endUser: string) => ({
  endUser,
  intermediaries: true,
  facts: Object.fromEntries(everyQuestion.map((id) => [id, 'unknown'])),
});

describe('a rep gains nothing', () => {
  test('by oversight that is said to exist: 13 heavy flags with oversight', async () => {
    const before = await tried(THIRTEEN, ['--policy', OLD]);
    expect(before.tier).toBe('elevated');
    expect(before.flags.filter(({ weight }) => weight === 'heavy').length).toBeGreaterThanOrEqual(13);
    expect(before.cell).toBeUndefined();

    const now = await tried(THIRTEEN);
    expect(now).toMatchObject({ tier: 'high', known: 'high', cell: { row: 'derives', column: 'shown' } });
    expect(saidOf(now)).toBe(
      'High: it learns sensitive things about people, or does what few others sell, and misuse or abuse by this very end-user is on record.',
    );
    // Nothing is open that would help.
    expect(now.wouldLower).toEqual([]);
  });

  test('by oversight where only the country is to blame', async () => {
    const facts = { ...THIRTEEN.facts, H3: 'no', H4: 'no', 'H-RF1': 'no', 'H-RF8': 'no', P4: 'no' };
    const now = await tried({ ...THIRTEEN, facts });
    expect(now).toMatchObject({ tier: 'high', known: 'high', cell: { row: 'collects', column: 'serious' } });
    expect(saidOf(now)).toBe(
      'High: it collects sensitive data about people, and there are serious concerns about the end-user or the place.',
    );
  });

  test('by "no to all" that stands on nothing: the 18 clicks deal (basis: none)', async () => {
    const now = await tried(EIGHTEEN_CLICKS);
    expect(now).toMatchObject({ tier: 'high', known: 'low', flags: [], unanswered: [] });
    expect(now.openQuestions).toEqual(expect.arrayContaining(['P1', 'H1', 'H-RF1', 'L1', 'L2', 'L3', 'S5']));
    expect(now.openQuestions).toHaveLength(33);
    expect(saidOf(now)).toBe(
      'High for now: 33 good answers name no source and nobody who said so, and each counts as the worse one until it does. On what is known it would be low.',
    );
    expect(now.trace).toContainEqual({
      id: 'H-RF1',
      text: 'The answer stands on nothing: Are there reports that this end-user misused products that can do similar things? (Guidance 2, red flag 1)',
    });
    const { basis: _, ...based } = EIGHTEEN_CLICKS;
    expect(await tried(based)).toMatchObject({ tier: 'low', openQuestions: [], cell: { column: 'nothing' } });
  });

  test.each(['government', 'security', 'state-tied', 'private', 'unknown'])(
    'by knowing nothing: everything unknown, and the end-user is %s',
    async (endUser) => {
      const now = await tried(nothingKnown(endUser));
      expect(now).toMatchObject({ tier: 'high', known: 'low', cell: { row: 'derives', column: 'shown' } });
      expect(saidOf(now)).toMatch(
        /^High for now: \d\d things are not known, and each counts as its worse answer until it is\. On what is known it would be low\.$/,
      );
      expect(now.wouldLower).toEqual(['P1', 'P2', 'P3', 'P5', 'P-RF2', 'G10']);
    },
  );

  test.each(["I don't know", 'n/a', 'none', 'same as above', 'TBD', 'no', 'x y z', 'Counting cars.'])(
    'by “%s” in place of who it is for',
    async (S1) => {
      const calm = { endUser: 'government', facts: { P1: 'yes' } };
      expect(await tried(calm)).toMatchObject({ tier: 'low', openQuestions: [] });
      expect(await tried({ ...calm, facts: { ...calm.facts, S1 } })).toMatchObject({
        tier: 'elevated',
        openQuestions: ['S1'],
        wouldLower: ['S1'],
      });
    },
  );

  test('by contractors said to be clean, where nobody looked', async () => {
    const facts = { P1: 'yes', 'S2-contracted': 'yes', 'S2-record': 'clean' };
    expect(await tried({ endUser: 'government', facts })).toMatchObject({ tier: 'low', openQuestions: [] });
    const now = await tried({ endUser: 'government', facts, basis: 'none' });
    expect(now.openQuestions).toContain('S2-record');
    expect(now.flags.map(({ id }) => id)).toContain('S2');
  });

  test('by silence', async () => {
    const now = await tried({ endUser: 'government', facts: {}, missing: 'open' });
    expect(now).toMatchObject({ tier: 'high', known: 'low', openQuestions: [] });
    expect(now.unanswered).toEqual(expect.arrayContaining(['G1-capability', 'P1', 'H1', 'L1', 'S1', 'K1']));
    expect(saidOf(now)).toMatch(new RegExp(`^High for now: ${now.unanswered?.length} things are not known,`));
  });
});

/** It protects a network, and does nothing on people. */
const SHIELD = { P1: 'no', P2: 'no', P3: 'no', P4: 'no', P5: 'no', 'P-RF2': 'no' };
/** All that the questions can say against a country and its government. */
const REPRESSIVE = Object.fromEntries(
  [
    ['H-RF2', 'H-RF3', 'H-RF4', 'H-RF5', 'H-RF9', 'S5', 'S-RF1'],
    ['L-RF1', 'L-RF2', 'L-RF3', 'L-RF4', 'L-RF5', 'L-RF6', 'L-RF7', 'L-RF8'],
  ]
    .flat()
    .map((id) => [id, 'yes']),
);

describe('a DDoS shield for an election commission in a repressive country', () => {
  const shield = (changed: object = {}, more: object = {}, country: object = REPRESSIVE) =>
    tried({ endUser: 'government', facts: { ...SHIELD, ...country, ...changed }, ...more });

  test('is elevated where everything is wrong with the country', async () => {
    const now = await shield();
    expect(now.flags.map(({ id }) => id)).toEqual(expect.arrayContaining(['H-RF2', 'H-RF4', 'L-RF4', 'S5']));
    expect(now).toMatchObject({ tier: 'elevated', known: 'elevated', cell: { row: 'no-people', column: 'serious' } });
    expect(saidOf(now)).toBe(
      'Elevated: it does nothing with data about people, and there are serious concerns about the end-user or the place.',
    );
    expect(await shield({}, { category: 'Network security', alert: true })).toMatchObject({ tier: 'elevated' });
  });

  test('is low where much is', async () => {
    for (const country of [
      { 'H-RF4': 'yes' },
      { 'H-RF5': 'yes', 'H-RF2': 'yes' },
      { 'H-RF5': 'yes', 'H-RF3': 'yes', 'L-RF1': 'yes', 'L-RF2': 'yes', 'L-RF8': 'yes' },
    ]) {
      expect(await shield({}, { alert: true }, country)).toMatchObject({ tier: 'low', cell: { row: 'no-people' } });
    }
  });

  test.each<[string, object, object, string, string]>([
    ['P1 is not known', { P1: 'unknown' }, {}, 'high', 'collects'],
    ['P1 is said not to apply', { P1: 'not-applicable' }, {}, 'high', 'collects'],
    ['P2 is not known', { P2: 'unknown' }, {}, 'high', 'derives'],
    ['what it could be used for is not known', { P3: 'unknown' }, {}, 'elevated', 'could-be'],
    ['what it is a part of is not known', { P5: 'unknown' }, {}, 'elevated', 'could-be'],
    ['no answer stands on anything', {}, { basis: 'none' }, 'high', 'derives'],
    ['it collects data', { P1: 'yes' }, {}, 'high', 'collects'],
    ['it learns things about people', { P2: 'yes' }, {}, 'high', 'derives'],
    [
      'the commission is known for misuse, and it is a part of something else',
      { 'H-RF8': 'yes', P5: 'yes' },
      {},
      'high',
      'could-be',
    ],
    ['we would contribute to the harm', { G10: 'contribute' }, {}, 'high', 'no-people'],
    ['we know that it is for repression', { K1: 'yes' }, {}, 'prohibited', 'no-people'],
  ])('is no lighter than the table where %s', async (_, changed, more, tier, row) => {
    expect(await shield(changed, more)).toMatchObject({ tier, cell: { row } });
  });

  test('cannot have it accepted that nobody knows what the product does', async () => {
    for (const id of ['P1', 'P2', 'P3', 'P5']) {
      const path = join(folder, 'refused.json');
      const facts = { ...SHIELD, ...REPRESSIVE, [id]: 'unknown' };
      writeFileSync(path, JSON.stringify({ endUser: 'government', facts, accepted: [id] }));
      const err: string[] = [];
      expect(await policyTry([path], { out: () => {}, err: (l) => void err.push(l), env: {} })).toBe(1);
      expect(err.join(' ')).toContain(`${id} must be known, so nobody can accept that it is not.`);
    }
  });
});

describe('what the file may suppose', () => {
  const unknown = { endUser: 'government', facts: { P1: 'yes', 'H-RF1': 'unknown' } };

  test('an accepted gap is a concern, and no good answer', async () => {
    expect(await tried(unknown)).toMatchObject({ tier: 'high', known: 'low', wouldLower: ['H-RF1'] });
    const taken = await tried({ ...unknown, accepted: ['H-RF1'] });
    expect(taken).toMatchObject({
      tier: 'elevated',
      known: 'elevated',
      openQuestions: ['H-RF1'],
      cell: { row: 'collects', column: 'concerns' },
      wouldLower: ['H-RF1'],
    });
    expect(taken.trace.find(({ id }) => id === 'H-RF1')?.text).toMatch(
      /^Not known: .* Compliance accepted that: it counts as a concern\.$/,
    );
  });

  test('an alert that stands is a concern', async () => {
    const calm = { endUser: 'government', facts: { P1: 'yes' } };
    expect(await tried(calm)).toMatchObject({ tier: 'low', cell: { column: 'nothing' } });
    const now = await tried({ ...calm, alert: true });
    expect(now).toMatchObject({ tier: 'elevated', cell: { column: 'concerns' } });
    expect(saidOf(now)).toBe(
      'Elevated: it collects sensitive data about people, and there are concerns about the end-user, the place or the deal.',
    );
  });

  test('the one exception is named, and only where all of it is known', async () => {
    const hospital = { endUser: 'government', facts: { P1: 'yes', 'H-RF2': 'yes', 'H-RF4': 'yes', 'L-RF4': 'yes' } };
    const now = await tried(hospital);
    expect(now).toMatchObject({ tier: 'elevated', exception: 'clean-benefit', cell: { column: 'serious' } });
    expect(now.trace.find(({ id }) => id === 'collects-serious')?.text).toBe('Where the two meet in the table: high.');
    for (const [endUser, changed] of [
      ['security', {}],
      ['state-tied', {}],
      ['government', { H4: 'yes' }],
      ['government', { 'H-RF9': 'unknown' }],
      ['government', { G8: 'unknown' }],
    ] as const) {
      const other = await tried({ endUser, facts: { ...hospital.facts, ...changed } });
      expect(other.exception).toBeUndefined();
      expect(other.tier).toBe('high');
    }
  });

  test('in a policy with a list of tier rules they make no difference', async () => {
    const plain = { endUser: 'government', facts: { P1: 'yes' } };
    const supposed = { ...plain, missing: 'open', basis: 'none', accepted: ['H4'], alert: true };
    expect(await tried(supposed, ['--policy', OLD])).toEqual(await tried(plain, ['--policy', OLD]));
  });
});
