/** The rep's own slip, in a deal of their own, hides nothing that a colleague says of the same end-user: before it or after it. */

import { describe, expect, it } from 'vitest';
import { answersForm } from '../../../../blocks/forms/answers.ts';
import type { GivenAnswer } from '../../../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { heardKinds } from '../../../../flows/deal/context/kinds.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { notesOfOthers } from '../../../../flows/deal/context/notes.ts';
import { againstScope, saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { scopeSaidOf } from '../../../../flows/deal/said/scope.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { saidOf, saidText } from '../../../../flows/lists/entry.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { EndUserKind } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { NOW, noteOf, openNamed, told } from '../../../support/twins.ts';

const LOOM = 'Nazar Loom House';
const SENSOR = pictureContext({
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false }],
});
const people = [...SENSOR.organisation.people, { id: 'product-2', name: 'Sample Engineer', slack: 'U0PRODUCT2' }];
const named = (id: string, name = LOOM, kind: EndUserKind = 'private', context = pictureContext({ people })): Story =>
  openNamed(id, { endUser: { name, kind } }, context);
const answersOf = (G2: string): Record<string, GivenAnswer> => ({
  'G1-capability': { value: 'no', sources: [] },
  G2: { value: G2, sources: [] },
});
const save = (G2: string): DealCommand => ({ type: 'SaveSectionForLater', section: 'scope', answers: answersOf(G2) });
const toProduct: DealCommand = { type: 'HandOverSection', section: 'scope', to: 'product-1' };
const withdrawn: DealCommand = { type: 'Withdraw', reason: 'Another plan' };
const says = (deal: Story, kind: EndUserKind, by = 'product-1', name = LOOM): Story =>
  deal.and(by, {
    type: 'CorrectDetails',
    details: { ...deal.view.deal.details, endUser: { name, kind } },
    reason: 'I met their colonel.',
  });

