/** The programme in the record: what compliance says of each element, and whoever wants to say it in their place. */

import { describe, expect, it } from 'vitest';
import { knownProgramme } from '../../../flows/known/programme.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import { programme } from '../../../flows/programme/register.ts';
import type { ProgrammeCommand, ProgrammeState } from '../../../flows/programme/shapes.ts';
import type { RegisterContext } from '../../../flows/registers/register.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';

const AT = '2027-03-01T09:00:00.000Z';
const context: RegisterContext = { organisation: anOrganisation(), policy: aPolicy() };
const SAY = {
  type: 'SayElement',
  element: 'remedy',
  from: 0,
  text: 'We pay for what we had a part in, and counsel decides.',
  owner: 'rep-1',
  next: '2027-09-01',
} as const satisfies ProgrammeCommand;

const decide = (command: ProgrammeCommand, state = programme.none, actor = 'compliance-1', at = AT) =>
  programme.decide(command, state, { actor, at, id: 'id-1' }, context);

const after = (command: ProgrammeCommand, state = programme.none, actor = 'compliance-1', at = AT): ProgrammeState => {
  const decided = decide(command, state, actor, at);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  for (const event of decided.events) expect(isKnownEvent(knownProgramme.events, event)).toBe(true);
  const next = decided.events.reduce(programme.evolve, state);
  expect(isKnown(knownProgramme.state, next)).toBe(true);
  return next;
};

const refused = (command: ProgrammeCommand, state = programme.none, actor = 'compliance-1') => {
  const decided = decide(command, state, actor);
  return decided.kind === 'refused' ? decided.refusal : undefined;
};

describe('an element', () => {
  it('is said by compliance and the chief, and by nobody else', () => {
    for (const actor of ['compliance-1', 'chief-1'])
      expect(after(SAY, programme.none, actor).entries.remedy).toMatchObject({ version: 1, by: actor, at: AT });
    for (const actor of ['rep-1', 'counsel-1', 'senior-1', 'system', 'operator', 'stranger'])
      expect(refused(SAY, programme.none, actor)?.code).toBe('not allowed');
  });

  it('is said in words, by an owner who is here, with a day within a year', () => {
    expect(refused({ ...SAY, text: 'tbd' })?.about).toBe('text');
    expect(refused({ ...SAY, owner: 'gone-1' })?.about).toBe('to');
    expect(refused({ ...SAY, next: '2027-03-01' })?.about).toBe('until');
    expect(refused({ ...SAY, next: '2028-03-02' })?.about).toBe('until');
    expect(refused({ ...SAY, next: '2028-03-01' })).toBeUndefined();
    expect(refused({ ...SAY, next: '2027-02-30' })?.about).toBe('until');
    expect(refused({ ...SAY, element: 'support', who: 'chief-1', on: '2027-03-02' })?.about).toBe('on');
  });

  it('is not overwritten by who looked at what stood before', () => {
    const state = after(SAY);
    expect(refused(SAY, state)?.code).toBe('facts changed');
    expect(after({ ...SAY, from: 1, text: 'Counsel pays within a month.' }, state).entries.remedy?.version).toBe(2);
  });
});

describe('who was asked', () => {
  const ASKED = {
    type: 'RecordAsked',
    who: 'A rights group',
    on: '2027-02-01',
    about: 'How cameras are used there',
  } as const;

  it('is recorded by compliance alone, for a day that has been, and what came of it can be said later', () => {
    for (const actor of ['rep-1', 'counsel-1', 'operator'])
      expect(refused(ASKED, programme.none, actor)?.code).toBe('not allowed');
    expect(refused({ ...ASKED, on: '2027-03-02' })?.about).toBe('on');
    const state = after(ASKED);
    expect(state.asked).toMatchObject([{ id: 'id-1', by: 'compliance-1' }]);
    expect(state.asked[0]).not.toHaveProperty('came');
    expect(state.asked[0]).not.toHaveProperty('kind');
    expect(after({ ...ASKED, kind: 'rights' }).asked[0]?.kind).toBe('rights');
    expect(refused({ type: 'SayWhatCame', asked: 'id-1', came: 'n/a' }, state)?.about).toBe('note');
    const came = 'We ask for the contract with the police first.';
    expect(after({ type: 'SayWhatCame', asked: 'id-1', came }, state).asked[0]?.came).toBe(came);
    expect(refused({ type: 'SayWhatCame', asked: 'other', came }, state)?.code).toBe('not now');
  });
});

