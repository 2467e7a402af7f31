/** What was ever said of a first deal is heard by a second one with its end-user, whoever changed or confirmed it since. */

import { describe, expect, it } from 'vitest';
import { everBlocks, NOTHING_WRITTEN } from '../../../../blocks/cards/ever-words.ts';
import { againstItems, allReadable } from '../../../../blocks/cards/others-words.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { tierEver } from '../../../../flows/deal/context/ever-said.ts';
import { cut } from '../../../../flows/deal/context/joined-words.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { againstScope, saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { heardOtherwise } from '../../../../flows/deal/context/topics.ts';
import { wordsElsewhere } from '../../../../flows/deal/context/words-ever.ts';
import { wordsSaid } from '../../../../flows/deal/context/words-said.ts';
import { worriesOf } from '../../../../flows/deal/context/worries.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import { factNoticesOf } from '../../../../flows/deal/telling/facts.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { EndUserKind, FactValue } from '../../../../flows/policy/policy.ts';
import { answerLighter, answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Line, type Story } from '../../../support/story.ts';

const NOW = '2027-03-02T09:00:00.000Z';
const WITHDRAW = { type: 'Withdraw', reason: 'The customer postponed it' } as const;
const CONTEXT = pictureContext();
const [FIRST, TWIN] = ['D-F1RST1', 'D-TW1N11'];
type Answers = Readonly<Record<string, FactValue>>;

const linesOf = (id: string, answers: Answers, details: Partial<DealDetails>, kind: EndUserKind): Line[] =>
  pictureDeal(answers, kind, CONTEXT.policy, (details.intermediaries ?? []).length > 0).map(
    ([actor, command]): Line => [
      actor,
      command.type === 'OpenDeal'
        ? { ...command, deal: id, details: { ...command.details, customer: `Sample customer ${id}`, ...details } }
        : command,
    ],
  );
const dealOf = (
  id: string,
  answers: Answers = {},
  details: Partial<DealDetails> = {},
  kind: EndUserKind = 'government',
): Story => story(linesOf(id, answers, details, kind), CONTEXT);

const heard = (twin: Story, other: Story, now = NOW): Others | undefined =>
  newsOfOthers([saidElsewhere(twin.view), saidElsewhere(other.view)], now).get(twin.view.deal.id);
const questions = (others: Others | undefined): string[] => others?.otherwise.map(({ question }) => question) ?? [];
const told = (twin: Story, other: Story): Story => {
  const found = heard(twin, other);
  if (!found) throw new Error('nothing was told');
  return twin.and(SYSTEM, { type: 'NoteOthers', ...found });
};
const shown = (deal: Story): string => JSON.stringify(againstItems(deal.view, allReadable(deal.view)));
const ofKind = (deal: Story, of: string): string | undefined =>
  worriesOf(deal.view).find((worry) => worry.of === of)?.text;

describe('what was picked', () => {
  const forms = { 'P-RF1': 'yes', P1: 'yes', 'H-RF2': 'yes', 'H-RF4': 'yes' };
  const first = dealOf(FIRST, { ...forms, 'P-RF1-forms': ['dissent', 'defenders'], G11: ['critics'] });

  it('is missed where the second picks less, and names what', () => {
    const twin = told(dealOf(TWIN, { ...forms, 'P-RF1-forms': ['defenders'], G11: ['none'] }), first);
    const says = twin.view.deal.others?.otherwise.map(({ question, says }) => [question, says]);
    expect(says).toEqual(
      expect.arrayContaining([
        ['P-RF1-forms', ['dissent']],
        ['G11', ['critics']],
      ]),
    );
    expect(shown(twin)).toContain('Stifling dissent');
    expect(shown(twin)).toContain('Targeting opponents');
    // Said here, too: nothing is otherwise any more, and nothing is told twice.
    const section = twin.view.policy.question('G11')!.section;
    const agreed = twin.and(...answerPicture(section, { ...forms, 'P-RF1-forms': ['defenders'], G11: ['critics'] }));
    expect(heardOtherwise(agreed.view).map(({ question }) => question)).not.toContain('G11');
    expect(heard(twin, first)).toBeUndefined();
  });

  it('is no news to whoever picks the same, or more', () => {
    for (const G11 of [['critics'], ['critics', 'chilling']])
      expect(questions(heard(dealOf(TWIN, { ...forms, G11 }), first))).not.toContain('G11');
  });
});

