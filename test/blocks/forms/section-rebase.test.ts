/** Whatever two people do to one section, in whatever order: no answer is altered that neither changed, none is lost. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { readContext, sectionFormContext } from '../../../blocks/forms/context.ts';
import { openedNow, readOpenedOn } from '../../../blocks/forms/section-meanwhile.ts';
import { readSectionDraft, readSectionForm } from '../../../blocks/forms/section-read.ts';
import { rebased } from '../../../blocks/forms/section-rebase.ts';
import { sectionForm } from '../../../blocks/forms/section.ts';
import type { GivenAnswer } from '../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { decide } from '../../../flows/deal/decide.ts';
import { evolve } from '../../../flows/deal/evolve.ts';
import { standingAnswers } from '../../../flows/deal/sections/merging.ts';
import type { DealState, OpenedDeal } from '../../../flows/deal/state.ts';
import { dealView } from '../../../flows/deal/view.ts';
import { aDeal, anOrganisation, NOW } from '../../support/deal-builders.ts';
import { runs } from '../../support/runs.ts';
import { aFormPolicy, presets } from './support.ts';

const policy = aFormPolicy();
const organisation = anOrganisation();
const context = { policy, organisation, hash: (text: string) => text };
const viewOf = (deal: OpenedDeal) => dealView(deal, policy, organisation, NOW);

type Given = Readonly<Record<string, GivenAnswer>>;
const plain = (answers: Given): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(answers).map(([id, { value, note, sources }]) => [
      id,
      [Array.isArray(value) ? value.toSorted() : value, note ?? '', sources],
    ]),
  );

/** What a person does to an open form; `undefined` empties an input. */
const edit = fc.dictionary(
  fc.constantFrom(
    'all:run',
    'q:Q1',
    'q:Q2',
    'q:Q3',
    'n:Q1',
    'n:Q2',
    's:Q2',
    'q:Q1-WHO',
    'q:Q1-DEEP',
    'q:KIND',
    'q:MENU',
  ),
  fc.constantFrom('one', 'yes', 'no', 'unknown', 'common', 'unique', 'm3', 'Some words'),
  { maxKeys: 4 },
);
const WHOLE: FormValues = {
  'all:run': 'one',
  'q:Q1': 'no',
  'q:Q2': 'no',
  'q:Q3': 'no',
  'q:KIND': 'common',
  'q:FORMS': ['press'],
};

interface Window {
  person: string;
  form: Form;
}

/** One section, as the route would treat it. */
const desk = (deal: DealState) => {
  let state = deal;
  const now = (): OpenedDeal => state as OpenedDeal;
  const run = (person: string, command: DealCommand): boolean => {
    const decided = decide(command, state, { actor: person, at: NOW, id: 'x' }, context);
    if (decided.kind === 'refused') return false;
    state = decided.events.reduce<DealState>(evolve, state);
    return true;
  };
  const press = ({ person, form }: Window, values: FormValues, type: 'AnswerSection' | 'SaveSectionForLater') => {
    const view = viewOf(now());
    const { base = {} } = readOpenedOn(view, 'forms', readContext(sectionFormContext, form.context) ?? {});
    const { answers } = readSectionDraft(view, 'forms', values);
    const merged = rebased(view, 'forms', values, base, person);
    const whole = type === 'SaveSectionForLater' || readSectionForm(view, 'forms', merged.values).ok;
    const saved = whole && run(person, { type, section: 'forms', answers, base });
    const again = { ...openedNow(view, 'forms'), met: merged.met };
    return { saved, met: merged.met, form: sectionForm(view, 'forms', merged.values, {}, again) };
  };
  return {
    now,
    press,
    open: (): Form => sectionForm(viewOf(now()), 'forms'),
    standing: () => standingAnswers(now(), 'forms'),
  };
};

/** Reads a form's answers as its person sees them. */
const seen = (deal: OpenedDeal, values: FormValues): Given => readSectionDraft(viewOf(deal), 'forms', values).answers;

const begin = (values: FormValues) => {
  const at = desk(aDeal({ involved: ['rep-1', 'product-1'], team: ['rep-1', 'product-1'] }));
  const first = { person: 'rep-1', form: at.open() };
  at.press(first, { ...WHOLE, ...values }, 'AnswerSection');
  return at;
};

