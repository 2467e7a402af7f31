import { describe, expect, it } from 'vitest';
import {
  meetConditionForm,
  readMeetConditionForm,
  readSettleConditionForm,
  settleConditionForm,
} from '../../../blocks/forms/condition.ts';
import {
  conditionContext,
  dealContext,
  dutyContext,
  hiddenErrors,
  readContext,
} from '../../../blocks/forms/context.ts';
import { readSnoozeForm, snoozeForm } from '../../../blocks/forms/snooze.ts';
import { liftSuspensionForm, readLiftSuspensionForm } from '../../../blocks/forms/suspension.ts';
import type { ConditionProgress } from '../../../flows/deal/condition-shapes.ts';
import type { Condition } from '../../../flows/deal/deal.ts';
import { aDeal, anOrganisation, aView } from '../../support/deal-builders.ts';
import { accepted, anApproval, handedIn, reminderOf, returned, suspendedOverLook } from '../../support/every-deal.ts';
import { brokenRules, inputOf, names, presets, wordsOf } from './support.ts';

const end: Condition = { id: 'end', text: 'We may end access on misuse', owner: 'rep-1', due: '2027-05-01' };
const late: Condition = { ...end, id: 'late', text: 'Sign the clause', due: '2027-03-11' };
const viewWith = (progress: ConditionProgress) => aView(anApproval([end], { end: progress }));
const open = viewWith({ status: 'open', evidence: [] });

describe('saying that a condition is done', () => {
  it('asks what was done and where it can be seen, and says who looks at it', () => {
    const form = meetConditionForm(open, 'end', { text: 'Signed', sources: 'Contract, 2027, https://example.org/c' });
    expect(brokenRules(form)).toEqual([]);
    expect(readContext(conditionContext, form.context)).toEqual({ deal: 'D-7K3QXM', condition: 'end' });
    expect(wordsOf(form)).toContain('We may end access on misuse');
    expect(form.blocks.at(-1)).toMatchObject({ text: ['Next: ', { person: 'compliance-1' }, expect.any(String)] });
    expect(readMeetConditionForm(presets(form))).toEqual({
      ok: true,
      value: { text: 'Signed', sources: [{ name: 'Contract', year: 2027, url: 'https://example.org/c' }], files: [] },
    });
  });

  it('takes files as a chat hands them over, or links of files, and keeps what was typed', () => {
    const read = (files: string | string[]) => readMeetConditionForm({ text: 'Signed', files });
    const url = 'https://sample.slack.com/files/U1/F1/clause.pdf';
    expect(read([`Clause 14, signed.pdf, ${url}`])).toEqual({
      ok: true,
      value: { text: 'Signed', sources: [], files: [{ name: 'Clause 14, signed.pdf', url }] },
    });
    const link = 'https://sample.sharepoint.com/legal/Clause%2014.pdf?web=1';
    expect(read(`${link}\nAnnex, ${url}`)).toMatchObject({
      value: {
        files: [
          { name: 'Clause 14.pdf', url: link },
          { name: 'Annex', url },
        ],
      },
    });
    expect(presets(meetConditionForm(open, 'end', { files: link }))).toMatchObject({ files: link });
    expect(read('the contract')).toMatchObject({ errors: { files: expect.stringContaining('Line 1') } });
    expect(read('http://example.org/x.pdf')).toMatchObject({ errors: { files: expect.stringContaining('https') } });
    expect(read(Array.from({ length: 6 }, (_, n) => `${n}.pdf, ${url}`))).toMatchObject({
      errors: { files: expect.stringContaining('at most 5') },
    });
  });

  it('shows why it came back', () => {
    expect(wordsOf(meetConditionForm(open, 'end'))).not.toContain('returned it');
    const words = wordsOf(meetConditionForm(viewWith(returned), 'end'));
    expect(words).toContain('returned it on 12 March 2027');
    expect(words).toContain('Clause 12 is missing a date');
  });

  it('needs words, and whole links', () => {
    expect(readMeetConditionForm({ text: ' \u200B ' })).toMatchObject({ errors: { text: expect.any(String) } });
    expect(readMeetConditionForm({ text: 'Signed', sources: 'http://example.org' })).toMatchObject({
      errors: { sources: expect.stringContaining('Line 1') },
    });
  });

  it.each([
    ['accepted', viewWith(accepted), 'end', 'accepted already'],
    ['handed in', viewWith(handedIn), 'end', 'waits for compliance'],
    ['not there', open, 'other', 'not part of the deal'],
    ['not approved', aView(aDeal()), 'end', 'not part of the deal'],
  ])('only shows a note where it is %s', (_name, view, id, words) => {
    const form = meetConditionForm(view, id);
    expect(form).not.toHaveProperty('submit');
    expect(wordsOf(form)).toContain(words);
  });
});

