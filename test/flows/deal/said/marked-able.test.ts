/** Plays of a rep, and of a product manager beside them, who say that an able product does nothing on people. */

import { describe, expect, it } from 'vitest';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import { sectionForm } from '../../../../blocks/forms/section.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { catalogueAgainst } from '../../../../flows/deal/said/product-against.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import type { Product } from '../../../../flows/organisation.ts';
import { answerPicture, openPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { sheetDealContext, takingDeal, takingLine } from '../../../support/sheet-deals.ts';
import { MILD, PRODUCT, sheetPlay } from '../../../support/sheets.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { noticesBetween } from '../../../support/ticking.ts';

const ANALYTICS: Product = { id: 'analytics', name: 'Sample Analytics', category: 'Software' };
const marked = (able: boolean | 'unmarked'): ReturnType<typeof pictureContext> =>
  pictureContext({ products: [able === 'unmarked' ? ANALYTICS : { ...ANALYTICS, able }] });
const because = ([actor, command]: Line): Line => [actor, { ...command, why: 'This one counts cars' } as DealCommand];
const confirm = ({ lighterSaid }: DealView): DealCommand => ({ type: 'ConfirmLighter', asOf: lighterSaid?.at ?? '' });
const refuse = (view: DealView): DealCommand => ({
  type: 'RefuseLighter',
  asOf: view.lighterSaid?.at ?? '',
  reason: 'It reads plates',
});
const upTo = (section: string, able: boolean | 'unmarked' = true): Story =>
  story(
    pictureDeal().filter(([, command]) => !('section' in command && command.section === section)),
    marked(able),
  );

describe('“No” to all of a product that the organisation file marks as able', () => {
  const denied = answerPicture('product');

  it('wants to be told why, at the field and before it is sent', () => {
    const deal = upTo('product');
    deal.when(...denied).refused('not valid', /catalogue marks this product as able/, 'why');
    const form = JSON.stringify(sectionForm(deal.view, 'product', {}));
    expect(form).toContain('The catalogue says that this product can gather or analyse');
  });

  it('counts as able until compliance confirms it, and is no low deal meanwhile', () => {
    const said = upTo('product').and(...because(denied));
    expect(said.view.assessment.tier).not.toBe('low');
    expect(said.view.heavier?.said.tier).toBe('low');
    const confirmed = said.and('compliance-1', confirm);
    expect(confirmed.view.assessment.tier).toBe('low');
    // Whoever confirmed it is not the one who approves it alone.
    expect(confirmed.view.deal.lowered).toMatchObject([{ by: 'compliance-1', to: 'low' }]);
  });

  it('takes two also where it is confirmed while all else is open', () => {
    const early = story([openPicture(), answerPicture('scope')], marked(true))
      .and(...because(denied))
      .and('compliance-1', confirm);
    expect(early.view.deal.lowered).toMatchObject([{ by: 'compliance-1', to: 'low' }]);
    const rest = ['end-user', 'laws', 'stakeholders', 'context'];
    const voted = rest
      .reduce((deal, section) => deal.and(...answerPicture(section)), early)
      .vote('compliance-1', weighed);
    expect(voted.view.deal.status).toBe('deciding');
    expect(voted.vote('compliance-2', weighed).view.deal.status).toBe('decided');
  });

  it('is told to nobody as an answer of theirs, and compliance reads who says otherwise', () => {
    const before = upTo('product');
    const said = before.and(...because(denied));
    expect(JSON.stringify(noticesBetween(before, said))).not.toContain('"person":"system"');
    expect(JSON.stringify(confirmLighterForm(said.view))).toContain('the catalogue, which marks the product as able');
  });

  it('is able after all where compliance sends it back', () => {
    const back = upTo('product')
      .and(...because(denied))
      .and('compliance-1', refuse);
    expect(back.view.facts.answers).toMatchObject({ P1: 'yes', P2: 'yes' });
    expect(back.view.assessment.tier).not.toBe('low');
  });

  it('is read by everybody who decides: the catalogue said otherwise, who denied it, and why', () => {
    const { view } = upTo('product').and(...because(denied));
    const text = JSON.stringify(saidBefore(view));
    expect(text).toContain('By the catalogue, which marks');
    expect(text).toContain('This one counts cars');
  });

  it.each<[string, (now: DealDetails) => Partial<DealDetails>]>([
    ['kind of end-user', ({ endUser }) => ({ endUser: { ...endUser, kind: 'security' } })],
    ['end-user', ({ endUser }) => ({ endUser: { ...endUser, name: 'Sample Guard Yard' } })],
    ['company in between', () => ({ intermediaries: [{ name: 'Sample Guard Yard', role: 'operator' }] })],
    ['country', () => ({ destination: 'SE' })],
  ])('is confirmed of this sale: of another %s compliance looks again', (_, changed) => {
    const confirmed = upTo('product')
      .and(...because(denied))
      .and('compliance-1', confirm);
    const { details } = confirmed.view.deal;
    const other = confirmed.and('rep-1', {
      type: 'CorrectDetails',
      details: { ...details, ...changed(details) },
      reason: 'They told us',
    });
    const open = other.view.assessment.openQuestions.map(({ id }) => id);
    expect(open).toEqual(expect.arrayContaining(['P1', 'P2']));
    expect(other.view.assessment.tier).not.toBe('low');
    other.when(...denied).refused('not valid', /catalogue marks/, 'why');
    const waits = other.and(...because(denied)).view.lighterSaid?.answers.map(({ question }) => question) ?? [];
    expect(waits).toEqual(expect.arrayContaining(['P1', 'P2']));
  });

  it('is asked once: the same answers given again need nothing', () => {
    const confirmed = upTo('product')
      .and(...because(denied))
      .and('compliance-1', confirm);
    confirmed.when(...answerPicture('product')).then('SectionAnswered');
  });

  it.each([
    ['P1 admits it', { P1: 'yes' }],
    ['P2 admits it', { P2: 'yes' }],
    ['it is not known', { P1: 'unknown' }],
  ] as const)('costs nothing where %s', (_, answers) => {
    upTo('product').and(...answerPicture('product', answers));
  });

  it.each(['unmarked', false] as const)('costs nothing where the file says %s', (able) => {
    const said = upTo('product', able).and(...denied);
    expect(said.view.lighterSaid).toBeUndefined();
    expect(said.view.assessment.tier).toBe('low');
  });

  it('cannot be walked around by a first answer of “don’t know”, or a product outside the catalogue of that name', () => {
    const known = upTo('product').and(...answerPicture('product', { P1: 'unknown', P2: 'unknown' }));
    expect(known.view.assessment.tier).not.toBe('low');
    known.when(...denied).refused('not valid', /catalogue marks/, 'why');
    expect(known.and(...because(denied)).view).toMatchObject({ heavier: { said: { tier: 'low' } } });
    const [person, command] = openPicture();
    if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
    const product = { id: 'other', name: 'Sample Analytics 2' };
    const other = story(
      [[person, { ...command, details: { ...command.details, product } }], ...pictureDeal().slice(1, 2)],
      marked(true),
    );
    other.when(...denied).refused('not valid', /catalogue marks/, 'why');
  });

  it.each(['marked', 'unlisted'] as const)('washes off no “yes” of the product before, by one that is %s', (which) => {
    const lamp = which === 'marked' ? { id: 'lamp', name: 'Quadro lamp' } : { id: 'other', name: 'Quadro lamp' };
    const context = pictureContext({
      products: [ANALYTICS, { ...lamp, id: 'lamp', category: 'Software', able: true }],
    });
    const yes = story(pictureDeal({ P1: 'yes', P2: 'yes' }), which === 'marked' ? context : marked('unmarked'));
    const { details } = yes.view.deal;
    const correct = (deal: Story, product: { id: string; name: string }): Story =>
      deal.and('rep-1', { type: 'CorrectDetails', details: { ...details, product }, reason: 'The wrong line' });
    const away = correct(yes, lamp)
      .and(...because(denied))
      .and('compliance-1', confirm);
    const back = correct(away, details.product);
    back.when(...denied).refused('not valid', undefined, 'why');
    const said = back.and(...because(denied));
    expect(said.view.lighterSaid?.answers).toMatchObject([
      { question: 'P1', answer: { by: 'rep-1' } },
      { question: 'P2', answer: { by: 'rep-1' } },
    ]);
  });

  it('is no other because the product’s own manager says so on its sheet', () => {
    const sheet = sheetPlay().save('product-1', PRODUCT, MILD).of(PRODUCT);
    const at = (able: boolean): Story => {
      const lines = takingDeal([sheet]);
      const before = lines.findIndex(([, command]) => 'section' in command && command.section === 'product');
      return story(lines.slice(0, before), sheetDealContext([sheet], { products: [{ ...ANALYTICS, able }] }));
    };
    const taken = takingLine('product', [sheet]);
    at(false)
      .when(...taken)
      .then('SectionAnswered');
    at(true)
      .when(...taken)
      .refused('not valid', /catalogue marks/, 'why');
    const said = at(true).and(...takingLine('product', [sheet], {}, 'The sheet says so'));
    expect(said.view.lighterSaid?.answers.map(({ question }) => question)).toEqual(['P1', 'P2']);
  });

  describe('of a product that the catalogue does not have', () => {
    const kit = (called: string): Story => {
      const [person, command] = openPicture();
      if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
      const product = { id: 'other', name: called };
      const lines = pictureDeal().filter(([, one]) => !('section' in one && one.section === 'product'));
      return story(
        [[person, { ...command, details: { ...command.details, product } }], ...lines.slice(1)],
        marked(false),
      );
    };

    it('counts as able until compliance confirms it, whatever the product is called', () => {
      for (const called of ['Face recognition kit', 'FR-200', 'Sample Analytics for faces']) {
        kit(called)
          .when(...denied)
          .refused('not valid', /not in the catalogue/, 'why');
        const said = kit(called).and(...because(denied));
        expect(said.view.assessment.tier).not.toBe('low');
        expect(said.view.heavier?.said.tier).toBe('low');
        expect(JSON.stringify(confirmLighterForm(said.view))).toContain(
          'default, since the product is not in the catalogue',
        );
        expect(said.and('compliance-1', confirm).view.assessment.tier).toBe('low');
      }
      expect(JSON.stringify(sectionForm(kit('FR-200').view, 'product', {}))).toContain('is not in the catalogue');
    });

    it('costs nothing where it is not denied', () => {
      kit('FR-200').and(...answerPicture('product', { P1: 'unknown' }));
    });
  });

  describe('of a category of able products', () => {
    const tracker = (able?: boolean): Product => ({
      ...ANALYTICS,
      category: 'Location tracking',
      ...(able === undefined ? {} : { able }),
    });
    const sold = (able?: boolean): Story =>
      story(
        pictureDeal().filter(([, command]) => !('section' in command && command.section === 'product')),
        pictureContext({ products: [tracker(able)] }),
      );

    it('counts as able where nobody marked it, until compliance confirms it', () => {
      sold()
        .when(...denied)
        .refused('not valid', /among those that can gather or analyse/, 'why');
      const said = sold().and(...because(denied));
      expect(said.view.assessment.tier).not.toBe('low');
      expect(JSON.stringify(confirmLighterForm(said.view))).toContain('the category of the product');
      expect(said.and('compliance-1', confirm).view.assessment.tier).toBe('low');
      expect(said.and('compliance-1', refuse).view.facts.answers).toMatchObject({ P1: 'yes', P2: 'yes' });
    });

    it('costs nothing where compliance marked it, or its sheet says so, too', () => {
      expect(sold(false).and(...denied).view.assessment.tier).toBe('low');
      const sheet = sheetPlay().save('product-1', PRODUCT, MILD).of(PRODUCT);
      const lines = takingDeal([sheet]);
      const before = lines.findIndex(([, command]) => 'section' in command && command.section === 'product');
      story(lines.slice(0, before), sheetDealContext([sheet], { products: [tracker()] }))
        .when(...takingLine('product', [sheet]))
        .then('SectionAnswered');
    });
  });
});

describe('“No” to the analysis alone', () => {
  const gathers = answerPicture('product', { P1: 'yes' });
  const sold = (able: Product['able'], product = { id: ANALYTICS.id, name: ANALYTICS.name }): Story => {
    const [person, command] = openPicture();
    if (command instanceof Function || command.type !== 'OpenDeal') throw new Error('no opening');
    const lines = pictureDeal().filter(([, one]) => !('section' in one && one.section === 'product'));
    return story(
      [[person, { ...command, details: { ...command.details, product } }], ...lines.slice(1)],
      pictureContext({ products: [{ ...ANALYTICS, able }] }),
    );
  };

  it.each([
    ['that product', undefined],
    ['one outside the catalogue of that name', { id: 'other', name: 'Sample Analytics 2' }],
  ])('waits of %s, where the file says that it analyses', (_, product) => {
    const deal = sold('analyses', product);
    deal.when(...gathers).refused('not valid', /says that this product analyses/, 'why');
    expect(JSON.stringify(sectionForm(deal.view, 'product', { P1: 'yes' }))).toContain('analyses data about people');
    const said = deal.and(...because(gathers));
    expect(said.view.assessment.placed?.row).toBe('derives');
    expect(said.view.heavier?.said.placed?.row).toBe('collects');
    const form = JSON.stringify(confirmLighterForm(said.view));
    expect(form).toContain('which says that the product analyses');
    expect(said.and('compliance-1', confirm).view.assessment.placed?.row).toBe('collects');
    expect(said.and('compliance-1', refuse).view.facts.answers).toMatchObject({ P1: 'yes', P2: 'yes' });
  });

  it('waits with the other where both are denied, and the other comes first', () => {
    const denied = answerPicture('product');
    const said = sold('analyses').and(...because(denied));
    expect(said.view.lighterSaid?.answers.map(({ question }) => question)).toEqual(['P1', 'P2']);
    sold('analyses').and(...answerPicture('product', { P2: 'yes' }));
  });

  it('contradicts the catalogue where it is read', () => {
    const said = sold('analyses').and(...because(gathers));
    expect(catalogueAgainst(said.view, said.view.facts.answers)).toEqual([
      'The catalogue says that this product analyses data about people.',
    ]);
  });

  it.each([true, false, undefined])('costs nothing where the file says %s', (able) => {
    expect(sold(able).and(...gathers).view.assessment.placed?.row).toBe('collects');
  });
});
