/** What a change that waits for compliance, a basis, an accepted gap and an alert mean together. */

import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { findingNow } from '../../../../flows/deal/context/finding.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import {
  answerPicture,
  findingPolicy,
  openPicture,
  pictureContext,
  pictureDeal,
} from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';

const because = ([actor, command]: Line): Line => [actor, { ...command, why: 'It was a mistake' } as DealCommand];
/** A section's answers that stand on nothing. */
const baseless = ([actor, command]: Line): Line => {
  if (command.type !== 'AnswerSection') throw new Error(command.type);
  const bare = Object.entries(command.answers).map(([id, { value }]) => [id, { value, note: 'So', sources: [] }]);
  return [actor, { ...command, answers: Object.fromEntries(bare) }];
};
const confirmLighter = ({ deal }: DealView): DealCommand => ({
  type: 'ConfirmLighter',
  asOf: deal.lighterSaid?.at ?? '',
});
const refuseLighter = (view: DealView): DealCommand => ({
  ...(confirmLighter(view) as Extract<DealCommand, { type: 'ConfirmLighter' }>),
  type: 'RefuseLighter',
  reason: 'It matches faces',
});

/** It collects data, and of its country two heavy things are known. */
const SERIOUS = { P1: 'yes', 'L-RF1': 'yes', 'L-RF4-arbitrary': 'yes' };
const { P1: _, ...HARMLESS } = SERIOUS;
const product = (changed: Record<string, string>): Line => {
  const line = answerPicture('product', changed);
  const [actor, command] = line;
  // Nobody gives sources for a "yes".
  if (command.type !== 'AnswerSection' || changed['P1'] === undefined) return line;
  return [actor, { ...command, answers: { ...command.answers, P1: { value: changed['P1'], sources: [] } } }];
};
const lines = (changed: Record<string, string>): Line[] =>
  pictureDeal(changed).map((line) => {
    const [, command] = line;
    return command.type === 'AnswerSection' && command.section === 'product' ? product(changed) : line;
  });
const serious = (): Story => story(lines(SERIOUS), pictureContext());

describe('an answer that raises no flag and is taken back', () => {
  it('needs a reason, and waits for compliance, also where the new one comes with its basis', () => {
    expect(serious().state).toMatchObject({ status: 'deciding', tier: 'high' });
    serious()
      .when(...product(HARMLESS))
      .refused('not valid', /why/);
    const told = serious().and(...because(product(HARMLESS)));
    expect(told.view.deal.was).toMatchObject([{ question: 'P1', before: 'yes', why: 'It was a mistake' }]);
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    const confirmed = told.and('compliance-1', confirmLighter);
    expect(confirmed.view.assessment.tier).not.toBe('high');
  });

  it('gains nothing by two steps: first the answer, then its basis', () => {
    serious()
      .when(...baseless(product(HARMLESS)))
      .refused('not valid', /why/);
    const told = serious()
      .and(...because(baseless(product(HARMLESS))))
      .and(...because(product(HARMLESS)));
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(told.view.deal.lighterSaid).toBeDefined();
  });

  it('gains nothing by way of “don’t know”', () => {
    serious()
      .when(...product({ ...SERIOUS, P1: 'unknown' }))
      .refused('not valid', /why/);
    const told = serious()
      .and(...because(product({ ...SERIOUS, P1: 'unknown' })))
      .and(...because(product(HARMLESS)));
    expect(told.view.deal.was?.map(({ before }) => before)).toContain('yes');
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(told.view.deal.lighterSaid).toBeDefined();
  });

  it('gains nothing by being taken back before the rest is answered', () => {
    const all = lines(SERIOUS);
    const at = all.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'product');
    const early = story(all.slice(0, at + 1), pictureContext());
    early.when(...product(HARMLESS)).refused('not valid', /why/);
    const told = all
      .slice(at + 1)
      .reduce<Story>((so, line) => so.and(...line), early.and(...because(product(HARMLESS))));
    expect(told.state).toMatchObject({ status: 'deciding', tier: 'high' });
  });

  it('is found out without compliance where nobody knew before', () => {
    const told = story(lines({ ...SERIOUS, P1: 'unknown' }), pictureContext());
    expect(told.state).toMatchObject({ tier: 'high' });
    expect(told.and(...because(product(HARMLESS))).view.deal.lighterSaid).toBeUndefined();
  });
});

