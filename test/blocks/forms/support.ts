/** A policy whose forms have everything: a checklist, follow-ups, each kind of question. And a person to fill them. */

import type { Form, FormValues, Input } from '../../../blocks/card.ts';
import { isInput } from '../../../blocks/forms/inputs.ts';
import type { CompiledPolicy, Facts, Question, Section } from '../../../flows/policy/policy.ts';
import { aPolicy, aQuestion } from '../../support/deal-builders.ts';

const MANY = Array.from({ length: 12 }, (_, i) => ({ value: `m${i}`, label: `Sample option ${i}` }));

const QUESTIONS: readonly Question[] = [
  aQuestion('Q1', 'forms', { text: 'Is there a report?', allowNotApplicable: false }),
  aQuestion('Q2', 'forms', { text: 'Is there a conflict?', allowNotApplicable: true, evidence: true }),
  aQuestion('Q3', 'forms', { text: 'Is there no oversight?' }),
  aQuestion('Q1-WHO', 'forms', { text: 'Who was reported?', kind: 'text' }),
  aQuestion('Q1-DEEP', 'forms', { text: 'Was it in the press?' }),
  aQuestion('KIND', 'forms', {
    text: 'How available is it?',
    kind: 'choice',
    allowNotApplicable: false,
    options: [
      { value: 'common', label: 'Widely available' },
      { value: 'unique', label: 'Unique' },
    ],
    references: [
      { id: 'X1-1', name: 'Sample country report', url: 'https://reports.example/' },
      { id: 'X2-1', name: 'Laws on privacy' },
    ],
  }),
  aQuestion('FORMS', 'forms', {
    text: 'Which forms of misuse?',
    kind: 'choices',
    options: [
      { value: 'dissent', label: 'Stifling dissent' },
      { value: 'press', label: 'Targeting journalists' },
    ],
  }),
  aQuestion('MENU', 'forms', { text: 'Which of many?', kind: 'choice', options: MANY }),
  aQuestion('TICKS', 'forms', { text: 'Which of these many?', kind: 'choices', options: MANY }),
];

export const FORMS: Section = {
  id: 'forms',
  title: 'A section with every kind of question',
  intro: 'Sample questions.',
  questions: QUESTIONS,
  checklists: [{ id: 'run', prompt: 'Do any of these hold?', answer: 'no', questions: ['Q1', 'Q2', 'Q3'] }],
};

/** Follow-ups: `Q1-WHO` after `Q1: yes`, `Q1-DEEP` after `Q1-WHO`; MENU and TICKS only for a unique product. */
const applies = (id: string, { answers }: Facts): boolean => {
  switch (id) {
    case 'Q1-WHO':
      return answers['Q1'] === 'yes';
    case 'Q1-DEEP':
      return answers['Q1-WHO'] !== undefined;
    case 'MENU':
    case 'TICKS':
      return answers['KIND'] === 'unique';
    default:
      return true;
  }
};

export const aFormPolicy = (overrides: Partial<CompiledPolicy> = {}): CompiledPolicy =>
  aPolicy({
    sections: [FORMS],
    scopeSection: 'forms',
    question: (id) => QUESTIONS.find((q) => q.id === id),
    sectionsFor: () => [FORMS],
    questionsFor: (section, facts) => (section === 'forms' ? QUESTIONS.filter((q) => applies(q.id, facts)) : []),
    ...overrides,
  });

export const inputsOf = (form: Pick<Form, 'blocks'>): Input[] => form.blocks.filter(isInput);
export const names = (form: Form): string[] => inputsOf(form).map((input) => input.name);
export const inputOf = (form: Form, name: string): Input => {
  const input = inputsOf(form).find((i) => i.name === name);
  if (!input) throw new Error(`no input ${name} among ${names(form).join(', ')}`);
  return input;
};

/** Values that a chat would submit if the person touched nothing: the presets. */
export const presets = (form: Pick<Form, 'blocks'>): FormValues =>
  Object.fromEntries(
    inputsOf(form).flatMap(({ name, control }): [string, string | readonly string[]][] => {
      switch (control.type) {
        case 'checkboxes':
          return control.initial && control.initial.length > 0 ? [[name, control.initial]] : [];
        case 'search':
          return control.initial ? [[name, control.initial.value]] : [];
        default:
          return control.initial === undefined ? [] : [[name, control.initial]];
      }
    }),
  );

/** All words of a form, for "it says so somewhere". */
export const wordsOf = (form: Form): string => JSON.stringify(form.blocks);

/** Rules of every form, whatever it asks. Returns the broken ones. */
export const brokenRules = (form: Form): string[] => {
  const all = names(form);
  const buttons = form.blocks.flatMap((b) =>
    b.kind === 'actions' ? b.actions.map((a) => `${a.name} ${a.value}`) : [],
  );
  return [
    ...(form.title.length > 24 ? [`title: ${form.title}`] : []),
    ...((form.submit?.length ?? 0) > 24 ? [`submit: ${form.submit}`] : []),
    ...(form.context.length > 3000 ? ['context too long'] : []),
    ...(form.blocks.length > 100 ? [`${form.blocks.length} blocks`] : []),
    ...(new Set(all).size === all.length ? [] : [`names twice: ${all.join(', ')}`]),
    ...(new Set(buttons).size === buttons.length ? [] : [`buttons twice: ${buttons.join(', ')}`]),
    ...inputsOf(form).flatMap(({ name, control }) => {
      if (control.type === 'radio' || control.type === 'checkboxes') {
        return control.options.length > 10 || control.options.length === 0
          ? [`${name}: ${control.options.length} options`]
          : [];
      }
      if (control.type === 'menu') return control.options.length > 100 ? [`${name}: too many options`] : [];
      if (control.type === 'line' || control.type === 'paragraph') {
        return (control.initial?.length ?? 0) > (control.maxLength ?? 3000) ? [`${name}: preset too long`] : [];
      }
      return [];
    }),
  ];
};