describe('a “yes” of a colleague', () => {
  const slip = named('D-SL1P01').and('rep-1', save('yes'));
  const out = answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private');
  const asked = told(named('D-ASKED1').and(...out), slip);

  it.each([
    ['the same name', LOOM],
    ['a longer one', `${LOOM} No. 2`],
  ])('in another deal, under %s, is news beside the rep’s own', (_, name) => {
    const other = named('D-0THER1', name).and('rep-1', toProduct).and('product-1', save('yes')).and('rep-1', withdrawn);
    const heard = noteOf(asked, slip, other);
    expect(heard).toMatchObject({ otherwise: [{ question: 'G2', deal: 'D-0THER1' }] });
    expect(JSON.stringify(heard)).not.toContain('"own"');
    const later = told(named('D-LATER1').and(...out), slip, other);
    expect(againstScope(asked.view)).not.toEqual(expect.arrayContaining(againstScope(later.view)));
  });

  it('to what the rep had said there is theirs from then on, and no slip', () => {
    const seconded = slip.and('rep-1', toProduct).and('product-1', save('yes'));
    expect(seconded.view.deal.drafts['scope']?.['G2']).toMatchObject({ value: 'yes', by: 'product-1' });
    expect(seconded.view.deal.drafts['scope']?.['G1-capability']).toMatchObject({ by: 'rep-1' });
    expect(noteOf(asked, seconded)).toMatchObject({ otherwise: [{ question: 'G2', deal: 'D-SL1P01' }] });
    const again = seconded.and('rep-1', { type: 'TakeSectionBack', section: 'scope' }).and('rep-1', save('yes'));
    expect(again.view.deal.drafts['scope']?.['G2']).toMatchObject({ by: 'product-1' });
  });

  it('stays theirs where the rep gives it again on other grounds', () => {
    const answered = (by: string, note: string): DealCommand => {
      const [, command] = answerPicture('scope', { G2: 'yes' }, 'private');
      if (command.type !== 'AnswerSection') throw new Error('no answers');
      const given = Object.entries(command.answers).map(([id, answer]) => [id, { ...answer, note: `${by}: ${note}` }]);
      return { ...command, answers: Object.fromEntries(given) };
    };
    const theirs = named('D-0THER1').and('rep-1', toProduct).and('product-1', answered('product-1', 'I met him'));
    const again = theirs.and('rep-1', answered('rep-1', 'As I hear'));
    const first = { by: 'product-1' };
    expect(again.view.deal.answers['scope']?.['G2']).toMatchObject({ value: 'yes', by: 'rep-1', first });
    expect(again.view.deal.answers['scope']?.['G2']?.noted).toBeUndefined();
    expect(again.view.deal.reworded).toContainEqual(
      expect.objectContaining({ note: 'product-1: I met him', by: 'product-1', changedBy: 'rep-1' }),
    );
    // A friend who says it after them is a second voice, and the rep's sources are the rep's.
    const friend = theirs
      .and('product-1', { ...toProduct, to: 'product-2' } as DealCommand)
      .and('product-2', answered('product-2', 'So do I'));
    for (const deal of [friend, friend.and('rep-1', answered('rep-1', 'As I hear'))])
      expect(deal.view.deal.answers['scope']?.['G2']).toMatchObject({ value: 'yes', first });
    const [, source] = answerPicture('scope', { G2: 'yes' }, 'private');
    const sourced = theirs.and('rep-1', {
      ...source,
      answers: Object.fromEntries(
        Object.entries(theirs.view.deal.answers['scope']!).map(([id, { value, note }]) => [
          id,
          { value, note, sources: [{ name: 'Another report', year: 2027 }] },
        ]),
      ),
    } as DealCommand);
    const given = sourced.view.deal.answers['scope']?.['G2'];
    expect(given).toMatchObject({ note: 'product-1: I met him', by: 'rep-1', first, noted: first });
    // Their sources are theirs, also where only a note was written beside them.
    const noted = theirs.and('rep-1', answered('rep-1', 'As I hear'));
    expect(noted.view.deal.answers['scope']?.['G2']).toMatchObject({ sourced: first });
    const [, clean] = answerPicture('scope', { G2: 'no' }, 'private');
    const turned = noted.and('rep-1', {
      ...clean,
      answers: { 'G1-capability': { value: 'yes', sources: [] }, G2: { value: 'no', sources: [] } },
      why: 'It was a slip.',
    } as DealCommand);
    expect(turned.view.deal.reworded).toContainEqual(
      expect.objectContaining({ question: 'G2', sources: [expect.any(String), expect.any(String)], by: 'product-1' }),
    );
    expect(notesOfOthers(sourced.view)).toContainEqual(
      expect.objectContaining({ question: 'G2', by: 'product-1', text: 'product-1: I met him' }),
    );
    expect(JSON.stringify(answersForm(sourced.view, 'scope', 'compliance-1'))).toMatch(
      /product-1: I met him\.”"," \(",\{"person":"product-1"\},"\)/,
    );
    const [, no] = answerPicture('scope', { G2: 'no' }, 'private');
    const changed = again.and('rep-1', { ...no, why: 'It was a slip.' } as DealCommand);
    expect(changed.view.deal.was).toMatchObject([{ question: 'G2', before: 'yes', by: 'product-1' }]);
    const event = changed.events.findLast(({ type }) => type === 'SectionAnswered')!;
    expect(factNoticesOf(event, again.view, changed.view)).toContainEqual([
      expect.objectContaining({ fact: 'answers changed', questions: ['G2'] }),
      [{ to: 'person', person: 'product-1' }],
    ]);
    const other = saidElsewhere(again.view).otherwise.filter(
      ({ question, by }) => question === 'G2' && by === 'product-1',
    );
    expect(other).toHaveLength(1);
    expect(saidOf({ said: saidText(saidElsewhere(again.view)) }).otherwise).toEqual(
      saidElsewhere(again.view).otherwise,
    );
  });
});