describe('what a colleague saved for later', () => {
  const SAID = { 'H-RF1': 'yes' };
  const saves = (who: string, changed: Record<string, string>): Line => {
    const [, command] = answerPicture('end-user', changed);
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    return [who, { ...command, type: 'SaveSectionForLater' } as DealCommand];
  };
  const upToEndUser = (): Line[] => {
    const all = pictureDeal({});
    return all.slice(
      0,
      all.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'end-user'),
    );
  };
  const handed = (): Story =>
    story(upToEndUser(), pictureContext()).and('rep-1', {
      type: 'HandOverSection',
      section: 'end-user',
      to: 'product-1',
    });

  it('was said: the owner who answers otherwise says why, it stays visible, and waits for compliance', () => {
    const saved = handed().and(...saves('product-1', SAID));
    const mine = answerPicture('end-user', {});
    saved.when(...mine).refused('not valid', /why/, 'why');
    const told = saved.and(...because(mine));
    expect(told.view.deal.was).toMatchObject([
      { question: 'H-RF1', before: 'yes', by: 'product-1', changedBy: 'rep-1', why: 'It was a mistake' },
    ]);
    expect(told.view.deal.lighterSaid?.answers).toMatchObject([{ question: 'H-RF1', answer: { value: 'yes' } }]);
    const refused = told.and('compliance-1', refuseLighter);
    expect(refused.view.facts.answers['H-RF1']).toBe('yes');
  });

  it('was said also where the owner takes it back and saves something else over it, or gives the deal to that colleague', () => {
    const bad = { 'H-RF1': 'yes', K1: 'yes' };
    const over = handed()
      .and(...saves('product-1', bad))
      .and('rep-1', { type: 'TakeSectionBack', section: 'end-user' })
      .and(...saves('rep-1', {}));
    over.when(...answerPicture('end-user', {})).refused('not valid', /why/, 'why');
    const given = handed()
      .and(...saves('product-1', bad))
      .and('rep-1', { type: 'TakeSectionBack', section: 'end-user' })
      .and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'She knows them better.' });
    const [, command] = answerPicture('end-user', {});
    given.when('product-1', command).refused('not valid', /why/, 'why');
    for (const told of [
      over.and(...because(answerPicture('end-user', {}))),
      given.and('product-1', { ...command, why: 'It was a mistake' } as DealCommand),
    ]) {
      expect(told.view.deal.was).toMatchObject([
        { question: 'H-RF1', before: 'yes', by: 'product-1' },
        { question: 'K1', before: 'yes', by: 'product-1' },
      ]);
      expect(told.view.lighterSaid?.answers.map(({ question }) => question)).toEqual(['H-RF1', 'K1']);
    }
  });

  it('asks nothing where it is no worse or left the question open', () => {
    for (const [who, changed] of [
      ['product-1', {}],
      ['product-1', { 'H-RF1': 'unknown' }],
      ['rep-1', {}],
      ['rep-1', { 'H-RF1': 'unknown' }],
    ] as const) {
      const told = (who === 'rep-1' ? story(upToEndUser(), pictureContext()) : handed())
        .and(...saves(who, changed))
        .and(...answerPicture('end-user', {}));
      expect([who, told.view.deal.was, told.view.deal.lighterSaid]).toEqual([who, undefined, undefined]);
    }
  });
});

