import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormValues } from '../../../blocks/card.ts';
import { hiddenErrors, readContext, sectionContext } from '../../../blocks/forms/context.ts';
import { howMany } from '../../../blocks/forms/section-layout.ts';
import { readSectionDraft, readSectionForm } from '../../../blocks/forms/section-read.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import type { Opened } from '../../../flows/deal/state.ts';
import { basisPolicy } from '../../support/basis-deals.ts';
import { aDeal, answered, aQuestion, aView } from '../../support/deal-builders.ts';
import { pictureContext, pictureDeal } from '../../support/picture-deal.ts';
import { story } from '../../support/story.ts';
import { aFormPolicy, brokenRules, FORMS, inputOf, inputsOf, names, presets, wordsOf } from './support.ts';

const viewOf = (overrides: Partial<Opened> = {}) => aView(aDeal(overrides), { policy: aFormPolicy() });
const view = viewOf();
const HARMLESS: FormValues = { 'all:run': 'all', 'q:KIND': 'common', 'q:FORMS': ['dissent'] };
const read = (values: FormValues) => readSectionForm(view, 'forms', values);
const errorsOf = (values: FormValues): Record<string, string> => {
  const result = read(values);
  return result.ok ? {} : result.errors;
};
const answersOf = (values: FormValues) => {
  const result = read(values);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.value;
};

describe('a section form', () => {
  it('asks a harmless run with one click, its questions listed above', () => {
    const form = sectionForm(view, 'forms');
    expect(names(form)).toEqual(['all:run', 's:Q2', 'q:KIND', 'q:FORMS']);
    expect(inputOf(form, 'all:run').control).toMatchObject({
      type: 'radio',
      options: [
        { value: 'all', label: 'No to all of these' },
        { value: 'one', label: 'One by one' },
      ],
    });
    expect(form.blocks.find((b) => b.kind === 'list')).toMatchObject({ items: { length: 3 } });
  });

  it('reveals each question of the run when it is wanted one by one', () => {
    const form = sectionForm(view, 'forms', { 'all:run': 'one' });
    expect(names(form)).toEqual(expect.arrayContaining(['all:run', 'q:Q1', 'q:Q2', 'q:Q3']));
    expect(names(form)).not.toContain('q:Q1-WHO');
  });

  it('grows a follow-up as soon as the answer that needs it is chosen, and keeps what was typed', () => {
    const form = sectionForm(view, 'forms', {
      'all:run': 'one',
      'q:Q1': 'yes',
      'n:Q1': 'see the press',
      'q:KIND': 'unique',
    });
    expect(names(form)).toEqual(expect.arrayContaining(['q:Q1-WHO', 'u:Q1-WHO', 'q:MENU']));
    expect(presets(form)).toMatchObject({ 'q:Q1': 'yes', 'n:Q1': 'see the press', 'q:KIND': 'unique' });
    expect(inputOf(form, 'q:MENU').control.type).toBe('menu');
  });

  it('drops the follow-ups of a follow-up whose own question no longer applies', () => {
    const stale = { 'all:run': 'one', 'q:Q1': 'no', 'q:Q1-WHO': 'somebody', 'q:Q1-DEEP': 'yes' };
    expect(names(sectionForm(view, 'forms', stale))).not.toContain('q:Q1-DEEP');
    const all = { ...HARMLESS, ...stale, 'q:Q2': 'no', 'q:Q3': 'no' };
    expect(Object.keys(answersOf(all))).toEqual(['Q1', 'Q2', 'Q3', 'KIND', 'FORMS']);
  });

  it('asks for note and sources where the answer needs them, and keeps them once typed', () => {
    const one = (q: string) => names(sectionForm(view, 'forms', { 'all:run': 'one', 'q:Q1': q }));
    expect(one('yes')).toEqual(expect.arrayContaining(['n:Q1', 's:Q1']));
    expect(one('unknown')).toContain('n:Q1');
    expect(one('no')).not.toContain('n:Q1');
    expect(one('no')).toContain('s:Q2');
    const changed = sectionForm(view, 'forms', { 'all:run': 'one', 'q:Q1': 'no', 'n:Q1': 'typed before' });
    expect(presets(changed)).toMatchObject({ 'n:Q1': 'typed before' });
  });

  it('names who keeps the register of those who were asked, where it asks for that, and nowhere else', () => {
    const asks = (section: string, policy = basisPolicy()): string =>
      wordsOf(sectionForm(aView(aDeal(), { policy }), section));
    expect(asks('forms', aFormPolicy())).not.toContain('outside asked');
    expect(asks('scope')).not.toContain('outside asked');
    const said = asks('record');
    expect(said.match(/Was somebody outside asked/gu)).toHaveLength(1);
    expect(said).toContain('“programme asked”');
  });

  it('names the sources and kinds of law that help, and the citation', () => {
    const words = wordsOf(sectionForm(view, 'forms'));
    expect(words).toContain('"url":"https://reports.example/"');
    expect(words).toContain('Laws on privacy');
    expect(words).toContain('Sample rule KIND');
  });

  it('offers "Who might know?" only where something is not known', () => {
    const actions = (values: FormValues) =>
      sectionForm(view, 'forms', values).blocks.flatMap((b) => (b.kind === 'actions' ? b.actions : []));
    expect(actions(HARMLESS).map((a) => a.name)).toEqual(['deal.save-for-later']);
    const unsure = actions({ ...HARMLESS, 'q:KIND': 'unknown' });
    expect(unsure.map((a) => [a.name, a.value])).toContainEqual(['deal.hand-over', 'D-7K3QXM/forms']);
  });

  it('says what it costs', () => {
    expect(howMany(view, 'forms')).toEqual({ questions: 5, clicks: 4, minutes: 2 });
  });

  it('is one click and Save where one run covers all of a section', () => {
    const questions = FORMS.questions.slice(0, 3);
    const policy = aFormPolicy({ sections: [{ ...FORMS, questions }], questionsFor: () => questions });
    const short = aView(aDeal(), { policy });
    expect(howMany(short, 'forms').clicks).toBe(2);
    expect(readSectionForm(short, 'forms', { 'all:run': 'all' })).toMatchObject({ ok: true });
  });

  it('carries deal and section, and names what it showed', () => {
    const form = sectionForm(view, 'forms');
    expect(readContext(sectionContext, form.context)).toEqual({ deal: 'D-7K3QXM', section: 'forms' });
    expect(hiddenErrors(form.context, { 'q:Q1-WHO': 'x', 'q:KIND': 'y' })).toEqual(['q:Q1-WHO']);
    expect(readContext(sectionContext, 'no json')).toBeUndefined();
    expect(readContext(sectionContext, '{"deal":7}')).toBeUndefined();
  });

  it('only shows a note where nothing is asked', () => {
    expect(sectionForm(view, 'elsewhere')).not.toHaveProperty('submit');
  });
});