describe('the tier that a deal reaches by what is said', () => {
  const bad = { 'P-RF1': 'yes', P1: 'yes', 'H-RF2': 'yes', 'H-RF4': 'yes', 'P-RF1-forms': ['dissent'] };
  const twin = dealOf(TWIN, { ...bad, 'P-RF1-forms': ['privacy'] });

  it('is told with a section open, and waits for compliance', () => {
    const lines = linesOf(FIRST, bad, {}, 'government');
    const last = lines.findLastIndex(([, command]) => command.type === 'AnswerSection');
    const half = story(
      lines.filter((_, i) => i !== last),
      CONTEXT,
    ).and('rep-1', WITHDRAW);
    expect(saidElsewhere(half.view).tier).toBeUndefined();
    expect(heard(twin, half)?.worries).toMatchObject([{ of: 'tier' }]);
    expect(told(twin, half).view.deal.ownFlags).toMatchObject([{ by: SYSTEM, status: 'pending' }]);
  });

  it('is the lowest where nothing was said against it, however little is answered', () => {
    const lines = linesOf(FIRST, {}, {}, 'government');
    for (let n = 1; n <= lines.length; n += 1) expect(tierEver(story(lines.slice(0, n), CONTEXT).view)).toBeLessThan(1);
    expect(heard(dealOf(TWIN), story(lines.slice(0, 1), CONTEXT))).toBeUndefined();
  });
});

describe('an end-user that is another party of the second deal', () => {
  const misused = { 'H-RF1': 'yes', 'H-RF3': 'yes' };
  const agency = { name: 'Cato Interior Office', kind: 'government' as const };
  const first = dealOf(FIRST, misused, { endUser: agency }).and('rep-1', WITHDRAW);
  const unit = { name: 'Road Planning Unit', kind: 'government' as const };

  it.each([
    ['its customer', { customer: agency.name }],
    ['in between', { intermediaries: [{ name: agency.name, role: 'buyer' }] }],
  ])('is heard where it is %s: what was answered, and the tier', (_, part) => {
    const others = heard(dealOf(TWIN, {}, { endUser: unit, ...part }), first);
    expect(questions(others)).toContain('H-RF1');
    expect(others?.worries?.map(({ of }) => of)).toEqual(['tier']);
  });

  it('is heard the other way round', () => {
    const before = dealOf(FIRST, misused, { endUser: unit, customer: agency.name });
    expect(questions(heard(dealOf(TWIN, {}, { endUser: agency }), before))).toContain('H-RF1');
  });

  it('says its kind where that is graver', () => {
    const police = dealOf(FIRST, {}, { endUser: { ...agency, kind: 'security' } }, 'security');
    const twin = told(dealOf(TWIN, {}, { endUser: unit, customer: agency.name }), police);
    expect(twin.view.deal.others?.kinds).toMatchObject([{ kind: 'security', party: true }]);
    expect(shown(twin)).toContain('shares a party with this one');
  });

  it('is not heard where both only use the same company in between', () => {
    const intermediaries = [{ name: 'Nordic Resale', role: 'reseller' }];
    const before = dealOf(FIRST, misused, { endUser: agency, intermediaries });
    expect(questions(heard(dealOf(TWIN, {}, { endUser: unit, intermediaries }), before))).not.toContain('H-RF1');
  });
});

