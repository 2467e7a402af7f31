import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vote } from '../../../../flows/deal/deal.ts';
import { countedThen, shortfalls, stepStanding } from '../../../../flows/deal/rights/quorum.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import type { Step } from '../../../../flows/policy/policy.ts';

const organisation = (groups: Record<string, string[]>): Organisation => ({
  name: 'Sample',
  people: [...new Set(Object.values(groups).flat())].map((id) => ({ id, name: `Sample ${id}` })),
  groups: Object.entries(groups).map(([id, members]) => ({ id, name: id, members })),
  products: [],
  clearanceChannels: [],
  timeZone: 'UTC',
  holidays: [],
  roles: { compliance: 'compliance', chief: 'chief' },
  hash: 'organisation',
});

const vote = (by: string, step: number, more: Partial<Vote> = {}): Vote => ({
  by,
  step,
  at: '2027-01-04T09:00:00.000Z',
  factsHash: 'facts',
  outcome: 'approve',
  flags: {},
  conditions: [],
  rationale: 'A rationale of at least one sentence.',
  ...more,
});

const HIGH: Step[] = [
  { group: 'compliance', quorum: 1, including: [] },
  { group: 'senior', quorum: 2, including: [{ group: 'counsel', atLeast: 1 }] },
];
const org = organisation({ compliance: ['c1', 'c2'], senior: ['s1', 's2', 'k1'], counsel: ['k1'] });
const at = (index: number, votes: Vote[], team: string[] = []) =>
  stepStanding(org, { steps: HIGH, index, votes, team, factsHash: 'facts' });