describe('the published policy', () => {
  const policy = { version: '3', approvedBy: 'The board', approvedOn: '2027-01-10', hash: 'ab', instruments: [] };

  it('is recorded by whoever writes its pages, and by no person in chat', () => {
    for (const actor of ['compliance-1', 'chief-1', 'system'])
      expect(refused({ type: 'PublishPolicy', policy }, programme.none, actor)?.code).toBe('not allowed');
    expect(after({ type: 'PublishPolicy', policy }, programme.none, 'operator').policy).toEqual({ ...policy, at: AT });
  });
});

describe('reminders', () => {
  const told = (state: ProgrammeState, at: string) => {
    const decided = programme.decide({ type: 'Tick' }, state, { actor: 'system', at, id: 'tick' }, context);
    if (decided.kind === 'refused') return [];
    const next = decided.events.reduce(programme.evolve, state);
    return decided.events.flatMap((event) =>
      programme
        .tell(event, next, context, state)
        .flatMap(([{ reminder }, to]) => [[reminder.stage, to.map((one) => ('person' in one ? one.person : ''))]]),
    );
  };

  it('reach the owner two weeks before, and compliance and the chief the day after', () => {
    const state = after(SAY);
    const first = programme.nextDueAt(state, AT, context) ?? '';
    expect(first.slice(0, 10)).toBe('2027-08-18');
    expect(told(state, '2027-08-01T09:00:00.000Z')).toEqual([]);
    expect(told(state, first)).toEqual([[1, ['rep-1']]]);
    const once = after({ type: 'Tick' }, state, 'system', first);
    expect(programme.nextDueAt(once, first, context)?.slice(0, 10)).toBe('2027-09-02');
    const late = after({ type: 'Tick' }, once, 'system', '2027-09-02T12:00:00.000Z');
    expect(told(once, '2027-09-02T12:00:00.000Z')).toEqual([[2, ['rep-1', 'compliance-1', 'chief-1']]]);
    expect(programme.nextDueAt(late, '2027-09-02T12:00:00.000Z', context)).toBeNull();
    const anew = after({ ...SAY, from: 1, next: '2028-01-10' }, late, 'chief-1', '2027-09-03T09:00:00.000Z');
    expect(programme.nextDueAt(anew, '2027-09-03T09:00:00.000Z', context)?.slice(0, 10)).toBe('2027-12-27');
  });

  it('after a long silence come once, and of an owner who left to compliance', () => {
    const state = after({ ...SAY, owner: 'senior-1' });
    const gone = {
      ...context,
      organisation: {
        ...context.organisation,
        people: context.organisation.people.filter(({ id }) => id !== 'senior-1'),
      },
    };
    const decided = programme.decide(
      { type: 'Tick' },
      state,
      { actor: 'system', at: '2027-12-01T09:00:00.000Z', id: 't' },
      gone,
    );
    const events = decided.kind === 'accepted' ? decided.events : [];
    expect(events).toMatchObject([{ type: 'ElementReminded', element: 'remedy', stage: 2 }]);
    const [[, to] = []] = programme.tell(
      { at: AT, by: 'system', type: 'ElementReminded', element: 'remedy', next: '2027-09-01', stage: 1 },
      state,
      gone,
      state,
    );
    expect(to).toEqual([{ to: 'person', person: 'compliance-1' }]);
    expect(refused({ type: 'Tick' }, state)?.code).toBe('not allowed');
  });
});