describe('accepting or returning it', () => {
  const long = 'The contract was signed. '.repeat(115).trim();
  const twice: ConditionProgress = {
    ...returned,
    status: 'met',
    evidence: [
      {
        by: 'product-1',
        at: '2027-03-01T09:00:00.000Z',
        text: 'First try',
        sources: [{ name: 'Order of the agency' }],
      },
      { by: 'rep-1', at: '2027-03-11T09:00:00.000Z', text: long, sources: [{ name: 'Contract' }] },
    ],
  };

  it('shows the newest evidence in full, what came before it, and why that came back', () => {
    const form = settleConditionForm(viewWith(twice), 'end');
    expect(brokenRules(form)).toEqual([]);
    expect(readContext(conditionContext, form.context)).toEqual({ deal: 'D-7K3QXM', condition: 'end' });
    expect(form.blocks).toContainEqual({ kind: 'quote', text: long });
    expect(wordsOf(form)).toMatch(
      /Contract.*Handed in before: 1 time.*product-1.*, 1 March 2027: “First try\.”.*“Order of the agency”.*missing/,
    );
  });

  it('asks for a reason only to return it', () => {
    const view = viewWith(handedIn);
    expect(names(settleConditionForm(view, 'end'))).toEqual(['verdict']);
    expect(inputOf(settleConditionForm(view, 'end'), 'verdict')).toMatchObject({ reactive: true });
    expect(names(settleConditionForm(view, 'end', { verdict: 'accept' }))).toEqual(['verdict']);
    const form = settleConditionForm(view, 'end', { verdict: 'return', reason: 'No date' });
    expect(readSettleConditionForm(presets(form))).toEqual({
      ok: true,
      value: { verdict: 'return', reason: 'No date' },
    });
    expect(readSettleConditionForm({ verdict: 'accept', reason: 'stale' })).toEqual({
      ok: true,
      value: { verdict: 'accept' },
    });
  });

  it('grows the reason where it was sent without', () => {
    const read = readSettleConditionForm({ verdict: 'return' });
    if (read.ok) throw new Error('a return needs a reason');
    const { context } = settleConditionForm(viewWith(handedIn), 'end');
    expect(hiddenErrors(context, read.errors)).toEqual(['reason']);
    expect(readSettleConditionForm({})).toEqual({ ok: false, errors: { verdict: expect.any(String) } });
    expect(readSettleConditionForm({ verdict: 'keep' }).ok).toBe(false);
  });

  it.each([
    ['accepted', viewWith(accepted), 'accepted already'],
    ['open', open, 'this condition is open'],
    ['not there', aView(aDeal()), 'not part of the deal'],
  ])('only shows a note where it is %s', (_name, view, words) => {
    const form = settleConditionForm(view, 'end');
    expect(form).not.toHaveProperty('submit');
    expect(wordsOf(form)).toContain(words);
  });
});

