/** Deals that take a product sheet and a country brief by version, and whoever wants around that. */

import { describe, expect, it } from 'vitest';
import { actionsOf } from '../../../../blocks/card.ts';
import { effortOf, toAnswer } from '../../../../blocks/cards/half-saved.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { sectionCard } from '../../../../blocks/cards/section.ts';
import { standsOnBlocks } from '../../../../blocks/cards/stands-on.ts';
import { missingWords } from '../../../../blocks/cards/steps.ts';
import { dossier } from '../../../../blocks/dossier/dossier.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import { signedBlocks } from '../../../../blocks/forms/review-confirmation.ts';
import { startReview } from '../../../../blocks/forms/review-draft.ts';
import { reviewForm } from '../../../../blocks/forms/review.ts';
import { sectionForm } from '../../../../blocks/forms/section.ts';
import type { AnswerBasis } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { acceptableGaps } from '../../../../flows/deal/context/gaps.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { waitingShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealEvent } from '../../../../flows/deal/events.ts';
import { standingOf } from '../../../../flows/deal/rights/whose-turn.ts';
import { goneWords } from '../../../../flows/deal/said/reworded.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import { worseOnSheets } from '../../../../flows/deal/sheets/said.ts';
import type { DecidingDeal } from '../../../../flows/deal/state.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import type { EndUserKind } from '../../../../flows/policy/policy.ts';
import type { Sheet } from '../../../../flows/sheet.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, openPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { sheetDealContext, takenStory, taking, takingDeal, takingLine } from '../../../support/sheet-deals.ts';
import { COUNTRY, FINE, MILD, PRODUCT, sheetOrganisation, sheetPlay } from '../../../support/sheets.ts';
import { ballot, story, type Line, type Story } from '../../../support/story.ts';

const mild = () => sheetPlay().save('product-1', PRODUCT, MILD);
const fine = () => sheetPlay().save('counsel-1', COUNTRY, FINE);
const product = (): Sheet => mild().of(PRODUCT);
const brief = (): Sheet => fine().of(COUNTRY);
const answerOf = ({ view }: Story, id: string) =>
  Object.values(view.deal.answers).flatMap((section) => section[id] ?? [])[0];
const basisOf = (deal: Story, id: string): AnswerBasis | undefined => answerOf(deal, id)?.basis;
const openOf = ({ view }: Story): string[] => view.assessment.openQuestions.map(({ id }) => id);

/** After every answer of these stories. */
const AFTER = '2027-04-01T09:00:00.000Z';
const givenAt = (sheet: Sheet, at: string): Sheet => ({
  ...sheet,
  answers: Object.fromEntries(Object.entries(sheet.answers).map(([id, one]) => [id, { ...one, at }])),
});

/** As far as the section, with these sheets there. */
const before = (section: string, sheets: readonly Sheet[], more = {}): Story => {
  const lines = takingDeal(sheets);
  const at = lines.findIndex(([, command]) => command.type === 'AnswerSection' && command.section === section);
  return story(lines.slice(0, at), sheetDealContext(sheets, more));
};

describe('a deal takes them', () => {
  it('by version, with a copy of the sources, and stands on them', () => {
    const deal = takenStory([product(), brief()]);
    expect(basisOf(deal, 'P1')).toEqual({
      sources: product().answers['P1']!.sources,
      sheet: { id: 'product:analytics', version: 1, by: 'product-1', at: product().at, until: '2028-02-01' },
    });
    expect(basisOf(deal, 'H-RF4')?.sheet).toMatchObject({
      id: 'country:NO',
      version: 1,
      by: 'counsel-1',
      counsel: true,
    });
    expect(deal.state).toMatchObject({ status: 'deciding', tier: 'low' });
    expect(openOf(deal)).toEqual([]);
  });

  it('and needs no note of counsel where counsel wrote the brief; where compliance did, it does', () => {
    expect(openOf(takenStory([product(), brief()]))).not.toContain('L1');
    const byCompliance = sheetPlay().save('compliance-1', COUNTRY, FINE).of(COUNTRY);
    expect(openOf(takenStory([product(), byCompliance]))).toEqual(['L1', 'L2', 'L3']);
  });

  it('and what is left to answer is counted without them', () => {
    const deal = before('product', [product()]);
    const section = deal.view.policy.sections.find(({ id }) => id === 'product')!;
    const asked = toAnswer(deal.view, 'product');
    expect(effortOf(deal.view, section, asked)).toBe('1 question, about 1 minute; the product sheet answers 7 more');
    const taken = asked.filter(({ id }) => id !== 'P-RF2');
    expect(effortOf(deal.view, section, taken)).toBe('7 questions, 1 click: the product sheet answers all of them');
    expect(effortOf(before('product', []).view, section, asked)).toMatch(/^8 questions/);
  });

  it('and no note of counsel is said to be missing, where the brief is counsel’s', () => {
    const text = (sheets: readonly Sheet[]) => JSON.stringify(standsOnBlocks(takenStory(sheets).view));
    expect(text([product(), brief()])).not.toContain('counsel’s note');
  });

  it('with nothing there, all is as it was', () => {
    const plain = story(takingDeal([]), sheetDealContext([]));
    expect(JSON.stringify(plain.events)).not.toContain('sheet');
  });

  it('and a sheet without sources stands on the word of who wrote it', () => {
    const bare = {
      ...product(),
      answers: Object.fromEntries(Object.entries(product().answers).map(([id, one]) => [id, { ...one, sources: [] }])),
    };
    expect(openOf(takenStory([bare, brief()]))).toEqual([]);
  });
});