describe('a note that a colleague saved under the rep’s own answer', () => {
  it('is theirs where the rep gives it with that', () => {
    const [, given] = answerPicture('scope', { G2: 'yes' }, 'private');
    if (given.type !== 'AnswerSection') throw new Error('no answers');
    const own = Object.fromEntries(
      Object.entries(given.answers).map(([id, { value, sources }]) => [id, { value, sources }]),
    );
    const noted = { ...own, G2: { ...own['G2']!, note: 'Their guards beat strikers.' } };
    const saved = named('D-F1RST1')
      .and('rep-1', { ...given, answers: own })
      .and('rep-1', toProduct)
      .and('product-1', { type: 'SaveSectionForLater', section: 'scope', answers: noted });
    const again = saved.and('rep-1', { ...given, answers: noted });
    expect(again.view.deal.answers['scope']?.['G2']).toMatchObject({ by: 'rep-1', noted: { by: 'product-1' } });
    expect(notesOfOthers(again.view)).toMatchObject([{ by: 'product-1', text: 'Their guards beat strikers.' }]);
    const turned = { ...own, G2: { ...own['G2']!, note: 'Their guards beat strikers?!' } };
    const doubted = again.and('rep-1', { ...given, answers: turned });
    expect(doubted.view.deal.answers['scope']?.['G2']?.noted).toBeUndefined();
    expect(doubted.view.deal.reworded).toContainEqual(
      expect.objectContaining({ note: 'Their guards beat strikers.', by: 'product-1' }),
    );
  });
});

it('is read under each answer where a colleague wrote the same note', () => {
  const note = 'The embassy’s letter says so.';
  const { view } = named('D-N0TED1')
    .and('rep-1', {
      type: 'HandOverSection',
      section: 'scope',
      to: 'product-1',
    })
    .and('product-1', (v) => ({
      type: 'AnswerSection',
      section: 'scope',
      answers: Object.fromEntries(
        v.policy.questionsFor('scope', v.facts).map(({ id }) => [id, { value: 'yes' as const, note, sources: [] }]),
      ),
    }));
  const asked = Object.keys(view.deal.answers['scope'] ?? {});
  expect(asked.length).toBeGreaterThan(1);
  expect(new Set(notesOfOthers(view).map(({ question }) => question))).toEqual(new Set(asked));
});

describe('a kind that a colleague said', () => {
  const slip = says(named('D-SL1P01', LOOM, 'security'), 'private', 'rep-1').and('rep-1', withdrawn);
  const colleague = says(named('D-0THER1').and('rep-1', toProduct), 'security').and('rep-1', withdrawn);
  const neighbour = openNamed('D-PARTY1', {
    endUser: { name: 'Bolashak Guard Post', kind: 'security' },
    customer: LOOM,
  });
  const kindsOf = (twin: Story, ...others: Story[]) =>
    newsOfOthers(
      [twin, ...others].map(({ view }) => saidElsewhere(view)),
      NOW,
    ).get(twin.view.deal.id)?.kinds ?? [];
  const next = named('D-NEXT01');

  it('is told beside the rep’s own slip, whichever came last, and alone where it is as grave', () => {
    for (const others of [
      [slip, colleague],
      [colleague, slip],
    ])
      expect(kindsOf(next, ...others)).toMatchObject([{ deal: 'D-0THER1', kind: 'security' }]);
    const heard = told(next, slip);
    expect(heardKinds(heard.view)).toMatchObject([{ deal: 'D-SL1P01', own: true }]);
    expect(kindsOf(heard, slip, colleague)).toMatchObject([{ deal: 'D-0THER1' }]);
    const both = told(heard, slip, colleague);
    expect(heardKinds(both.view)).toHaveLength(2);
    expect(kindsOf(both, slip, colleague)).toEqual([]);
  });

  it('under a like name is told beside a friend’s dummy of the very name', () => {
    const friend = says(
      named('D-FR1END').and('rep-1', { ...toProduct, to: 'product-2' } as DealCommand),
      'security',
      'product-2',
    );
    const longer = named('D-0THER2', `${LOOM} No. 2`).and('rep-1', toProduct);
    const theirs = says(longer, 'security', 'product-1', `${LOOM} No. 2`);
    const heard = told(next, friend);
    expect(kindsOf(heard, friend, theirs)).toMatchObject([{ deal: 'D-0THER2', by: 'product-1' }]);
  });

  it('of the very end-user is told beside one of somebody in another part', () => {
    for (const others of [
      [neighbour, colleague],
      [colleague, neighbour],
    ])
      expect(kindsOf(next, ...others)).toMatchObject([{ deal: 'D-0THER1' }]);
    const heard = told(next, neighbour);
    expect(kindsOf(heard, neighbour, colleague)).toMatchObject([{ deal: 'D-0THER1' }]);
  });
});

