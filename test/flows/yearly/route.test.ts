/** The report's route: who writes, approves and publishes it, and everybody who wants around that. */

import { beforeEach, describe, expect, it } from 'vitest';
import { approveYearForm } from '../../../blocks/forms/yearly.ts';
import { isKnown, isKnownEvent } from '../../../flows/known/shape.ts';
import { knownYearly } from '../../../flows/known/yearly.ts';
import type { Absence } from '../../../flows/organisation.ts';
import { approversLeft, readsYear, waitedFor, yearSeat } from '../../../flows/yearly/approvers.ts';
import type { YearlyFigures } from '../../../flows/yearly/published.ts';
import type { YearlyCommand, YearlyEvent, YearlyState } from '../../../flows/yearly/register-shapes.ts';
import { yearly } from '../../../flows/yearly/register.ts';
import type { YearlyWords } from '../../../flows/yearly/words.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { someFigures } from '../../support/yearly.ts';

const YEAR = 2026;
const WORDS: YearlyWords = { foreword: 'This is what we did.', learned: 'We ask earlier.' };
const people = anOrganisation().people;
const groups = anOrganisation().groups;
const organisation = anOrganisation({
  people: [
    ...people,
    { id: 'compliance-2', name: 'Sample Compliance Two' },
    { id: 'chief-2', name: 'Sample Chief Two' },
    { id: 'auditor-1', name: 'Sample Auditor' },
  ],
  groups: [
    ...groups.map((one) => (one.id === 'compliance' ? { ...one, members: ['compliance-1', 'compliance-2'] } : one)),
    { id: 'audit', name: 'Audit', members: ['auditor-1'] },
  ],
  roles: { ...anOrganisation().roles, auditors: 'audit' },
});
let context = { organisation, policy: aPolicy() };
let state: YearlyState;
let events: YearlyEvent[];
let now: string;
const [figures, later] = [someFigures(YEAR), someFigures(YEAR, 31)];

beforeEach(() => {
  context = { organisation, policy: aPolicy() };
  [state, events, now] = [yearly.none, [], '2027-02-01T10:00:00.000Z'];
});

/** Returns the types of its events, else the text of the refusal. */
const act = (actor: string, command: YearlyCommand): string => {
  const meta = { actor, at: now, id: `${events.length}` };
  const decided = yearly.decide(command, state, meta, context);
  if (decided.kind === 'refused') return decided.refusal.text;
  expect(decided.events.filter((event) => !isKnownEvent(knownYearly.events, event))).toEqual([]);
  events.push(...decided.events);
  state = decided.events.reduce(yearly.evolve, state);
  expect(isKnown(knownYearly.state, state)).toBe(true);
  return decided.events.map(({ type }) => type).join(' ');
};
const draft = () => state.drafts[YEAR] ?? { questions: [] };
const save = (actor: string, words: YearlyWords = WORDS, from = draft().text?.version ?? 0, mayName: string[] = []) =>
  act(actor, { type: 'SaveYearWords', year: YEAR, from, words, mayName, named: [] });
const send = (actor: string, of: YearlyFigures = figures, hash = 'h1') =>
  act(actor, {
    type: 'SendYear',
    year: YEAR,
    version: draft().text?.version ?? 0,
    figures: of,
    hash,
    away: [],
    named: [],
  });
const approve = (actor: string, hash = 'h1', of: YearlyFigures = figures, away: Absence[] = []) =>
  act(actor, { type: 'ApproveYear', year: YEAR, hash, figures: of, away });
const publish = (actor: string, hash = 'h1', of: YearlyFigures = figures) =>
  act(actor, {
    type: 'PublishApprovedYear',
    year: YEAR,
    hash,
    version: draft().text?.version ?? 0,
    figures: of,
    named: [],
  });
const sent = (): void => {
  expect([save('compliance-1'), send('compliance-1')]).toEqual(['YearWordsSaved', 'YearSent']);
};