describe('standing', () => {
  it('waits for counsel although the number is reached', () => {
    const two = at(1, [vote('s1', 1), vote('s2', 1)]);
    expect(two).toMatchObject({ outcome: 'open', missing: 1, people: ['k1'] });
    expect(at(1, [vote('s1', 1), vote('s2', 1), vote('k1', 1)]).outcome).toBe('passed');
  });
  it('asks only counsel when just the vote of counsel is missing', () => {
    expect(at(1, [vote('s1', 1)]).people).toEqual(['k1']);
    expect(at(1, [vote('k1', 1)]).people).toEqual(['s1', 's2']);
  });
  it('takes one vote for two groups that must be heard, of somebody who is in both', () => {
    const both = organisation({ senior: ['s1', 's2', 'b1'], counsel: ['b1'], finance: ['b1'] });
    const including = ['counsel', 'finance'].map((group) => ({ group, atLeast: 1 }));
    const standing = (...votes: Vote[]) =>
      stepStanding(both, {
        steps: [{ group: 'senior', quorum: 2, including }],
        index: 0,
        votes,
        team: [],
        factsHash: 'facts',
      });
    const two = [vote('s1', 0), vote('s2', 0)];
    expect(standing(...two)).toMatchObject({
      outcome: 'open',
      missing: 1,
      missingFrom: [
        { group: 'counsel', count: 1 },
        { group: 'finance', count: 1 },
      ],
      people: ['b1'],
    });
    expect(standing(...two, vote('b1', 0))).toMatchObject({ outcome: 'passed', missing: 0 });
  });
  it('does not count the deal team, strangers, other facts or people who decided earlier', () => {
    expect(at(1, [vote('s1', 1), vote('k1', 1)], ['k1']).outcome).toBe('open');
    expect(at(1, [vote('x', 1), vote('k1', 1)]).counted.map((v) => v.by)).toEqual(['k1']);
    expect(at(1, [vote('s1', 1, { factsHash: 'older' }), vote('k1', 1)]).outcome).toBe('open');
    expect(at(1, [vote('s1', 0), vote('s1', 1), vote('k1', 1)]).outcome).toBe('open');
  });
  it('of two of whom one is counsel: the third vote of a senior does not replace counsel', () => {
    const more = organisation({ compliance: ['c1'], senior: ['s1', 's2', 's3', 'k1'], counsel: ['k1'] });
    const votes = ['s1', 's2', 's3'].map((id) => vote(id, 1));
    const standing = stepStanding(more, { steps: HIGH, index: 1, votes, team: [], factsHash: 'facts' });
    expect(standing).toMatchObject({ outcome: 'open', missing: 1, people: ['k1'] });
  });
  it('names only the groups that were not heard yet', () => {
    expect(at(1, [vote('s1', 1)]).missingFrom).toEqual([{ group: 'counsel', count: 1 }]);
    expect(at(1, [vote('k1', 1)])).toMatchObject({ missing: 1, missingFrom: [] });
  });
  it('asks somebody of each group that was not heard, not only who is in all of them', () => {
    const apart = organisation({ senior: ['s1', 'k1', 'f1'], counsel: ['k1'], finance: ['f1'] });
    const including = ['counsel', 'finance'].map((group) => ({ group, atLeast: 1 }));
    const steps = [{ group: 'senior', quorum: 1, including }];
    expect(stepStanding(apart, { steps, index: 0, votes: [], team: [], factsHash: 'facts' }).people).toEqual([
      'k1',
      'f1',
    ]);
  });
  const apartFrom = (groups: Record<string, string[]>, votes: Vote[] = [], quorum = 1, atLeast = 1) =>
    stepStanding(organisation(groups), {
      steps: [{ group: 'senior', quorum, including: ['counsel', 'finance'].map((group) => ({ group, atLeast })) }],
      index: 0,
      votes,
      team: [],
      factsHash: 'facts',
    });
  it('waits for two votes where two groups that must be heard share nobody', () => {
    const apart = { senior: ['s1', 'k1', 'f1'], counsel: ['k1'], finance: ['f1'] };
    expect(apartFrom(apart)).toMatchObject({ missing: 2, people: ['k1', 'f1'] });
    expect(apartFrom(apart, [vote('k1', 0)])).toMatchObject({ missing: 1, people: ['f1'] });
    // Two votes are missing by number and two by group, so asking anybody else would be noise.
    expect(apartFrom(apart, [], 2)).toMatchObject({ missing: 2, people: ['k1', 'f1'] });
    expect(apartFrom(apart, [], 3)).toMatchObject({ missing: 3, people: ['s1', 'k1', 'f1'] });
  });
  it('waits for one vote where somebody free is in both, and for two when that person is spent', () => {
    const both = { senior: ['k1', 'f1', 'b1'], counsel: ['k1', 'b1'], finance: ['f1', 'b1'] };
    expect(apartFrom(both).missing).toBe(1);
    expect(apartFrom(both, [], 1, 2).missing).toBe(3);
    expect(apartFrom(both, [vote('b1', 0)], 1, 2).missing).toBe(2);
  });
  it('waits for as many as must be added where nobody is left in a group', () => {
    expect(apartFrom({ senior: ['s1'], counsel: [], finance: [] })).toMatchObject({ missing: 1, people: [] });
    expect(apartFrom({ senior: ['s1', 'k1'], counsel: ['k1'], finance: [] })).toMatchObject({ missing: 2 });
    expect(apartFrom({ senior: ['k1'], counsel: ['k1'], finance: [] }, [], 1, 3).missing).toBe(4);
  });
  it('says the least number of further votes that completes the step, as trying them all does', () => {
    const everybody = ['a', 'b', 'c', 'd', 'e'];
    const some = fc.subarray(everybody);
    const least = fc.integer({ min: 1, max: 2 });
    let reached = 0;
    fc.assert(
      fc.property(some, some, some, some, least, least, least, (senior, counsel, finance, cast, quorum, one, two) => {
        const o = organisation({ senior, counsel, finance, everybody });
        const including = [
          { group: 'counsel', atLeast: one },
          { group: 'finance', atLeast: two },
        ];
        const steps: Step[] = [{ group: 'senior', quorum, including }];
        const with_ = (ids: string[]) =>
          stepStanding(o, { steps, index: 0, votes: ids.map((id) => vote(id, 0)), team: [], factsHash: 'facts' });
        const free = senior.filter((id) => !cast.includes(id));
        const subsets = free.reduce<string[][]>((all, id) => [...all, ...all.map((ids) => [...ids, id])], [[]]);
        const enough = subsets.filter((ids) => with_([...cast, ...ids]).outcome === 'passed');
        if (enough.length === 0) {
          expect(with_(cast).missing).toBeGreaterThan(0);
          return;
        }
        reached += 1;
        expect(with_(cast).missing).toBe(Math.min(...enough.map((ids) => ids.length)));
      }),
      { numRuns: 2000 },
    );
    expect(reached).toBeGreaterThan(100);
  });
  it('counts a vote in its own step only', () => {
    expect(at(0, [vote('c1', 1)])).toMatchObject({ counted: [], outcome: 'open' });
  });
  it('counts nobody twice', () => {
    expect(at(1, [vote('k1', 1), vote('k1', 1)])).toMatchObject({ counted: [{ by: 'k1' }], outcome: 'open' });
  });
  it('is declined by one decline', () => {
    expect(at(1, [vote('s1', 1, { outcome: 'decline' })]).outcome).toBe('declined');
  });
  it('is passed where there is no such step', () => {
    expect(at(9, [vote('s1', 9)])).toEqual({ counted: [], missing: 0, missingFrom: [], people: [], outcome: 'passed' });
  });
});