describe('a “yes” about the same product', () => {
  const yes = answerPicture('scope', { 'G1-capability': 'yes' }, 'private');
  const no = answerPicture('scope', { 'G1-capability': 'no' }, 'private');
  const of = (id: string, name: string): Story => openNamed(id, { endUser: { name, kind: 'private' } }, SENSOR);

  it('brings back what was found out of scope over it, and nothing that was found before', () => {
    const said = of('D-0THER1', 'Sample Road Works').and(...yes);
    const later = of('D-LATER1', 'Oskemen Bread Factory').and('rep-1', no[1], '2027-03-01T12:00:00.000Z');
    expect(later.state.status).toBe('out of scope');
    const note = noteOf(later, said);
    expect(note).toMatchObject({ otherwise: [{ question: 'G1-capability', deal: 'D-0THER1' }] });
    expect(later.and(SYSTEM, note!).state.status).toBe('answering');
    const before = of('D-BEF0RE', 'Oskemen Bread Factory').and('rep-1', no[1], '2027-03-01T09:00:30.000Z');
    expect(before.state.status).toBe('out of scope');
    expect(noteOf(before, said)).toBeUndefined();
  });
});

describe('a confirmation over what was heard of one end-user', () => {
  const out = answerPicture('scope', { 'G1-capability': 'no' }, 'state-tied');
  const of = (id: string, name: string, more = {}): Story =>
    openNamed(id, { endUser: { name, kind: 'state-tied' } }, pictureContext({ ...SENSOR.organisation, ...more }));
  const lake = named('D-LAKE01', 'Zhetysu Lake Corps', 'security');
  const guest = openNamed('D-LAKE01', {
    endUser: { name: 'Zhetysu Lake Corps', kind: 'security' },
    intermediaries: [{ name: 'Arys Trading House', role: 'reseller' }],
  });

  it.each([
    ['a party of it', guest, 'Arys Trading House'],
    ['one that is called much like it', lake, 'Zhetysu Lake Corps No. 2'],
  ])('stands for no other: that of %s not for itself', (_, other, name) => {
    const asked = told(of('D-F1RST1', name), other).and(...out);
    expect(asked.state.status).toBe('answering');
    const confirmed = asked.and('compliance-1', ({ deal }) => ({
      type: 'ConfirmScope',
      factsHash: scopeSaidOf(deal)?.factsHash ?? '',
    }));
    const scopes = confirmed.events.flatMap((event) => (event.type === 'ScopeConfirmed' && event.keeps) || []);
    expect(scopes).toMatchObject([{ heardOf: expect.any(String) }]);
    const again = told(of('D-SEC0ND', name, { scopes }), other).and(...out);
    expect(again.state).toMatchObject({ status: 'out of scope', confirmed: { deal: 'D-F1RST1' } });
    const itself = of('D-TH1RD1', 'Zhetysu Lake Corps', { scopes });
    expect(told(itself, other).and(...out).state.status).toBe('answering');
    // It was found at once, and hears of it only then.
    const late = itself.and(...out);
    expect(late.state.status).toBe('out of scope');
    expect(late.and(SYSTEM, noteOf(late, other)!).state.status).toBe('answering');
    // Of whom nothing was heard it stands for as before.
    expect(of('D-F0URTH', 'Sample Dairy', { scopes }).and(...out).state.status).toBe('out of scope');
  });
});