describe('the way of a report', () => {
  it('is written, sent, approved by the chief and counsel, and published as it was approved', () => {
    sent();
    expect(events.at(-1)).toMatchObject({ told: ['counsel-1', 'chief-1'] });
    expect(publish('compliance-1')).toBe(
      'It still waits for Chief compliance and Counsel. Nobody publishes it before they approved it.',
    );
    expect(approve('chief-1')).toBe('YearApproved');
    expect(waitedFor(draft().sent!, context)).toEqual(['counsel']);
    expect(publish('compliance-1')).toContain('still waits for Counsel');
    expect(approve('counsel-1')).toBe('YearApproved');
    expect(publish('compliance-1')).toBe('YearPublished');
    expect(state.years[YEAR]).toMatchObject({
      figures,
      words: WORDS,
      hash: 'h1',
      votes: [{ by: 'chief-1' }, { by: 'counsel-1' }],
    });
    expect(state.drafts).toEqual({});
    for (const again of [publish('compliance-1'), save('compliance-1'), send('compliance-1'), approve('chief-1')])
      expect(again).toContain('published already');
  });

  it('is for compliance to write, send and publish', () => {
    for (const actor of ['rep-1', 'counsel-1', 'auditor-1', 'operator', 'nobody'])
      expect([save(actor), send(actor), publish(actor)]).toEqual(
        Array.from({ length: 3 }, () => expect.stringMatching(/^Only compliance and the chief/)),
      );
  });

  it('needs words, and a year that is over', () => {
    expect(send('compliance-1')).toContain('There are no words yet');
    save('compliance-1');
    expect(send('compliance-1', { ...figures, countedAt: '2026-12-31T23:59:59.999Z' })).toContain(
      'send it from 1 January 2027',
    );
    save('compliance-1', { foreword: '' });
    expect(send('compliance-1')).toContain('There are no words yet');
  });

  it('sends the words that the sender saw alone', () => {
    save('compliance-1');
    save('compliance-2', { foreword: 'Others.' });
    const of = { type: 'SendYear', year: YEAR, figures, hash: 'h1', away: [], named: [] } as const;
    expect(act('compliance-1', { ...of, version: 1, named: [] })).toContain('It changed since you looked');
    expect(act('compliance-1', { ...of, version: 2, named: [] })).toBe('YearSent');
  });

  it('overwrites nobody: a form of before is told so', () => {
    save('compliance-1');
    expect(save('compliance-2', { learned: 'Otherwise.' }, 0)).toContain('Somebody saved other words meanwhile');
    expect(save('compliance-2', { learned: 'Otherwise.' }, 1)).toBe('YearWordsSaved');
    expect(save('compliance-2', { learned: 'Otherwise.' }, 2)).toBe('These are the words that stand already.');
  });

  it('is the default of a policy that does not say; another group is asked where it says so', () => {
    context = { organisation, policy: aPolicy({ yearlyReport: { approvers: ['senior'] } }) };
    sent();
    expect(approve('chief-1')).toContain('approved by Senior approvers, and you are in none');
    expect(approve('senior-2')).toBe('YearApproved');
    expect(publish('compliance-1')).toBe('YearPublished');
  });

  it('is not in chat where the policy asks nobody', () => {
    context = { organisation, policy: aPolicy({ yearlyReport: { approvers: 'none' } }) };
    expect([save('compliance-1'), send('compliance-1'), publish('compliance-1')]).toEqual(
      Array.from({ length: 3 }, () => expect.stringContaining('the bot’s operator publishes it')),
    );
    expect(act('operator', { type: 'PublishYear', figures })).toBe('YearPublished');
  });
});

describe('nobody approves their own', () => {
  it('words: whoever wrote a part since it was empty, however small the change', () => {
    save('chief-1');
    save('compliance-1', { ...WORDS, foreword: 'This is what we did!' });
    expect(send('compliance-2')).toMatch(/^Nobody of Chief compliance could approve it/);
    expect(save('compliance-1', { foreword: 'Anew.' })).toBe('YearWordsSaved');
    expect(send('compliance-2')).toMatch(/^Nobody of Chief compliance could approve it/);
    save('compliance-1', {});
    save('compliance-1', { foreword: 'Anew.' });
    expect(send('compliance-2')).toBe('YearSent');
    expect(approve('chief-1')).toBe('YearApproved');
  });

  it('names that may stand there are words too, and so is sending', () => {
    save('compliance-1');
    save('chief-1', WORDS, 1, ['Germany']);
    expect(send('compliance-1')).toMatch(/^Nobody of Chief compliance/);
    save('compliance-1', WORDS, 2, []);
    expect(send('chief-1')).toMatch(/^Nobody of Chief compliance/);
    expect(send('compliance-1')).toBe('YearSent');
  });

  it('twice: one person in both groups counts once', () => {
    context = {
      organisation: {
        ...organisation,
        groups: organisation.groups.map((one) =>
          one.id === 'counsel' ? { ...one, members: ['counsel-1', 'chief-1'] } : one,
        ),
      },
      policy: aPolicy(),
    };
    sent();
    expect(approve('chief-1')).toBe('YearApproved');
    expect(approve('chief-1')).toBe('You approved it already, and that counts.');
    expect(waitedFor(draft().sent!, context)).toHaveLength(1);
    expect(approve('counsel-1')).toBe('YearApproved');
    expect(waitedFor(draft().sent!, context)).toEqual([]);
  });
});