describe('a dispute of a sheet', () => {
  const SAID = 'It records faces since the last release.';
  const WHY_NOT = 'That part was never released.';
  const at = '2027-02-20T09:00:00.000Z';
  const play = (questions = ['P1', 'P2']) =>
    mild().and('rep-2', { type: 'DisputeSheet', sheet: 'product:analytics', questions, reason: SAID }, at);
  const settled = () =>
    play().and(
      'compliance-1',
      {
        type: 'SettleDispute',
        sheet: 'product:analytics',
        dispute: play().of(PRODUCT).disputes[0]!.id,
        reason: WHY_NOT,
      },
      '2027-02-21T09:00:00.000Z',
    );
  /** What a voter reads where the sheet stands like this once the deal took it. */
  const read = (sheet: Sheet, reader: string, taken = product()): string => {
    const { view } = takenStory([taken, brief()]);
    const organisation = { ...view.organisation, sheets: [sheet, brief()] };
    const blocks = standsOnBlocks({ ...view, organisation }, undefined, reader);
    return plain({ blocks });
  };

  it('is read in full on a review by who may read it, pending or settled', () => {
    for (const reader of ['compliance-2', 'counsel-1', 'rep-2', 'product-1']) {
      const pending = read(play().of(PRODUCT), reader);
      expect(pending).toMatch(
        /The product sheet is disputed: 2 answers that this deal took, by .* on 20 February 2027/,
      );
      expect(pending).toContain(SAID);
      const after = read(settled().of(PRODUCT), reader);
      expect(after).toContain('The product sheet was disputed: ');
      expect(after).toContain(SAID);
      expect(after).toContain('Left as it is by ');
      expect(after).toContain(WHY_NOT);
    }
  });

  it('is read by every other voter as what it is, since when, and whom to ask, without a word of it', () => {
    for (const reader of ['senior-1', undefined as never]) {
      const pending = read(play().of(PRODUCT), reader);
      expect(pending).toMatch(/The product sheet is disputed: 2 answers that this deal took, since 20 February 2027/);
      expect(pending).toMatch(/Please ask .*compliance-1/i);
      const after = read(settled().of(PRODUCT), reader);
      expect(after).toMatch(/was disputed: .* on 20 February 2027\. Left as it is by .* on 21 February 2027/);
      for (const text of [pending, after]) expect(text).not.toMatch(/records faces|never released|rep-2/i);
    }
  });

  it('is read as well where its author answered “I don’t know” since, which the deal did not take', () => {
    const since = play(['P1']).save('product-1', PRODUCT, { P1: 'unknown' }, { at: '2027-02-22T09:00:00.000Z' });
    const full = read(since.of(PRODUCT), 'compliance-2');
    expect(full).toMatch(
      /was disputed: 1 answer .*records faces.*Answered otherwise since by .* on 22 February 2027\./,
    );
    expect(read(since.of(PRODUCT), 'senior-1')).toMatch(/on 20 February 2027\. Answered otherwise since by /);
  });

  it('is read as one of the sheet alone where the deal took other answers, or those of another version', () => {
    const other = play(['P1']);
    expect(read(mild().of(PRODUCT), 'compliance-1')).not.toContain('disputed');
    expect(read(other.of(PRODUCT), 'compliance-1')).toContain('1 answer that this deal took');
    const later = mild()
      .save('product-1', PRODUCT, { P1: 'yes' })
      .and('rep-2', { type: 'DisputeSheet', sheet: 'product:analytics', questions: ['P1'], reason: SAID });
    const apart = { ...other.of(PRODUCT), id: 'product:another' };
    for (const sheet of [later.of(PRODUCT), apart]) {
      expect(read(sheet, 'compliance-1')).not.toContain('that this deal took');
      expect(read(sheet, 'compliance-1')).toMatch(/The product sheet is disputed, by .*records faces/);
      expect(read(sheet, 'senior-1')).toMatch(/The product sheet is disputed since .*Please ask/);
      expect(read(sheet, 'senior-1')).not.toMatch(/records faces/);
    }
  });

  it('is read on the page that is signed, on the deal’s card and in the dossier, too', () => {
    const shown = (sheet: Sheet, reader: string): string[] => {
      const { view } = takenStory([product(), brief()]);
      const now = { ...view, organisation: { ...view.organisation, sheets: [sheet, brief()] } };
      const deal = now.deal as DecidingDeal;
      const draft = startReview(now, 0)!;
      const typed = { ...draft, values: { ...draft.values, outcome: 'approve', rationale: 'The use is narrow.' } };
      return [
        JSON.stringify(reviewForm(now, 0, typed, 9, { reader })),
        JSON.stringify(signedBlocks(now, deal, ballot(now), { voter: reader, absent: undefined })),
        plain(rootCard(now)),
        JSON.stringify(dossier(now, { commits: [] })),
      ];
    };
    const [page, signed, root, written] = shown(play().of(PRODUCT), 'compliance-2');
    for (const text of [page, signed]) expect(text).toContain(SAID);
    expect(root).toContain('1 dispute of what this deal took from the product sheet waits for an answer.');
    expect(written).toMatch(/The product sheet is disputed.*2 answers that this deal took/u);
    for (const text of [root, written, ...shown(play().of(PRODUCT), 'senior-1')])
      expect(text).not.toMatch(/records faces/u);
    expect(shown(mild().of(PRODUCT), 'compliance-2').join()).not.toContain('disput');
    const [, , settledRoot, settledWritten] = shown(settled().of(PRODUCT), 'compliance-2');
    expect(settledRoot).not.toContain('dispute');
    expect(settledWritten).toMatch(/was disputed.*Settled 21 February 2027/u);
  });

  it('shows the first eight, those that wait before all, and the others in short', () => {
    const one = play().of(PRODUCT).disputes[0]!;
    const more = Array.from({ length: 9 }, (_, i) => ({ ...one, id: `dispute-${i}` }));
    const text = read({ ...settled().of(PRODUCT), disputes: more }, 'compliance-1');
    expect(text.match(/is disputed: /g)).toHaveLength(8);
    expect(text).not.toContain('was disputed');
    expect(text).toMatch(/More, in short: .*“.*records faces.*” @rep-2, “.*” @rep-2/u);
  });
});

describe('counsel’s word in a brief', () => {
  const openLaws = (sheet: Sheet): string[] =>
    openOf(takenStory([product(), sheet])).filter((id) => ['L1', 'L2', 'L3'].includes(id));
  const renewed = (by: string) =>
    sheetPlay()
      .save('counsel-1', COUNTRY, FINE, { at: '2026-02-01T09:00:00.000Z' })
      .save(by, COUNTRY, FINE, { at: '2027-02-15T09:00:00.000Z' })
      .of(COUNTRY);

  it('is not renewed by compliance, who saves the brief again', () => {
    expect(openLaws(renewed('compliance-1'))).toEqual(['L1', 'L2', 'L3']);
    expect(openLaws(renewed('counsel-1'))).toEqual([]);
  });

  it('is not renewed with another answer that counsel corrects: only where the brief is saved as it is', () => {
    const corrected = sheetPlay()
      .save('counsel-1', COUNTRY, FINE, { at: '2026-02-01T09:00:00.000Z' })
      .save('counsel-1', COUNTRY, { ...FINE, 'H-RF2': 'yes' }, { at: '2027-02-15T09:00:00.000Z' })
      .of(COUNTRY);
    expect(openLaws(corrected)).toEqual(['L1', 'L2', 'L3']);
    const compliance = sheetPlay()
      .save('compliance-1', COUNTRY, FINE, { at: '2027-02-01T09:00:00.000Z' })
      .save('counsel-1', COUNTRY, { ...FINE, 'H-RF2': 'yes' }, { at: '2027-02-15T09:00:00.000Z' })
      .of(COUNTRY);
    expect(openLaws(compliance)).toEqual(['L1', 'L2', 'L3']);
  });

  it('ends a year after the look, whatever day the brief has', () => {
    const sheet = sheetPlay()
      .save('counsel-1', COUNTRY, FINE, { at: '2026-03-10T09:00:00.000Z' })
      .save('compliance-1', COUNTRY, FINE, { at: '2027-02-15T09:00:00.000Z' })
      .of(COUNTRY);
    expect(sheet.until).toBe('2028-02-15');
    const deal = takenStory([product(), sheet]);
    expect(basisOf(deal, 'L1')?.sheet).toMatchObject({ until: '2027-03-10', counsel: true });
  });
});

