/** A colleague’s long text with the worst at its end: whoever judges the deal reads that, too. */

import { describe, expect, it } from 'vitest';
import { saidBefore } from '../../../blocks/cards/said-before.ts';
import { scopeSaidBlocks } from '../../../blocks/cards/said-words.ts';
import { asideItems } from '../../../blocks/cards/set-aside.ts';
import { listedTitle } from '../../../blocks/cards/spans.ts';
import { confirmScopeForm } from '../../../blocks/forms/confirm.ts';
import { readRaiseFlagForm } from '../../../blocks/forms/flag.ts';
import { keptForm } from '../../../blocks/forms/kept.ts';
import { answerName, noteName } from '../../../blocks/forms/names.ts';
import { quoted, quotedSentence } from '../../../blocks/words.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { LONGEST_FLAG } from '../../../flows/deal/deciding/flagging.ts';
import { contradictions } from '../../../flows/deal/said/contradictions.ts';
import { scopeSaidOf } from '../../../flows/deal/said/scope.ts';
import { answerPicture } from '../../support/picture-deal.ts';
import { dealNamed, openNamed } from '../../support/twins.ts';

const HARMLESS = 'I was at their depot and saw nothing but pumps and pipes there. ';
const END = 'Upstairs they read the phones of strikers with it.';
const long = (letters: number): string =>
  `${HARMLESS.repeat(60)
    .slice(0, letters - END.length - 2)
    .replace(/ $/u, '.')}x ${END}`;

describe('what somebody said, where there is not room for all of it', () => {
  it('loses its middle, and says so', () => {
    for (const most of [150, 200, 300, 1000])
      for (const shown of [quoted(long(2000), most), quotedSentence(long(2000), most)]) {
        expect(shown.length).toBeLessThanOrEqual(most + 3);
        expect(shown.startsWith(`“${HARMLESS.slice(0, 60)}`)).toBe(true);
        expect(shown).toContain(' […] ');
        expect(shown).toContain(END);
      }
    expect(quoted(long(150), 150)).toBe(`“${long(150)}”`);
    expect(quoted(long(100), 60)).toMatch(/…”$/u);
  });

  it('stands whole in a flag that may be raised, and a longer one is refused with all of it kept', () => {
    const title = long(LONGEST_FLAG);
    expect(readRaiseFlagForm({ title })).toMatchObject({ ok: true });
    expect(readRaiseFlagForm({ title: long(LONGEST_FLAG + 1) })).toMatchObject({
      ok: false,
      errors: { title: expect.stringMatching(/1,?001.*1,?000/u) },
    });
    expect(listedTitle({ title, byHand: true }, 120)).toBe(`“${title}”`);
  });

  it('stands whole where the rep wrote another answer over it, and where a flag was dismissed', () => {
    const question = 'S1';
    const S1 = long(600);
    const handed = dealNamed('D-F1RST1').and('rep-1', {
      type: 'HandOverSection',
      section: 'stakeholders',
      to: 'product-1',
    });
    const theirs = handed.and('product-1', answerPicture('stakeholders', { [question]: S1 })[1]);
    const over = theirs.and(
      'rep-1',
      answerPicture('stakeholders', { [question]: 'Keep the pumps going day and night.' })[1],
    );
    expect(JSON.stringify(saidBefore(over.view))).toContain(S1);
    const flagged = dealNamed('D-F1RST1').and('senior-1', { type: 'RaiseFlag', title: long(900) });
    const { id: flag } = flagged.view.deal.ownFlags[0]!;
    const reason = long(800);
    const dismissed = flagged.and('compliance-1', { type: 'DismissFlag', flag, reason } as DealCommand);
    expect(JSON.stringify(asideItems(dismissed.view))).toContain(long(900));
    expect(JSON.stringify(asideItems(dismissed.view))).toContain(reason);
  });
});