describe('managers of the sellers', () => {
  const seniors = organisation({ senior: ['m1', 's1', 's2', 'k1'], counsel: ['k1'], sales: ['boss', 'x1'] });
  const of =
    (steps: Step[], managers: string[] = ['m1']) =>
    (
      votes: Vote[],
      more: { team?: string[]; away?: string[]; recused?: string[]; index?: number; nearest?: string[] } = {},
    ) =>
      stepStanding(seniors, { steps, index: 0, votes, team: [], factsHash: 'facts', managers, ...more });
  const one = of([{ group: 'senior', quorum: 1, including: [] }]);
  const two = of([{ group: 'senior', quorum: 2, including: [] }]);
  const mine = vote('m1', 0);

  it('do not suffice alone while somebody else of the group is here', () => {
    expect(one([])).toMatchObject({ outcome: 'open', missing: 1, people: ['s1', 's2', 'k1'], besides: ['m1'] });
    expect(one([mine])).toMatchObject({ outcome: 'open', missing: 1, people: ['s1', 's2', 'k1'], besides: ['m1'] });
    const both = one([mine, vote('s1', 0)]);
    expect(both).toMatchObject({ outcome: 'passed', missing: 0 });
    expect(both.besides).toBeUndefined();
    expect(one([vote('s1', 0)]).outcome).toBe('passed');
  });
  it('suffice where nobody else is left: on the team, away, recused or spent', () => {
    expect(one([mine], { team: ['s1'], away: ['s2'], recused: ['k1'] })).toMatchObject({
      outcome: 'passed',
      missing: 0,
    });
    expect(one([], { team: ['s1'], away: ['s2'], recused: ['k1'] })).toMatchObject({
      missing: 1,
      people: ['m1', 's2'],
    });
    expect(one([mine], { team: ['s1'], away: ['s2'] })).toMatchObject({ outcome: 'open', people: ['s2', 'k1'] });
    const second = of([
      { group: 'counsel', quorum: 1, including: [] },
      { group: 'senior', quorum: 1, including: [] },
    ]);
    const spent = [vote('k1', 0), vote('m1', 1)];
    expect(second(spent, { index: 1, away: ['s1', 's2'] }).outcome).toBe('passed');
    expect(second(spent, { index: 1, away: ['s1'] }).outcome).toBe('open');
  });
  it('are asked as others are while two votes are missing, and not for the last', () => {
    expect(two([])).toMatchObject({ missing: 2, people: ['m1', 's1', 's2', 'k1'], besides: ['m1'] });
    expect(two([mine])).toMatchObject({ missing: 1, people: ['s1', 's2', 'k1'], besides: ['m1'] });
    expect(two([vote('s1', 0)])).toMatchObject({ missing: 1, people: ['m1', 's2', 'k1'] });
    expect(two([vote('s1', 0)]).besides).toBeUndefined();
    expect(two([mine, vote('s1', 0)]).outcome).toBe('passed');
  });
  it('do not suffice together', () => {
    const many = of([{ group: 'senior', quorum: 2, including: [] }], ['m1', 's1']);
    expect(many([mine, vote('s1', 0)])).toMatchObject({ missing: 1, people: ['s2', 'k1'], besides: ['m1', 's1'] });
  });
  it('of the requester or owner do not suffice alone where everybody is somebody’s manager', () => {
    const all = of([{ group: 'senior', quorum: 1, including: [] }], ['m1', 's1', 's2', 'k1']);
    const nearest = { nearest: ['m1'] };
    expect(all([], nearest)).toMatchObject({ missing: 2, people: ['m1', 's1', 's2', 'k1'], allClose: true });
    expect(all([mine], nearest)).toMatchObject({ outcome: 'open', missing: 1, people: ['s1', 's2', 'k1'] });
    expect(all([mine], { ...nearest, away: ['s1', 's2', 'k1'] }).outcome).toBe('passed');
    // Without anybody nearer, as where all of a group wrote what the answers are taken from, two of them do.
    expect(all([mine])).toMatchObject({ outcome: 'open', missing: 1, people: ['s1', 's2', 'k1'], allClose: true });
    expect(all([mine, vote('s1', 0)]).outcome).toBe('passed');
    expect(all([vote('s1', 0)], nearest)).toMatchObject({ outcome: 'open', missing: 1 });
  });
  it('do not become others by a vote in somebody’s name, nor others by theirs', () => {
    expect(one([vote('m1', 0, { for: 's1' })])).toMatchObject({ outcome: 'open', people: ['s2', 'k1'] });
    expect(one([vote('x1', 0, { for: 'm1' })]).outcome).toBe('open');
  });
  it('leave the vote of a named group to that group', () => {
    const counsel = of([{ group: 'senior', quorum: 2, including: [{ group: 'counsel', atLeast: 1 }] }]);
    expect(counsel([mine])).toMatchObject({
      missing: 1,
      people: ['k1'],
      missingFrom: [{ group: 'counsel', count: 1 }],
    });
    // Counsel is the manager, so one more must vote.
    const own = of([{ group: 'senior', quorum: 1, including: [{ group: 'counsel', atLeast: 1 }] }], ['k1']);
    expect(own([])).toMatchObject({ missing: 2, people: ['m1', 's1', 's2', 'k1'], besides: ['k1'] });
    expect(own([vote('k1', 0)])).toMatchObject({ missing: 1, people: ['m1', 's1', 's2'], missingFrom: [] });
    const both = of([{ group: 'senior', quorum: 1, including: [{ group: 'counsel', atLeast: 1 }] }], ['k1', 'm1']);
    expect(both([])).toMatchObject({ missing: 2, people: ['s1', 's2', 'k1'] });
    expect(own([vote('k1', 0), vote('s1', 0)]).outcome).toBe('passed');
    expect(own([vote('s1', 0)])).toMatchObject({ missing: 1, people: ['k1'] });
  });
  it('are not spoken of where they neither voted nor could', () => {
    expect(of([{ group: 'senior', quorum: 1, including: [] }], ['boss'])([]).besides).toBeUndefined();
    expect(one([], { team: ['m1'] }).besides).toBeUndefined();
    expect(one([vote('boss', 0, { for: 's1' })]).outcome).toBe('passed');
    const boss = of([{ group: 'senior', quorum: 1, including: [] }], ['boss']);
    expect(boss([vote('boss', 0, { for: 's1' })])).toMatchObject({ outcome: 'open', besides: ['boss'] });
  });
  it('decline alone', () => {
    expect(one([vote('m1', 0, { outcome: 'decline' })]).outcome).toBe('declined');
  });
  it('are not asked about where the policy says nothing', () => {
    expect(of([{ group: 'senior', quorum: 1, including: [] }], [])([mine])).toEqual({
      counted: [mine],
      missing: 0,
      missingFrom: [],
      people: ['s1', 's2', 'k1'],
      outcome: 'passed',
    });
  });
  it('make no step that cannot be completed: whoever asks all who are named gets there', () => {
    const some = fc.subarray(['m1', 's1', 's2', 'k1']);
    fc.assert(
      fc.property(some, some, some, some, fc.integer({ min: 1, max: 3 }), (managers, team, away, recused, quorum) => {
        const steps = [{ group: 'senior', quorum, including: [{ group: 'counsel', atLeast: 1 }] }];
        const nearest = managers.slice(0, 2);
        const standing = (votes: Vote[]) => of(steps, managers)(votes, { team, away, recused, nearest });
        const plain = (votes: Vote[]) => of(steps, [])(votes, { team, away, recused });
        let votes: Vote[] = [];
        for (let now = standing(votes); now.people.length > 0 && now.missing > 0; now = standing(votes)) {
          expect(now.missing).toBeGreaterThanOrEqual(plain(votes).missing);
          votes = [...votes, vote(now.people[0]!, 0)];
        }
        // Stuck only where the step is stuck without this rule.
        if (standing(votes).outcome === 'open') expect(plain(votes).outcome).toBe('open');
      }),
    );
  });
});