describe('a forged form', () => {
  const sent = (forged: Parameters<typeof taking>[2], sheets = [product()]): Story => {
    const [actor, command] = takingLine('product', sheets);
    const answers = { ...(command as { answers: object }).answers, P1: taking(product(), 'P1', forged) };
    return before('product', sheets).and(actor, {
      type: 'AnswerSection',
      section: 'product',
      answers,
      why: 'I know it better.',
    });
  };

  it('with another value, note or source is the rep’s own answer', () => {
    const yes = sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P5: 'yes' })
      .of(PRODUCT);
    const lines = takingLine('product', [yes]);
    const deal = before('product', [yes]);
    const answers = { ...(lines[1] as { answers: object }).answers, P5: taking(product(), 'P5') };
    const after = deal.and('rep-1', { type: 'AnswerSection', section: 'product', answers, why: 'I know it better.' });
    expect(basisOf(after, 'P5')?.sheet).toBeUndefined();
    expect(basisOf(sent({ note: 'Counsel said that this is fine.' }), 'P1')?.sheet).toBeUndefined();
    const source = { name: 'Sample Times', year: 2026, url: 'https://times.example.org' };
    const other = sent({ basis: { sources: [source], sheet: taking(product(), 'P1').basis!.sheet } });
    expect(basisOf(other, 'P1')).toBeUndefined();
  });

  it('that names others, another day or another sheet gets what the sheet has', () => {
    const sheet = {
      id: 'product:analytics',
      version: 1,
      by: 'counsel-1',
      at: '2020-01-01T00:00:00.000Z',
      until: '2099-01-01',
      counsel: true as const,
    };
    const deal = sent({ basis: { sources: product().answers['P1']!.sources, sheet } });
    expect(basisOf(deal, 'P1')?.sheet).toMatchObject({ by: 'product-1', until: '2028-02-01' });
    expect(basisOf(deal, 'P1')?.sheet?.counsel).toBeUndefined();
    const elsewhere = sent({
      basis: { sources: product().answers['P1']!.sources, sheet: { ...sheet, id: 'country:NO' } },
    });
    expect(basisOf(elsewhere, 'P1')).toBeUndefined();
  });

  it('takes nothing of a question that the sheet does not answer', () => {
    const sheet = taking(product(), 'P1').basis!;
    const [actor, command] = takingLine('product', [product()]);
    const answers = {
      ...(command as { answers: object }).answers,
      'P-RF2': { value: 'no', sources: [], basis: sheet },
    };
    const deal = before('product', [product()]).and(actor, { type: 'AnswerSection', section: 'product', answers });
    expect(basisOf(deal, 'P-RF2')).toBeUndefined();
  });
});

describe('whose own deal it is', () => {
  const taken = (more: object, sheets = [product(), brief()]): Story => {
    const [actor, command] = takingLine('product', sheets);
    return before('product', sheets, more).and(actor, command);
  };

  it.each([
    ['the author', { by: 'rep-1' }],
    [
      'who gave an answer first',
      { answers: { ...product().answers, P1: { ...product().answers['P1']!, by: 'rep-1' } } },
    ],
    [
      'who confirmed it',
      {
        answers: {
          ...product().answers,
          P1: { ...product().answers['P1']!, confirmed: { by: 'rep-1', at: '2027-02-02' } },
        },
      },
    ],
  ])('%s is on the deal’s team: it is no basis there', (_, changed) => {
    const deal = taken({}, [{ ...product(), ...changed } as Sheet, brief()]);
    expect(basisOf(deal, 'P1')).toBeUndefined();
  });

  it('nor one by somebody who stands in for them', () => {
    const absences = [{ person: 'rep-1', delegate: 'product-1', from: '2027-02-20', until: '2027-03-20' }];
    expect(basisOf(taken({ absences }), 'P1')).toBeUndefined();
    expect(basisOf(taken({}), 'P1')?.sheet).toBeDefined();
  });

  it('and once its author joins the team it counts no more, votes on it are void', () => {
    const sheet = sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes', P5: 'yes' })
      .of(PRODUCT);
    const deal = takenStory([
      sheet,
      sheetPlay()
        .save('counsel-1', COUNTRY, { ...FINE, 'H-RF4': 'yes' })
        .of(COUNTRY),
    ]).vote('compliance-1', weighed);
    expect(deal.state).toMatchObject({ votes: [{ by: 'compliance-1' }] });
    const joined = deal.and('compliance-1', { type: 'HandOverSection', section: 'product', to: 'product-1' });
    expect(openOf(joined)).toEqual(expect.arrayContaining(['P2', 'P-RF1']));
    expect(joined.events.map(({ type }) => type)).toContain('VotesVoided');
  });
});

describe('one officer who is the source', () => {
  const own = (): Sheet => sheetPlay().save('compliance-1', COUNTRY, FINE).of(COUNTRY);
  const notes = { counselNotes: pictureContext().organisation.counselNotes };
  const taken = (more: Partial<Organisation> = {}): Story => takenStory([product(), own()], { ...notes, ...more });

  it('is not the only judge while a colleague is here', () => {
    const voted = taken().vote('compliance-1', weighed);
    expect(voted.state).toMatchObject({ status: 'deciding' });
    expect(voted.state.status === 'deciding' && missingWords(voted.view, voted.state)).toBe(
      '1 more vote from somebody who did not write what the answers are taken from',
    );
    expect(voted.vote('compliance-2', weighed).state).toMatchObject({ status: 'decided' });
    expect(taken().vote('compliance-2', weighed).state).toMatchObject({ status: 'decided' });
  });

  it('is called all the same: they may decline', () => {
    const deal = taken();
    const asked = ({ view }: Story) => (view.deal.status === 'deciding' ? standingOf(view, view.deal).people : []);
    expect(asked(deal).toSorted()).toEqual(['compliance-1', 'compliance-2']);
    expect(asked(deal.vote('compliance-1', weighed))).toEqual(['compliance-2']);
    expect(deal.vote('compliance-1', { ...weighed, outcome: 'decline' }).state).toMatchObject({
      status: 'decided',
      decision: { outcome: 'declined' },
    });
  });

  it('is, where nobody else is there', () => {
    const groups = pictureContext().organisation.groups.map((group) =>
      group.id === 'compliance' ? { ...group, members: ['compliance-1'] } : group,
    );
    expect(taken({ groups }).vote('compliance-1', weighed).state).toMatchObject({ status: 'decided' });
  });

  it('is where the deal answered for itself', () => {
    const apart = story(takingDeal([]), sheetDealContext([product(), own()], notes));
    expect(apart.vote('compliance-1', weighed).state).toMatchObject({ status: 'decided' });
  });
});