describe('a note under a question of scope that the rep took away', () => {
  it('waits for compliance, with who wrote it', () => {
    const note = 'The ministry of interior owns them, says their own chairman.';
    const loom = { endUser: { name: 'Aral Loom House', kind: 'private' as const } };
    const says = (G2: string, by?: string): DealCommand =>
      ({
        type: by === undefined ? 'AnswerSection' : 'SaveSectionForLater',
        section: 'scope',
        answers: {
          'G1-capability': { value: by === undefined ? 'no' : 'yes', sources: [] },
          G2: { value: G2, sources: [], ...(by === undefined ? {} : { note }) },
        },
        why: 'They told me.',
      }) as DealCommand;
    const saved = openNamed('D-F1RST1', loom)
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
      .and('product-1', says('unknown', 'product-1'))
      .and('rep-1', { type: 'TakeSectionBack', section: 'scope' });
    const asked = saved.and('rep-1', says('no'));
    expect(asked.state.status).toBe('answering');
    const words = 'Sample Product Manager wrote a note to “';
    expect(JSON.stringify(confirmScopeForm(asked.view))).toContain(note);
    // The thread’s card has no words of it.
    expect(JSON.stringify(scopeSaidBlocks(asked.view))).not.toContain(note);
    expect(scopeSaidOf(asked.view.deal)?.contradicts.join()).toContain(words);
    // It is no less theirs where the rep writes the same somewhere else.
    const { answers, ...no } = says('no') as Extract<DealCommand, { type: 'AnswerSection' }>;
    const moved = { ...no, answers: { ...answers, 'G1-capability': { value: 'no', note, sources: [] } } };
    expect(scopeSaidOf(saved.and('rep-1', moved).view.deal)?.contradicts.join()).toContain(words);
  });
});

describe('the flag that a Save which came too late offers', () => {
  it('has the severe answers first, and what was typed beside the questions', () => {
    const { view } = dealNamed('D-F1RST1');
    const ids = view.policy.sections.find(({ id }) => id === 'end-user')!.questions.map(({ id }) => id);
    const values = Object.fromEntries([
      ...ids.map((id) => [answerName(id), 'yes'] as const),
      [noteName('H-RF1'), 'Their guards beat strikers.'],
      ['why', END],
    ]);
    const form = keptForm(view, 'end-user', values, { how: 'answered', by: 'rep-1', at: view.now });
    const flag = JSON.stringify(form.blocks.findLast(({ kind }) => kind === 'input'));
    const { flags } = view.policy.evaluate({
      ...view.facts,
      answers: Object.fromEntries(ids.map((id) => [id, 'yes'])),
      ownFlags: [],
    });
    const textOf = (id: string): string => JSON.stringify(view.policy.question(id)!.text).slice(1, 60);
    const severe = flags.filter(({ weight }) => weight === 'severe').flatMap(({ because }) => because);
    expect(severe.length).toBeGreaterThan(1);
    expect(severe.some((id) => flag.includes(textOf(id)))).toBe(true);
    const firsts = ids.filter((id) => flag.includes(textOf(id)));
    const places = firsts.map((id) => [id, flag.indexOf(textOf(id))] as const).toSorted((a, b) => a[1] - b[1]);
    const weightOf = (id: string): number => (view.policy.question(id)?.stops ? 2 : Number(severe.includes(id)));
    const weights = places.map(([id]) => weightOf(id));
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(flag).toContain(END);
  });
});

describe('what is said against the product sheet', () => {
  it('is read by who confirms the scope, and on no card', () => {
    const reason = 'There is a camera and a microphone inside: I opened one.';
    const asked = openNamed('D-F1RST1', { endUser: { name: 'Aral Loom House', kind: 'private' } }).and(
      ...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private'),
    );
    const { organisation, deal } = asked.view;
    const { id: product, name } = deal.details.product;
    const dispute = { id: 'd1', version: 1, questions: ['P1'], reason, by: 'product-1', at: asked.view.now };
    const sheets = [
      {
        id: 's1',
        version: 1,
        on: { of: 'product', product, name },
        answers: {},
        said: [],
        changes: [],
        disputes: [dispute],
      },
    ] as unknown as typeof organisation.sheets;
    const view = { ...asked.view, organisation: { ...organisation, sheets } };
    expect(JSON.stringify(confirmScopeForm(view, {}, {}, { reader: 'compliance-1' }))).toContain(reason);
    // Nobody is known to read it.
    expect(JSON.stringify(confirmScopeForm(view))).not.toContain(reason);
    expect(JSON.stringify(scopeSaidBlocks(view))).toContain('The product sheet is disputed');
    expect(JSON.stringify(scopeSaidBlocks(view))).not.toContain(reason);
    // A later one in its place is another: what was confirmed over the first does not cover it.
    const on = (at: string): string[] => {
      const other = sheets!.map((sheet) => ({ ...sheet, disputes: [{ ...dispute, at }] }));
      return contradictions({ ...asked.view, organisation: { ...organisation, sheets: other } });
    };
    expect(on('2027-02-20T09:00:00.000Z')).not.toEqual(on('2027-02-21T09:00:00.000Z'));
  });
});
