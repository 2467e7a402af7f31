/** What a deal keeps of an answer that it confirmed of an earlier one: what it stood on, how old it is, and who reads where from. */

import { describe, expect, it } from 'vitest';
import { sectionCard } from '../../../../blocks/cards/section.ts';
import { standsOnBlocks } from '../../../../blocks/cards/stands-on.ts';
import { dossier } from '../../../../blocks/dossier/dossier.ts';
import { answersForm } from '../../../../blocks/forms/answers.ts';
import type { AnswerBasis, GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { heardOtherwise } from '../../../../flows/deal/context/topics.ts';
import { factsText } from '../../../../flows/deal/deciding/facts.ts';
import { evolve } from '../../../../flows/deal/evolve.ts';
import { offersFor } from '../../../../flows/deal/reuse/offers.ts';
import { noDeal, type DealState } from '../../../../flows/deal/state.ts';
import { confirmable } from '../../../../flows/deal/taking/asked-again.ts';
import { approved, beside, confirmedOf, CONTEXT, lines, opened, voted } from '../../../support/reuse-story.ts';
import { story, type Story } from '../../../support/story.ts';
import { told } from '../../../support/twins.ts';

const OLD = 'D-OLD001';
const READS = new Set([OLD]);
const basisOf = ({ view }: Story, id: string): AnswerBasis | undefined =>
  Object.values(view.deal.answers).flatMap((section) => section[id] ?? [])[0]?.basis;

/** The command of a section, with what these deals offer confirmed. */
const sectionOf = (section: string, earlier: readonly Story[], person = 'rep-1'): DealCommand => {
  const offers = offersFor(beside(opened(), earlier, person));
  const [, command] = lines('D-NEW001', {
    given: (answer, id) => offers.get(id)?.answer ?? answer,
    earlier,
  }).find(([, one]) => typeof one !== 'function' && one.type === 'AnswerSection' && one.section === section)!;
  return command as DealCommand;
};
const upTo = (n: number): Story =>
  lines('D-NEW001', {})
    .slice(1, n)
    .reduce((deal, [actor, command]) => deal.and(actor, command), opened());

describe('a confirmed answer', () => {
  it('is the same fact only if it was confirmed of the same answer', () => {
    const deal = confirmedOf(approved(OLD));
    const earlier = basisOf(deal, 'H4')?.earlier;
    expect(earlier).toEqual({ deal: OLD, by: 'rep-1', at: expect.stringMatching(/^2027-03-01/) as string });
    expect(factsText(deal.view)).toContain(OLD);
    expect(factsText(deal.view)).not.toBe(factsText(confirmedOf(approved('D-OLD002')).view));
  });

  it('is weighed as if it were given anew on the same', () => {
    const anew = story(lines('D-NEW001', {}), CONTEXT).view;
    const deal = confirmedOf(approved(OLD)).view;
    expect(deal.assessment).toEqual(anew.assessment);
    expect(deal.facts.based).toEqual(anew.facts.based);
  });

  it('stands on somebody’s word as long as they do not deny it', () => {
    const old = approved(OLD, {
      given: (answer, id) => (id === 'H4' ? { ...answer, sources: [], basis: { told: 'product-1' } } : answer),
    });
    const deal = confirmedOf(old);
    expect(deal.view.facts.based?.['H4']).toBe(1);
    const denied = deal.and('product-1', { type: 'ObjectToBasis', reason: 'I never said so' });
    expect(denied.view.facts.based?.['H4']).toBe(0);
    expect(basisOf(denied, 'H4')?.earlier?.deal).toBe(OLD);
  });

  it('is heard against like any other: what another deal says worse later is told', () => {
    const deal = confirmedOf(approved(OLD));
    const worse = story(lines('D-OTHER1', { answers: { 'H-RF8': 'yes' } }), CONTEXT);
    expect(heardOtherwise(told(deal, worse).view)).toMatchObject([{ question: 'H-RF8', deal: 'D-OTHER1' }]);
  });

  it('is of another deal once the product or the end-user is corrected', () => {
    const deal = confirmedOf(approved(OLD));
    const { details } = deal.view.deal;
    const other = deal.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, endUser: { name: 'Sample Dam Office', kind: 'government' } },
      reason: 'It was another office',
    });
    expect(other.view.facts.based?.['H4']).toBe(-1);
    expect(offersFor(other.view).get('H4')).toBeUndefined();
  });
});