describe('reading a section', () => {
  it('takes the shortcut for each of its questions', () => {
    expect(answersOf(HARMLESS)).toEqual({
      Q1: { value: 'no', sources: [] },
      Q2: { value: 'no', sources: [] },
      Q3: { value: 'no', sources: [] },
      KIND: { value: 'common', sources: [] },
      FORMS: { value: ['dissent'], sources: [] },
    });
  });

  it('says what is missing, at the input that misses it', () => {
    expect(Object.keys(errorsOf({}))).toEqual(['all:run', 'q:KIND', 'q:FORMS']);
    expect(Object.keys(errorsOf({ ...HARMLESS, 'all:run': 'one', 'q:Q1': 'yes', 'q:Q2': 'no' }))).toEqual([
      'q:Q3',
      'q:Q1-WHO',
    ]);
  });

  it('keeps "don\'t know" as an answer of every kind', () => {
    const values = {
      ...HARMLESS,
      'all:run': 'one',
      'q:Q1': 'yes',
      'q:Q2': 'unknown',
      'q:Q3': 'no',
      'u:Q1-WHO': ['unknown'],
    };
    const more = { 'q:Q1-DEEP': 'unknown', 'q:KIND': 'unknown', 'q:FORMS': ['unknown'] };
    const answers = answersOf({ ...values, ...more });
    expect(
      Object.entries(answers)
        .filter(([, a]) => a.value === 'unknown')
        .map(([id]) => id),
    ).toEqual(['Q2', 'Q1-WHO', 'Q1-DEEP', 'KIND', 'FORMS']);
  });

  it('wants a reason for "does not apply", and does not offer it where the policy does not', () => {
    const one = { ...HARMLESS, 'all:run': 'one', 'q:Q1': 'no', 'q:Q2': 'not-applicable', 'q:Q3': 'no' };
    expect(Object.keys(errorsOf(one))).toEqual(['n:Q2']);
    expect(answersOf({ ...one, 'n:Q2': 'no such law' })['Q2']).toEqual({
      value: 'not-applicable',
      note: 'no such law',
      sources: [],
    });
    expect(Object.keys(errorsOf({ ...one, 'q:Q1': 'not-applicable', 'n:Q2': 'x' }))).toEqual(['q:Q1']);
  });

  it('refuses "I don\'t know" together with an answer', () => {
    expect(errorsOf({ ...HARMLESS, 'q:FORMS': ['dissent', 'unknown'] })['q:FORMS']).toMatch(/either/);
    const both = {
      ...HARMLESS,
      'all:run': 'one',
      'q:Q1': 'yes',
      'q:Q2': 'no',
      'q:Q3': 'no',
      'q:Q1-WHO': 'a',
      'u:Q1-WHO': ['unknown'],
    };
    expect(Object.keys(errorsOf(both))).toEqual(['u:Q1-WHO']);
  });

  it('reads foreign options, wrong types and foreign inputs as if they were not there', () => {
    expect(Object.keys(errorsOf({ ...HARMLESS, 'q:KIND': 'granted' }))).toEqual(['q:KIND']);
    expect(Object.keys(errorsOf({ ...HARMLESS, 'q:KIND': ['common'] }))).toEqual(['q:KIND']);
    expect(Object.keys(errorsOf({ ...HARMLESS, 'q:FORMS': 'dissent' }))).toEqual(['q:FORMS']);
    expect(answersOf({ ...HARMLESS, 'q:H-RF1': 'no', 'q:MENU': 'm1', tier: 'low', __proto__x: 'y' })).toEqual(
      answersOf(HARMLESS),
    );
  });

  it('reads sources, and reports a bad one at its input', () => {
    const answers = answersOf({ ...HARMLESS, 's:Q2': 'Sample report, 2024, https://reports.example/a' });
    expect(answers['Q2']?.sources).toEqual([{ name: 'Sample report', year: 2024, url: 'https://reports.example/a' }]);
    expect(errorsOf({ ...HARMLESS, 's:Q2': 'Sample, http://reports.example' })['s:Q2']).toMatch(/https/);
  });

  it('caps over-long text with the numbers', () => {
    const one = { ...HARMLESS, 'all:run': 'one', 'q:Q1': 'yes', 'q:Q2': 'no', 'q:Q3': 'no', 'q:Q1-DEEP': 'no' };
    expect(errorsOf({ ...one, 'q:Q1-WHO': 'x'.repeat(3001) })['q:Q1-WHO']).toMatch(/3,001.*1,000/);
  });

  it('splits more than ten tick boxes and reads them as one answer', () => {
    const form = sectionForm(view, 'forms', { 'q:KIND': 'unique' });
    expect(names(form)).toEqual(expect.arrayContaining(['q:TICKS', 'q:TICKS:2', 'u:TICKS']));
    const answers = answersOf({
      ...HARMLESS,
      'q:KIND': 'unique',
      'q:MENU': 'm11',
      'q:TICKS': ['m0'],
      'q:TICKS:2': ['m11'],
    });
    expect(answers['TICKS']?.value).toEqual(['m0', 'm11']);
  });
});