describe('a mild version in an open form', () => {
  it('is refused with the difference once a heavier one came', () => {
    const worse = mild().save('product-1', PRODUCT, { P5: 'yes' }).of(PRODUCT);
    const [actor, command] = takingLine('product', [product()]);
    before('product', [worse])
      .when(actor, command)
      .refused('facts changed', /product sheet says otherwise since version 2: yes/, {
        question: 'P5',
        part: 'answer',
      });
  });

  it('is taken where nothing of it changed', () => {
    const renewed = mild().save('product-1', PRODUCT, MILD).of(PRODUCT);
    const [actor, command] = takingLine('product', [product()]);
    expect(basisOf(before('product', [renewed]).and(actor, command), 'P1')?.sheet).toMatchObject({ version: 2 });
  });

  it('saved for later claims nothing: it is looked at when it is answered', () => {
    const worse = mild().save('product-1', PRODUCT, { P5: 'yes' }).of(PRODUCT);
    const [actor, command] = takingLine('product', [product()]);
    const answers = (command as unknown as { answers: Record<string, never> }).answers;
    const drafted = before('product', [worse]).and(actor, { type: 'SaveSectionForLater', section: 'product', answers });
    drafted.when(actor, command).refused('facts changed', /version 2/);
  });
});

describe('an answer apart that is milder than the sheet', () => {
  const grave = (): Sheet =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
      .of(PRODUCT);
  const apart = (): Story =>
    story(takingDeal([grave(), brief()], { P1: 'no' }, 'Ours has no camera.'), sheetDealContext([grave(), brief()]));

  it('needs a reason', () => {
    const [actor, command] = answerPicture('product', {});
    before('product', [grave()])
      .when(actor, command)
      .refused('not valid', /why they change/);
  });

  it('weighs as the sheet’s until compliance confirms it', () => {
    const deal = apart();
    expect(deal.view.lighterSaid?.answers).toMatchObject([
      { question: 'P1', answer: { value: 'yes', by: 'product-1' } },
    ]);
    expect(deal.view.heavier).toBeDefined();
    const asOf = deal.view.lighterSaid!.at;
    const confirmed = deal.and('compliance-1', { type: 'ConfirmLighter', asOf });
    expect(confirmed.view.heavier).toBeUndefined();
    expect(answerOf(confirmed, 'P1')?.value).toBe('no');
  });

  it('is confirmed by who reads that the sheet says so still, as it says it then', () => {
    const deal = apart();
    const text = JSON.stringify(confirmLighterForm(deal.view));
    expect(text).toMatch(/The product sheet says /);
    expect(text).toContain('Does it collect sensitive data');
    const worse = { ...grave(), answers: { ...grave().answers, P5: { ...grave().answers['P5']!, value: 'yes' } } };
    const later = story([], sheetDealContext([worse, brief()])).resume(deal);
    const confirm = { type: 'ConfirmLighter', asOf: deal.view.lighterSaid!.at, seen: waitingShown(deal.view) } as const;
    later.when('compliance-1', confirm).refused('facts changed');
    deal.when('compliance-1', confirm).then('LighterConfirmed', 'DealRouted');
  });

  it('is kept for approvers to read, and gives way to the sheet’s where compliance refuses', () => {
    const deal = apart();
    expect(deal.view.deal.was).toMatchObject([
      { question: 'P1', before: 'yes', by: 'product-1', changedBy: 'rep-1', why: 'Ours has no camera.' },
    ]);
    const refused = deal.and('compliance-1', {
      type: 'RefuseLighter',
      asOf: deal.view.lighterSaid!.at,
      reason: 'The sheet is right.',
    });
    expect(answerOf(refused, 'P1')).toMatchObject({ value: 'yes', basis: { sheet: { version: 1 } } });
  });

  it('that is heavier is simply the rep’s', () => {
    const [actor, command] = answerPicture('product', { P5: 'yes' });
    const deal = before('product', [product()]).and(actor, command);
    expect(answerOf(deal, 'P5')).toMatchObject({ value: 'yes' });
    expect(deal.view.lighterSaid).toBeUndefined();
  });
});

describe('what the sheet says, where it can be no basis', () => {
  const grave = (): Sheet =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
      .of(PRODUCT);
  const [, command] = answerPicture('product', {});
  const milder = { ...command, why: 'Ours has no camera.' } as DealCommand;
  const handOver: DealCommand = { type: 'HandOverSection', section: 'product', to: 'product-1' };

  it.each([
    ['its author answers for the deal', grave(), 'product-1'],
    ['its last day has passed', { ...grave(), until: '2027-02-28' }, 'product-1'],
    ['its author is on the team, and the rep answers', grave(), 'rep-1'],
  ])('still weighs where %s', (_, sheet, actor) => {
    const deal = before('product', [sheet]).and('rep-1', handOver);
    deal.when(actor, command).refused('not valid', /why they change/);
    const said = deal.and(actor, milder);
    expect(said.view.lighterSaid?.answers).toMatchObject([
      { question: 'P1', answer: { value: 'yes', by: 'product-1' } },
    ]);
  });
});