describe('a manager who is not known', () => {
  const seniors = organisation({ senior: ['m1', 's1', 's2', 'k1'], counsel: ['k1'] });
  const of =
    (steps: Step[], managers: string[] = []) =>
    (votes: Vote[], more: { team?: string[]; away?: string[]; recused?: string[]; unknownManager?: boolean } = {}) =>
      stepStanding(seniors, {
        steps,
        index: 0,
        votes,
        team: [],
        factsHash: 'facts',
        managers,
        unknownManager: true,
        ...more,
      });
  const one = of([{ group: 'senior', quorum: 1, including: [] }]);
  it('may be any one voter, so another is asked where another is here', () => {
    expect(one([])).toMatchObject({ missing: 2, people: ['m1', 's1', 's2', 'k1'], mayManage: true });
    expect(one([vote('s1', 0)])).toMatchObject({ outcome: 'open', missing: 1, people: ['m1', 's2', 'k1'] });
    expect(one([vote('s1', 0), vote('s2', 0)])).toMatchObject({ outcome: 'passed', missing: 0 });
    expect(one([vote('s1', 0)], { team: ['s2'], away: ['m1'], recused: ['k1'] }).outcome).toBe('passed');
    expect(one([], { team: ['s2', 'm1'], recused: ['k1'] })).toMatchObject({ missing: 1, people: ['s1'] });
    expect(one([vote('s1', 0, { outcome: 'decline' })]).outcome).toBe('declined');
  });
  it('adds nothing to two votes, unless one is of a manager who is known', () => {
    const two = [{ group: 'senior', quorum: 2, including: [] }];
    expect(of(two)([]).mayManage).toBeUndefined();
    expect(of(two)([vote('s1', 0)])).toMatchObject({ missing: 1 });
    expect(of(two)([vote('s1', 0), vote('s2', 0)]).outcome).toBe('passed');
    expect(of(two, ['m1'])([vote('s1', 0), vote('m1', 0)])).toMatchObject({ missing: 1, people: ['s2', 'k1'] });
  });
  it('makes no step that cannot be completed', () => {
    const some = fc.subarray(['m1', 's1', 's2', 'k1']);
    fc.assert(
      fc.property(some, some, some, some, fc.integer({ min: 1, max: 3 }), (managers, team, away, recused, quorum) => {
        const steps = [{ group: 'senior', quorum, including: [{ group: 'counsel', atLeast: 1 }] }];
        const standing = (votes: Vote[]) => of(steps, managers)(votes, { team, away, recused });
        const plain = (votes: Vote[]) => of(steps, managers)(votes, { team, away, recused, unknownManager: false });
        let votes: Vote[] = [];
        for (let now = standing(votes); now.people.length > 0 && now.missing > 0; now = standing(votes)) {
          expect(now.missing).toBeGreaterThanOrEqual(plain(votes).missing);
          votes = [...votes, vote(now.people[0]!, 0)];
        }
        if (standing(votes).outcome === 'open') expect(plain(votes).outcome).toBe('open');
      }),
    );
  });
});

