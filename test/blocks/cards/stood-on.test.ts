/** What a decision stood on: asked for in words, the answer says it, and one press has all of it. */

import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../blocks/card.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { statusCard } from '../../../blocks/cards/status.ts';
import { stoodOnItems } from '../../../blocks/cards/stood-on.ts';
import { answersForm } from '../../../blocks/forms/answers.ts';
import { whyForm } from '../../../blocks/forms/why.ts';
import { teamsForm } from '../../../blocks/teams/teams.ts';
import { waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { aDecidingDeal, aFlag, allAnswers, aPolicy, aView, aVote } from '../../support/deal-builders.ts';
import { dossierDeal } from '../../support/dossier-deal.ts';
import { anApproval } from '../../support/every-deal.ts';
import { pictureContext, pictureDeal, weighed } from '../../support/picture-deal.ts';
import { story } from '../../support/story.ts';
import { brokenRules, wordsOf } from '../forms/support.ts';
import { plain } from './plain.ts';

const SOURCES = [
  { name: 'Sample registry', year: 2026, url: 'https://registry.example/one' },
  { name: 'Sample report', year: 2025, url: 'https://reports.example/two' },
];
const base = { by: 'rep-1', at: '2027-03-10T09:00:00.000Z' };

const answers: OpenedDeal['answers'] = {
  ...allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' }),
  product: {
    P1: { ...base, value: 'no', sources: SOURCES },
    P2: { ...base, value: 'no', sources: [SOURCES[1]!], basis: { told: 'product-1' } },
    P4: { ...base, value: 'common', sources: [] },
  },
};
const flags = (one: 'uphold' | 'clear', other: 'uphold' | 'clear') => ({
  'H-RF1': { opinion: one, ...(one === 'clear' ? { reason: 'That was another ministry.' } : {}) },
  'H-RF3': { opinion: other, ...(other === 'clear' ? { reason: 'The conflict is over.' } : {}) },
});
const approval = anApproval([]);
const decidedOn = (votes: readonly ReturnType<typeof aVote>[], more: Partial<OpenedDeal> = {}) =>
  aView({ ...approval, answers, ...more, decision: { ...approval.decision, votes: [...votes] } } as OpenedDeal, {
    policy: aPolicy({ isBenign: (_, value) => value === 'no' }),
  });
const told = (view: ReturnType<typeof decidedOn>): string => plain(statusCard(view, 'compliance-1'));

describe('the answer to “who approved it?”', () => {
  it('says on how many sources, which first, and on whose word', () => {
    const text = told(decidedOn([aVote('compliance-1', 0, { flags: flags('uphold', 'uphold') })]));
    expect(text).toContain('What it stood on');
    expect(text).toMatch(
      /2 of 7 answers name what they stand on: 2 sources, “Sample report, 2025” \(reports\.example\).*; “Sample registry/,
    );
    expect(text).toContain('@product-1’s word');
  });
  it('says which flags were upheld, cleared or differed on, the cleared ones with the reason', () => {
    const both = decidedOn([
      aVote('compliance-1', 0, { flags: flags('uphold', 'clear') }),
      aVote('senior-1', 1, { flags: flags('uphold', 'clear') }),
    ]);
    expect(told(both)).toMatch(/2 red flags: 1 upheld, 1 cleared\./);
    expect(told(both)).toMatch(
      /Cleared: Conflict in the region \(H-RF3\)\. By @compliance-1, @senior-1: “The conflict is over\.”/,
    );
    expect(told(both)).toContain('Upheld by @compliance-1, @senior-1: ');
    const differed = decidedOn([
      aVote('compliance-1', 0, { flags: flags('uphold', 'clear') }),
      aVote('senior-1', 1, { flags: flags('uphold', 'uphold') }),
    ]);
    expect(told(differed)).toMatch(/2 red flags: 1 upheld, 1 upheld by some and cleared by others\./);
    expect(told(differed)).toMatch(
      /Cleared by some: Conflict in the region \(H-RF3\)\. By @compliance-1: “The conflict is over\.”; upheld by @senior-1/,
    );
  });
  it('gives everybody their own words, where two cleared a flag for different reasons', () => {
    const clearing = (reason: string) => ({
      'H-RF1': { opinion: 'uphold' as const },
      'H-RF3': { opinion: 'clear' as const, reason },
    });
    const text = told(
      decidedOn([
        aVote('compliance-1', 0, { flags: clearing('That is another province.') }),
        aVote('senior-1', 1, { flags: clearing('Others are meant.') }),
        { ...aVote('counsel-1', 1, { flags: flags('uphold', 'uphold') }), for: 'senior-2' },
      ]),
    );
    expect(text).toContain(
      'By @compliance-1: “That is another province.”; by @senior-1: “Others are meant.”; upheld by @counsel-1, for @senior-2',
    );
    expect(text).toMatch(/Upheld by @compliance-1, @senior-1, @counsel-1, for @senior-2: /);
  });
  it('says who upheld which of many flags, and how many more there are', () => {
    const many = Array.from({ length: 9 }, (_, n) => aFlag(`F-${n}`, { title: `Sample flag ${n}` }));
    const upheld = Object.fromEntries(many.map(({ id }) => [id, { opinion: 'uphold' as const }]));
    const view = decidedOn([aVote('compliance-1', 0, { flags: upheld })]);
    const text = told({ ...view, assessment: { ...view.assessment, flags: many } });
    expect(text).toContain('9 red flags: 9 upheld.');
    expect(text).toMatch(/Upheld by @compliance-1: Sample flag 0 \(F-0\); .*; and 3 more\./);
  });
  it('says what compliance accepted as not known, and that none of the answers name anything', () => {
    const gap = { value: 'unknown', by: 'compliance-2', at: base.at, reason: 'Nobody can find out.' };
    const view = decidedOn([aVote('compliance-1', 0)], {
      answers: allAnswers(),
      gaps: { 'H-RF5': gap },
    } as Partial<OpenedDeal>);
    expect(told(view)).toContain('None of its 7 answers names what it stands on.');
    expect(told(view)).toContain('1 answer not known, accepted by compliance.');
    expect(told(view)).toContain('No red flags were raised.');
  });
  it('has all of it in one press', () => {
    const view = decidedOn([aVote('compliance-1', 0)]);
    expect(actionsOf(statusCard(view, 'compliance-1')).map(({ label, value }) => [label, value])).toContainEqual([
      'All evidence',
      view.deal.id,
    ]);
    // Nothing is decided: there is nothing that it stood on.
    const open = aView(aDecidingDeal({ votes: [] }));
    expect(stoodOnItems(open)).toEqual([]);
    expect(actionsOf(statusCard(open, 'rep-1')).map(({ label }) => label)).not.toContain('All evidence');
  });
});

/** A deal of the default policy, decided; counsel's notes on its country are there unless they are left out. */
const pictured = (changed: Record<string, string>, notes = true): DealView => {
  const context = pictureContext(notes ? {} : { counselNotes: [] });
  let told = story(pictureDeal(changed), context);
  while (told.state.status === 'deciding') {
    const [who] = waitingFor(told.view).people;
    if (who === undefined) throw new Error('nobody can vote');
    const opinions = told.view.assessment.flags.map(({ id }) => [id, { opinion: 'uphold' as const }]);
    told = told.vote(who, { ...weighed, flags: Object.fromEntries(opinions), noCondition: 'The contract says it.' });
  }
  return told.view;
};

describe('the answers are counted in one way', () => {
  const facts = (view: DealView): { some: number; all: number; none: number; alone: number } => {
    const text = told(view);
    const [, some, all] = /(\d+) of (\d+) answers that need a basis have one/.exec(text) ?? [];
    const [, none = '0'] = /(\d+) (?:has|have) none\./.exec(text) ?? [];
    const [, alone = '0'] = /(\d+) on one source only, where two are asked for/.exec(text) ?? [];
    return { some: Number(some), all: Number(all), none: Number(none), alone: Number(alone) };
  };

  it.each([
    ['low, all on two sources', { P1: 'yes' }, true],
    ['low, no note of counsel', { P1: 'yes' }, false],
    ['high, one flag', { P1: 'yes', 'H-RF1': 'yes', 'H-RF4': 'yes' }, true],
    ['high, no note of counsel', { P1: 'yes', 'H-RF1': 'yes', 'H-RF4': 'yes' }, false],
  ])('as the assessment counts them: %s', (_, changed, notes) => {
    const view = pictured(changed as Record<string, string>, notes);
    const { some, all, none, alone } = facts(view);
    expect(all).toBeGreaterThan(3);
    expect(some + none).toBe(all);
    const why = view.assessment.openQuestions.map((one) => one.why);
    expect(none).toBe(why.filter((one) => one === 'no basis').length);
    expect(alone).toBe(why.filter((one) => one === 'one publisher').length);
    if (!notes) expect(none).toBeGreaterThan(0);
  });

  it('and what is answered is not said to be unknown', () => {
    const view = pictured({ P1: 'yes' }, false);
    const none = view.assessment.openQuestions.length;
    expect(plain(rootCard(view))).toMatch(
      new RegExp(`Decided with ${none} open questions? \\(${none} without a basis\\)`),
    );
    expect(plain(rootCard(view))).not.toContain('not known');
    const both = pictured({ P1: 'yes', 'H-RF3-conflict': 'unknown' }, false);
    expect(plain(rootCard(both))).toMatch(
      new RegExp(`Decided with ${none + 1} open questions \\(1 not known, ${none} without a basis\\), the first: `),
    );
  });
});

describe('all evidence', () => {
  const { view } = dossierDeal();

  it('has the flags as weighed and the answers of every section, on one page', () => {
    const form = answersForm(view, '', 'compliance-1');
    expect(brokenRules(form)).toEqual([]);
    const words = wordsOf(form);
    for (const section of view.policy.sections.filter(({ id }) => view.deal.answers[id])) {
      expect(words).toContain(section.title);
      for (const { id, text } of section.questions.filter((one) => view.deal.answers[section.id]?.[one.id]))
        expect([id, words.includes(text.slice(0, 60))]).toEqual([id, true]);
    }
    expect(words).toContain('That was another agency.');
  });
  it('names the sections for which there is no room, with their buttons', () => {
    const long = 'Word for word from the report, which is long. '.repeat(20);
    const grown: OpenedDeal['answers'] = Object.fromEntries(
      Object.entries(view.deal.answers).map(([id, given]) => [
        id,
        Object.fromEntries(Object.entries(given).map(([question, answer]) => [question, { ...answer, note: long }])),
      ]),
    );
    const form = answersForm({ ...view, deal: { ...view.deal, answers: grown } as OpenedDeal }, '', 'compliance-1');
    expect(brokenRules(form)).toEqual([]);
    const words = wordsOf(form);
    const labels = form.blocks.flatMap((block) =>
      block.kind === 'actions' ? block.actions.map(({ label }) => label) : [],
    );
    const left = view.policy.sections.filter(({ id, title }) => grown[id] && labels.includes(title));
    expect(left.length).toBeGreaterThan(0);
    expect(words).toContain(`Not on this page: ${left.map(({ title }) => title).join(', ')}.`);
  });
  it('keeps within what a dialog in Teams holds, whatever voters wrote, and names what it leaves out', () => {
    const reason = '证据不足以支持这一说法，因为报告提到的是另一个机构。'.repeat(12);
    const { flags: raised } = view.assessment;
    const one = raised[0];
    if (!one || !('decision' in view.deal)) throw new Error('the sample deal has no flags, or no decision');
    const many = Array.from({ length: 20 }, (_, n) => ({ ...one, id: `F-${n}`, title: `Sample flag ${n}` }));
    const opinions = Object.fromEntries(many.map(({ id }) => [id, { opinion: 'clear' as const, reason }]));
    const votes = Array.from({ length: 5 }, (_, n) => aVote(`senior-${n + 1}`, 1, { flags: opinions }));
    const note = '报告的原文很长。'.repeat(60);
    const grown = Object.fromEntries(
      Object.entries(view.deal.answers).map(([id, given]) => [
        id,
        Object.fromEntries(Object.entries(given).map(([question, answer]) => [question, { ...answer, note }])),
      ]),
    );
    const form = answersForm(
      {
        ...view,
        assessment: { ...view.assessment, flags: many },
        deal: { ...view.deal, answers: grown, decision: { ...view.deal.decision, votes } } as OpenedDeal,
      },
      '',
      'compliance-1',
    );
    expect(brokenRules(form)).toEqual([]);
    const drawn = JSON.stringify(
      teamsForm(form, { names: (id) => ({ name: id }), people: [] }, { surface: 'dialog', showing: 's1' }),
    );
    expect(drawn).not.toContain('not fit here');
    expect(drawn).not.toContain('more characters');
    const words = wordsOf(form);
    expect(words).toContain('Sample flag 0');
    expect(words).toMatch(/and \d+ more flags: the dossier has all/);
    const left = view.policy.sections
      .filter(({ id }) => grown[id])
      .filter(({ title }) => !words.includes(`"${title}"`));
    for (const { title } of left) expect(words).toContain(title);
  });
  it('is where “Why?” and a section lead to', () => {
    const of = (form: ReturnType<typeof whyForm>): string[] =>
      form.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.map(({ value }) => value) : []));
    expect(of(whyForm(view))).toContain(view.deal.id);
    expect(of(answersForm(view, 'product', 'rep-1'))).toContain(view.deal.id);
  });
});