describe('lifting a suspension', () => {
  it('shows what is overdue and needs a reason', () => {
    const form = liftSuspensionForm(aView(anApproval([late, end], {}, ['late'])), { reason: 'Signed yesterday' });
    expect(brokenRules(form)).toEqual([]);
    expect(readContext(dealContext, form.context)).toEqual({ deal: 'D-7K3QXM' });
    expect(wordsOf(form)).toContain('Overdue: 1 condition');
    expect(wordsOf(form)).toContain('Sign the clause');
    expect(wordsOf(form)).not.toContain(end.text);
    expect(readLiftSuspensionForm(presets(form))).toEqual({ ok: true, value: { reason: 'Signed yesterday' } });
    expect(readLiftSuspensionForm({})).toEqual({ ok: false, errors: { reason: expect.any(String) } });
  });

  it('shows what was handed in for what is overdue, also where that was returned', () => {
    const words = wordsOf(liftSuspensionForm(aView(anApproval([late], { late: returned }, ['late']))));
    expect(returned.evidence.length).toBeGreaterThan(0);
    for (const { text } of returned.evidence) expect(words).toContain(text.replace(/\.$/u, ''));
    expect(words).toContain('Handed in for conditions');
  });

  it('counts what it does not list, and says when nothing is overdue', () => {
    const many = Array.from({ length: 13 }, (_, i) => ({ ...late, id: `late${i}` }));
    expect(wordsOf(liftSuspensionForm(aView(anApproval(many, {}, ['late0']))))).toContain('And 3 more');
    const done = aView(anApproval([late], { late: accepted }, ['late']));
    expect(wordsOf(liftSuspensionForm(done))).toContain('Nothing is overdue any more.');
  });

  it('says that it is the reassessment', () => {
    const words = wordsOf(liftSuspensionForm(aView(suspendedOverLook)));
    expect(words).toContain('The reassessment is overdue.');
    expect(words).not.toContain('Nothing is overdue');
  });

  it('only shows a note where nothing is suspended', () => {
    expect(liftSuspensionForm(open)).not.toHaveProperty('submit');
    expect(liftSuspensionForm(aView(aDeal()))).not.toHaveProperty('submit');
  });
});

describe('reminding later', () => {
  const { deal, fact, to } = reminderOf('condition', 'overdue');
  /** A Friday. */
  const view = aView(deal);

  it('starts from the next working day and says how far it goes', () => {
    const form = snoozeForm(view, to, fact.duty);
    expect(brokenRules(form)).toEqual([]);
    expect(readContext(dutyContext, form.context)).toEqual({ deal: 'D-7K3QXM', duty: fact.duty });
    expect(presets(form)).toEqual({ until: '2027-03-15' });
    expect(presets(snoozeForm({ ...view, now: '2027-03-10T09:00:00.000Z' }, to, fact.duty))).toEqual({
      until: '2027-03-11',
    });
    expect(wordsOf(form)).toContain('The latest is 11 April 2027.');
    expect(wordsOf(form)).toContain('The condition stays due 1 March 2027.');
    expect(wordsOf(snoozeForm(view, to, fact.duty, { until: '2027-04-01' }))).toContain('2027-04-01');
  });

  it.each(['2027-03-13', '2027-04-11'])('takes %s', (until) => {
    expect(readSnoozeForm(view, to, { until })).toEqual({ ok: true, value: { until } });
  });

  it.each([
    ['2027-03-12', 'tomorrow or a later day'],
    ['2027-04-12', '11 April 2027 or an earlier day'],
    ['soon', 'a date of the calendar'],
    [undefined, 'choose a day'],
  ])('refuses %s', (until, words) => {
    expect(readSnoozeForm(view, to, until === undefined ? {} : { until })).toMatchObject({
      ok: false,
      errors: { until: expect.stringContaining(words) },
    });
  });

  it('counts days where the person lives', () => {
    const { people } = anOrganisation();
    const abroad = people.map((p) => (p.id === to ? { ...p, timeZone: 'Pacific/Auckland' } : p));
    const evening = aView(deal, {
      organisation: anOrganisation({ people: abroad }),
      now: '2027-03-10T20:00:00.000Z',
    });
    expect(readSnoozeForm(evening, to, { until: '2027-03-11' }).ok).toBe(false);
    expect(presets(snoozeForm(evening, to, fact.duty))).toEqual({ until: '2027-03-12' });
  });

  it('only shows a note for what is done, and for what others owe', () => {
    expect(wordsOf(snoozeForm(aView(aDeal()), to, fact.duty))).toContain('this is done');
    expect(wordsOf(snoozeForm(view, 'senior-1', fact.duty))).toContain('not yours to put off');
    const escalation = reminderOf('condition', 'escalation');
    expect(snoozeForm(view, escalation.to, escalation.fact.duty)).not.toHaveProperty('submit');
  });
});