describe('the decision looks again', () => {
  const changed = (
    change: (answer: GivenAnswer) => GivenAnswer,
    earlier: readonly Story[] = [approved(OLD)],
  ): DealCommand => {
    const command = sectionOf('end-user', [approved(OLD)]);
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    const { earlier: deals, ...rest } = command;
    const answers = Object.fromEntries(
      Object.entries(command.answers).map(([id, answer]) => [id, id === 'H4' ? change(answer) : answer]),
    );
    return { ...rest, answers, ...(earlier.length > 0 ? { earlier: deals } : {}) };
  };

  it.each<[string, DealCommand]>([
    ['nothing is offered', changed((answer) => answer, [])],
    ['it says otherwise', changed((answer) => ({ ...answer, value: 'unknown' }))],
    ['it has another note', changed((answer) => ({ ...answer, note: 'A court said so.' }))],
    [
      'it names other sources',
      changed((answer) => ({
        ...answer,
        basis: { ...answer.basis, sources: [{ name: 'Mine', year: 2027, url: 'https://mine.example.org/' }] },
      })),
    ],
    [
      'it says that it is younger',
      changed((answer) => ({
        ...answer,
        basis: { ...answer.basis, earlier: { ...answer.basis!.earlier!, at: '2027-03-01T23:00:00.000Z' } },
      })),
    ],
    [
      'it says that somebody else said so',
      changed((answer) => ({
        ...answer,
        basis: { ...answer.basis, earlier: { ...answer.basis!.earlier!, by: 'counsel-1' } },
      })),
    ],
  ])('%s: refused, at the question', (what, command) => {
    const question = what === 'nothing is offered' ? 'H3-targeted' : 'H4';
    upTo(3)
      .when('rep-1', command)
      .refused('not valid', /not offered any more/, { question, part: 'answer' });
  });

  it('whoever may not read the earlier deal confirms nothing of it, whatever is sent along', () => {
    const deal = upTo(3).and('rep-1', { type: 'HandOverSection', section: 'end-user', to: 'rep-2' });
    deal.when('rep-2', sectionOf('end-user', [approved(OLD)])).refused('not valid', /not offered any more/);
    deal.and('rep-1', sectionOf('end-user', [approved(OLD)]));
  });

  it('keeps no draft of what is not offered', () => {
    const command = sectionOf('end-user', [approved(OLD)]) as Extract<DealCommand, { type: 'AnswerSection' }>;
    const save = { ...command, type: 'SaveSectionForLater' as const };
    const drafts = (deal: Story) => deal.view.deal.drafts['end-user'] ?? {};
    expect(drafts(upTo(3).and('rep-1', save))['H4']?.basis?.earlier?.deal).toBe(OLD);
    const { earlier: _, ...alone } = save;
    const kept = drafts(upTo(3).and('rep-1', alone));
    expect(kept['H4']).toBeUndefined();
    expect(kept['K1']).toBeDefined();
  });

  it('what the deal took stays as it took it, whatever became of the earlier one', () => {
    const deal = upTo(3).and('rep-1', sectionOf('end-user', [approved(OLD)]));
    const { earlier: _, ...again } = sectionOf('end-user', [approved(OLD)]) as Extract<
      DealCommand,
      { type: 'AnswerSection' }
    >;
    expect(deal.and('rep-1', again).view.deal.answers).toEqual(deal.view.deal.answers);
  });
});

describe('whoever reads it', () => {
  const deal = confirmedOf(approved(OLD));
  const said = (made: unknown): string => JSON.stringify(made);

  it('is told the deal, who and when, if they may read that deal', () => {
    for (const text of [
      standsOnBlocks(deal.view, READS),
      answersForm(deal.view, 'end-user', 'compliance-1', READS),
    ].map(said)) {
      expect(text).toMatch(new RegExp(`[Aa]s answered in ${OLD} on 1 March 2027 by `));
    }
    // Of several sections and moments of one day: one line.
    expect(said(standsOnBlocks(deal.view, READS)).match(/\d+ answers, as answered in /g)).toHaveLength(1);
    expect(said(standsOnBlocks(deal.view, READS))).not.toContain('on: As answered');
    expect(said(dossier(deal.view, { commits: [], readable: READS }))).toContain(
      `as answered in ${OLD} on 1 March 2027 by Sample Rep`,
    );
  });

  it('is told when alone, if not: without number and without names', () => {
    for (const text of [
      standsOnBlocks(deal.view, new Set()),
      answersForm(deal.view, 'end-user', 'senior-1'),
      sectionCard(deal.view, 'end-user'),
      dossier(deal.view, { commits: [], readable: new Set() }),
    ].map(said)) {
      expect(text.toLowerCase()).toContain('as answered in an earlier deal on 1 march 2027');
      expect(text).not.toContain(OLD);
      expect(text).not.toContain('1 March 2027 by');
    }
  });
});

describe('a reassessment', () => {
  const again = (at: string): Story =>
    voted(confirmedOf(approved(OLD)))
      .and('rep-1', { type: 'ReportChange', what: 'service', why: 'A module for faces' }, at)
      .and('rep-1', { type: 'StartReassessment' }, at);

  it('repeats in one press what is still young enough, and makes it no younger', () => {
    const at = '2027-06-01T09:00:00.000Z';
    const deal = ['scope', 'product', 'end-user'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }, at),
      again(at),
    );
    expect(basisOf(deal, 'H4')?.earlier?.at).toMatch(/^2027-03-01/);
  });

  it('asks anew for what is too old', () => {
    const at = '2027-09-02T09:00:00.000Z';
    const deal = ['scope', 'product'].reduce(
      (now, section) => now.and('rep-1', { type: 'ConfirmSection', section }, at),
      again(at),
    );
    deal.when('rep-1', { type: 'ConfirmSection', section: 'end-user' }, at).refused('not now');
    expect(confirmable({ ...deal.view, now: at }, 'end-user')).toBeUndefined();
    expect(offersFor({ ...deal.view, now: at }).size).toBe(0);
    // What was asked of nobody else before can be repeated.
    expect(confirmable({ ...deal.view, now: at }, 'laws')).toBeDefined();
  });
});

it('events of before replay as they were', () => {
  const { events, state } = story(lines('D-NEW001', {}), CONTEXT);
  expect(JSON.stringify(events)).not.toContain('earlier');
  expect(events.reduce<DealState>(evolve, noDeal)).toEqual(state);
});