describe('who is away', () => {
  const away = (person: string, delegate: string): Absence[] => [
    { person, delegate, from: '2027-01-20', until: '2027-02-20' },
  ];
  it('lends the word by the rules of other votes', () => {
    context = { organisation, policy: aPolicy({ delegates: 'same-group' }) };
    sent();
    expect(approve('senior-1', 'h1', figures, away('chief-1', 'senior-1'))).toBe(
      'Only somebody of the same group, or a named deputy, can approve for Sample Chief Compliance.',
    );
    const deputised = organisation.people.map((one) =>
      one.id === 'chief-1' ? { ...one, deputies: ['senior-1'] } : one,
    );
    context = { ...context, organisation: { ...organisation, people: deputised } };
    expect(approve('senior-1')).toContain('you are in none of these groups');
    expect(approve('senior-1', 'h1', figures, away('chief-1', 'senior-1'))).toBe('YearApproved');
    expect(events.at(-1)).toMatchObject({ for: 'chief-1', groups: ['chief'] });
    expect(approve('chief-1')).toBe('Sample Senior One approved it for you while you were away, and that counts.');
    expect(publish('compliance-1')).toContain('still waits for Counsel');
  });

  it('lends nothing for an author, nor to who acts for one', () => {
    sent();
    const both = [...away('compliance-1', 'counsel-1'), ...away('chief-1', 'senior-1')];
    expect(approve('counsel-1', 'h1', figures, both)).toContain('You act for Sample Compliance, who wrote');
    expect(yearSeat(draft(), 'auditor-1', context, { away: away('chief-1', 'auditor-1'), at: now })).toMatchObject({
      no: expect.stringContaining('auditor'),
    });
  });

  it('nor does the word of a stand-in who left count', () => {
    const chief = organisation.people.map((one) => (one.id === 'chief-1' ? { ...one, deputies: ['senior-1'] } : one));
    context = { ...context, organisation: { ...organisation, people: chief } };
    sent();
    expect(approve('senior-1', 'h1', figures, away('chief-1', 'senior-1'))).toBe('YearApproved');
    expect(waitedFor(draft().sent!, context)).toEqual(['counsel']);
    const left = chief.filter(({ id }) => id !== 'senior-1');
    expect(waitedFor(draft().sent!, { ...context, organisation: { ...organisation, people: left } })).toEqual([
      'chief',
      'counsel',
    ]);
  });

  it('whoever left has no word any more', () => {
    sent();
    approve('chief-1');
    approve('counsel-1');
    const gone = (list: string[]): string[] => list.filter((id) => id !== 'chief-1');
    context = {
      ...context,
      organisation: {
        ...organisation,
        people: organisation.people.filter(({ id }) => id !== 'chief-1'),
        groups: organisation.groups.map((one) =>
          one.id === 'chief' ? { ...one, members: [...gone(one.members), 'chief-2'] } : one,
        ),
      },
    };
    expect(publish('compliance-1')).toContain('still waits for Chief compliance');
    expect(approversLeft(draft(), 'chief', context)).toEqual(['chief-2']);
    expect(approve('chief-2')).toBe('YearApproved');
    expect(publish('compliance-1')).toBe('YearPublished');
  });
});