describe('what a friend of the rep says in a dummy', () => {
  const dummy = (id: string, by: string, act: (deal: Story) => Story): Story =>
    act(named(id).and('rep-1', { ...toProduct, to: by } as DealCommand)).and('rep-1', withdrawn);
  const next = named('D-NEXT01').and(...answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private'));
  const SAYS = [
    ['kind', (by: string) => (deal: Story) => says(deal, 'security', by), 'kinds'],
    ['answer', (by: string) => (deal: Story) => deal.and(by, save('yes')), 'otherwise'],
  ] as const;

  it.each(SAYS)('hides no colleague: their %s is told too, in whatever order, and each once', (_, act, member) => {
    const friend = dummy('D-FR1END', 'product-2', act('product-2'));
    const colleague = dummy('D-0THER1', 'product-1', act('product-1'));
    const heard = (twin: Story, ...others: Story[]) =>
      newsOfOthers(
        [twin, ...others].map(({ view }) => saidElsewhere(view)),
        NOW,
      ).get(twin.view.deal.id)?.[member] ?? [];
    expect(new Set(heard(next, friend, colleague).map(({ by }) => by))).toEqual(new Set(['product-1', 'product-2']));
    const one = told(next, friend);
    expect(heard(one, friend, colleague)).toMatchObject([{ deal: 'D-0THER1', by: 'product-1' }]);
    const both = told(one, friend, colleague);
    expect(both.view.deal.others?.[member]).toHaveLength(2);
    expect(heard(both, friend, colleague)).toEqual([]);
    // A third deal of theirs is no news.
    expect(heard(both, friend, colleague, dummy('D-FR1EN2', 'product-2', act('product-2')))).toEqual([]);
  });
});

describe('a deal that a colleague withdrew', () => {
  it('is heard by the next with its end-user, and ends what rests on a confirmation; one that its rep withdrew is not', () => {
    const next = named('D-NEXT01');
    const toOwner: DealCommand = { type: 'ReassignOwner', to: 'product-1', reason: 'Please look.' };
    const theirs = named('D-THE1RS').and('rep-1', toOwner).and('product-1', withdrawn);
    expect(noteOf(next, theirs)).toMatchObject({ ended: [{ deal: 'D-THE1RS', how: 'withdrawn', after: 'colleague' }] });
    expect(againstScope(told(next, theirs).view)).toEqual([expect.stringContaining('D-THE1RS withdrawn')]);
    expect(noteOf(next, named('D-0WN001').and('rep-1', withdrawn))).toBeUndefined();
  });
  it('of their own is heard also by a deal that its rep gave to them for a while, and not by one that is theirs', () => {
    const theirs = saidElsewhere(named('D-THE1RS').and('rep-1', withdrawn).view);
    const left = { ...theirs, owner: 'product-1', left: { by: 'product-1', at: NOW } };
    const heard = (next: Story, askedBy?: string) => {
      const said = { ...saidElsewhere(next.view), scope: 'out' as const, askedBy };
      return newsOfOthers([said, left], NOW).get(said.id)?.ended ?? [];
    };
    const given = named('D-NEXT01').and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'Please look.' });
    expect(heard(given, 'rep-1')).toMatchObject([{ deal: 'D-THE1RS', how: 'withdrawn', after: 'colleague' }]);
    expect(heard(given)).toEqual([]);
  });
});
