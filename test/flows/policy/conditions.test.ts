import { describe, expect, it } from 'vitest';
import { coded, encode } from '../../../flows/policy/answers.ts';
import type { Criterion } from '../../../flows/policy/condition.ts';
import { compileCondition, type Indexes, type Weighed } from '../../../flows/policy/conditions.ts';

const IDS = ['A', 'B', 'C', 'D'];
const questions = IDS.map((id) => coded({ id, kind: 'yes-no', options: [], worse: 'yes' }));
const indexes: Indexes = {
  questions: new Map(IDS.map((id, i) => [id, i])),
  flags: new Map([
    ['F', 0],
    ['G', 1],
  ]),
  coded: questions,
};
const deal = (answers: Record<string, string> = {}, more: Partial<Weighed> = {}): Weighed => ({
  endUser: 'private',
  intermediaries: true,
  answers: questions.map((q) => encode(q, answers[q.id])),
  flags: [-1, -1],
  ownFlags: [],
  row: -1,
  accepted: false,
  alert: false,
  heaviest: -1,
  weightyOpen: false,
  outOfScope: false,
  ...more,
});
const holds = (condition: Criterion, of: Weighed): boolean => compileCondition(condition, indexes).test(of);
const because = (condition: Criterion, of: Weighed): string[] => {
  const ids = new Set<string>();
  compileCondition(condition, indexes).because(of, ids);
  return [...ids];
};
const yes = (id: string): Criterion & { question: string; is: string[] } => ({ question: id, is: ['yes'] });
/** Every way of answering these with yes or no. */
const everyWay = (ids: readonly string[]): Record<string, string>[] =>
  ids.reduce<Record<string, string>[]>(
    (ways, id) => ways.flatMap((way) => ['yes', 'no'].map((value) => ({ ...way, [id]: value }))),
    [{}],
  );

describe.each([1, 2, 3, 4])('of %i parts', (count) => {
  const ids = IDS.slice(0, count);
  const parts = ids.map(yes);

  it('all holds where each holds, any where one does', () => {
    for (const answers of everyWay(ids)) {
      const of = deal(answers);
      const held = ids.filter((id) => answers[id] === 'yes');
      expect(holds({ all: parts }, of), JSON.stringify(answers)).toBe(held.length === count);
      expect(holds({ any: parts }, of), JSON.stringify(answers)).toBe(held.length > 0);
      expect(holds({ anyOf: ids, is: ['yes'] }, of), JSON.stringify(answers)).toBe(held.length > 0);
    }
  });
  it('the answers that made it hold are named, and no others', () => {
    for (const answers of everyWay(ids)) {
      const held = ids.filter((id) => answers[id] === 'yes');
      expect(because({ any: parts }, deal(answers))).toEqual(held);
      expect(because({ anyOf: ids, is: ['yes'] }, deal(answers))).toEqual(held);
      expect(because({ all: parts }, deal(answers))).toEqual(held);
    }
  });
});

describe('a condition', () => {
  it('on an answer holds for each value that it names, and never without an answer', () => {
    const either: Criterion = { question: 'B', is: ['no', 'unknown'] };
    expect(['yes', 'no', 'unknown', 'not-applicable'].filter((B) => holds(either, deal({ B })))).toEqual([
      'no',
      'unknown',
    ]);
    expect(holds(either, deal({ A: 'no' }))).toBe(false);
    expect(holds({ not: either }, deal())).toBe(true);
    expect(holds({ not: either }, deal({ B: 'no' }))).toBe(false);
  });
  it('on the end-user holds for the kinds that it names', () => {
    const kinds: Criterion = { endUser: ['security', 'unknown'] };
    expect(holds(kinds, deal({}, { endUser: 'security' }))).toBe(true);
    expect(holds(kinds, deal({}, { endUser: 'unknown' }))).toBe(true);
    expect(holds(kinds, deal({}, { endUser: 'private' }))).toBe(false);
  });
  it.each([true, false])('on intermediaries, an open question and the scope holds as it is written: %s', (wanted) => {
    for (const is of [true, false]) {
      expect(holds({ intermediaries: wanted }, deal({}, { intermediaries: is }))).toBe(is === wanted);
      expect(holds({ weightyOpen: wanted }, deal({}, { weightyOpen: is }))).toBe(is === wanted);
      expect(holds({ scope: wanted ? 'out' : 'in' }, deal({}, { outOfScope: is }))).toBe(is === wanted);
    }
  });
  it('on a flag holds from that weight on, of that flag alone', () => {
    const heavy: Criterion = { flag: 'G', atLeast: 'heavy' };
    expect([-1, 0, 1, 2, 3].filter((weight) => holds(heavy, deal({}, { flags: [3, weight] })))).toEqual([2, 3]);
    expect(holds({ flag: 'G', atLeast: 'light' }, deal({}, { flags: [3, -1] }))).toBe(false);
  });
  it('on any flag holds from that weight on, of the heaviest', () => {
    const moderate: Criterion = { anyFlag: { atLeast: 'moderate' } };
    expect([-1, 0, 1, 2, 3].filter((heaviest) => holds(moderate, deal({}, { heaviest })))).toEqual([1, 2, 3]);
  });
  it('that always holds holds', () => {
    expect(holds({ always: true }, deal())).toBe(true);
  });
  it('names no answer where none made it hold', () => {
    const of = deal({ A: 'no' }, { endUser: 'security', flags: [3, 3], heaviest: 3 });
    const others: Criterion[] = [
      { not: yes('A') },
      { endUser: ['security'] },
      { intermediaries: true },
      { flag: 'F', atLeast: 'light' },
      { anyFlag: { atLeast: 'light' } },
      { weightyOpen: false },
      { scope: 'in' },
      { always: true },
    ];
    for (const condition of others) {
      expect(holds(condition, of), JSON.stringify(condition)).toBe(true);
      expect(because(condition, of), JSON.stringify(condition)).toEqual([]);
    }
  });
  it('that refers to what is not there is a fault', () => {
    expect(() => compileCondition(yes('Z'), indexes)).toThrow(/refers to Z/);
    expect(() => compileCondition({ anyOf: ['A', 'Z'], is: ['yes'] }, indexes)).toThrow(/refers to Z/);
    expect(() => compileCondition({ flag: 'Z', atLeast: 'light' }, indexes)).toThrow(/refers to Z/);
    expect(() => compileCondition(yes('A'), indexes)).not.toThrow();
  });
});
