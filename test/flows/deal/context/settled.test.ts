/** The rep who gets one deal cleared first, and a graver one with the same parties after it, or under another name. */

import { describe, expect, it } from 'vitest';
import { againstItems, allReadable, heardTold } from '../../../../blocks/cards/others-words.ts';
import { confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import { sectionForm } from '../../../../blocks/forms/section.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { SaidElsewhere } from '../../../../flows/deal/context/elsewhere.ts';
import { isToldToOthers, keptBecause } from '../../../../flows/deal/context/erasing.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { flagWaits } from '../../../../flows/deal/context/worries.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { endUserKeys, marksOf } from '../../../../flows/end-user.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { EndUserKind, FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, findingPolicy, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';
import { answeredAll, openNamed } from '../../../support/twins.ts';

const NOW = '2027-03-02T09:00:00.000Z';
const CONTEXT = pictureContext();
const FLAG = { type: 'RaiseFlag', title: 'They told me they will track journalists with it' } as const;
const NAME = 'Bouvet Roads Office';

interface Deal {
  id: string;
  kind?: EndUserKind;
  answers?: Record<string, FactValue>;
  details?: Partial<DealDetails>;
}

const lines = ({ id, kind = 'government', answers = {}, details = {} }: Deal): Line[] =>
  pictureDeal(answers, kind, findingPolicy, details.intermediaries !== undefined).map(([actor, command]): Line => [
    actor,
    command.type === 'OpenDeal'
      ? {
          ...command,
          deal: id,
          details: { ...command.details, customer: `Customer ${id}`, endUser: { name: NAME, kind }, ...details },
        }
      : command,
  ]);
const dealOf = (deal: Deal): Story => answeredAll(lines(deal), CONTEXT);

const confirm = ({ deal }: DealView): DealCommand => ({
  type: 'ConfirmScope',
  factsHash: scopeSaidOf(deal)?.factsHash ?? '',
});
/** Said to be out of scope, by the rep. */
const saidOut = (deal: Deal, context = CONTEXT): Story =>
  story(lines(deal).slice(0, 1), context).and('rep-1', answerPicture('scope', { 'G1-capability': 'no' }, deal.kind)[1]);
const cleared = (deal: Deal): Story => saidOut(deal).and('compliance-1', confirm);

const noteOf = (one: Story, ...others: Story[]): DealCommand | undefined => {
  const found = newsOfOthers(
    [one, ...others].map(({ view }) => saidElsewhere(view)),
    NOW,
  ).get(one.view.deal.id);
  return found && { type: 'NoteOthers', ...found };
};
const told = (one: Story, ...others: Story[]): Story => {
  const note = noteOf(one, ...others);
  if (!note) throw new Error('nothing was told');
  return one.and(SYSTEM, note);
};
const shown = (deal: Story): string => JSON.stringify(againstItems(deal.view, allReadable(deal.view)));
const declined = (deal: Deal): Story => dealOf(deal).vote('compliance-1', { ...weighed, outcome: 'decline' });

describe('a deal that compliance confirmed as out of scope', () => {
  const out = cleared({ id: 'D-0UT111', kind: 'government' });

  it.each<[string, Story]>([
    ['says a graver kind of its end-user', dealOf({ id: 'D-GRAVE1', kind: 'security' })],
    ['was declined', declined({ id: 'D-GRAVE1', kind: 'government' })],
    ['is doubted', dealOf({ id: 'D-GRAVE1', kind: 'government' }).and('senior-2', FLAG)],
    [
      'names it as its customer, and is doubted',
      dealOf({
        id: 'D-GRAVE1',
        details: { customer: NAME, endUser: { name: 'Antarctic Bureau', kind: 'government' } },
      }).and('senior-2', FLAG),
    ],
    ['is in scope, with the same product and country', dealOf({ id: 'D-GRAVE1', kind: 'government' })],
  ])('hears of a later one that %s, and compliance is told', (_, later) => {
    expect(out.state).toMatchObject({ status: 'out of scope', confirmed: { by: 'compliance-1' } });
    const after = told(out, later);
    expect(after.state).toMatchObject({ status: 'out of scope' });
    expect(shown(after)).toContain('D-GRAVE1');
    const notices = factNoticesOf(after.events.at(-1)!, out.view, after.view);
    expect(notices.flatMap(([, targets]) => targets)).toContainEqual({ to: 'person', person: 'compliance-2' });
    const [[fact] = []] = notices;
    if (fact?.fact !== 'others noted') throw new Error('nothing was noted');
    const card = JSON.stringify(heardTold(after.view, fact));
    expect(card).toContain('This deal is out of scope. Compliance decides whether it needs a review after all.');
    expect(card).toContain('deal.reopen');
    expect(noteOf(after, later)).toBeUndefined();
  });

  it('hears nothing of a harmless one with another product, and of no answers', () => {
    const other = { product: { id: 'other', name: 'Picture box' }, destination: 'GR' };
    expect(noteOf(out, dealOf({ id: 'D-0THER1', kind: 'government', details: other }))).toBeUndefined();
    expect(
      noteOf(out, dealOf({ id: 'D-0THER1', kind: 'government', details: other, answers: { 'H-RF1': 'yes' } })),
    ).toBeUndefined();
  });

  it('is named to whoever decides on the later one', () => {
    for (const kind of ['security', 'government'] as const) {
      const later = told(dealOf({ id: 'D-GRAVE1', kind }), out);
      expect(shown(later)).toContain('D-0UT111 with the same end-user');
      expect(shown(later)).toContain('It was approved at a lower risk, or found out of scope');
      expect(flagWaits(later.view)).toBe(false);
    }
    const other = { product: { id: 'other', name: 'Picture box' }, destination: 'GR' };
    expect(JSON.stringify(noteOf(dealOf({ id: 'D-GRAVE1', kind: 'government', details: other }), out))).not.toContain(
      'cleared',
    );
  });

  it.each<[string, (deal: Story) => Story]>([
    ['a colleague’s flag waits', (deal) => deal.and('senior-2', FLAG)],
    [
      'compliance sent another back, and that was heard',
      (deal) => {
        const other = saidOut({ id: 'D-SENT11', kind: 'government' }).and('compliance-1', ({ deal: there }) => ({
          type: 'RefuseScope',
          factsHash: scopeSaidOf(there)?.factsHash ?? '',
          reason: 'Their owner is the ministry.',
        }));
        return told(deal, other);
      },
    ],
  ])('that a harmless product is not out of scope by itself where %s before that is answered', (_, before) => {
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    const context = pictureContext({ products: [sensor] });
    const deal = { id: 'D-F0UND1', kind: 'private' } as const;
    const out = answerPicture('scope', { 'G1-capability': 'no' }, 'private')[1];
    const opened = story(lines(deal).slice(0, 1), context);
    expect(opened.and('rep-1', out).state).toMatchObject({ status: 'out of scope' });
    expect(before(opened).and('rep-1', out).state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
  });

  it('hears that its end-user is close to a government after all, said of another product, and is named there', () => {
    const close = answerPicture('scope', { G2: 'no' }, 'private')[1];
    const asked = story(lines({ id: 'D-0UT222', kind: 'private' }).slice(0, 1), CONTEXT).and('rep-1', close);
    const confirmed = asked.and('compliance-1', confirm);
    expect(confirmed.state).toMatchObject({ status: 'out of scope' });
    const other = { product: { id: 'other', name: 'Picture box' } };
    const later = dealOf({ id: 'D-LATER1', kind: 'private', details: other });
    expect(noteOf(confirmed, later)).toMatchObject({ otherwise: [{ question: 'G2', deal: 'D-LATER1' }] });
    expect(JSON.stringify(noteOf(later, confirmed))).toContain('cleared');
    expect(shown(told(later, confirmed))).toContain('It was approved at a lower risk, or found out of scope');
    // So it is under a longer name.
    const longer = dealOf({
      id: 'D-LATER1',
      kind: 'private',
      details: { ...other, endUser: { name: `${NAME} No. 2`, kind: 'private' } },
    });
    expect(noteOf(confirmed, longer)).toMatchObject({ otherwise: [{ question: 'G2', called: `${NAME} No. 2` }] });
    expect(shown(told(longer, confirmed))).toContain('It was approved at a lower risk, or found out of scope');
  });

  it('lends no deal its confirmation where more is said since in a deal that was heard of before', () => {
    const out = answerPicture('scope', { G2: 'no' }, 'private')[1];
    const opened = (id: string, product: DealDetails['product'], context = CONTEXT): Story =>
      story(
        lines({
          id,
          kind: 'private',
          details: { product, customer: id === 'D-F1RST1' ? 'Fulmar Imports' : 'Bouvet Imports' },
        }).slice(0, 1),
        context,
      );
    const listed = CONTEXT.organisation.products[0]!;
    const first = opened('D-F1RST1', { id: 'other', name: 'Picture box' }).and('rep-1', out);
    const gone = first.and('rep-1', { type: 'Withdraw', reason: 'Not now' });
    const base = told(opened('D-BASE11', listed).and('rep-1', out), gone).and('compliance-1', confirm);
    const scopes = base.events.flatMap((event) => (event.type === 'ScopeConfirmed' && event.keeps) || []);
    expect(scopes).toHaveLength(1);
    const context = pictureContext({ scopes });
    const third = (before: Story): Story => told(opened('D-TH1RD1', listed, context), before).and('rep-1', out);
    expect(third(gone).state).toMatchObject({ status: 'out of scope', confirmed: { deal: 'D-BASE11' } });
    const again = gone.and('rep-1', { type: 'Reopen', reason: 'They have the money now' });
    const refused = again.and('compliance-2', ({ deal }) => ({
      type: 'RefuseScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
      reason: 'Their owner is the ministry.',
    }));
    expect(third(refused).state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    // Nor where a colleague says there what was the rep's own slip.
    const yes = answerPicture('scope', { G2: 'yes' }, 'private')[1];
    const slip = opened('D-F1RST1', { id: 'other', name: 'Picture box' })
      .and('rep-1', yes)
      .and('rep-1', { type: 'Withdraw', reason: 'A slip of the pen' });
    const beside = told(opened('D-BASE11', listed).and('rep-1', out), slip).and('compliance-1', confirm);
    const kept = beside.events.flatMap((event) => (event.type === 'ScopeConfirmed' && event.keeps) || []);
    const over = slip
      .and('rep-1', { type: 'Reopen', reason: 'They have the money now' })
      .and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' })
      .and(
        'product-1',
        JSON.parse(
          JSON.stringify({ ...yes, type: 'SaveSectionForLater' }).replaceAll(
            'As they told us.',
            'I met their colonel.',
          ),
        ) as DealCommand,
      );
    const fourth = (before: Story): Story =>
      told(opened('D-TH1RD1', listed, pictureContext({ scopes: kept })).and('rep-1', out), before);
    expect(fourth(slip).state).toMatchObject({ status: 'out of scope' });
    expect(fourth(over).state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    // A confirmation of before names the deal alone, and covers what is said there.
    const older = pictureContext({ scopes: scopes.map((one) => ({ ...one, heard: ['D-F1RST1'] })) });
    expect(told(opened('D-TH1RD1', listed, older), refused).and('rep-1', out).state).toMatchObject({
      status: 'out of scope',
    });
    expect(noteOf(base, refused)).toMatchObject({ worries: [{ of: 'refused' }] });
  });

  it('that a harmless product put out of scope by itself hears of a graver kind and of a twin that is in scope alone', () => {
    const sensor = { id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false };
    const found = saidOut({ id: 'D-F0UND1', kind: 'private' }, pictureContext({ products: [sensor] }));
    expect(found.state).toMatchObject({ status: 'out of scope' });
    expect(found.state).not.toHaveProperty('confirmed.by');
    const other = { product: { id: 'other', name: 'Picture box' }, destination: 'GR' };
    expect(noteOf(found, dealOf({ id: 'D-GRAVE1', kind: 'security', details: other }))).toMatchObject({
      kinds: [{ kind: 'security' }],
      ended: [],
    });
    const twin = dealOf({ id: 'D-GRAVE1', kind: 'private' });
    expect(noteOf(found, twin)).toMatchObject({ worries: [{ of: 'scope' }] });
    // Nobody has looked at it: withdrawing the first and asking anew sheds no wait.
    const back = found.when(SYSTEM, noteOf(found, twin)!).then('OthersNoted', 'ScopeSaid');
    expect(back.state).toMatchObject({ status: 'answering', scopeSaid: { by: 'rep-1' } });
    expect(back.and('compliance-1', confirm).state).toMatchObject({ status: 'out of scope' });
    expect(noteOf(found, declined({ id: 'D-GRAVE1', kind: 'private', details: other }))).toBeUndefined();
    // Nor does a longer name, also where the first is withdrawn by then; of another product nobody asks.
    const longer = { endUser: { name: `${NAME} No. 2`, kind: 'private' as const } };
    const named = dealOf({ id: 'D-GRAVE1', kind: 'private', details: longer });
    for (const one of [named, named.and('rep-1', { type: 'Withdraw', reason: 'Other plan.' })]) {
      expect(noteOf(found, one)).toMatchObject({ worries: [{ of: 'scope', shares: 'name', called: `${NAME} No. 2` }] });
      const asked = found.when(SYSTEM, noteOf(found, one)!).then('OthersNoted', 'ScopeSaid');
      expect(shown(asked)).toContain('Its answers put it in scope');
      expect(noteOf(asked.and('compliance-1', confirm), one)).toBeUndefined();
    }
    expect(
      noteOf(found, dealOf({ id: 'D-GRAVE1', kind: 'private', details: { ...longer, ...other } })),
    ).toBeUndefined();
    // A graver kind, and that compliance sent another back, is heard of whatever the product, as under the same name.
    const called = (kind: EndUserKind): Partial<DealDetails> => ({
      endUser: { ...longer.endUser, kind },
      product: other.product,
    });
    const graver = dealOf({ id: 'D-GRAVE1', kind: 'security', details: called('security') });
    const asked = found.when(SYSTEM, noteOf(found, graver)!).then('OthersNoted', 'ScopeSaid');
    expect(shown(asked)).toContain(`D-GRAVE1 says of “${NAME} No. 2”, which may be the same end-user: `);
    const refused = saidOut({ id: 'D-SENT11', kind: 'government', details: called('government') }).and(
      'compliance-1',
      ({ deal }) => ({
        type: 'RefuseScope',
        factsHash: scopeSaidOf(deal)?.factsHash ?? '',
        reason: 'Their owner is the ministry.',
      }),
    );
    expect(shown(found.and(SYSTEM, noteOf(found, refused)!))).toContain('Their owner is the ministry.');
  });
});

describe('a deal that was approved', () => {
  it('hears of one with its end-user that a colleague withdraws, and of what that answered against it', () => {
    const approved = dealOf({ id: 'D-L0W111' }).vote('compliance-1', weighed);
    const said = saidElsewhere(approved.view);
    const gone = dealOf({ id: 'D-G0NE11', answers: { 'H3-targeted': 'yes', 'H-RF1': 'yes' } }).and('rep-1', {
      type: 'Withdraw',
      reason: 'Duplicate',
    });
    const left = (by: string, at: string, more: Partial<SaidElsewhere> = {}): SaidElsewhere => ({
      ...saidElsewhere(gone.view),
      owner: by,
      left: { by, at },
      ...more,
    });
    const heard = (one: SaidElsewhere) => newsOfOthers([said, one], NOW).get(said.id);
    const note = heard(left('product-1', NOW));
    expect(note?.ended).toMatchObject([
      { deal: 'D-G0NE11', how: 'withdrawn', after: 'colleague', against: ['H3-targeted', 'H-RF1'] },
    ]);
    const after = approved.and(SYSTEM, { type: 'NoteOthers', ...note! });
    expect(shown(after)).toContain('It answered otherwise: “Has the end-user targeted people');
    const [[fact] = []] = factNoticesOf(after.events.at(-1)!, approved.view, after.view);
    if (fact?.fact !== 'others noted') throw new Error('nothing was noted');
    expect(JSON.stringify(heardTold(after.view, fact))).toContain('Compliance decides whether it needs another review');
    // What its own rep withdraws is a slip; what was there before, its approvers could read; a company in common is nobody's.
    expect(heard(left('rep-1', NOW))).toBeUndefined();
    expect(heard(left('product-1', said.approvedAt!))).toBeUndefined();
    // Withdrawn once more it is news if it answered more.
    const first = heard(left('product-1', NOW, { otherwise: [] }))!;
    const later = '2027-03-02T10:00:00.000Z';
    const again = (otherwise: SaidElsewhere['otherwise']) =>
      newsOfOthers([{ ...said, noted: first }, left('product-1', later, { otherwise })], NOW).get(said.id)?.ended ?? [];
    expect(again([])).toEqual([]);
    expect(again(saidElsewhere(gone.view).otherwise)).toMatchObject([{ against: ['H3-targeted', 'H-RF1'] }]);
    const other = { endUsers: ['another'], parties: ['another', ...said.parties] };
    expect(heard(left('product-1', NOW, other))?.ended ?? []).toEqual([]);
  });

  it('is the only one that hears it: who names nobody, or was found out of scope, hears nothing more', () => {
    const gone = dealOf({ id: 'D-G0NE11', details: { customer: 'Kerguelen Trading' } }).and('rep-1', {
      type: 'Withdraw',
      reason: 'Duplicate',
    });
    const theirs = { ...saidElsewhere(gone.view), owner: 'product-1', left: { by: 'product-1', at: NOW } };
    const open = saidElsewhere(dealOf({ id: 'D-0PEN11' }).view);
    expect(newsOfOthers([open, theirs], NOW).get('D-0PEN11')?.ended ?? []).toEqual([]);
    const found = saidElsewhere(
      saidOut({
        id: 'D-F0UND1',
        details: { customer: 'Kerguelen Trading', endUser: { name: 'Unknown', kind: 'unknown' } },
      }).view,
    );
    expect(newsOfOthers([found, theirs], NOW).get('D-F0UND1')?.ended ?? []).toEqual([]);
  });

  it('hears that another says a graver kind of its end-user, and is named to whoever decides on a graver twin', () => {
    const approved = dealOf({ id: 'D-L0W111' }).vote('compliance-1', weighed);
    expect(approved.state).toMatchObject({ status: 'decided' });
    const heard = told(approved, dealOf({ id: 'D-GRAVE1', kind: 'security' }));
    expect(shown(heard)).toContain('D-GRAVE1 says of the same end-user');
    const graver = dealOf({ id: 'D-GRAVE1', answers: { 'H-RF1': 'yes', P1: 'yes' } });
    expect(shown(told(graver, approved))).toContain('It was approved at a lower risk, or found out of scope');
    const same = dealOf({ id: 'D-GRAVE1' });
    expect(noteOf(same, approved)).toBeUndefined();
  });
});

const HEARD = 'They asked me how to hear the strikers';
const flagged = (deal: Story): Story => deal.and('product-1', { type: 'RaiseFlag', title: HEARD });
const give =
  (to: string, by: string) =>
  (deal: Story): Story =>
    deal.and(by, { type: 'ReassignOwner', to, reason: 'They know them' });

describe('the same sale through the same company, under another end-user’s name', () => {
  const shared = { customer: 'Kerguelen Trading' };
  const office = (n: number) => ({ name: `Sample Office ${n}`, kind: 'government' }) as const;
  const another = { customer: 'Kerguelen Trading', endUser: { name: 'Antarctic Bureau', kind: 'government' } } as const;

  it('hears that the first was declined or doubted, and no flag waits for it', () => {
    for (const first of [
      declined({ id: 'D-F1RST1', details: shared }),
      dealOf({ id: 'D-F1RST1', details: shared }).and('senior-2', FLAG),
      declined({
        id: 'D-F1RST1',
        details: { intermediaries: [{ name: 'Kerguelen Trading', role: 'reseller' }] } as never,
      }),
    ]) {
      const twin = told(dealOf({ id: 'D-TW1N11', details: another }), first);
      expect(shown(twin)).toContain('D-F1RST1 with the same product and country, through the same company');
      expect(shown(twin)).not.toContain('with the same end-user');
      expect(flagWaits(twin.view)).toBe(false);
      expect(noteOf(twin, first)).toBeUndefined();
    }
  });

  it('hears that the product was stopped, declined or flagged for a neighbour country, and no flag waits for it', () => {
    const there = { ...shared, destination: 'GR' };
    const stopped = story(lines({ id: 'D-F1RST1', details: there }).slice(0, 2), CONTEXT).and(
      ...answerPicture(findingPolicy.question('K1')!.section, { K1: 'yes' }),
    );
    expect(stopped.view.deal.status).toBe('stopped');
    for (const first of [
      stopped,
      declined({ id: 'D-F1RST1', details: there }),
      dealOf({ id: 'D-F1RST1', details: there }).and('senior-2', FLAG),
    ]) {
      const twin = told(dealOf({ id: 'D-TW1N11', details: another }), first);
      expect(shown(twin)).toContain('D-F1RST1 with the same product, through the same company');
      expect(shown(twin)).not.toContain('same product and country');
      expect(twin.view.deal.ownFlags).toEqual([]);
      expect(twin.view.assessment.tier).toBe('low');
      expect(noteOf(twin, first)).toBeUndefined();
      const out = told(saidOut({ id: 'D-0UT111', details: another }), first);
      expect(JSON.stringify(confirmScopeForm(out.view))).not.toContain('Nothing that is known here speaks against it');
    }
    // Of a country of which counsel wrote nothing.
    const shield = { ...another, destination: 'GR', product: { id: 'other', name: 'Sample shield' } };
    const clean = saidOut({ id: 'D-0UT111', details: shield });
    expect(JSON.stringify(confirmScopeForm(clean.view))).toContain('Nothing that is known here speaks against it');
    const said = {
      of: 'handed over',
      text: 'It has our face matching in it.',
      by: 'rep-2',
      at: clean.view.now,
    } as const;
    const nothing = { words: [], hidden: 0, left: 0 };
    const ofProduct = { ...nothing, words: [{ ...said, deal: 'D-F1RST1', gone: false, grave: false }] };
    const looking = { written: { [clean.view.deal.id]: { ...nothing, ofProduct } } };
    const quoting = JSON.stringify(confirmScopeForm(clean.view, {}, {}, looking));
    expect(quoting).toContain(said.text);
    expect(quoting).not.toContain('Nothing that is known here speaks against it');
  });

  it('hears nothing of an honest one, of another product there, of what its team withdrew, or of what is old', () => {
    const twin = dealOf({ id: 'D-TW1N11', details: another });
    expect(noteOf(twin, dealOf({ id: 'D-F1RST1', details: shared }))).toBeUndefined();
    const there = { ...shared, destination: 'GR' };
    const product = { id: 'other', name: 'Sample shield' };
    expect(noteOf(twin, declined({ id: 'D-F1RST1', details: { ...there, product } }))).toBeUndefined();
    const asked = dealOf({ id: 'D-F1RST1', details: there }).and('compliance-1', {
      type: 'AskForInformation',
      step: 0,
      question: 'When is it delivered?',
    });
    expect(noteOf(twin, asked.and('rep-1', { type: 'Withdraw', reason: 'No budget' }))).toBeUndefined();
    const old = declined({ id: 'D-F1RST1', details: shared });
    const all = [twin, old].map(({ view }) => saidElsewhere(view));
    expect(newsOfOthers(all, '2028-06-01T09:00:00.000Z').size).toBe(0);
  });

  it('names each that others doubted, and few of which only their own teams speak', () => {
    const many = Array.from({ length: 9 }, (_, i) =>
      declined({ id: `D-MANY${i}1`, details: { ...shared, endUser: office(i) } }),
    );
    const dummies = Array.from({ length: 9 }, (_, i) =>
      dealOf({ id: `D-DUMM${i}1`, details: { ...shared, endUser: office(i) } }).and('rep-1', {
        type: 'RaiseFlag',
        title: 'Please check the delivery date',
      }),
    );
    const twin = told(dealOf({ id: 'D-TW1N11', details: another }), ...dummies, ...many);
    expect(twin.view.deal.others?.ended).toHaveLength(9);
    expect(new Set(twin.view.deal.others?.worries?.map(({ deal }) => deal)).size).toBe(5);
  });

  it.each<[string, (deal: Story) => Story]>([
    ['owned that deal for a moment', (deal) => give('rep-1', 'product-1')(flagged(give('product-1', 'rep-1')(deal)))],
    ['owns that deal now', (deal) => flagged(give('product-1', 'rep-1')(deal))],
    [
      'spoke before the rep did',
      (deal) => flagged(deal).and('rep-1', { type: 'RaiseFlag', title: 'The road is bad there' }),
    ],
  ])('does not lose a colleague who %s among deals that the rep flags', (_how, said) => {
    const bad = said(dealOf({ id: 'D-BAD111', details: { ...shared, endUser: office(99) } }));
    expect(shown(besideDummies(bad))).toContain(HEARD);
  });

  it('does not lose what a colleague says of a deal of their own among deals that the rep flags', () => {
    const details = { ...shared, endUser: office(99) };
    const bad = flagged(openNamed('D-BAD111', details, CONTEXT, 'product-1'));
    expect(bad.view.deal.ownFlags).toMatchObject([{ status: 'admitted' }]);
    const twin = besideDummies(bad);
    expect(shown(twin)).toContain(HEARD);
    expect(new Set(twin.view.deal.others?.worries?.map(({ deal }) => deal)).size).toBe(6);
  });

  it.each<[string, DealCommand]>([
    ['withdraws', { type: 'Withdraw', reason: 'They went to another maker.' }],
    [
      'answers',
      {
        type: 'GiveInformation',
        request: '',
        text: 'We asked their director, who says that they never did.',
        sources: [],
      },
    ],
  ])('does not lose what an approver asked about a deal that the rep then %s', (_how, then) => {
    const asked = dealOf({ id: 'D-BAD111', details: { ...shared, endUser: office(99) } })
      .and('compliance-1', { type: 'AskForInformation', step: 0, question: `${HEARD}. Is it so?` })
      .and('rep-1', ({ deal }) =>
        then.type === 'GiveInformation' ? { ...then, request: deal.requests[0]!.id } : then,
      );
    expect(shown(besideDummies(asked))).toContain(HEARD);
  });

  /** Told of it, and of deals that the rep flags later. */
  const besideDummies = (bad: Story): Story => {
    // Later ones come first.
    const flags = ['Please check the delivery date', 'Please check the invoice', 'Please check the packing list'];
    const dummies = Array.from({ length: 9 }, (_, i) =>
      flags.reduce(
        (deal, flag) => deal.and('rep-1', { type: 'RaiseFlag', title: flag }),
        dealOf({ id: `D-DUMM${i}1`, details: { ...shared, endUser: office(i) } }),
      ),
    );
    return told(dealOf({ id: 'D-TW1N11', details: another }), bad, ...dummies);
  };

  it('is not hidden behind deals that the rep opens, says out of scope, flags and withdraws', () => {
    const withdraw = { type: 'Withdraw', reason: 'The customer postponed it' } as const;
    const why = 'It matches the faces of protesters, who were tortured';
    const bad = saidOut({ id: 'D-BAD111', kind: 'security', details: { ...shared, endUser: office(99) } })
      .and('compliance-1', ({ deal }) => ({
        type: 'RefuseScope',
        factsHash: scopeSaidOf(deal)?.factsHash ?? '',
        reason: why,
      }))
      .and('rep-1', withdraw);
    const dummies = Array.from({ length: 20 }, (_, i) =>
      saidOut({ id: `D-DU${i + 10}11`, kind: 'security', details: { ...shared, endUser: office(i) } })
        .and('rep-1', { type: 'RaiseFlag', title: 'Please check the delivery date' })
        .and('rep-1', withdraw),
    );
    const twin = told(dealOf({ id: 'D-TW1N11', kind: 'security', details: another }), ...dummies, bad);
    expect(shown(twin)).toContain(why);
    const lines = againstItems(twin.view, allReadable(twin.view)).map((line) => JSON.stringify(line));
    expect(lines.findIndex((line) => line.includes(why))).toBeLessThan(2);
  });
});

describe('what compliance sent back in one deal', () => {
  it('is read by whoever judges its twin', () => {
    const sent = saidOut({ id: 'D-F1RST1' }).and('compliance-1', ({ deal }) => ({
      type: 'RefuseScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
      reason: 'It films every face on the square',
    }));
    const twin = told(saidOut({ id: 'D-TW1N11' }), sent);
    expect(shown(twin)).toContain('Compliance did not confirm what makes it lighter');
    expect(shown(twin)).toContain('It films every face on the square');
  });

  it('is said again only with what is different now, and whoever looks next reads that', () => {
    const sent = saidOut({ id: 'D-F1RST1' }).and('compliance-1', ({ deal }) => ({
      type: 'RefuseScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
      reason: 'It films every face on the square',
    }));
    const [, no] = answerPicture('scope', { 'G1-capability': 'no' });
    sent.when('rep-1', no).refused('not valid', /sent this back before/u, 'why');
    sent.when('rep-1', { ...no, why: '.' } as DealCommand).refused('not valid', undefined, 'why');
    const why = 'They ordered it without the camera';
    const again = sent.and('rep-1', { ...no, why } as DealCommand);
    expect(scopeSaidOf(again.view.deal)).toMatchObject({ why });
    expect(JSON.stringify(confirmScopeForm(again.view))).toContain(why);
    expect(JSON.stringify(sectionForm(sent.view, 'scope', { 'q:G1-capability': 'no' }))).toContain(
      'What is different now?',
    );
    const [, yes] = answerPicture('scope', { 'G1-capability': 'yes' });
    expect(sent.and('rep-1', yes).state).toMatchObject({ status: 'answering' });
  });
});

describe('the record of a deal that ended', () => {
  const later = (deal: Story, months: number): DealView => ({
    ...deal.view,
    now: new Date(Date.parse(NOW) + months * 31 * 86_400_000).toISOString(),
  });

  it('is not forgotten by two officers alone as long as new deals are told how it ended', () => {
    const stopped = declined({ id: 'D-F1RST1' });
    expect([1, 13, 40].map((months) => isToldToOthers(later(stopped, months)))).toEqual([true, true, true]);
    const harmless = dealOf({ id: 'D-F1RST1' }).and('rep-1', { type: 'Withdraw', reason: 'They went away' });
    expect([1, 13].map((months) => isToldToOthers(later(harmless, months)))).toEqual([true, false]);
  });

  it('is kept while an open deal has its customer as the end-user', () => {
    const first = declined({ id: 'D-F1RST1', details: { customer: 'Antarctic Bureau' } });
    const { id } = first.view.deal;
    const endUsers = marksOf(endUserKeys('Antarctic Bureau'));
    const twin = { id: 'D-TW1N11', open: true, everNamed: endUsers, endUsers };
    expect(keptBecause(first.view, [twin])).toContain('D-TW1N11 names one of its parties');
    expect(
      keptBecause(first.view, [
        { ...twin, open: false },
        { ...twin, id },
      ]),
    ).toBeUndefined();
  });
});