describe('people who recused themselves', () => {
  const recused = (votes: Vote[], index: number, who: string[]) =>
    stepStanding(org, { steps: HIGH, index, votes, team: [], factsHash: 'facts', recused: who });
  it('are not asked, and keep the votes that they cast before', () => {
    expect(recused([vote('s1', 1)], 1, ['k1'])).toMatchObject({ missing: 1, people: [] });
    expect(recused([], 0, ['c1']).people).toEqual(['c2']);
    expect(recused([vote('c1', 0)], 0, ['c1'])).toMatchObject({ outcome: 'passed', counted: [{ by: 'c1' }] });
  });
});

describe('a vote in the name of somebody who is away', () => {
  const instead = (by: string, absent: string, step = 1): Vote => vote(by, step, { for: absent });
  const countedOf = (votes: Vote[], team: string[] = []): string[] =>
    at(1, votes, team).counted.map((v) => (v.for === undefined ? v.by : `${v.by} for ${v.for}`));

  it('counts in the group of the one who is away, and takes their seat', () => {
    const standing = at(1, [vote('s1', 1), instead('c2', 'k1')]);
    expect(standing).toMatchObject({ outcome: 'passed', counted: [{ by: 's1' }, { by: 'c2', for: 'k1' }] });
    expect(at(1, [instead('c2', 's1')]).people).toEqual(['k1']);
  });
  it('uses up both of them in that step', () => {
    expect(countedOf([instead('s2', 's1'), vote('s1', 1), vote('s2', 1)])).toEqual(['s2 for s1']);
    expect(countedOf([vote('s2', 1), instead('s2', 's1')])).toEqual(['s2']);
    expect(countedOf([vote('s1', 1), instead('s2', 's1')])).toEqual(['s1']);
  });
  it('uses up both of them for the later steps', () => {
    expect(countedOf([instead('s2', 's1', 0), vote('s1', 1), vote('s2', 1), vote('k1', 1)])).toEqual(['k1']);
    expect(countedOf([vote('c2', 0), instead('c2', 's1')])).toEqual([]);
    expect(at(1, [instead('s2', 's1', 0)]).people).toEqual(['k1']);
  });
  it('does not count where either of them is on the deal team', () => {
    expect(countedOf([instead('c2', 's1')], ['c2'])).toEqual([]);
    expect(countedOf([instead('c2', 's1')], ['s1'])).toEqual([]);
  });
  it('does not count where nobody knows any more who cast it', () => {
    expect(countedOf([instead('gone', 's1')])).toEqual([]);
  });
});