describe('a product that the catalogue calls otherwise', () => {
  const grave = (): Sheet =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
      .of(PRODUCT);
  const [actor, command] = answerPicture('product', {});

  it.each([
    ['another name', { ...PRODUCT, name: 'Sample Analytics II' }],
    ['another id', { ...PRODUCT, product: 'analytics-2' }],
  ])('still hears what the sheet of %s says: milder needs a reason, and approvers read it', (_, on) => {
    const deal = before('product', [{ ...grave(), on } as Sheet]);
    deal.when(actor, command).refused('not valid', /why they change/);
    const said = deal.and(actor, { ...command, why: 'Ours has no camera.' } as DealCommand);
    expect(said.view.lighterSaid?.answers).toMatchObject([{ question: 'P1', answer: { value: 'yes' } }]);
    expect(worseOnSheets(said.view)).toMatchObject([{ question: 'P1', value: 'yes' }]);
  });

  it.each([
    ['a product of the catalogue', PRODUCT, 'Sample Analytics Pro'],
    [
      'one outside it, too',
      { of: 'product', product: 'other', name: 'Quadro crowd scanner' },
      'Quadro crowd scanner Mk2',
    ],
    ['one that left the catalogue', { of: 'product', product: 'gone', name: 'Quadro crowd scanner' }, 'Quadro scanner'],
  ] as const)('hears it under “Other”, with a word more or less: %s', (_, on, name) => {
    const [open, ...answers] = pictureDeal();
    const [, opening] = open!;
    if (typeof opening === 'function' || opening.type !== 'OpenDeal') throw new Error('no opening');
    const details = { ...opening.details, product: { id: 'other', name } };
    const section = answers.findIndex(([, one]) => 'section' in one && one.section === 'product');
    const context = sheetDealContext([{ ...grave(), on } as Sheet]);
    const deal = story([['rep-1', { ...opening, details }], ...answers.slice(0, section)], context);
    deal.when(actor, command).refused('not valid', /not in the catalogue/);
    expect(JSON.stringify(sectionForm(deal.view, 'product').blocks)).toContain('called much the same as “');
  });

  it('hears nothing of another product of the catalogue, whatever it is called', () => {
    const listed = { id: 'analytics-pro', name: 'Sample Analytics Pro', category: 'Data analytics' };
    const on = { ...PRODUCT, product: listed.id, name: listed.name };
    const context = sheetDealContext([{ ...grave(), on } as Sheet], {
      products: [...sheetOrganisation().products, listed],
    });
    const deal = story(pictureDeal(), context);
    expect(worseOnSheets(deal.view)).toEqual([]);
  });

  it('hears the heavier of two sheets', () => {
    const other = { ...product(), id: 'product:other', on: { ...PRODUCT, product: 'analytics-2' } } as Sheet;
    for (const sheets of [
      [grave(), other],
      [other, grave()],
    ])
      before('product', sheets)
        .when(actor, command)
        .refused('not valid', /why they change/);
  });
});

describe('answers about another product or country', () => {
  const grave = (): Sheet =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
      .of(PRODUCT);
  const harsh = (): Sheet =>
    sheetPlay()
      .save('counsel-1', COUNTRY, { ...FINE, 'H-RF2': 'yes' })
      .of(COUNTRY);
  const context = (): DealContext =>
    sheetDealContext([grave(), harsh()], {
      products: [...sheetOrganisation().products, { id: 'shield', name: 'Sample Shield', category: 'Weather' }],
    });
  const elsewhere = (): Story => {
    const [open, ...answers] = pictureDeal();
    const [actor, command] = open!;
    if (typeof command === 'function' || command.type !== 'OpenDeal') throw new Error('no opening');
    const details = { ...command.details, product: { id: 'shield', name: 'Sample Shield' }, destination: 'SE' };
    return story([[actor, { ...command, details }], ...answers], context());
  };
  const correct =
    (more: object) =>
    (view: DealView): DealCommand => ({
      type: 'CorrectDetails',
      details: { ...view.deal.details, ...more },
      reason: 'It was a mistake',
    });

  it('give way to what the sheet of the new one says, with the correction', () => {
    const before = elsewhere();
    expect(answerOf(before, 'P1')?.value).toBe('no');
    const after = before.and(
      'rep-1',
      correct({ product: { id: 'analytics', name: 'Sample Analytics' }, destination: 'NO' }),
    );
    expect(answerOf(after, 'P1')).toMatchObject({ value: 'yes', by: 'product-1', basis: { sheet: { version: 1 } } });
    expect(answerOf(after, 'H-RF2')).toMatchObject({ value: 'yes', by: 'counsel-1' });
    expect(answerOf(after, 'P2')?.by).toBe('rep-1');
  });

  it('keep what a colleague named under the answer that goes by it, also whoever wrote that sheet', () => {
    const sources = [{ name: 'Letter of the guards', year: 2026 }];
    const begun = elsewhere();
    const section = Object.entries(begun.view.deal.answers).find(([, given]) => given['P1'])![0];
    const given = Object.fromEntries(
      Object.entries(begun.view.deal.answers[section]!).map(([id, one]) => [
        id,
        { value: one.value, sources: id === 'P1' ? sources : one.sources, ...(one.basis ? { basis: one.basis } : {}) },
      ]),
    );
    const named = begun
      .and('rep-1', { type: 'HandOverSection', section, to: 'product-1' })
      .and('product-1', { type: 'AnswerSection', section, answers: given } as DealCommand);
    const after = named.and(
      'rep-1',
      correct({ product: { id: 'analytics', name: 'Sample Analytics' }, destination: 'NO' }),
    );
    expect(answerOf(after, 'P1')).toMatchObject({ value: 'yes', by: 'product-1' });
    expect(goneWords(after.view).filter(({ by }) => by !== 'rep-1')).toMatchObject([
      {
        question: 'P1',
        sources: [expect.stringContaining('Letter of the guards')],
        by: 'product-1',
        changedBy: 'rep-1',
      },
    ]);
  });

  it.each([
    ['with one press', [{ type: 'ConfirmSection', section: 'product' }], 'not now', /press Change/],
    ['one by one', [answerPicture('product', {})[1]], 'not valid', /why they change/],
  ] as const)(
    'are not given again %s, where a reassessment asks for them after the correction',
    (_, [command], code, words) => {
      const approved = elsewhere().vote('compliance-1', weighed);
      expect(approved.state.status).toBe('decided');
      const again = approved
        .and('rep-1', { type: 'ReportChange', what: 'service', why: 'A new module for faces' })
        .and('rep-1', { type: 'StartReassessment' })
        .and('rep-1', correct({ product: { id: 'analytics', name: 'Sample Analytics' }, destination: 'NO' }))
        .and('rep-1', answerPicture('scope', {})[1]);
      again.when('rep-1', command as DealCommand).refused(code, words);
    },
  );

  it('give way where compliance sends the correction back', () => {
    const [open, ...answers] = pictureDeal();
    const heavy = story([open!], context());
    const away = heavy.and('rep-1', correct({ product: { id: 'shield', name: 'Sample Shield' }, destination: 'SE' }));
    const milder = answers.reduce((told, [actor, command]) => told.and(actor, command), away);
    expect(answerOf(milder, 'P1')?.value).toBe('no');
    const asOf = milder.view.lighterSaid?.at ?? '';
    const back = milder.and('compliance-1', { type: 'RefuseLighter', asOf, reason: 'It is the analytics' });
    expect(back.view.deal.details.product.id).toBe('analytics');
    expect(answerOf(back, 'P1')).toMatchObject({ value: 'yes', by: 'product-1' });
  });

  it('stay where only something else is corrected', () => {
    const apart = story(takingDeal([grave(), harsh()], { P1: 'no' }, 'Ours has no camera.'), context());
    const after = apart.and('rep-1', correct({ customer: 'Sample Customer Two' }));
    expect(answerOf(after, 'P1')?.value).toBe('no');
    expect(after.events.some(({ type }) => type === 'SheetMoved')).toBe(false);
  });

  it('give way where the deal is opened again, after the sheet said worse', () => {
    const early = story(pictureDeal(), sheetDealContext([])).and('rep-1', { type: 'Withdraw', reason: 'Not now' });
    const again = story([], sheetDealContext([givenAt(grave(), AFTER)]))
      .resume(early)
      .and('rep-1', { type: 'Reopen', reason: 'They ask again' });
    expect(answerOf(again, 'P1')).toMatchObject({ value: 'yes', by: 'product-1' });
  });
});

