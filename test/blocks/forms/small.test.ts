import { describe, expect, it } from 'vitest';
import { readContext, flagContext, requestContext, sectionContext } from '../../../blocks/forms/context.ts';
import { raiseFlagForm, readRaiseFlagForm, readSettleFlagForm, settleFlagForm } from '../../../blocks/forms/flag.ts';
import { handOverForm, readHandOverForm } from '../../../blocks/forms/hand-over.ts';
import { informationForm, readInformationForm } from '../../../blocks/forms/information.ts';
import { moreForm, MORE_CHOICES, readMoreForm } from '../../../blocks/forms/more.ts';
import { readReopenForm, reopenForm } from '../../../blocks/forms/reopen.ts';
import { savedForm } from '../../../blocks/forms/saved.ts';
import type { OwnFlag } from '../../../flows/deal/own-flag.ts';
import { aDeal, anOrganisation, aView, NOW } from '../../support/deal-builders.ts';
import { brokenRules, names, presets, wordsOf } from './support.ts';

const organisation = anOrganisation();
const ownFlag: OwnFlag = {
  id: 'own-1',
  title: 'Something worries me here',
  by: 'product-1',
  at: NOW,
  status: 'pending',
  weight: 'moderate',
};
const view = aView(
  aDeal({
    ownFlags: [ownFlag],
    requests: [{ id: 'ask-1', step: 0, round: 1, by: 'compliance-1', at: NOW, question: 'Who runs it?' }],
  }),
);

describe('handing a section over', () => {
  it('knows deal and section, and keeps what was typed', () => {
    const form = handOverForm(view, 'product', { person: 'product-1', note: 'You built it' }, []);
    expect(readContext(sectionContext, form.context)).toEqual({ deal: 'D-7K3QXM', section: 'product' });
    expect(readHandOverForm(presets(form), organisation)).toEqual({
      ok: true,
      value: { person: 'product-1', note: 'You built it' },
    });
    expect(brokenRules(form)).toEqual([]);
  });

  it.each([[{}], [{ person: 'stranger' }], [{ person: ['rep-1'] }]])('refuses %j at the person', (values) => {
    expect(readHandOverForm(values, organisation)).toMatchObject({ ok: false, errors: { person: expect.any(String) } });
  });
});

describe("flags of people's own", () => {
  it('asks what and why, in at least ten characters', () => {
    expect(brokenRules(raiseFlagForm(view))).toEqual([]);
    expect(readRaiseFlagForm({ title: '  too bad  ' }).ok).toBe(false);
    expect(readRaiseFlagForm({ title: 'The press says <!here> it was misused' })).toEqual({
      ok: true,
      value: { title: 'The press says <!here> it was misused' },
    });
  });

  it('is admitted with a weight', () => {
    const form = settleFlagForm(view, 'own-1', { verdict: 'admit', reason: 'Seen it' });
    expect(presets(form)).toEqual({ verdict: 'admit', weight: 'moderate', reason: 'Seen it' });
    expect(readContext(flagContext, form.context)).toEqual({
      deal: 'D-7K3QXM',
      flag: 'own-1',
      seen: expect.any(String),
    });
    expect(readSettleFlagForm({ ...presets(form), weight: 'severe' })).toEqual({
      ok: true,
      value: { verdict: 'admit', weight: 'severe', reason: 'Seen it' },
    });
    expect(readSettleFlagForm({ verdict: 'admit', weight: 'deadly' })).toMatchObject({
      errors: { weight: expect.any(String) },
    });
  });

  it('is dismissed only with a reason', () => {
    expect(names(settleFlagForm(view, 'own-1', { verdict: 'dismiss' }))).toEqual(['verdict', 'reason']);
    expect(readSettleFlagForm({ verdict: 'dismiss', reason: ' ' })).toMatchObject({
      errors: { reason: expect.any(String) },
    });
    expect(readSettleFlagForm({})).toEqual({ ok: false, errors: { verdict: expect.any(String) } });
    expect(readSettleFlagForm({ verdict: 'ignore' })).toEqual({ ok: false, errors: { verdict: expect.any(String) } });
  });

  it('only shows a note for a flag that is not there', () => {
    expect(settleFlagForm(view, 'own-9')).not.toHaveProperty('submit');
  });
});

describe('answering the approvers', () => {
  it('shows who asks what, and reads text and sources', () => {
    const form = informationForm(view, 'ask-1', { text: 'We run it', sources: 'Sample plan, 2026' });
    expect(wordsOf(form)).toContain('Who runs it?');
    expect(readContext(requestContext, form.context)).toEqual({ deal: 'D-7K3QXM', request: 'ask-1' });
    expect(readInformationForm(presets(form))).toEqual({
      ok: true,
      value: { text: 'We run it', sources: [{ name: 'Sample plan', year: 2026 }], files: [] },
    });
    expect(readInformationForm({ text: '', sources: 'x, http://y.example' })).toMatchObject({
      errors: { text: expect.any(String), sources: expect.stringMatching(/https/) },
    });
  });
});

describe('the rarer things', () => {
  it('offers only what is allowed, and grows what the choice needs', () => {
    expect(names(moreForm(view, 'rep-1', ['withdraw', 'nonsense']))).toEqual(['choice']);
    expect(names(moreForm(view, 'rep-1', MORE_CHOICES, { choice: 'reassign', reason: 'Holiday' }))).toEqual([
      'choice',
      'person',
      'reason',
    ]);
    expect(moreForm(view, 'rep-1', [])).not.toHaveProperty('submit');
    for (const choice of MORE_CHOICES)
      expect(brokenRules(moreForm(view, 'rep-1', MORE_CHOICES, { choice }))).toEqual([]);
  });

  it('reads each choice with its fields', () => {
    const read = (values: Record<string, string>) => readMoreForm(values, MORE_CHOICES, organisation);
    expect(read({ choice: 'details' })).toEqual({ ok: true, value: { choice: 'details' } });
    expect(read({ choice: 'withdraw', reason: 'Lost it' })).toEqual({
      ok: true,
      value: { choice: 'withdraw', reason: 'Lost it' },
    });
    expect(read({ choice: 'reassign', person: 'product-1', reason: 'Holiday' })).toMatchObject({
      value: { person: 'product-1' },
    });
    expect(read({ choice: 'reassign' })).toMatchObject({
      errors: { person: expect.any(String), reason: expect.any(String) },
    });
    expect(read({ choice: 'take-vote-back' })).toMatchObject({ ok: true });
    expect(read({ choice: 'reopen' })).toEqual({ ok: true, value: { choice: 'reopen' } });
    expect(read({ choice: 'withdraw' })).toMatchObject({ errors: { reason: expect.any(String) } });
  });

  it('refuses a choice that is not allowed', () => {
    expect(readMoreForm({ choice: 'withdraw', reason: 'Typo.' }, ['details'], organisation)).toMatchObject({
      errors: { choice: expect.any(String) },
    });
  });

  it('reopens with a reason', () => {
    expect(brokenRules(reopenForm(view))).toEqual([]);
    expect(readReopenForm({ reason: 'New facts' })).toEqual({ ok: true, value: { reason: 'New facts' } });
    expect(readReopenForm({ reason: 'Typo '.repeat(601).slice(0, 3001).padEnd(3001, 'o') })).toMatchObject({
      errors: { reason: expect.stringMatching(/3,001/) },
    });
  });

  it('closes a long step with a note', () => {
    expect(wordsOf(savedForm('Saved. The thread shows it.'))).toContain('Saved. The thread shows it.');
    expect(savedForm('Saved.')).not.toHaveProperty('submit');
  });
});
