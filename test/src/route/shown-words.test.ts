/** Words that people judge by: who raised a flag, which product and end-user, what is over, and whose text it is. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { heaviestLine } from '../../../blocks/cards/spans.ts';
import { detailsForm } from '../../../blocks/forms/open.ts';
import { dealView, type DealView } from '../../../flows/deal/view.ts';
import { OTHER_PRODUCT } from '../../../flows/organisation.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { createLiveCard } from '../../../src/outbox/render.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { presets, wordsOf } from '../../blocks/forms/support.ts';
import { anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk, formIn } from '../../support/desk.ts';

const DONE: Reply = { kind: 'done' };
const organisation = anOrganisation({
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Data analytics', able: false }],
});
let at: AtDesk;
beforeEach(() => {
  at = atDesk({
    policy: aPolicy({ confirmScope: 'able', lighter: 'confirm', ableCategories: ['Data analytics'] }),
    organisation,
  });
});
afterEach(() => at.end());

const view = async (deal: string): Promise<DealView> => {
  const found = await at.deals.view(deal);
  if (!found) throw new Error('no deal');
  return found;
};
const click = (person: string, name: string, value: string): Promise<Reply> =>
  at.ask(person, { kind: 'click', name, value });
const send = (person: string, { name, context }: Form, values: FormValues): Promise<Reply> =>
  at.ask(person, { kind: 'submit', form: name, context, values });
const correct = async (deal: string, changed: FormValues): Promise<void> => {
  const form = detailsForm(await view(deal));
  expect(await send('rep-1', form, { ...presets(form), reason: 'Wrong line in the list.', ...changed })).toEqual(DONE);
};
const flag = (person: string, deal: string, title: string): Promise<Reply> =>
  at.submit(person, 'deal.raise-flag', { deal }, { title });
const saidOut = async (changed: FormValues = {}): Promise<string> => {
  const deal = await at.openDeal();
  if (Object.keys(changed).length > 0) await correct(deal, changed);
  await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'no' });
  return deal;
};
const root = async (deal: string): Promise<string> => {
  const card = await createLiveCard(at.deals)(deal, 'root');
  return card ? plain(card) : '';
};
const list = async (): Promise<string> =>
  wordsOf(formIn(await at.ask('compliance-1', { kind: 'words', words: 'confirm', canOpen: true })));
const scopeForm = async (deal: string): Promise<string> =>
  wordsOf(formIn(await click('compliance-1', 'deal.confirm-scope', deal)));

describe('the rep’s own flags', () => {
  it('bury no colleague’s: each is named with who raised it, outsiders’ first', async () => {
    const deal = await at.openDeal();
    for (let n = 1; n <= 6; n += 1) await flag('rep-1', deal, `The delivery note number 0${n} is late`);
    await flag('counsel-1', deal, 'The reseller was fined last year');
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'no' });
    const words = await scopeForm(deal);
    expect(words).not.toContain('Raised by colleagues');
    expect(words).toMatch(
      /Raised by Sample Counsel: “The reseller was fined last year”.*Raised by Sample Rep: “The delivery/,
    );
  });

  it('are not the heaviest before a flag of the policy of the same weight', async () => {
    const deal = await at.openDeal();
    for (let n = 1; n <= 6; n += 1) await flag('rep-1', deal, `The delivery note number 0${n} is late`);
    await at.answerAll(deal, { 'H-RF3': 'yes' });
    const now = await view(deal);
    const weights = now.assessment.flags.map(({ id, weight }) => [id.startsWith('own-'), weight]);
    expect(new Set(weights.map(([, weight]) => weight))).toEqual(new Set(['moderate']));
    // Whatever the policy's own order.
    const flags = now.assessment.flags.toSorted((a) => (a.id.startsWith('own-') ? -1 : 1));
    const first = flags.find(({ id }) => !id.startsWith('own-'))?.title ?? 'none';
    expect(heaviestLine({ ...now, assessment: { ...now.assessment, flags } })).toContain(`Heaviest: ${first}`);
  });
});

describe('what waits for compliance', () => {
  it('names product, end-user, its kind and a hold, in the message and in the list', async () => {
    const deal = await saidOut();
    const on = { of: 'deal', deal } as const;
    const placed = await at.desk.registers.holds.handle(
      {
        type: 'PlaceHold',
        on,
        stop: ['upgrades'],
        because: 'breach',
        reason: 'It was used on journalists.',
        review: '2027-04-01',
        reach: { deals: 1, team: [] },
      },
      { actor: 'compliance-1', cause: 'hold' },
    );
    expect(placed.kind).toBe('accepted');
    await at.travel('2027-03-01T09:05:00.000Z');
    const now = await view(deal);
    const told = plain(factCard(now, { fact: 'scope said' }, {}, { to: 'person', person: 'compliance-1' }));
    for (const words of [told, await list(), await scopeForm(deal)]) {
      expect(words).toContain(now.deal.details.product.name);
      expect(words).toContain(now.deal.details.endUser.name);
      expect(words).toMatch(/government agency|security, police|private/);
      expect(words).toContain('On hold');
    }
  });

  it('names the last of many in between, and offers no tick where they have no room', async () => {
    const many = Array.from({ length: 12 }, (_, i) => `Harbour Resale and Logistics Company number ${i + 1}, reseller`);
    const deal = await saidOut({ intermediaries: [...many, 'Secret Police Tashkent, user'].join('\n') });
    expect(await scopeForm(deal)).toContain('Secret Police Tashkent');
    expect(await list()).toContain('There is more to read than has room here');
  });

  it('promises twelve months only where a confirmation is kept', async () => {
    expect(await scopeForm(await saidOut())).toContain('twelve months for this product and kind of end-user');
    const other = { product: OTHER_PRODUCT, productName: 'Sample Spectacles' };
    expect(await scopeForm(await saidOut(other))).not.toContain('twelve months');
    const alone = await scopeForm(await saidOut({ endUserKind: 'private' }));
    expect(alone).toContain('twelve months for this product and this end-user');
    expect(alone).not.toContain('kind of end-user');
  });

  it('opens what waits by now from the button of changes that waited before', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await correct(deal, { destination: 'SE' });
    expect(formIn(await click('compliance-1', 'deal.confirm-lighter', deal)).title).toBe('Lighter than before?');
    const why = 'I mixed up two products.';
    await at.submit('rep-1', 'deal.section', { deal, section: 'scope' }, { 'q:G1': 'no', why });
    const form = formIn(await click('compliance-1', 'deal.confirm-lighter', deal));
    expect(form.title).toBe('Out of scope?');
    expect(await send('compliance-1', form, { verdict: 'confirm' })).toEqual(DONE);
    expect((await view(deal)).deal.status).toBe('out of scope');
  });

  it('says what happened where the deal was withdrawn meanwhile', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await correct(deal, { destination: 'SE' });
    await at.deals.handle(deal, { type: 'Withdraw', reason: 'Lost the tender' }, { actor: 'rep-1', cause: 'w' });
    for (const name of ['deal.confirm-lighter', 'deal.confirm-scope']) {
      const reply = await click('compliance-1', name, deal);
      if (reply.kind !== 'tell') throw new Error(JSON.stringify(reply));
      expect(plain(reply.card)).toMatch(/Sample Rep withdrew this deal on 1 March 2027/);
    }
  });
});

describe('text that people typed', () => {
  it('names a product outside the catalogue as such, everywhere', async () => {
    const deal = await at.openDeal();
    await correct(deal, { product: OTHER_PRODUCT, productName: 'Sample Spectacles' });
    await at.answerAll(deal, { P1: 'yes', 'H-RF1': 'yes' });
    const MARK = '“Sample Spectacles” (not in the catalogue)';
    expect(await root(deal)).toContain(MARK);
    expect(await list()).toContain(MARK);
    const review = formIn(await click('compliance-1', 'deal.review', `${deal}/0`));
    expect(wordsOf(review)).toContain(MARK);
  });

  it('stands apart in a title, whatever it says', async () => {
    const deal = await at.openDeal();
    const said = '” ✅ Approved by Sample Compliance “';
    await correct(deal, { customer: said });
    const [title] = (await root(deal)).split('\n');
    expect(title).toMatch(/D-\w+ · “Sample Ministry”, Norway · customer “[^“”]*Approved by Sample Compliance[^“”]*”$/);
  });

  it('of a flag stands in quotes on one line, wherever it is weighed', async () => {
    const title = 'Slow cables.”\nDismissed by @compliance-1.\n✅ Nothing speaks against this deal.';
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    await at.deals.handle(deal, { type: 'RaiseFlag', title }, { actor: 'rep-1', cause: 'flag' });
    const review = formIn(await click('compliance-1', 'deal.review', `${deal}/0`));
    const why = formIn(await click('compliance-1', 'deal.why', deal));
    for (const text of [heaviestLine(await view(deal)), wordsOf(review), wordsOf(why)]) {
      expect(text).toMatch(/“Slow cables\.\\?" Dismissed by @compliance-1\. ✅ Nothing/u);
      expect(text).not.toMatch(/Slow cables\.”/u);
    }
  });

  it('begins a sentence with a capital', async () => {
    const deal = await at.openDeal();
    await at.answerAll(deal, { 'H-RF1': 'yes' });
    const now = await view(deal);
    const denied = dealView(
      {
        ...now.deal,
        answers: { ...now.deal.answers, scope: { G1: { value: 'no', sources: [], by: 'rep-1', at: now.now } } },
      },
      now.policy,
      now.organisation,
      now.now,
    );
    expect(plain(rootCard(denied))).toContain('The catalogue contradicts the answers');
  });
});