describe('what was said before a change that compliance confirmed', () => {
  const confirmed = (lines: Line[]): Story =>
    story(lines, CONTEXT).and('compliance-1', ({ lighterSaid }) => ({
      type: 'ConfirmLighter',
      asOf: lighterSaid?.at ?? '',
    }));

  it('is an answer that other deals contradict', () => {
    const first = confirmed([
      ...linesOf(FIRST, { 'H-RF1': 'yes' }, {}, 'government'),
      answerLighter(CONTEXT.policy.question('H-RF1')!.section),
    ]);
    expect(first.view.lighterSaid).toBeUndefined();
    expect(questions(heard(dealOf(TWIN), first))).toContain('H-RF1');
  });

  it('is where it goes, to whom, and what for', () => {
    const lines = linesOf(FIRST, {}, { destination: 'SY' }, 'security');
    const opened = story(lines, CONTEXT);
    const { details } = opened.view.deal;
    const correct: Line = [
      'rep-1',
      {
        type: 'CorrectDetails',
        details: {
          ...details,
          destination: 'GR',
          endUser: { ...details.endUser, kind: 'government' },
          product: { id: 'other', name: 'A book' },
        },
        reason: 'Wrong lines picked.',
      },
    ];
    const first = confirmed([...lines, correct]);
    expect(first.view.lighterSaid).toBeUndefined();
    const others = heard(dealOf(TWIN, {}, { destination: 'GR' }), first);
    expect(others?.worries?.map(({ of }) => of)).toContain('country');
    expect(others?.kinds).toMatchObject([{ kind: 'security' }]);
    expect(saidElsewhere(first.view).products).toContain(details.product.id);
  });

  it('of a country is said of that one alone', () => {
    const bad = { S5: 'yes', 'H-RF4': 'yes' };
    const lines = linesOf(FIRST, bad, { destination: 'SY' }, 'government');
    const { details } = story(lines, CONTEXT).view.deal;
    const correct: Line = [
      'rep-1',
      { type: 'CorrectDetails', details: { ...details, destination: 'GR' }, reason: 'Wrong line picked.' },
    ];
    const sections = [...new Set(Object.keys(bad).map((id) => CONTEXT.policy.question(id)!.section))];
    const first = confirmed([...lines, correct, ...sections.map((section) => answerLighter(section))]);
    const other = { endUser: { name: 'Oslo Book Fair', kind: 'government' as const } };
    expect(questions(heard(dealOf(TWIN, {}, { ...other, destination: 'SY' }), first))).toEqual(['H-RF4', 'S5']);
    // The answers stood of the new country as well, until they were changed.
    expect(questions(heard(dealOf(TWIN, {}, { ...other, destination: 'GR' }), first))).toEqual(['H-RF4', 'S5']);
    const honest = confirmed([
      ...lines,
      ...sections.map((section) => answerLighter(section)),
      ['rep-1', { type: 'CorrectDetails', details: { ...details, destination: 'GR' }, reason: 'Wrong line picked.' }],
    ]);
    expect(questions(heard(dealOf(TWIN, {}, { ...other, destination: 'GR' }), honest))).toEqual([]);
  });
});

describe('what compliance refused', () => {
  it('stays said: a graver kind, and the note that goes when the answers of before come back', () => {
    const section = CONTEXT.policy.question('H-RF1')!.section;
    const lines = linesOf(FIRST, { 'H-RF1': 'yes' }, {}, 'government');
    const { details } = story(lines, CONTEXT).view.deal;
    const [actor, lighter] = answerLighter(section);
    const noted = JSON.parse(JSON.stringify(lighter).replaceAll('As they told us.', 'Only their spies say so.'));
    const changed = story(
      [
        ...lines,
        [actor, noted as DealCommand],
        [
          'rep-1',
          {
            type: 'CorrectDetails',
            details: { ...details, endUser: { ...details.endUser, kind: 'security' } },
            reason: 'They are police.',
          },
        ],
      ],
      CONTEXT,
    );
    const refused = changed.and('compliance-1', ({ lighterSaid }) => ({
      type: 'RefuseLighter',
      asOf: lighterSaid?.at ?? '',
      reason: 'The report stands.',
    }));
    expect(refused.view.deal.details.endUser.kind).toBe('security');
    expect(heard(dealOf(TWIN), refused)?.kinds).toMatchObject([{ kind: 'security' }]);
    const said = new Map([[FIRST, wordsSaid(refused.events)]]);
    const written = wordsElsewhere(dealOf(TWIN).view, [refused.view], said).map(({ text }) => text);
    expect(written).toEqual(expect.arrayContaining(['Only their spies say so.', 'The report stands.']));
    expect(JSON.stringify(whyForm(refused.view))).toContain('Only their spies say so.');
  });
});

describe('a hold', () => {
  it('on a first deal is heard also where that was withdrawn since', () => {
    const hold = { id: 'hold-1', on: { of: 'deal', deal: FIRST }, why: 'complaint', stops: ['support'] };
    const held = { ...hold, by: 'compliance-2', at: '2027-03-01T08:00:00.000Z', reason: 'A journalist was tracked' };
    const context = pictureContext({ holds: [held as never] });
    const first = story(linesOf(FIRST, {}, {}, 'government'), context).and('rep-1', WITHDRAW);
    expect(heard(dealOf(TWIN), first)?.worries).toMatchObject([{ of: 'hold', text: 'A journalist was tracked' }]);
  });
});