describe('a deal said to be out of scope, against its product’s sheet', () => {
  const able = (): Sheet =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes', P2: 'yes' })
      .of(PRODUCT);
  /** The open deal's end-user is called a ministry. */
  const openedBy = (kind: EndUserKind): Line => {
    const [person, command] = openPicture(kind);
    if (command.type !== 'OpenDeal') throw new Error('no opening');
    const name = kind === 'private' ? 'Sample Dairy' : command.details.endUser.name;
    return [person, { ...command, details: { ...command.details, endUser: { name, kind } } }];
  };
  const out = (kind: EndUserKind): Line[] => [
    openedBy(kind),
    answerPicture('scope', { 'G1-capability': 'no', G2: 'yes' }, kind),
  ];
  const harmless = {
    products: sheetOrganisation().products.map((one) => ({ ...one, category: 'Weather', able: false })),
  };
  const saidOut = (sheets: readonly Sheet[], more: Partial<Organisation> = {}): Story =>
    story(out('security'), sheetDealContext(sheets, more));
  const waiting = ({ view }: Story) => scopeSaidOf(view.deal);

  it('waits for compliance, who reads what the sheet says', () => {
    expect(waiting(saidOut([able()], harmless))?.contradicts).toEqual([
      expect.stringMatching(/product sheet says otherwise: “.*collect/),
      expect.stringMatching(/product sheet says otherwise: “.*analyse/),
    ]);
    expect(waiting(saidOut([product()], harmless))?.contradicts).toEqual([]);
    const farm = story(out('private'), sheetDealContext([able()], harmless));
    expect(waiting(farm)).toBeDefined();
  });

  it('rests on no confirmation that was given before the sheet said so', () => {
    const confirmed = saidOut([product()]).and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    }));
    const event = confirmed.events.find((e) => e.type === 'ScopeConfirmed');
    const scopes = event?.type === 'ScopeConfirmed' && event.keeps ? [event.keeps] : [];
    expect(scopes).toHaveLength(1);
    expect(saidOut([product()], { scopes }).state.status).toBe('out of scope');
    expect(waiting(saidOut([able()], { scopes }))).toBeDefined();
  });

  it.each([
    ['as was found by itself', 'private', false],
    ['as compliance confirmed', 'security', true],
  ] as const)('once it was found so, %s, goes back to compliance where the sheet says worse', (_, kind, confirms) => {
    const taken: DealCommand = { type: 'TakeSheet', sheet: able(), questions: ['P1', 'P2'] };
    const found = story(out(kind), sheetDealContext([product()], confirms ? {} : harmless));
    const done = confirms
      ? found.and('compliance-1', ({ deal }) => ({
          type: 'ConfirmScope',
          factsHash: scopeSaidOf(deal)?.factsHash ?? '',
        }))
      : found;
    expect(done.state.status).toBe('out of scope');
    const today = story([], sheetDealContext([able()], confirms ? {} : harmless)).resume(done);
    const back = today.and('system', taken);
    expect(back.events.at(-1)).toMatchObject({ type: 'ScopeSaid', said: { by: 'rep-1' } });
    expect(waiting(back)?.contradicts).toEqual(
      expect.arrayContaining([expect.stringMatching(/product sheet says otherwise/)]),
    );
    const again = back.and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    }));
    const kept = again.events.findLast((e) => e.type === 'ScopeConfirmed');
    const scopes = kept?.type === 'ScopeConfirmed' && kept.keeps ? [kept.keeps] : [];
    story([], sheetDealContext([able()], confirms ? { scopes } : { ...harmless, scopes }))
      .resume(again)
      .when('system', { ...taken, sheet: { ...able(), version: 2 } })
      .refused('not now', /known/);
  });

  it('is left alone by a sheet that says nothing against it', () => {
    const found = story(out('private'), sheetDealContext([product()], harmless));
    found.when('system', { type: 'TakeSheet', sheet: product(), questions: ['P1'] }).refused('not now', /known/);
  });
});

describe('what a sheet answers', () => {
  const UNKNOWN = { 'H-RF2': 'unknown', 'H-RF4': 'unknown' };
  const harsh = (): Sheet =>
    sheetPlay()
      .save('counsel-1', COUNTRY, { ...FINE, 'H-RF2': 'yes', 'H-RF4': 'unknown' })
      .of(COUNTRY);
  const accept: DealCommand = { type: 'AcceptGaps', questions: ['H-RF2'], reason: 'Nobody publishes on it' };

  it('is known: nobody accepts that it is not', () => {
    const deal = story([], sheetDealContext([harsh()])).resume(story(pictureDeal(UNKNOWN), sheetDealContext([])));
    expect(acceptableGaps(deal.view).map(({ id }) => id)).toEqual(['H-RF4']);
    deal.when('compliance-1', accept).refused('not valid');
    const without = story(pictureDeal(UNKNOWN), sheetDealContext([]));
    expect(acceptableGaps(without.view).map(({ id }) => id)).toEqual(expect.arrayContaining(['H-RF2', 'H-RF4']));
  });
});