describe('a question that wants a sentence', () => {
  const { view: asked } = story(pictureDeal().slice(0, 3), pictureContext());
  const given = (text: string): FormValues => ({
    'q:S1': text,
    'all:stakeholders-none': 'all',
    'b:sources': 'Sample report, 2026, https://example.com/report',
  });

  it('says at its input what to write, and takes “I don’t know”', () => {
    const { 'q:S1': _unanswered, ...rest } = given('');
    const read = (values: FormValues) => readSectionForm(asked, 'stakeholders', values);
    expect(read(given('x'))).toEqual({
      ok: false,
      errors: { 'q:S1': 'Who is it for, and what would they do with it? One sentence.' },
    });
    expect(read(given('The police count cars.')).ok).toBe(true);
    expect(read({ ...rest, 'u:S1': ['unknown'] })).toMatchObject({ ok: true });
  });

  it('can be saved for later with less', () => {
    expect(readSectionDraft(asked, 'stakeholders', given('x')).errors).toEqual({});
  });
});

describe('saving a section for later', () => {
  it('asks for an answer to a note that is saved for later, which is kept with one alone', () => {
    const { answers, errors } = readSectionDraft(view, 'forms', {
      'all:run': 'one',
      'n:Q1': 'They beat people there.',
    });
    expect(answers['Q1']).toBeUndefined();
    expect(errors['q:Q1']).toContain('A note is kept with an answer.');
  });

  it('keeps what is answered and asks for nothing', () => {
    expect(readSectionDraft(view, 'forms', { 'all:run': 'one', 'q:Q1': 'yes', 'n:Q1': 'half' })).toEqual({
      answers: { Q1: { value: 'yes', note: 'half', sources: [] } },
      errors: {},
    });
  });

  it('reports what it cannot keep, and the form shows it under the input', () => {
    const values = { ...HARMLESS, 's:Q2': 'https://reports.example' };
    const { errors } = readSectionDraft(view, 'forms', values);
    expect(Object.keys(errors)).toEqual(['s:Q2']);
    const form = sectionForm(view, 'forms', values, errors);
    expect(wordsOf(form)).toContain('give the source a name');
    expect(presets(form)).toMatchObject({ 's:Q2': 'https://reports.example' });
  });

  it('opens again where it was left, a draft over saved answers', () => {
    const saved = viewOf({
      answers: { forms: answered({ Q1: 'no', Q2: 'no', Q3: 'no', KIND: 'common', FORMS: ['press'] }) },
      drafts: { forms: { KIND: { value: 'unique', sources: [] } } },
    });
    expect(presets(sectionForm(saved, 'forms'))).toMatchObject({
      'all:run': 'all',
      'q:KIND': 'unique',
      'q:FORMS': ['press'],
    });
  });
});

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((t) => /[\p{L}\p{N}]/u.test(t));
const yesNo = fc.constantFrom('yes', 'no', 'unknown');
const filled = fc.record({
  'all:run': fc.constantFrom('all', 'one'),
  'q:Q1': yesNo,
  'q:Q2': yesNo,
  'q:Q3': yesNo,
  'n:Q1': text,
  'n:Q2': text,
  'q:Q1-WHO': text,
  'q:Q1-DEEP': yesNo,
  'q:KIND': fc.constantFrom('common', 'unique', 'unknown'),
  'q:FORMS': fc.constantFrom(['dissent'], ['dissent', 'press'], ['unknown']),
  'q:MENU': fc.constantFrom('m0', 'm11', 'unknown'),
  'q:TICKS': fc.subarray(['m0', 'm1', 'm9'], { minLength: 1 }),
  's:Q2': fc.constantFrom(
    'Sample report',
    'Sample report, 2024',
    'Sample, A., report, 2024, https://reports.example/a?b=c',
  ),
});

