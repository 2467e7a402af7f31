/** Findings of `policyProblems`: each kind of mistake, put into the default policy one at a time. */

import { describe, expect, test } from 'vitest';
import { policyProblems } from '../../../flows/policy/check.ts';
import type { PolicyDocument } from '../../../flows/policy/schema.ts';
import { witness } from '../../../flows/policy/witness.ts';
import { loadOrganisation, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultDocument, defaultPolicy, oldDocument } from './deals.ts';

const sample = loadOrganisation(sampleOrganisationFile);
const question = (d: PolicyDocument, id: string) => d.sections.flatMap((s) => s.questions).find((q) => q.id === id)!;
const flag = (d: PolicyDocument, id: string) => d.flags.find((f) => f.id === id)!;
const section = (d: PolicyDocument, id: string) => d.sections.find((s) => s.id === id)!;

const reminders = (d: PolicyDocument) => d.reminders!;
const training = (d: PolicyDocument) => d.training!;
const course = (d: PolicyDocument) => training(d).courses[0]!;

/** In a policy whose tiers are a list of rules. */
const OLD_MISTAKES: typeof MISTAKES = [
  [
    'unknown flag in a tier rule',
    'There is no flag H-RF66',
    'error',
    (d) => {
      d.tiers![1]!.when = { flag: 'H-RF66', atLeast: 'light' };
    },
  ],
  ['tiers in the wrong order', 'gravest first', 'error', (d) => void d.tiers!.unshift(d.tiers!.splice(-2, 1)[0]!)],
  [
    'a rule after one that holds always',
    'no rule after it speaks',
    'error',
    (d) => void d.tiers!.unshift({ ...d.tiers!.at(-1)!, id: 'all', tier: 'prohibited' }),
  ],
  ['a last rule that may not hold', 'must hold always', 'error', (d) => void d.tiers!.pop()],
];

const indicator = (d: PolicyDocument) => d.indicators![0]!;