describe('what changed meanwhile', () => {
  it('voids what was approved, with the difference, when somebody approves', () => {
    sent();
    approve('chief-1');
    expect(approve('counsel-1', 'h1', later)).toBe('YearVotesVoided');
    expect(events.at(-1)).toMatchObject({
      because: 'figures',
      voters: ['chief-1'],
      differences: expect.arrayContaining([{ table: 'Decisions', row: 'Approved', was: 15, is: 16 }]),
    });
    expect(publish('compliance-1', 'h1', later)).toContain('Nobody approved it yet');
    expect(approve('chief-1', 'h1', later)).toContain('It changed since you looked');
    expect(send('compliance-1', later, 'h2')).toBe('YearSent');
    expect(approve('chief-1', 'h1', later)).toContain('It changed since you looked');
    expect([approve('chief-1', 'h2', later), approve('counsel-1', 'h2', later)]).toEqual([
      'YearApproved',
      'YearApproved',
    ]);
    expect(publish('compliance-1', 'h2', later)).toBe('YearPublished');
  });

  it('voids it when it is published, too; when it was counted alone is no change', () => {
    sent();
    approve('chief-1');
    approve('counsel-1', 'h1', { ...figures, countedAt: '2027-02-02T00:00:00.000Z' });
    expect(publish('compliance-1', 'h1', later)).toBe('YearVotesVoided');
    expect(events.at(-1)).toMatchObject({ voters: ['chief-1', 'counsel-1'] });
    expect(state.years).toEqual({});
  });

  it('other words void it, and are told to who approved', () => {
    sent();
    approve('chief-1');
    const before = state;
    expect(save('compliance-2', { ...WORDS, change: 'More.' })).toBe('YearWordsSaved YearVotesVoided');
    expect(events.at(-1)).toMatchObject({ because: 'words', parts: ['change'], voters: ['chief-1'] });
    const told = yearly.tell(events.at(-1)!, state, context, before);
    expect(told[0]?.[1].map((to) => to.to === 'person' && to.person)).toEqual([
      'compliance-1',
      'compliance-2',
      'chief-1',
    ]);
    expect(approve('counsel-1')).toContain('compliance works on it');
  });

  it('one of two who press at once is told that it is done', () => {
    sent();
    approve('chief-1');
    approve('counsel-1');
    expect([publish('compliance-1'), publish('compliance-2')]).toEqual([
      'YearPublished',
      expect.stringContaining('published already'),
    ]);
  });
});

describe('sending back and asking', () => {
  const back = (actor: string, reason: string) =>
    act(actor, { type: 'ReturnYear', year: YEAR, hash: 'h1', reason, away: [], named: [] });
  const ask = (actor: string, text = 'Why are there so many of these?', table = 'outcome') =>
    act(actor, { type: 'AskYear', year: YEAR, hash: 'h1', table, text, away: [], named: [] });
  const answer = (actor: string, question: string) =>
    act(actor, { type: 'AnswerYear', year: YEAR, question, text: 'Because the year was long.', named: [] });

  it('comes back with a reason, and is sent anew', () => {
    sent();
    approve('counsel-1');
    expect(back('chief-1', '.')).toContain('Please say it in a few words');
    expect(back('rep-1', 'I do not like it.')).toContain('you are in none');
    expect(back('chief-1', 'The foreword says too little.')).toBe('YearReturned');
    expect(events.at(-1)).toMatchObject({ voters: ['counsel-1'] });
    expect(draft()).toMatchObject({ returned: { by: 'chief-1' } });
    expect(publish('compliance-1')).toContain('Nobody approved it yet');
    expect(send('compliance-1', figures, 'h2')).toBe('YearSent');
    const { blocks } = approveYearForm(YEAR, draft(), 'h2');
    expect(JSON.stringify(blocks)).toContain('The foreword says too little.');
  });

  it('a question holds it until it is answered or taken back, also after it was sent anew', () => {
    sent();
    expect(ask('rep-1')).toContain('you are in none');
    expect(ask('counsel-1', 'x')).toBe('Please ask in a sentence.');
    expect(ask('counsel-1', undefined, 'nothing')).toBe('Please choose one of the tables.');
    expect(ask('counsel-1')).toBe('YearAsked');
    const { id } = draft().questions[0]!;
    expect(approve('chief-1')).toContain('A question on it is open');
    save('compliance-1', { foreword: 'Others.' });
    send('compliance-1', figures, 'h2');
    expect(approve('chief-1', 'h2')).toContain('A question on it is open');
    for (const actor of ['counsel-1', 'rep-1', 'auditor-1'])
      expect(answer(actor, id)).toBe('Compliance answers questions on the report.');
    expect(answer('compliance-1', id)).toBe('YearAnswered');
    expect(answer('compliance-1', id)).toContain('answered or taken back already');
    expect(approve('chief-1', 'h2')).toBe('YearApproved');
  });

  it('a question after everybody approved it holds the publishing', () => {
    const both = organisation.groups.map((one) =>
      one.id === 'chief' ? { ...one, members: ['chief-1', 'chief-2'] } : one,
    );
    context = { ...context, organisation: { ...organisation, groups: both } };
    sent();
    approve('chief-1');
    approve('counsel-1');
    expect(ask('chief-2')).toBe('YearAsked');
    expect(publish('compliance-1')).toContain('A question on it is open');
    expect(answer('compliance-1', draft().questions[0]!.id)).toBe('YearAnswered');
    expect(publish('compliance-1')).toBe('YearPublished');
  });

  it('is taken back by who asked alone, and answered by somebody else', () => {
    sent();
    ask('chief-1');
    const { id } = draft().questions[0]!;
    expect(answer('chief-1', id)).toBe('You asked this, so a colleague of compliance answers.');
    const take = (actor: string) => act(actor, { type: 'TakeYearQuestionBack', year: YEAR, question: id });
    expect(take('compliance-1')).toBe('Only the person who asked takes a question back.');
    expect(take('chief-1')).toBe('YearQuestionTakenBack');
    expect(approve('chief-1')).toBe('YearApproved');
  });
});