describe('for whatever people type', () => {
  it('saved answers come back from the form as they were', () => {
    fc.assert(
      fc.property(filled, (values) => {
        const before = answersOf(values);
        const saved = Object.fromEntries(
          Object.entries(before).map(([id, a]) => [id, { ...a, by: 'rep-1', at: view.now }]),
        );
        const form = sectionForm(viewOf({ answers: { forms: saved } }), 'forms');
        expect(answersOf(presets(form))).toEqual(before);
      }),
    );
  });

  it('every form keeps the rules, and asks exactly what reading it needs', () => {
    const any = fc.dictionary(
      fc.constantFrom(
        'all:run',
        ...FORMS.questions.flatMap((q) => [`q:${q.id}`, `u:${q.id}`, `n:${q.id}`, `s:${q.id}`]),
      ),
      fc.oneof(
        text,
        yesNo,
        fc.constantFrom('all', 'one', 'unique'),
        fc.array(fc.constantFrom('unknown', 'dissent', 'm1')),
      ),
    );
    fc.assert(
      fc.property(any, (values) => {
        const form = sectionForm(view, 'forms', values);
        expect(brokenRules(form)).toEqual([]);
        const here = names(form);
        expect(Object.keys(errorsOf(values)).filter((name) => !here.includes(name))).toEqual([]);
      }),
    );
  });

  it('every answer that makes a follow-up appear sends its change at once', () => {
    const form = sectionForm(view, 'forms', { 'all:run': 'one', 'q:KIND': 'unique' });
    const silent = inputsOf(form).filter((i) => /^(q|all):/.test(i.name) && i.reactive !== true);
    expect(silent.map((i) => i.name)).toEqual([]);
  });

  it('fits 100 blocks with 25 questions all open', () => {
    const questions = Array.from({ length: 24 }, (_, i) => aQuestion(`B${i}`, 'big'));
    const section = { id: 'big', title: 'Big', intro: 'Sample', questions, checklists: [] };
    const policy = aFormPolicy({ sections: [section], questionsFor: () => questions });
    const values = Object.fromEntries(questions.map((q) => [`q:${q.id}`, 'unknown']));
    expect(brokenRules(sectionForm(aView(aDeal(), { policy }), 'big', values))).toEqual([]);
  });
});