describe('what was ever said', () => {
  it('is shown to whoever decides, with who and when, though two made it lighter since', () => {
    const play = sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P5: 'yes' })
      .save('product-1', PRODUCT, { P5: 'no' }, { why: 'It was taken out.' });
    const asOf = play.of(PRODUCT).waits!.at;
    const sheet = play.and('compliance-1', { type: 'ConfirmSheet', sheet: 'product:analytics', asOf }).of(PRODUCT);
    const deal = takenStory([sheet, brief()]);
    expect(worseOnSheets(deal.view)).toMatchObject([{ question: 'P5', value: 'yes', by: 'product-1', version: 1 }]);
    expect(basisOf(deal, 'P5')?.sheet).toMatchObject({ version: 3, also: ['compliance-1'] });
    expect(worseOnSheets(takenStory([product(), brief()]).view)).toEqual([]);
    // A deal that answered for itself is told too.
    expect(worseOnSheets(story(takingDeal([]), sheetDealContext([sheet])).view)).toHaveLength(1);
  });
});

describe('a reassessment, where a sheet said worse since', () => {
  const notes = { counselNotes: pictureContext().organisation.counselNotes };
  const grave = (): Sheet =>
    givenAt(
      sheetPlay()
        .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
        .of(PRODUCT),
      AFTER,
    );
  const approved = story(pictureDeal(), sheetDealContext([], notes)).vote('compliance-1', weighed);
  const again = story([], sheetDealContext([grave()], notes))
    .resume(approved)
    .and('rep-1', { type: 'ReportChange', what: 'service', why: 'A new module for faces' })
    .and('rep-1', { type: 'StartReassessment' })
    .and('rep-1', { type: 'ConfirmSection', section: 'scope' });

  it('is not got through by “Nothing changed here”, and the card says what was said', () => {
    expect(approved.state.status).toBe('decided');
    again.when('rep-1', { type: 'ConfirmSection', section: 'product' }).refused('not now', /press Change/);
    const { blocks } = sectionCard(again.view, 'product');
    expect(JSON.stringify(blocks)).toContain('Something worse was said since.');
    expect(JSON.stringify(blocks)).toContain('Does it collect sensitive data');
    expect(actionsOf({ blocks }).map(({ label }) => label)).not.toContain('Nothing changed here');
    expect(actionsOf(sectionCard(again.view, 'end-user')).map(({ label }) => label)).toContain('Nothing changed here');
  });

  it('is not got through by the same answers given one by one: they need a reason, and compliance', () => {
    const [actor, command] = answerPicture('product', {});
    again.when(actor, command).refused('not valid', /why they change/);
    const said = again.and(actor, { ...command, why: 'Ours has no camera.' } as DealCommand);
    expect(said.view.lighterSaid?.answers).toMatchObject([{ question: 'P1', answer: { value: 'yes' } }]);
  });
});

describe('what was ever said, where much was', () => {
  const play = sheetPlay()
    .save('product-1', PRODUCT, { ...MILD, P5: 'yes', P6: 'yes' })
    .save('counsel-1', COUNTRY, { ...FINE, 'L-RF4-arbitrary': 'yes', 'H-RF4': 'yes' });
  const deal = story([], sheetDealContext(play.all())).resume(story(takingDeal([]), sheetDealContext([])));

  it('begins with the gravest, whatever sheet says it', () => {
    const said = worseOnSheets(deal.view).map(({ question }) => question);
    expect(new Set(said).size).toBe(said.length);
    expect(said.slice(0, 2).toSorted()).toEqual(['H-RF4', 'L-RF4-arbitrary']);
    expect(said).toContain('P5');
  });

  it('has the worst of each question once', () => {
    const often = play
      .save('product-1', PRODUCT, { P5: 'no' }, { why: 'Taken out' })
      .save('product-1', PRODUCT, { P5: 'yes' });
    const { view } = story([], sheetDealContext(often.all())).resume(deal);
    expect(worseOnSheets(view).filter(({ question }) => question === 'P5')).toHaveLength(1);
  });
});

describe('a sheet that is not this deal’s', () => {
  it.each([
    ['another country', { ...brief(), on: { of: 'country', country: 'SE' } }, 'H-RF4'],
    ['a product that was renamed', { ...product(), on: { ...PRODUCT, name: 'Old Name' } }, 'P1'],
    ['one with another id', { ...product(), on: { ...PRODUCT, product: 'analytics-2' } }, 'P1'],
    ['one that ran out', { ...product(), until: '2027-02-28' }, 'P1'],
  ])('%s', (_, sheet, id) => {
    const section = id === 'P1' ? 'product' : 'end-user';
    const [actor, command] = takingLine(section, [sheet as Sheet]);
    const deal = before(section, [sheet as Sheet]).and(actor, command);
    expect(answerOf(deal, id)?.value).toBe('no');
    expect(basisOf(deal, id)?.sheet).toBeUndefined();
  });
});