const type = fc.constantFrom('AnswerSection' as const, 'SaveSectionForLater' as const);

describe('for any two people at one section', () => {
  it('no answer is altered that neither changed, and each change is there or is shown', () => {
    let [saves, clashes] = [0, 0];
    fc.assert(
      fc.property(edit, edit, edit, type, (start, theirs, mine, how) => {
        const at = begin(start);
        const base = plain(at.standing());
        const mineForm = at.open();
        const theirForm = at.open();
        const other = at.press({ person: 'rep-1', form: theirForm }, { ...presets(theirForm), ...theirs }, how);
        if (!other.saved) return;
        const between = plain(at.standing());
        const values = { ...presets(mineForm), ...mine };
        const wanted = plain(seen(at.now(), values));
        const { saved, met, form } = at.press({ person: 'product-1', form: mineForm }, values, 'AnswerSection');
        const after = plain(at.standing());
        if (!saved) {
          // Nothing was done, and what was typed is still there for whatever still applies.
          expect(after).toEqual(between);
          clashes += met.length > 0 ? 1 : 0;
          const kept = plain(seen(at.now(), presets(form)));
          for (const [id, answer] of Object.entries(kept)) {
            const touched = JSON.stringify(wanted[id]) !== JSON.stringify(base[id]);
            expect([id, answer]).toEqual([id, touched && wanted[id] !== undefined ? wanted[id] : between[id]]);
          }
          return;
        }
        saves += 1;
        for (const id of new Set([...Object.keys(base), ...Object.keys(between), ...Object.keys(wanted)])) {
          const [b, t, m, a] = [base[id], between[id], wanted[id], after[id]].map((x) => JSON.stringify(x));
          const expected = m === b ? t : m;
          // An answer may go only with the question that asked for it, by a change of one whose other half is unchanged.
          if (a === undefined && expected !== undefined) expect([id, t === b, m === b]).toEqual([id, true, true]);
          else expect([id, a]).toEqual([id, expected]);
          if (m !== b && t !== b) expect([id, t]).toEqual([id, m]);
        }
      }),
      { numRuns: runs(250) },
    );
    expect(saves).toBeGreaterThan(25);
    expect(clashes).toBeGreaterThan(8);
  });

  it('saving again after both were shown takes the own answer, knowingly', () => {
    fc.assert(
      fc.property(edit, edit, (theirs, mine) => {
        const at = begin({});
        const [mineForm, theirForm] = [at.open(), at.open()];
        at.press({ person: 'rep-1', form: theirForm }, { ...presets(theirForm), ...theirs }, 'AnswerSection');
        const first = at.press(
          { person: 'product-1', form: mineForm },
          { ...presets(mineForm), ...mine },
          'AnswerSection',
        );
        if (first.saved || first.met.length === 0) return;
        const values = presets(first.form);
        const shown = readSectionForm(viewOf(at.now()), 'forms', values);
        const second = at.press({ person: 'product-1', form: first.form }, values, 'AnswerSection');
        expect(second.saved).toBe(shown.ok);
        if (shown.ok) expect(plain(at.standing())).toEqual(plain(shown.value));
      }),
      { numRuns: runs(60) },
    );
  });

  it('what is typed about the whole section stays: what it stands on, who said so, why it changes', () => {
    const at = begin({});
    const form = at.open();
    const about = { 'b:sources': 'Sample report', 'b:told': 'product-1', why: 'It was another agency' };
    const { base } = readOpenedOn(viewOf(at.now()), 'forms', readContext(sectionFormContext, form.context)!);
    expect(rebased(viewOf(at.now()), 'forms', { ...WHOLE, ...about }, base!, 'rep-1').values).toMatchObject(about);
  });

  it('a form that nobody touched changes nothing, whatever happened meanwhile', () => {
    fc.assert(
      fc.property(edit, edit, (start, theirs) => {
        const at = begin(start);
        const mineForm = at.open();
        const theirForm = at.open();
        at.press({ person: 'rep-1', form: theirForm }, { ...presets(theirForm), ...theirs }, 'AnswerSection');
        const between = at.now().answers;
        at.press({ person: 'product-1', form: mineForm }, presets(mineForm), 'AnswerSection');
        expect(at.now().answers).toEqual(between);
      }),
      { numRuns: runs(60) },
    );
  });
});