describe('a question', () => {
  const ask = { type: 'AskForInformation', step: 0, question: 'Who will read what the product finds?' } as const;
  const asked = dealOf(FIRST).and('compliance-2', ask);
  const give = ({ deal }: Story['view']): DealCommand => ({
    type: 'GiveInformation',
    request: deal.requests[0]!.id,
    text: 'Their own secret police reads it.',
    sources: [],
  });

  it('is told with its answer, also once the deal is decided, and stops no confirmation of scope then', () => {
    const answered = asked.and('rep-1', give);
    for (const deal of [answered, answered.and('rep-1', WITHDRAW), answered.vote('compliance-2', weighed)]) {
      const twin = told(dealOf(TWIN), deal);
      expect(shown(twin)).toContain('Who will read what the product finds?');
      expect(shown(twin)).toContain('secret police');
      expect(JSON.stringify(againstItems(twin.view))).not.toContain('secret police');
    }
    const decided = answered.vote('compliance-2', weighed);
    expect(decided.state.status).toBe('decided');
    const twin = told(dealOf(TWIN), decided);
    expect(againstScope(twin.view)).toEqual([]);
    expect(twin.view.deal.ownFlags).toEqual([]);
    // After a year it is over.
    expect(heard(dealOf(TWIN), decided, '2028-04-02T09:00:00.000Z')).toBeUndefined();
  });

  it('is told again once it is answered', () => {
    const knows = told(dealOf(TWIN), asked);
    expect(shown(told(knows, asked.and('rep-1', give)))).toContain('secret police');
  });
});

describe('what stood against a deal and is settled', () => {
  const WHY = 'They jam the phones of protesters with it';
  const approved = dealOf(FIRST).vote('compliance-1', weighed);
  const reported = approved.and('compliance-2', { type: 'ReportChange', what: 'major', why: WHY });

  it('is a report that a reassessment closed', () => {
    expect(ofKind(reported, 'report')).toBe(WHY);
    let again = reported.and('rep-1', { type: 'StartReassessment' });
    for (const section of Object.keys(again.view.deal.drafts))
      again = again.and('rep-1', { type: 'ConfirmSection', section });
    // Whoever approved it before does not settle alone what is reported against that.
    const settled = again.vote('compliance-1', weighed).vote('compliance-2', weighed);
    expect([settled.state.status, settled.view.deal.reassessments]).toEqual(['decided', []]);
    expect(ofKind(settled, 'lifted')).toBe(WHY);
    expect(shown(told(dealOf(TWIN), settled))).toContain(WHY);
    expect(JSON.stringify(whyForm(settled.view))).toContain(WHY);
    expect(JSON.stringify(whyForm(reported.view))).not.toContain('is settled');
  });

  it('is a suspension that was lifted, or that a new decision ended', () => {
    const limit = { id: 'c1', text: 'Send us the audit log of all searches.', owner: 'rep-1', due: '2027-03-10' };
    const held = story([...linesOf(FIRST, {}, {}, 'government')], CONTEXT)
      .vote('compliance-2', { ...weighed, outcome: 'approve-with-conditions', conditions: [limit] })
      .and(SYSTEM, { type: 'Tick' }, '2027-12-01T09:00:00.000Z');
    expect(ofKind(held, 'suspended')).toBe(limit.text);
    const before = held.view;
    const lifted = held.and('compliance-1', { type: 'LiftSuspension', reason: 'The log is on its way.' });
    expect(ofKind(lifted, 'suspended')).toBeUndefined();
    expect(ofKind(lifted, 'lifted')).toBe(limit.text);
    const own = JSON.stringify(whyForm(lifted.view));
    for (const words of ['A suspension was lifted', limit.text, 'The log is on its way.']) expect(own).toContain(words);
    expect(own).not.toContain('A suspension is settled');
    const event = lifted.events.at(-1)!;
    const people = factNoticesOf(event, before, lifted.view).flatMap(([, targets]) =>
      targets.flatMap((target) => (target.to === 'person' ? [target.person] : [])),
    );
    expect(people).toEqual(expect.arrayContaining(['compliance-2', 'chief-1']));
  });
});