describe('the votes of a completed step', () => {
  const votes = [vote('c1', 0), vote('c2', 0), vote('s1', 1)];
  it('are those that counted then', () => {
    expect(countedThen({ votes, counted: { 0: ['c2'] } })).toEqual([votes[1], votes[2]]);
    expect(countedThen({ votes, counted: { 0: [], 1: ['s1'] } })).toEqual([votes[2]]);
  });
  it('are all of its votes where the record does not name them', () => {
    expect(countedThen({ votes })).toEqual(votes);
  });
});

describe('shortfalls', () => {
  it('finds none while distinct people can fill every vote', () => {
    expect(shortfalls(org, HIGH, [])).toEqual([]);
  });
  it('names the step that needs somebody from the deal team', () => {
    expect(shortfalls(org, HIGH, ['k1'])).toEqual([{ step: 1, group: 'senior', needed: 2, available: 1 }]);
  });
  it('sees one person who would have to decide twice', () => {
    const small = organisation({ compliance: ['a'], senior: ['a', 'b'], counsel: ['a'] });
    const found = shortfalls(small, HIGH, []);
    expect(found.reduce((sum, s) => sum + s.needed - s.available, 0)).toBe(1);
  });
  it('agrees with trying every assignment', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const some = fc.subarray(people);
    fc.assert(
      fc.property(
        some,
        some,
        some,
        some,
        fc.integer({ min: 1, max: 3 }),
        (compliance, senior, counsel, barred, quorum) => {
          const o = organisation({ compliance, senior, counsel });
          const steps: Step[] = [
            { group: 'compliance', quorum: 1, including: [] },
            { group: 'senior', quorum, including: [{ group: 'counsel', atLeast: 1 }] },
          ];
          const free = (ids: string[]): string[] => ids.filter((id) => !barred.includes(id));
          const slots = [
            free(compliance),
            free(senior).filter((id) => counsel.includes(id)),
            ...Array.from({ length: quorum - 1 }, () => free(senior)),
          ];
          const possible = (i: number, used: string[]): boolean =>
            i === slots.length || (slots[i] ?? []).some((id) => !used.includes(id) && possible(i + 1, [...used, id]));
          expect(shortfalls(o, steps, barred).length === 0).toBe(possible(0, []));
        },
      ),
    );
  });
});
