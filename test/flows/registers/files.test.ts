/** What is recorded of the files that count, and who hears of it. */

import { describe, expect, it } from 'vitest';
import { filesCard } from '../../../blocks/cards/files.ts';
import { membersOf, SYSTEM, type Organisation, type Person } from '../../../flows/organisation.ts';
import { files, type FilesCommand, type FilesEvent, type FilesState } from '../../../flows/registers/files.ts';
import { saysOf } from '../../../src/config/said.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const organisation = anOrganisation();
const context = { organisation, policy: undefined };
const at = '2027-03-01T09:00:00.000Z';

const acting = (state: FilesState, command: FilesCommand, actor = SYSTEM) =>
  files.decide(command, state, { actor, at, id: 'c1' }, context);
interface Taken {
  before: FilesState;
  state: FilesState;
  events: readonly FilesEvent[];
}
const taking = (before: FilesState, command: FilesCommand): Taken => {
  const decided = acting(before, command);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return { before, state: decided.events.reduce(files.evolve, before), events: decided.events };
};
const told = ({ before, state, events }: Taken) => events.flatMap((event) => files.tell(event, state, context, before));
const take = (hash: string, more = {}): FilesCommand => ({ type: 'TakeFile', of: 'organisation', hash, ...more });

describe('a file', () => {
  it('is recorded at the first start, and nobody is told', () => {
    const first = taking(files.none, take('a'));
    expect(told(first)).toEqual([]);
    expect(acting(first.state, take('a'))).toMatchObject({ kind: 'refused' });
  });

  const says = (hash: string, changed: Partial<Organisation> = {}): FilesCommand =>
    take(hash, { says: saysOf({ ...organisation, ...changed }) });
  const group = (id: string, members: string[]) =>
    organisation.groups.map((one) => (one.id === id ? { ...one, members } : one));
  const person = (id: string, changed: Partial<Person>) =>
    organisation.people.map((one) => (one.id === id ? { ...one, ...changed } : one));
  const toldTo = (taken: Taken) =>
    told(taken).flatMap(([, targets]) => targets.map((t) => (t.to === 'person' ? t.person : t.channel)));
  const cardOf = (taken: Taken): string =>
    JSON.stringify(told(taken).map(([fact]) => filesCard(fact, organisation, { now: at, name: 'register:files/2' })));
  const { compliance, chief } = organisation.roles;

  it('that changed is told to compliance and the chief, and to whoever was of them', () => {
    const first = taking(files.none, says('a'));
    expect(told(first)).toEqual([]);
    const changed = taking(
      first.state,
      says('b', { groups: group(compliance, ['rep-1']), roles: { compliance, chief: compliance } }),
    );
    expect(toldTo(changed)).toEqual(
      expect.arrayContaining(['rep-1', ...membersOf(organisation, compliance), ...membersOf(organisation, chief)]),
    );
    expect(cardOf(changed)).toContain('Other people are the chief and compliance now');
  });

  it('that moves a role to a group that an earlier edit made is told to those who had it', () => {
    const groups = [...organisation.groups, { id: 'project-x', name: 'Project X', members: ['rep-1'] }];
    const first = taking(files.none, says('a'));
    const made = taking(first.state, says('b', { groups }));
    const moved = taking(made.state, says('c', { groups, roles: { compliance: 'project-x', chief } }));
    expect(toldTo(moved)).toEqual(
      expect.arrayContaining(['rep-1', ...membersOf(organisation, compliance), ...membersOf(organisation, chief)]),
    );
    expect(cardOf(moved)).toContain('Other people are compliance now');
  });

  it('is compared with what is recorded: the same edit tells once, whichever bot reads it', () => {
    const first = taking(files.none, says('a'));
    const changed = taking(first.state, says('b', { name: 'Another' }));
    expect(acting(changed.state, says('b', { name: 'Another' }))).toMatchObject({ kind: 'refused' });
    expect(changed.events).toMatchObject([{ changes: [{ path: 'name', is: 'Another' }] }]);
    // A version that records no differences took another file meanwhile.
    const other = taking(changed.state, take('c'));
    const again = taking(other.state, says('c', { name: 'A third' }));
    expect(again.events).toMatchObject([{ changes: [{ path: 'name', was: 'Another', is: 'A third' }] }]);
    expect(told(again)).not.toEqual([]);
  });

  it('that is undone says since when it was otherwise', () => {
    const first = taking(files.none, says('a'));
    const changed = taking(first.state, says('b', { groups: group(compliance, ['compliance-1', 'rep-1']) }));
    const undone = taking(changed.state, says('a'));
    expect(undone.events[0]).toMatchObject({
      changes: expect.arrayContaining([
        { path: `groups ${compliance} members`, item: true, was: 'rep-1', since: at },
      ]) as unknown,
    });
    expect(cardOf(undone)).toMatch(
      /is not in Compliance any more\. It was so since 1 March 2027, 09:00 UTC, for 0 seconds/u,
    );
  });

  it('with other accounts is told at every account of before and of now', () => {
    const [slack, teams] = ['U0BEFORE001', '00000000-0000-4000-8000-0000000000aa'];
    const first = taking(files.none, says('a', { people: person('compliance-1', { slack }) }));
    const changed = taking(first.state, says('b', { people: person('compliance-1', { slack, teams, chat: 'teams' }) }));
    const targets = told(changed)
      .flatMap(([, all]) => all)
      .filter((t) => t.to === 'person' && t.person === 'compliance-1');
    expect(targets.map((t) => (t.to === 'person' ? t.at : undefined))).toEqual([
      { chat: 'slack', account: slack },
      { chat: 'teams', account: teams },
    ]);
  });

  it('without somebody tells them at the accounts that they had, and nobody else of them alone', () => {
    const first = taking(files.none, says('a', { people: person('rep-1', { slack: 'U0BEFORE001' }) }));
    const gone = taking(first.state, says('b', { people: organisation.people.filter(({ id }) => id !== 'rep-1') }));
    expect(told(gone).flatMap(([, all]) => all)).toContainEqual({
      to: 'person',
      person: 'rep-1',
      at: { chat: 'slack', account: 'U0BEFORE001' },
    });
  });

  it('with a thousand changes tells the gravest, and how many more', () => {
    const first = taking(files.none, says('a'));
    const people = [
      ...organisation.people,
      ...Array.from({ length: 1000 }, (_, n) => ({ id: `new-${n}`, name: `New ${n}`, slack: `U0NEW${n}` })),
    ];
    const changed = taking(first.state, says('b', { people, groups: group(compliance, ['compliance-1', 'new-999']) }));
    const [[fact] = []] = told(changed);
    expect(fact).toMatchObject({ changes: { length: 20 }, more: expect.any(Number) as number });
    expect(cardOf(changed)).toContain('New 999 is in Compliance now.');
    // Somebody new is told of a place, not that they are new.
    expect(toldTo(changed).filter((id) => id.startsWith('new-'))).toEqual(['new-999']);
  });

  it('whose other file changed with it is told to compliance of before, at their accounts of before', () => {
    const slack = 'U0BEFORE001';
    const first = taking(files.none, says('a', { people: person('compliance-1', { slack }) }));
    const old = taking(first.state, { type: 'TakeFile', of: 'policy', hash: 'p', says: { lighter: 'confirm' } });
    const weaker = taking(old.state, { type: 'TakeFile', of: 'policy', hash: 'q', says: {} });
    expect(told(weaker).flatMap(([, all]) => all)).toContainEqual({
      to: 'person',
      person: 'compliance-1',
      at: { chat: 'slack', account: slack },
    });
    expect(cardOf(weaker)).toContain(
      'A change that makes a deal lighter asks for: nothing (was: a reason and compliance).',
    );
  });

  it('that was refused is told with what is wrong, once, and that it was set right', () => {
    const first = taking(files.none, take('a'));
    const problems = Array.from({ length: 30 }, (_, n) => `organisation.yml:${n}: it is wrong.`);
    const refused: FilesCommand = { type: 'RefuseFile', of: 'organisation', text: 't', problems };
    const broken = taking(first.state, refused);
    const [[fact, targets] = []] = told(broken);
    expect(targets).toContainEqual({ to: 'person', person: 'compliance-1' });
    const card = JSON.stringify(filesCard(fact!, organisation, { now: at, name: 'register:files/2' }));
    expect(card).toContain('The changed organisation file was not taken');
    expect(card).toContain('organisation.yml:19: it is wrong.');
    expect(card).toContain('And 10 more.');
    expect(acting(broken.state, refused)).toMatchObject({ kind: 'refused' });
    const right = taking(broken.state, take('a'));
    expect(right.state.refused).toEqual({});
    expect(told(right)[0]?.[0]).toMatchObject({ corrected: true });
  });

  it('that changed is told with accounts that are somebody else’s', () => {
    const first = taking(files.none, { ...says('a'), accounts: { 'slack 01': 'rep-1' } } as FilesCommand);
    const changed = taking(first.state, { ...says('b'), accounts: { 'slack 01': 'compliance-1' } } as FilesCommand);
    expect(cardOf(changed)).toMatch(/The Slack account of .* belongs to .* now\./u);
  });

  it('that was recorded before every difference was is shown as it was told', () => {
    const fact = {
      fact: 'file taken',
      of: 'organisation',
      seats: [{ person: 'rep-1', group: compliance, is: 'lost' }],
      products: [{ product: 'p-1', name: 'Sample Camera', is: 'removed' }],
    } as const;
    const card = JSON.stringify(filesCard(fact, organisation, { now: at, name: 'register:files/2' }));
    expect(card).toMatch(/"person":"rep-1".*not in .* any more/u);
    expect(card).toContain('The product “Sample Camera” (p-1) is not in the catalogue any more.');
  });

  it('keeps whose the accounts are, quietly where the file is the same, and forgets addresses that nobody has', () => {
    const old = taking(files.none, take('a'));
    const accounts = { 'slack 01': 'rep-1', 'email 02': 'rep-1' };
    const kept = taking(old.state, take('a', { accounts }));
    expect(told(kept)).toEqual([]);
    expect(kept.state).toMatchObject({ accounts, taken: old.state.taken });
    expect(acting(kept.state, take('a', { accounts }))).toMatchObject({ kind: 'refused' });
    const left = taking(kept.state, take('b', { accounts: { 'slack 03': 'rep-2' } }));
    expect(left.events[0]).toMatchObject({ accounts: { 'slack 03': 'rep-2' }, forgotten: ['email 02'] });
    expect(left.state.accounts).toEqual({ 'slack 01': 'rep-1', 'slack 03': 'rep-2' });
  });

  it('is read by the bot alone', () => {
    expect(acting(files.none, take('a'), 'compliance-1')).toMatchObject({ refusal: { code: 'not allowed' } });
  });
});