describe('a version that says worse', () => {
  const heavier = () =>
    sheetPlay()
      .save('product-1', PRODUCT, { ...MILD, P1: 'yes' })
      .of(PRODUCT);
  const grave = () => sheetPlay().save('counsel-1', COUNTRY, { ...FINE, 'H-RF4': 'yes' });
  const worse = () => grave().save('counsel-1', COUNTRY, { 'L-RF1': 'yes', 'H-RF2': 'yes' });
  const take = (sheet: Sheet, questions: string[]) => ({ type: 'TakeSheet' as const, sheet, questions });
  const MOVED = ['L-RF1', 'H-RF2'];

  it('moves a deal that took it in one step: votes are void, with the difference', () => {
    const deal = takenStory([heavier(), grave().of(COUNTRY)]).vote('compliance-1', weighed);
    const after = deal.and('system', take(worse().of(COUNTRY), MOVED));
    const types = after.events.slice(deal.events.length).map(({ type }) => type);
    expect(types).toEqual(['SheetMoved', 'VotesVoided', 'DealRouted']);
    expect(answerOf(after, 'L-RF1')).toMatchObject({ value: 'yes', by: 'counsel-1', basis: { sheet: { version: 2 } } });
    expect(answerOf(after, 'L-RF2')?.basis?.sheet).toMatchObject({ version: 1 });
    const voided = after.events.find(({ type }) => type === 'VotesVoided');
    expect(JSON.stringify(voided)).toContain('from the country brief, version 2, by Sample Counsel');
    expect(after.view.deal.team).toEqual(['rep-1']);
    after.when('system', take(worse().of(COUNTRY), MOVED)).refused('not now', /no answer that is milder/);
  });

  it('moves one under way that answered for itself before, and none that did so since', () => {
    const early = takingDeal([heavier()], { 'H-RF2': 'yes' }, 'We looked ourselves.');
    const apart = story(early, sheetDealContext([heavier()]));
    const now = worse().of(COUNTRY);
    const moved = apart.and('system', take(givenAt(now, AFTER), MOVED));
    expect(answerOf(moved, 'L-RF1')).toMatchObject({ value: 'yes', by: 'counsel-1', basis: { sheet: { version: 2 } } });
    expect(moved.events.filter(({ type }) => type === 'SheetMoved')).toHaveLength(1);
    apart.when('system', take(now, MOVED)).refused('not now', /no answer that is milder/);
  });

  it('keeps what a colleague wrote and named under the answer that it takes the place of', () => {
    const note = 'I rang their ministry, and heard of strikers.';
    const sources = [{ name: 'Letter of the guards', year: 2026 }];
    const apart = story(
      takingDeal([heavier()], { 'H-RF2': 'yes' }, 'We looked ourselves.'),
      sheetDealContext([heavier()]),
    );
    const section = Object.entries(apart.view.deal.answers).find(([, given]) => given['L-RF1'])![0];
    const given = Object.fromEntries(
      Object.entries(apart.view.deal.answers[section]!).map(([id, { value, note: was, sources: some, basis }]) => [
        id,
        { value, sources: some, ...(was === undefined ? {} : { note: was }), ...(basis ? { basis } : {}) },
      ]),
    );
    const noted = apart.and('rep-1', { type: 'HandOverSection', section, to: 'product-1' }).and('product-1', {
      type: 'AnswerSection',
      section,
      answers: { ...given, 'L-RF1': { ...given['L-RF1']!, note, sources } },
    } as DealCommand);
    const moved = noted.and('system', take(givenAt(worse().of(COUNTRY), AFTER), MOVED));
    expect(answerOf(moved, 'L-RF1')).toMatchObject({ value: 'yes', by: 'counsel-1' });
    expect(goneWords(moved.view).filter(({ by }) => by !== 'rep-1')).toMatchObject([
      { question: 'L-RF1', note, by: 'product-1', changedBy: 'counsel-1' },
      { question: 'L-RF1', sources: [expect.stringContaining('Letter of the guards')], by: 'product-1' },
    ]);
  });

  it('is nothing where it is lighter', () => {
    const lighter = {
      ...worse().of(COUNTRY),
      answers: { ...worse().of(COUNTRY).answers, 'H-RF4': { ...worse().of(COUNTRY).answers['H-RF4']!, value: 'no' } },
    };
    takenStory([heavier(), grave().of(COUNTRY)])
      .when('system', take(lighter, ['H-RF4']))
      .refused('not now', /no answer that is milder/);
  });

  it('asks for a reassessment of an approved deal that answered for itself too, once, where it would weigh more', () => {
    const apart = story(
      takingDeal([]),
      sheetDealContext([], { counselNotes: pictureContext().organisation.counselNotes }),
    );
    const approved = apart.vote('compliance-1', weighed);
    expect(approved.state.status).toBe('decided');
    const now = givenAt(fine().save('counsel-1', COUNTRY, { 'L-RF1': 'yes', 'H-RF2': 'yes' }).of(COUNTRY), AFTER);
    const after = approved.and('system', take(now, MOVED));
    expect(after.view.deal.reassessments).toMatchObject([
      { trigger: 'A5', why: expect.stringMatching(/country brief says worse since version 2.* was No, is Yes/) },
    ]);
    after.when('system', take(now, MOVED)).refused('not now', /not looked at again/);
    const mild = { ...now, answers: { ...now.answers, 'L-RF1': { ...now.answers['L-RF1']!, value: 'no' } } };
    approved.when('system', take(mild, ['L-RF1'])).refused('not now', /no answer that is milder/);
  });

  it('is brought by the bot alone', () => {
    takenStory([product(), brief()])
      .when('compliance-1', take(worse().of(COUNTRY), MOVED))
      .refused('not allowed', /Only the bot/);
  });

  it('asks for a reassessment of an approved deal that would weigh more, once, with the difference', () => {
    const approved = takenStory([heavier(), brief()]).vote('compliance-1', weighed);
    expect(approved.state.status).toBe('decided');
    const now = fine().save('counsel-1', COUNTRY, { 'L-RF1': 'yes', 'H-RF2': 'yes' }).of(COUNTRY);
    const after = approved.and('system', take(now, MOVED));
    expect(after.view.deal.reassessments).toMatchObject([
      {
        trigger: 'A5',
        why: expect.stringMatching(/country brief says worse since version 2, by Sample Counsel: .* was No, is Yes/),
      },
    ]);
    expect(answerOf(after, 'L-RF1')?.value).toBe('no');
    after.when('system', take(now, MOVED)).refused('not now', /not looked at again/);
  });
});

describe('a sheet that runs out', () => {
  it('in the middle of a deal leaves its answers open, until it is taken again', () => {
    const late = { ...product(), until: '2027-03-01' };
    const [actor, command] = takingLine('product', [late]);
    const deal = before('product', [late]).and(actor, command);
    expect(basisOf(deal, 'P1')?.sheet).toBeDefined();
    const note = {
      type: 'AnswerSection',
      section: 'scope',
      answers: { 'G1-capability': { value: 'yes', sources: [], note: 'Seen.' } },
    } satisfies DealCommand;
    const next = deal.and('rep-1', note, '2027-03-02T09:00:00.000Z');
    expect(next.events.at(-1)).toMatchObject({ type: 'BasisEnded', sheets: expect.arrayContaining(['P1', 'P5']) });
    expect(basisOf(next, 'P1')).toBeUndefined();
    expect(next.view.assessment.openQuestions).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: 'P5', why: 'no basis' })]),
    );
  });

  it('serves a review that was begun in time for thirty days', () => {
    const late = { ...brief(), until: '2027-03-01' };
    const deal = story(takingDeal([product(), late]), sheetDealContext([product(), late]));
    expect(deal.state.status).toBe('deciding');
    const ended = (at: string): DealEvent | undefined =>
      deal.and('system', { type: 'Tick' }, at).events.find(({ type }) => type === 'BasisEnded');
    expect(ended('2027-03-29T12:00:00.000Z')).toBeUndefined();
    expect(ended('2027-04-02T12:00:00.000Z')).toMatchObject({ sheets: expect.arrayContaining(['H-RF4']) });
  });

  it('is said to be over in a review that goes on, as counsel’s note is', () => {
    const late = { ...product(), until: '2027-03-01' };
    const deal = story(takingDeal([late, brief()]), sheetDealContext([late, brief()]));
    const said = (now: string): string => JSON.stringify(standsOnBlocks({ ...deal.view, now }));
    expect(said('2027-03-01T12:00:00.000Z')).not.toContain('which is over');
    expect(said('2027-03-02T12:00:00.000Z')).toContain('which is over');
  });
});
