/** What is recorded of the files that count, and who hears of it. */

import { describe, expect, it } from 'vitest';
import { filesCard } from '../../../blocks/cards/files.ts';
import { SYSTEM } from '../../../flows/organisation.ts';
import {
  files,
  seatChanges,
  type FilesCommand,
  type FilesEvent,
  type FilesState,
} from '../../../flows/registers/files.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const organisation = anOrganisation();
const context = { organisation, policy: undefined };
const at = '2027-03-01T09:00:00.000Z';

const acting = (state: FilesState, command: FilesCommand, actor = SYSTEM) =>
  files.decide(command, state, { actor, at, id: 'c1' }, context);
const taking = (state: FilesState, command: FilesCommand): { state: FilesState; events: readonly FilesEvent[] } => {
  const decided = acting(state, command);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return { state: decided.events.reduce(files.evolve, state), events: decided.events };
};
const told = ({ state, events }: { state: FilesState; events: readonly FilesEvent[] }) =>
  events.flatMap((event) => files.tell(event, state, context, state));
const take = (hash: string, more = {}): FilesCommand => ({ type: 'TakeFile', of: 'organisation', hash, ...more });

describe('a file', () => {
  it('is recorded at the first start, and nobody is told', () => {
    const first = taking(files.none, take('a'));
    expect(told(first)).toEqual([]);
    expect(acting(first.state, take('a'))).toMatchObject({ kind: 'refused' });
  });

  it('that changed is told to compliance and the chief, and to whoever was of them', () => {
    const first = taking(files.none, take('a'));
    const seats = [{ person: 'rep-1', group: organisation.roles.compliance, is: 'lost' }];
    const [[fact, targets] = []] = told(taking(first.state, take('b', { seats })));
    expect(targets).toContainEqual({ to: 'person', person: 'compliance-1' });
    expect(targets).toContainEqual({ to: 'person', person: 'rep-1' });
    expect(JSON.stringify(filesCard(fact!, organisation))).toMatch(/"person":"rep-1".*not in .* any more/u);
  });

  it('that was refused is told with what is wrong, once, and that it was set right', () => {
    const first = taking(files.none, take('a'));
    const problems = Array.from({ length: 30 }, (_, n) => `organisation.yml:${n}: it is wrong.`);
    const refused: FilesCommand = { type: 'RefuseFile', of: 'organisation', text: 't', problems };
    const broken = taking(first.state, refused);
    const [[fact, targets] = []] = told(broken);
    expect(targets).toContainEqual({ to: 'person', person: 'compliance-1' });
    const card = JSON.stringify(filesCard(fact!, organisation));
    expect(card).toContain('The changed organisation file was not taken');
    expect(card).toContain('organisation.yml:19: it is wrong.');
    expect(card).toContain('And 10 more.');
    expect(acting(broken.state, refused)).toMatchObject({ kind: 'refused' });
    const right = taking(broken.state, take('a'));
    expect(right.state.refused).toEqual({});
    expect(told(right)[0]?.[0]).toMatchObject({ corrected: true });
  });

  it('that changed is told with accounts that are somebody else’s and with products', () => {
    const first = taking(files.none, take('a'));
    const more = {
      seats: [],
      moved: [{ account: 'slack', from: 'rep-1', to: 'compliance-1' }],
      products: [{ product: 'p-1', name: 'Sample Camera', is: 'removed' }],
    };
    const [[fact] = []] = told(taking(first.state, take('b', more)));
    const card = JSON.stringify(filesCard(fact!, organisation));
    expect(card).toMatch(/The .*Slack account.*"person":"rep-1".*belongs to .*"person":"compliance-1"/u);
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

  it('says who came, went, and moved', () => {
    const now = anOrganisation({
      people: [...organisation.people.slice(1), { id: 'new-1', name: 'Sample New' }],
      groups: organisation.groups.map((group) =>
        group.id === organisation.roles.compliance ? { ...group, members: [...group.members, 'new-1'] } : group,
      ),
    });
    expect(seatChanges(organisation, now)).toEqual(
      expect.arrayContaining([
        { person: organisation.people[0]?.id, is: 'lost' },
        { person: 'new-1', is: 'gained' },
        { person: 'new-1', group: organisation.roles.compliance, is: 'gained' },
      ]),
    );
    expect(seatChanges(organisation, organisation)).toEqual([]);
  });
});