describe('what the owner saved for later', () => {
  const saves = (changed: Record<string, string>): Line => {
    const [who, command] = answerPicture('end-user', changed);
    return [who, { ...command, type: 'SaveSectionForLater' } as DealCommand];
  };
  const before = (): Story => {
    const all = pictureDeal({});
    const to = all.findIndex(([, c]) => c.type === 'AnswerSection' && c.section === 'end-user');
    return story(all.slice(0, to), pictureContext());
  };
  const BAD = { 'H3-targeted': 'yes', 'H-RF1': 'yes', K1: 'yes' };
  const clean = answerPicture('end-user', {});

  it('was said, too: the same person who answers otherwise says why, and compliance confirms it', () => {
    const saved = before().and(...saves(BAD));
    saved.when(...clean).refused('not valid', /why/, 'why');
    const told = saved.and(...because(clean));
    expect(told.state.status).not.toBe('stopped');
    expect(told.view.deal.was).toMatchObject([
      { question: 'H3-targeted', before: 'yes', by: 'rep-1', changedBy: 'rep-1' },
      { question: 'H-RF1', before: 'yes' },
      { question: 'K1', before: 'yes' },
    ]);
    expect(told.view.lighterSaid?.answers.map(({ question }) => question)).toEqual(['H3-targeted', 'H-RF1', 'K1']);
    const rest = pictureDeal({}).slice(-3);
    const full = rest.reduce<Story>((so, line) => so.and(...line), told);
    expect(full.state).toMatchObject({ status: 'deciding', tier: 'high' });
    expect(full.and('compliance-1', confirmLighter).state).toMatchObject({ status: 'deciding', tier: 'low' });
    expect(full.and('compliance-1', refuseLighter).state).toMatchObject({ status: 'stopped' });
  });

  it('was said also where it is saved once more, otherwise, or left out', () => {
    const [who, command] = saves({});
    const { 'H-RF1': _, ...fewer } = (command as Extract<DealCommand, { type: 'SaveSectionForLater' }>).answers;
    const left = { ...command, answers: fewer } as DealCommand;
    for (const again of [saves({}), saves({ ...BAD, 'H-RF1': 'unknown' }), [who, left] as Line]) {
      const saved = before()
        .and(...saves({ 'H-RF1': 'yes' }))
        .and(...again)
        .and(...saves({}));
      saved.when(...clean).refused('not valid', /why/, 'why');
      const told = saved.and(...because(clean));
      expect(told.view.deal.was?.map(({ question }) => question)).toContain('H-RF1');
      expect(told.view.lighterSaid).toBeDefined();
      expect(told.and('compliance-1', confirmLighter).view.deal.earlierSaid).toBeUndefined();
    }
  });
});

describe('a gap that compliance accepts while a lighter answer waits', () => {
  const unknown = { P1: 'yes', 'H3-targeted': 'unknown' };
  const flipped = (): Story =>
    story(pictureDeal({ ...unknown, 'H3-targeted': 'yes' }), pictureContext()).and(
      ...because(answerPicture('end-user', { ...unknown, 'H-RF3-conflict': 'yes' })),
    );
  const accept: DealCommand = { type: 'AcceptGaps', questions: ['H3-targeted'], reason: 'Nobody publishes on them.' };

  it('lowers nothing below what counted before', () => {
    expect(flipped().view.deal.lighterSaid).toBeDefined();
    flipped()
      .when('compliance-2', accept)
      .refused('not now', /accepted already/);
  });

  it('ends with the answers that it was said of, where compliance refuses the change', () => {
    // Heavier now than before, so that what is said counts, with its gap.
    const more = { ...unknown, 'H-RF1': 'yes', 'H-RF6': 'yes', 'H-RF8': 'yes' };
    const told = story(pictureDeal({ ...unknown, 'H3-targeted': 'yes' }), pictureContext()).and(
      ...because(answerPicture('end-user', more)),
    );
    const accepted = told.when('compliance-2', accept);
    const back = accepted.then('GapsAccepted', 'DealRouted').and('compliance-1', refuseLighter);
    expect(back.view.facts.answers['H3-targeted']).toBe('yes');
    expect(back.view.deal.gaps).toBeUndefined();
  });
});

describe('the word of somebody who denies it', () => {
  it('does not come back with an answer that compliance restores', () => {
    const [actor, command] = answerPicture('end-user', { P1: 'yes', 'H-RF1': 'yes' });
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    const answers = Object.fromEntries(
      Object.entries(command.answers).map(([id, answer]) => [
        id,
        id === 'H-RF1' || id === 'H-RF3-conflict' ? { ...answer, basis: { told: 'senior-1' } } : answer,
      ]),
    );
    const told = story(pictureDeal({ P1: 'yes', 'H-RF1': 'yes' }), pictureContext())
      .and(actor, { ...command, answers })
      .and(...because(answerPicture('end-user', { P1: 'yes' })))
      .and(actor, {
        ...command,
        answers: { ...answers, 'H-RF1': { value: 'no', sources: [{ name: 'Sample report' }] } },
        why: 'It was a mistake',
      })
      .and('senior-1', { type: 'ObjectToBasis', reason: 'I never said so' })
      .and('compliance-1', refuseLighter);
    expect(told.view.facts.answers['H-RF1']).toBe('yes');
    expect(JSON.stringify(told.view.deal.answers)).not.toContain('senior-1');
  });
});

