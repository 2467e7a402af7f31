/** A rep's own deals, whatever they say and when, take the place of nobody's whose answers contradict theirs. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { othersItems } from '../../../../blocks/cards/others-words.ts';
import type { SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { HeardOtherwise } from '../../../../flows/deal/heard-shapes.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { pictureContext, pictureDeal } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { noteOf, openNamed, told } from '../../../support/twins.ts';

const LATER = '2027-03-05T09:00:00.000Z';
const onDay = (day: number): string => `2027-03-0${day}T09:00:00.000Z`;

const dealOf = (id: string, answers: Record<string, string>): Story =>
  story(
    pictureDeal(answers, 'government').map(([actor, command]): Line => [
      actor,
      command.type === 'OpenDeal'
        ? {
            ...command,
            deal: id,
            details: { ...command.details, endUser: { name: `Ministry ${id}`, kind: 'government' } },
          }
        : command,
    ]),
    pictureContext(),
  );

const mine = dealOf('D-MYDEAL', {});
const MINE: SaidElsewhere = { ...saidElsewhere(mine.view), owner: 'rep-1', team: ['rep-1', 'product-1'] };
const bad = dealOf('D-ANY', { S5: 'yes' });
const open = saidElsewhere(bad.view);
const withdrawn = saidElsewhere(bad.and('rep-1', { type: 'Withdraw', reason: 'The wrong rows.' }).view);
const other = (id: string, by: string[], day: number, from = open): SaidElsewhere => ({
  ...from,
  id,
  owner: by[0]!,
  team: by,
  otherwise: from.otherwise.map((one) => ({ ...one, at: onDay(day) })),
});
const REAL = other('D-REAL', ['rep-2'], 2);
const DUMMY = other('D-DUMMY', ['rep-1'], 3, withdrawn);

const heard = (all: readonly SaidElsewhere[], noted: HeardOtherwise[] = []): HeardOtherwise[] =>
  newsOfOthers([{ ...MINE, noted: { ended: [], otherwise: noted } }, ...all], LATER).get('D-MYDEAL')?.otherwise ?? [];
const S5 = { question: 'S5', says: ['yes'] };

describe('the deal that is named as contradicting an answer', () => {
  it('is another’s, and not a later one that the same rep opened and withdrew', () => {
    expect(withdrawn.ended).toBeUndefined();
    expect(heard([REAL, DUMMY])).toEqual([{ ...S5, deal: 'D-REAL', at: onDay(2), more: 1 }]);
    expect(heard([DUMMY, REAL])).toEqual([{ ...S5, deal: 'D-REAL', at: onDay(2), more: 1 }]);
  });

  it.each<[string, SaidElsewhere]>([
    ['that stands', other('D-DUMMY', ['rep-1'], 3)],
    ['that a friend owns now', other('D-DUMMY', ['rep-3', 'rep-1'], 3)],
    ['that whoever owns the contradicting one owns now', other('D-DUMMY', ['rep-2', 'rep-1'], 3)],
  ])('is another’s, and not one of the rep’s %s', (_what, dummy) => {
    expect(heard([REAL, dummy])).toMatchObject([{ deal: 'D-REAL', more: 1 }]);
  });

  it('is another’s also where one colleague works on all of them', () => {
    const real = other('D-REAL', ['rep-2', 'product-1'], 2);
    expect(heard([real, other('D-DUMMY', ['rep-1', 'product-1'], 3)])).toMatchObject([{ deal: 'D-REAL', more: 1 }]);
  });

  it('is one that stands, of two of others; where both do, both are named', () => {
    const later = other('D-LATER', ['rep-3'], 3, withdrawn);
    expect(heard([REAL, later])).toMatchObject([{ deal: 'D-REAL', more: 1 }]);
    // A friend may withdraw theirs with a harmless word, and nobody else's is hidden behind it.
    const both = heard([REAL, other('D-LATER', ['rep-3'], 3), other('D-OLDER', ['rep-4'], 1)]);
    expect(both).toMatchObject([{ deal: 'D-LATER', more: 2 }, { deal: 'D-REAL' }]);
    expect(heard([REAL, later], both)).toEqual([]);
  });

  it('is another’s that stands once none of those that were named does', () => {
    const friends = [other('D-FRIEND', ['rep-3'], 4), other('D-FAVOUR', ['product-2', 'rep-3'], 3)];
    const both = heard([REAL, ...friends]);
    expect(both).toMatchObject([{ deal: 'D-FRIEND', more: 2 }, { deal: 'D-FAVOUR' }]);
    const gone = [other('D-FRIEND', ['rep-3'], 4, withdrawn), other('D-FAVOUR', ['rep-3'], 3, withdrawn)];
    const again = heard([REAL, ...gone], both);
    expect(again).toMatchObject([{ deal: 'D-REAL', instead: true }]);
    expect(heard([REAL, ...gone], [...both, ...again])).toEqual([]);
    const note = (otherwise: HeardOtherwise[]) => ({ type: 'NoteOthers' as const, ended: [], otherwise });
    const told = mine.and(SYSTEM, note(both)).and(SYSTEM, note(again));
    expect(told.view.deal.others?.otherwise).toEqual([...both, ...again]);
    told.when(SYSTEM, note(again)).refused('not now', /knows of this/);
  });

  it('is the rep’s own where nobody else says it, and then another’s as soon as there is one', () => {
    const own = heard([DUMMY]);
    expect(own).toEqual([{ ...S5, deal: 'D-DUMMY', at: onDay(3), own: true }]);
    expect(heard([DUMMY], own)).toEqual([]);
    const both = heard([DUMMY, REAL], own);
    expect(both).toEqual([{ ...S5, deal: 'D-REAL', at: onDay(2), more: 1 }]);
    expect(heard([DUMMY, REAL], [...own, ...both])).toEqual([]);
    const note = (otherwise: HeardOtherwise[]) => ({ type: 'NoteOthers' as const, ended: [], otherwise });
    const told = mine.and(SYSTEM, note(own)).and(SYSTEM, note(both));
    expect(told.view.deal.others?.otherwise).toEqual([...own, ...both]);
    told.when(SYSTEM, note(own)).refused('not now', /knows of this/);
    const words = plain({
      blocks: [{ kind: 'list', items: othersItems(told.view, new Set(['D-REAL', 'D-DUMMY'])) }],
    });
    expect(words).toMatch(/Answered otherwise in D-REAL and 1 more deal: .*Answered otherwise in D-DUMMY: /su);
    expect(plain({ blocks: [{ kind: 'list', items: othersItems(told.view) }] })).not.toMatch(/D-REAL|more deal/u);
  });

  it('is another’s, whoever says it how often and when, wherever one with which the team has nothing to do says it', () => {
    const who = fc.constantFrom('rep-1', 'rep-2', 'rep-3', 'product-1', 'product-2');
    const deal = fc.tuple(
      fc.uniqueArray(who, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
    );
    let apart = 0;
    fc.assert(
      fc.property(fc.array(deal, { minLength: 1, maxLength: 12 }), (deals) => {
        const all = deals.map(([by, day, back], n) => other(`D-N${n}`, by, day, back ? withdrawn : open));
        const free = all.filter(({ team }) => !team.includes('rep-1') && !team.includes('product-1'));
        const [found, second, ...more] = heard(all);
        expect(more).toEqual([]);
        const owners = new Set(free.flatMap(({ listens, owner }) => (listens ? [owner] : [])));
        expect(second !== undefined).toBe(owners.size > 1);
        expect(owners.has(all.find(({ id }) => id === second?.deal)?.owner ?? '')).toBe(owners.size > 1);
        expect(found?.more ?? 0).toBe(all.length - 1);
        const named = all.find(({ id }) => id === found?.deal)!;
        apart += free.length > 0 ? 1 : 0;
        if (free.length > 0) expect(free.map(({ id }) => id)).toContain(named.id);
        if (free.some(({ listens }) => listens)) expect(named.listens).toBe(true);
      }),
    );
    expect(apart).toBeGreaterThan(20);
  });
});

describe('what was answered of an end-user whom a deal names as its customer', () => {
  it('is heard also where both are out of scope without a look of compliance', () => {
    const weather = { id: 'weather', name: 'Sample weather sensor', category: 'Sensors', able: false };
    const context = pictureContext({ products: [weather] });
    const deal = (id: string, G2: string, name: string, customer: string): Story =>
      openNamed(id, { product: weather, endUser: { name, kind: 'private' }, customer }, context).and('rep-1', {
        type: 'AnswerSection',
        section: 'scope',
        answers: { 'G1-capability': { value: 'no', sources: [] }, G2: { value: G2, sources: [] } },
      });
    const close = deal('D-CLOSE1', 'yes', 'Nazar Loom House', 'Askar Trade');
    const next = deal('D-NEXT01', 'no', 'Gulnar Rose Garden', 'Nazar Loom House');
    expect([close, next].map(({ view }) => view.deal.status)).toEqual(['out of scope', 'out of scope']);
    expect(noteOf(next, close)).toMatchObject({ otherwise: [{ deal: 'D-CLOSE1', question: 'G2' }] });
    expect(told(next, close).view.deal.status).toBe('answering');
  });
});

describe('an answer where “yes” is the good one', () => {
  const said = (id: string, by: string, answers: Record<string, string>): SaidElsewhere => {
    const lines = pictureDeal(answers, 'government').map(([actor, command]): Line => [
      actor,
      command.type === 'OpenDeal' ? { ...command, deal: id } : command,
    ]);
    return { ...saidElsewhere(story(lines, pictureContext()).view), owner: by, team: [by] };
  };
  const heardBy = (mine: SaidElsewhere, other: SaidElsewhere): string[] =>
    (newsOfOthers([{ ...mine, noted: { ended: [], otherwise: [] } }, other], LATER).get(mine.id)?.otherwise ?? []).map(
      ({ question, says }) => `${question} ${String(says)}`,
    );

  it('is contradicted where it is of the same sale: that nobody benefits', () => {
    expect(heardBy(said('D-MYDEAL', 'rep-1', { G8: 'yes' }), said('D-OTHER', 'rep-2', { G8: 'no' }))).toEqual([
      'G8 no',
    ]);
    expect(heardBy(said('D-MYDEAL', 'rep-1', { G8: 'no' }), said('D-OTHER', 'rep-2', { G8: 'yes' }))).toEqual([]);
  });
  it('is not where it says what was done for one deal', () => {
    expect(heardBy(said('D-MYDEAL', 'rep-1', { H1: 'yes' }), said('D-OTHER', 'rep-2', { H1: 'no' }))).toEqual([]);
  });
});