describe('names', () => {
  const named = [{ name: 'Acme', as: 'customer' as const, part: 'learned' as const }];
  it('stop what compliance writes, sends and publishes, and say why', () => {
    const saving = { type: 'SaveYearWords' as const, year: YEAR, from: 0, words: WORDS, mayName: [] };
    expect(
      yearly.decide({ ...saving, named }, state, { actor: 'compliance-1', at: now, id: 'x' }, context),
    ).toMatchObject({
      refusal: { about: 'learned', text: expect.stringContaining('“Acme”, which is a customer') },
    });
  });

  it('in a question are not told to be anybody: who asks may not read the deal', () => {
    sent();
    const asking = {
      type: 'AskYear',
      year: YEAR,
      hash: 'h1',
      table: 'outcome',
      text: 'Is it about Acme alone?',
      away: [],
    } as const;
    const text = act('counsel-1', { ...asking, named });
    expect(text).toMatch(/without names.*“Acme”/);
    expect(text).not.toContain('is a customer');
  });
});

it('is read by those who make it, approve it or audit it, and by nobody else', () => {
  const reads = (id: string): boolean => readsYear(context, { away: [], at: now }, id);
  expect(context.organisation.people.map(({ id }) => id).filter(reads)).toEqual([
    'compliance-1',
    'counsel-1',
    'chief-1',
    'compliance-2',
    'auditor-1',
  ]);
});

describe('the date', () => {
  const tick = (at: string): string => {
    now = at;
    return act('system', { type: 'Tick' });
  };
  it('is reminded of before, and once after it with the chief', () => {
    context = { organisation, policy: aPolicy({ yearlyReport: { reportBy: '03-31' } }) };
    expect(tick('2026-12-01T10:00:00.000Z')).toBe('YearReminded YearReminded');
    expect(yearly.tell(events[0]!, state, context, state)).toEqual([]);
    const told: string[] = [];
    let due = yearly.nextDueAt(state, now, context);
    for (let n = 0; n < 6 && due !== null && due < '2027-06-01'; n += 1) {
      const before = state;
      expect(tick(due)).toBe('YearReminded');
      const [first] = yearly.tell(events.at(-1)!, state, context, before);
      told.push(`${due.slice(0, 10)} ${first?.[1].length}`);
      due = yearly.nextDueAt(state, now, context);
    }
    expect(told).toEqual(['2026-12-31 2', '2027-02-01 2', '2027-03-01 2', '2027-03-24 2', '2027-04-01 3']);
    expect(tick('2027-04-02T10:00:00.000Z')).toContain('Nobody is to be reminded');
  });

  it('is nobody’s where the policy has none, or the report is out', () => {
    expect(yearly.nextDueAt(state, now, context)).toBeNull();
    context = { organisation, policy: aPolicy({ yearlyReport: { reportBy: '03-31' } }) };
    sent();
    approve('chief-1');
    approve('counsel-1');
    publish('compliance-1');
    expect(yearly.nextDueAt(state, now, context)).toBe('2028-01-03T09:00:00.000Z');
  });
});