const MISTAKES: [name: string, says: string, severity: 'error' | 'warning', change: (d: PolicyDocument) => void][] = [
  [
    'an indicator for an unknown question',
    'There is no question L-RF99',
    'error',
    (d) => void (indicator(d).question = 'L-RF99'),
  ],
  [
    'an indicator for an answer that is not offered',
    'can\'t be answered "maybe": use yes, no.',
    'error',
    (d) => void (indicator(d).answer = 'maybe'),
  ],
  [
    'an indicator that suggests not to know',
    'can\'t be answered "unknown"',
    'error',
    (d) => void (indicator(d).answer = 'unknown'),
  ],
  [
    'an indicator for a question of no brief',
    'P1 is in no country brief',
    'error',
    (d) => void (indicator(d).question = 'P1'),
  ],
  [
    'an indicator with no line drawn',
    'needs either below or atLeast',
    'error',
    (d) => void (indicator(d).below = undefined),
  ],
  [
    'an indicator with two lines drawn',
    'needs either below or atLeast',
    'error',
    (d) => void (indicator(d).atLeast = 0.1),
  ],
  [
    'a count that UCDP has not',
    'UCDP has no deaths here: use conflicts or intensity.',
    'error',
    (d) => void (d.indicators!.at(-1)!.variable = 'deaths'),
  ],
  [
    'more indicators than a question has room for',
    'L-RF2 has more than 5 indicators',
    'error',
    (d) => {
      for (let n = 0; n < 5; n += 1) d.indicators!.push({ ...indicator(d), id: `more-${n}` });
    },
  ],
  [
    'an indicator twice',
    'Indicator expression is there twice',
    'error',
    (d) => void d.indicators!.push({ ...indicator(d) }),
  ],
  [
    'unknown question in a flag',
    'There is no question H-RF99',
    'error',
    (d) => {
      flag(d, 'H-RF3').when = {
        any: [
          { question: 'H-RF3-conflict', is: ['yes'] },
          { question: 'H-RF99', is: ['yes'] },
        ],
      };
    },
  ],
  [
    'unknown question in a modifier',
    'There is no question P44',
    'error',
    (d) => {
      flag(d, 'P-RF1').modifiers[0]!.when = { anyOf: ['P4', 'P44'], is: ['yes'] };
    },
  ],
  [
    'unknown flag in a rule',
    'There is no flag H-RF66',
    'error',
    (d) => {
      d.picture!.rules[1]!.when = { flag: 'H-RF66', atLeast: 'light' };
    },
  ],
  ['unknown safeguard', 'There is no safeguard T9', 'error', (d) => void flag(d, 'P-RF1').safeguards.push('T9')],
  [
    'unknown reference',
    'There is no reference X1-nowhere',
    'error',
    (d) => void question(d, 'H1').references.push('X1-nowhere'),
  ],
  ['unknown scope section', 'There is no section start', 'error', (d) => void (d.scope.section = 'start')],
  [
    'a value that a question has not',
    'P4 can\'t be answered "maybe"',
    'error',
    (d) => {
      flag(d, 'P-RF1').modifiers[0]!.when = { question: 'P4', is: ['maybe'] };
    },
  ],
  [
    'a question twice',
    'Question P1 is there twice',
    'error',
    (d) => void section(d, 'laws').questions.push(question(d, 'P1')),
  ],
  ['a flag twice', 'Flag S4 is there twice', 'error', (d) => void d.flags.push(flag(d, 'S4'))],
  [
    'a modifier twice',
    'Modifier S4-conflict is there twice',
    'error',
    (d) => {
      flag(d, 'S4').modifiers.push(flag(d, 'S4').modifiers[0]!);
    },
  ],
  [
    'an option twice',
    'G11: option privacy is there twice',
    'error',
    (d) => {
      question(d, 'G11').options.push({ value: 'privacy', label: 'Privacy again' });
    },
  ],
  [
    'an option named like an answer',
    'has an option "unknown"',
    'error',
    (d) => {
      question(d, 'G10').options.push({ value: 'unknown', label: 'Who knows' });
    },
  ],
  [
    'a picker without options',
    'P1 is a choice: give it options',
    'error',
    (d) => void (question(d, 'P1').kind = 'choice'),
  ],
  ['options that nobody can pick', 'remove its options', 'error', (d) => void (question(d, 'G10').kind = 'yes-no')],
  [
    'a follow-up before its question',
    'P3 depends on P5, which comes later',
    'error',
    (d) => {
      question(d, 'P3').when = { question: 'P5', is: ['yes'] };
    },
  ],
  [
    'a checklist over free text',
    'S1 is a text question',
    'error',
    (d) => {
      section(d, 'stakeholders').checklists[0]!.questions.push('S1');
    },
  ],
  [
    'a checklist over another section',
    'P1 is not a question of section laws',
    'error',
    (d) => {
      section(d, 'laws').checklists[0]!.questions.push('P1');
    },
  ],
  [
    'a checklist with the worse answer',
    'would be answered with its worse answer',
    'error',
    (d) => {
      section(d, 'product').checklists[0]!.answer = 'yes';
    },
  ],
  [
    'a yes/no question that no checklist has',
    'P3 stands in no checklist of section product: add it to product-none.',
    'warning',
    (d) => {
      const list = section(d, 'product').checklists[0]!;
      list.questions = list.questions.filter((id) => id !== 'P3');
    },
  ],
  [
    'the one list that may answer it',
    'L1 stands in no checklist of section laws: add it to laws-reviewed.',
    'warning',
    (d) => {
      const list = section(d, 'laws').checklists[0]!;
      list.questions = list.questions.filter((id) => id !== 'L1');
    },
  ],
  [
    'a text that is too long',
    'text has 151 characters: shorten it to 150',
    'error',
    (d) => {
      question(d, 'P1').text = 'x'.repeat(151);
    },
  ],
  [
    'a flag title that is too long',
    'title has 76 characters',
    'error',
    (d) => void (flag(d, 'S4').title = 'x'.repeat(76)),
  ],
  ['a route missing', 'There is no route for tier elevated', 'error', (d) => void delete d.routes.elevated],
  [
    'a quorum below its parts',
    "3 of counsel don't fit into a quorum of 2",
    'error',
    (d) => {
      d.routes.high!.steps[1]!.including[0]!.atLeast = 3;
    },
  ],
  [
    'a group that is not there',
    'The organisation has no group board',
    'error',
    (d) => {
      d.routes.high!.steps[1]!.group = 'board';
    },
  ],
  [
    'a quorum that no group can reach',
    "compliance has 2 people, so a quorum of 3 can't be reached",
    'error',
    (d) => {
      d.routes.low!.steps[0]!.quorum = 3;
    },
  ],
  [
    'a part that no member fits',
    'Only 0 people of chief can vote in senior-approvers, and 1 must',
    'error',
    (d) => {
      d.routes.high!.steps[1]!.including[0]!.group = 'chief';
    },
  ],
  [
    'a cell lighter than the one to its left',
    "collects, serious is elevated, but to its left is high: it can't be lighter",
    'error',
    (d) => void (d.picture!.cells['collects'] = ['low', 'high', 'elevated', 'high']),
  ],
  [
    'a cell lighter than the one above',
    "derives, nothing is low, but above it is elevated: it can't be lighter",
    'error',
    (d) => {
      d.picture!.cells['collects']![0] = 'elevated';
      d.picture!.cells['derives']![0] = 'low';
    },
  ],
  ['a row without cells', 'There is no row could-be here', 'error', (d) => void delete d.picture!.cells['could-be']],
  ['a cell too few', 'could-be has 3 tiers: give it 4', 'error', (d) => void d.picture!.cells['could-be']!.pop()],
  [
    'a first row with a condition',
    'no-people is the mildest',
    'error',
    (d) => void (d.picture!.rows[0]!.when = { question: 'P4', is: ['yes'] }),
  ],
  ['a row without a condition', 'could-be needs a condition', 'error', (d) => void delete d.picture!.rows[1]!.when],
  [
    'a cell that no deal reaches',
    'No deal was found that stands in no-people, shown',
    'warning',
    (d) => {
      d.picture!.columns[3]!.when = {
        all: [
          { question: 'H3-targeted', is: ['yes'] },
          { question: 'P1', is: ['yes'] },
        ],
      };
    },
  ],
  [
    'an exception that is none',
    'clean-benefit is no lighter than its cell, high',
    'error',
    (d) => void (d.picture!.exceptions![0]!.tier = 'high'),
  ],
  [
    'an exception that not knowing opens',
    'Through G8, a worse answer could make a deal lighter',
    'warning',
    (d) => void (d.picture!.exceptions![0]!.when = { question: 'G8', is: ['unknown'] }),
  ],
  ['nothing that sets the tier', 'Nothing sets the tier', 'error', (d) => void delete d.picture],
  [
    'two things that set the tier',
    'Both "tiers" and "picture" set the tier',
    'error',
    (d) => void (d.tiers = oldDocument().tiers),
  ],
  [
    'an unknown row in a rule',
    'There is no row watches',
    'error',
    (d) => void (d.picture!.rules[3]!.when = { row: { atLeast: 'watches' } }),
  ],
  [
    'a flag that nothing can raise',
    'Nothing can raise H-RF6',
    'warning',
    (d) => {
      flag(d, 'H-RF6').when = { all: [{ endUser: ['private'] }, { question: 'H1', is: ['no'] }] };
    },
  ],
  [
    'a flag raised out of scope only',
    'Nothing can raise S4',
    'warning',
    (d) => {
      const yes = { question: 'S4', is: ['yes'] };
      flag(d, 'S4').when = yes;
      d.scope.out.push({ id: 'out', text: 'Out.', when: yes });
    },
  ],
  [
    'a modifier that can never hold',
    'S4-conflict can never change S4',
    'warning',
    (d) => {
      flag(d, 'S4').modifiers[0]!.when = { question: 'S4', is: ['no'] };
    },
  ],
  [
    'a question that nothing uses',
    'Nothing uses P9',
    'warning',
    (d) => {
      const { weighty: _, mustBeKnown: __, ...other } = question(d, 'P1');
      section(d, 'product').questions.push({ ...other, weighty: false, id: 'P9', sources: ['P1'] });
    },
  ],
  [
    'a question that is never asked',
    'S5 can never be asked',
    'warning',
    (d) => {
      question(d, 'S5').when = {
        all: [
          { question: 'P4', is: ['yes'] },
          { question: 'P4', is: ['no'] },
        ],
      };
    },
  ],
  [
    'a safeguard that no flag offers',
    'No flag offers T7',
    'warning',
    (d) => {
      for (const f of d.flags) f.safeguards = f.safeguards.filter((id) => id !== 'T7');
    },
  ],
  [
    'a flag on the better answer',
    'Through H-RF3-conflict, a worse answer could make a deal lighter',
    'warning',
    (d) => {
      flag(d, 'H-RF3').when = { question: 'H-RF3-conflict', is: ['no'] };
    },
  ],
  [
    'don’t know as a mitigation',
    'Through H-RF5-oversight, a worse answer could make a deal lighter',
    'warning',
    (d) => {
      flag(d, 'S5').modifiers[0]!.when = { question: 'H-RF5-oversight', is: ['unknown'] };
    },
  ],
  [
    'an unknown end-user as a mitigation',
    'Through endUser',
    'warning',
    (d) => {
      flag(d, 'S5').modifiers[0]!.when = { endUser: ['unknown'] };
    },
  ],
  [
    'a course twice',
    'Course human-rights-due-diligence is there twice',
    'error',
    (d) => void training(d).courses.push({ ...course(d), title: 'Another' }),
  ],
  [
    'two courses of one name',
    'Two courses are called “Human-rights due diligence”',
    'error',
    (d) => void training(d).courses.push({ ...course(d), id: 'other' }),
  ],
  [
    'a course that nobody needs',
    'Nobody needs human-rights-due-diligence: name groups, or say dealTeam: true',
    'error',
    (d) => void (course(d).for = { groups: [], dealTeam: false }),
  ],
  [
    'a course for a group twice',
    'Group compliance is there twice',
    'error',
    (d) => void course(d).for.groups.push('compliance'),
  ],
  [
    'a course for an unknown group',
    'The organisation has no group everyone',
    'error',
    (d) => void course(d).for.groups.push('everyone'),
  ],
  [
    'a course with too much to say',
    'about has 501 characters: shorten it to 500',
    'error',
    (d) => void (course(d).about = 'x'.repeat(501)),
  ],
  [
    'a block by an unknown course',
    'There is no course other without which nobody votes',
    'error',
    (d) => void training(d).blocks.voting.push('other'),
  ],
  [
    'a block twice',
    'Course human-rights-due-diligence is there twice',
    'error',
    (d) => void (training(d).blocks.opening = [course(d).id, course(d).id]),
  ],
  [
    'a block of opening that lets some through',
    'so others open deals without: add dealTeam: true',
    'warning',
    (d) => {
      training(d).blocks.opening = [course(d).id];
      course(d).for.dealTeam = false;
    },
  ],
  [
    'a block of voting that lets some through',
    'so compliance votes without: add compliance',
    'warning',
    (d) => {
      training(d).blocks.voting = [course(d).id];
      course(d).for.groups = ['senior-approvers'];
    },
  ],
  [
    'too many reminders of training',
    'before asks for 6 reminders',
    'error',
    (d) => void (reminders(d).training!.before = [6, 5, 4, 3, 2, 1]),
  ],
  [
    'a reminder of the channel twice',
    'before: day 7 is there twice',
    'error',
    (d) => void (reminders(d).channelReview!.before = [7, 7]),
  ],
  [
    'an unknown approver of the yearly report',
    'The organisation has no group chiefs: add it there',
    'error',
    (d) => void (d.yearlyReport = { approvers: ['counsel', 'chiefs'] }),
  ],
  [
    'an approver of the yearly report twice',
    'chief is there twice',
    'error',
    (d) => void (d.yearlyReport = { approvers: ['chief', 'chief'] }),
  ],
  [
    'training that is late for an unknown group',
    'The organisation has no group chiefs',
    'error',
    (d) => void (reminders(d).training!.escalate!.to = 'chiefs'),
  ],
  ['reminders of no training', 'There is no training to remind of', 'warning', (d) => void delete d.training],
  ['reminders out of order', '2 does not come after 4', 'error', (d) => void (reminders(d).approvals.after = [4, 2])],
  ['a reminder twice', '4 does not come after 4', 'error', (d) => void (reminders(d).evidence.after = [2, 4, 4])],
  [
    'too many reminders',
    'after asks for 6 reminders: keep the 5 that matter.',
    'error',
    (d) => {
      reminders(d).sections = { after: [1, 2, 3, 4, 5, 6] };
    },
  ],
  [
    'too many reminders before a date',
    'before asks for 6 reminders',
    'error',
    (d) => void (reminders(d).conditions.before = [6, 5, 4, 3, 2, 1]),
  ],
  [
    'a reminder before a date twice',
    'before has 3 twice',
    'error',
    (d) => void (reminders(d).conditions.before = [3, 14, 3]),
  ],
  [
    'an escalation with the last reminder',
    'escalate must come after the last reminder, and 4 is not later than 4',
    'error',
    (d) => void (reminders(d).approvals.escalate!.after = 4),
  ],
  [
    'a reassessment told of in the wrong order',
    'escalate must come after the last reminder, and 10 is not later than 12',
    'error',
    (d) => void (reminders(d).reassessments!.after = [3, 12]),
  ],
  [
    'a suspension with the escalation',
    'suspend must come after escalate, and 8 is not later than 8',
    'error',
    (d) => void (reminders(d).conditions.suspend = 8),
  ],
  [
    'a suspension before the last reminder',
    'suspend must come after the last reminder, and 4 is not later than 5',
    'error',
    (d) => {
      reminders(d).conditions = { before: [], after: [2, 5], suspend: 4 };
    },
  ],
  [
    'an escalation to nobody',
    'The organisation has no group board: add it there, or name another, manager or delegate.',
    'error',
    (d) => void (reminders(d).information.escalate!.to = 'board'),
  ],
  [
    'an escalation to the delegate of a group',
    'holds wait for a group, which has no delegate: name another group or manager.',
    'error',
    (d) => void (reminders(d).holds = { after: [1], before: [], escalate: { after: 2, to: 'delegate' } }),
  ],
];