describe('many texts of one kind', () => {
  it('are each cut to a fair share, and what does not fit is counted', () => {
    let deal = dealOf(FIRST);
    for (let n = 0; n < 40; n += 1)
      deal = deal.and('senior-2', {
        type: 'RaiseFlag',
        title: `Flag ${n} says that ${'guards beat people '.repeat(8)}`,
      });
    const text = ofKind(deal, 'flag') ?? '';
    expect(text.length).toBeLessThan(4300);
    expect(text).toMatch(/and \d+ more$/);
    expect(text).toContain('Flag 39');
    const two = dealOf(FIRST)
      .and('senior-2', { type: 'RaiseFlag', title: 'A short one on police' })
      .and('senior-2', { type: 'RaiseFlag', title: 'x'.repeat(2000).replace(/x{10}/g, 'long words ') });
    expect(ofKind(two, 'flag')).toContain('A short one on police');
    // Thirteen of the rep leave a colleague's one the room that it needs, up to two thirds.
    const told = `I visited them on 3 October, and they told us freely that they ${'open letters and '.repeat(20)}beat who wrote them`;
    let many = dealOf(FIRST).and('product-1', { type: 'RaiseFlag', title: told });
    for (let n = 0; n < 13; n += 1)
      many = many.and('rep-1', { type: 'RaiseFlag', title: `Delivery ${n} ${'was late by some days '.repeat(10)}` });
    expect(ofKind(many, 'flag')).toContain(`a colleague: ‘${told}’; who asked for it: ‘Delivery 12`);
  });

  it('are whole where two colleagues write as much as a flag takes, whatever the rep writes then', () => {
    const longest = (end: string): string =>
      `${'We went there and they told us more. '
        .repeat(40)
        .slice(0, 999 - end.length)
        .trim()} ${end}`;
    const [one, other] = [longest('Strikers were beaten in the cellar.'), longest('Their letters are read.')];
    const raise = (title: string) => ({ type: 'RaiseFlag', title }) as const;
    const road = raise('The road is bad there in the winter. '.repeat(25).trim());
    // Whom the rep makes the team is a colleague, too.
    for (const deal of [
      dealOf(FIRST),
      dealOf(FIRST).and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'They know them' }),
    ]) {
      const flagged = deal.and('product-1', raise(one)).and('senior-2', raise(other)).and('rep-1', road);
      for (const words of [one, other]) {
        expect(ofKind(flagged, 'flag')).toContain(`‘${words}’`);
        expect(shown(told(dealOf(TWIN), flagged))).toContain(`‘${words}’`);
      }
    }
  });

  it('lose their middle where they must', () => {
    const said = cut(`First ${'and then '.repeat(60)}beaten.`, 200);
    expect(said).toMatch(/^First and .* \[…\] .*beaten\.$/u);
    expect(said.length).toBeLessThanOrEqual(200);
  });
});

it('is of evidence where it can be seen, too', () => {
  const handed = { condition: 'c1', text: 'Their letter came.', sources: [{ name: 'Letter: we film strikers' }] };
  const given = { request: 'r1', text: 'See there.', sources: [{ name: 'Order of the agency' }] };
  const at = '2027-03-01T09:00:00.000Z';
  const said = wordsSaid([
    { type: 'ConditionMet', ...handed, by: 'counsel-1', at },
    { type: 'InformationGiven', ...given, by: 'counsel-1', at },
  ]);
  expect(said.map(({ of, text }) => `${of}: ${text}`)).toEqual([
    'evidence: Their letter came.',
    'evidence: Letter: we film strikers',
    'evidence: See there.',
    'evidence: Order of the agency',
  ]);
});

it('says of a flag that was admitted or dismissed which it was', () => {
  const by = { by: 'counsel-1', at: '2027-03-01T09:00:00.000Z' };
  const said = wordsSaid([
    { type: 'FlagRaised', flag: 'own-1', title: 'They film strikers', pending: true, weight: 'light', ...by },
    { type: 'FlagDismissed', flag: 'own-1', reason: 'One letter alone.', ...by },
  ]);
  expect(said).toMatchObject([{ of: 'dismissed', text: 'One letter alone.', flag: 'They film strikers' }]);
  const { view } = dealOf(TWIN);
  const words = said.map((one) => ({ ...one, deal: FIRST }));
  expect(JSON.stringify(everBlocks(view, { ...NOTHING_WRITTEN, words }))).toContain('Of the flag “They film strikers”');
});