describe('a deal that is said to be out of scope', () => {
  const no: DealCommand = {
    type: 'AnswerSection',
    section: 'scope',
    answers: { 'G1-capability': { value: 'no', sources: [] } },
    why: 'It was a mistake',
  };
  const ALERT = {
    id: 'alert-1',
    country: 'NO',
    why: 'Elections were called off.',
    on: '2027-02-20',
    by: 'compliance-1',
    at: '2027-02-21T09:00:00.000Z',
  };
  const note: DealCommand = { type: 'NoteAlert', alert: ALERT };

  it('stays said by who said it, whatever is noted on it since; compliance confirms what it sees now', () => {
    const organisation = { ...pictureContext().organisation };
    const told = story([openPicture()], { ...pictureContext(), organisation }).and('rep-1', no);
    const said = scopeSaidOf(told.view.deal);
    expect(said).toMatchObject({ by: 'rep-1' });
    organisation.alerts = [ALERT];
    const alerted = told.when('system', note).then('AlertNoted', 'ScopeSaid');
    expect(scopeSaidOf(alerted.view.deal)).toMatchObject({
      by: 'rep-1',
      at: said?.at,
      contradicts: expect.arrayContaining([expect.stringContaining('Elections were called off.')]),
    });
    const confirm = (factsHash: string | undefined): DealCommand => ({
      type: 'ConfirmScope',
      factsHash: factsHash ?? '',
    });
    alerted.when('compliance-1', confirm(said?.factsHash)).refused('facts changed');
    const out = alerted.and('compliance-1', confirm(scopeSaidOf(alerted.view.deal)?.factsHash));
    expect(out.state).toMatchObject({ status: 'out of scope', by: 'rep-1', confirmed: { by: 'compliance-1' } });
  });

  it('is noted on when it is over, and not routed by it', () => {
    const organisation = { ...pictureContext().organisation };
    const told = story([openPicture()], { ...pictureContext(), organisation }).and('rep-1', no);
    const out = told.and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    }));
    organisation.alerts = [ALERT];
    expect(out.when('system', note).then('AlertNoted').state.status).toBe('out of scope');
  });

  it('asks nobody who might know, nor is it sent on', () => {
    const asking = story(pictureDeal({ 'H3-targeted': 'unknown' }), pictureContext({}, findingPolicy));
    expect(findingNow(asking.view)).toBeDefined();
    const said = asking.and('rep-1', no);
    expect(scopeSaidOf(said.view.deal)).toBeDefined();
    expect(findingNow(said.view)).toBeUndefined();
    said.when('rep-1', { type: 'SendOn' }).refused('not now');
  });

  it('has no gaps to accept', () => {
    const said = story(pictureDeal({ 'H3-targeted': 'unknown' }), pictureContext()).and('rep-1', no);
    expect(scopeSaidOf(said.view.deal)).toBeDefined();
    said
      .when('compliance-1', { type: 'AcceptGaps', questions: ['H3-targeted'], reason: 'Nobody publishes on them.' })
      .refused('not now');
  });
});

describe('the answer that stops a deal', () => {
  it('stops it at once under the default policy, while scope or a lighter answer waits or sections are open', () => {
    const k1 = pictureDeal({ ...SERIOUS, K1: 'yes' }).find(
      ([, c]) => c.type === 'AnswerSection' && c.answers['K1'] !== undefined,
    );
    const line = k1 ?? openPicture();
    const early = story(pictureDeal(SERIOUS).slice(0, 2), pictureContext()).and(...line);
    expect(early.state).toMatchObject({ status: 'stopped' });
    const waiting = serious()
      .and(...because(product(HARMLESS)))
      .and(...line);
    expect(waiting.state).toMatchObject({ status: 'stopped' });
  });
});