describe('policyProblems', () => {
  test('finds nothing in the default policy', () => {
    expect(policyProblems(defaultDocument(), sample)).toEqual([]);
  });

  test.each(MISTAKES)('finds %s', (_, says, severity, change) => {
    const document = defaultDocument();
    change(document);
    const problems = policyProblems(document, sample);
    const found = problems.find((p) => p.message.includes(says));
    expect(found, JSON.stringify(problems, null, 1)).toMatchObject({ severity });
  });

  test.each(OLD_MISTAKES)('finds %s', (_, says, severity, change) => {
    const document = oldDocument();
    change(document);
    const problems = policyProblems(document, sample);
    const found = problems.find((p) => p.message.includes(says));
    expect(found, JSON.stringify(problems, null, 1)).toMatchObject({ severity });
  });

  test('takes a list of rules, with the way to a risk picture', () => {
    expect(policyProblems(oldDocument(), sample)).toEqual([
      { severity: 'warning', path: ['tiers'], message: expect.stringContaining('clearthread policy upgrade FILE') },
    ]);
  });

  test('points at the place', () => {
    const document = defaultDocument();
    document.flags[2]!.safeguards[1] = 'T0';
    expect(policyProblems(document)).toMatchObject([{ path: ['flags', 2, 'safeguards', 1] }]);
  });

  test('takes questions that no checklist may answer, and sections without one', () => {
    const document = defaultDocument();
    const product = section(document, 'product');
    // In no list, since “no” to all would be the worse answer.
    const { checklists } = section(document, 'stakeholders');
    expect(question(document, 'S1-resellers').worse).toBe(checklists[0]?.answer);
    expect(checklists.flatMap((list) => list.questions)).not.toContain('S1-resellers');
    product.checklists = [];
    expect(policyProblems(document)).toEqual([]);
  });

  test('takes reminders that are few, none, at the edge, or not written at all', () => {
    const document = defaultDocument();
    document.reminders!.sections = { after: [] };
    document.reminders!.information = { after: [], escalate: { after: 1, to: 'manager' } };
    document.reminders!.approvals = { after: [1, 2, 3, 4, 5], escalate: { after: 6, to: 'counsel' } };
    document.reminders!.conditions = { before: [3, 30], after: [1], suspend: 2 };
    expect(policyProblems(document, sample)).toEqual([]);
    delete document.reminders;
    expect(policyProblems(document, sample)).toEqual([]);
  });
});

describe('witness', () => {
  test('is a deal in which the flag is raised, for every flag', () => {
    const document = defaultDocument();
    for (const { id, when } of document.flags) {
      const facts = witness(document, when);
      expect(facts, id).toBeDefined();
      expect(defaultPolicy.evaluate(facts!).flags.map((f) => f.id)).toContain(id);
    }
  });

  test('is a deal in which the question is asked, for every question', () => {
    const document = defaultDocument();
    for (const s of document.sections) {
      for (const { id, kind } of s.questions) {
        const facts = witness(document, { question: id, is: kind === 'text' ? ['unknown'] : ['yes', 'unknown'] });
        expect(defaultPolicy.questionsFor(s.id, facts!).map((q) => q.id)).toContain(id);
      }
    }
  });
});
