/** A rep who calls an end-user that was declined, flagged or put on hold by a longer, shorter or otherwise spelled name; and one who sells to another. */

import { describe, expect, it } from 'vitest';
import { againstItems } from '../../../../blocks/cards/others-words.ts';
import { rootCard } from '../../../../blocks/cards/root.ts';
import { whyForm } from '../../../../blocks/forms/why.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { dealsByName } from '../../../../flows/deal/context/alike.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import type { Others } from '../../../../flows/deal/heard-shapes.ts';
import { weighed } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, told } from '../../../support/twins.ts';

const LONG_AGO = '2027-03-02T09:00:00.000Z';
const LATER = '2028-06-02T09:00:00.000Z';
const FLAG = 'This unit shot at people who protested in May, says the UN.';

const calledIn = (name: string, destination: string, more: Partial<DealDetails> = {}): Partial<DealDetails> => ({
  endUser: { name, kind: 'private' },
  destination,
  ...more,
});
const first = (name: string): Story => dealNamed('D-F1RST1', {}, calledIn(name, 'KE'));
/** Of another product through another company. */
const second = (name: string, more: Partial<DealDetails> = {}): Story =>
  dealNamed('D-SEC0ND', {}, calledIn(name, 'BJ', { product: { id: 'other', name: 'Sample box' }, ...more }));

const declined = (name: string): Story => first(name).vote('compliance-1', { outcome: 'decline', noStake: true });
const flagged = (name: string): Story => first(name).and('senior-1', { type: 'RaiseFlag', title: FLAG });
const dismissed = (name: string): Story => {
  const waits = flagged(name);
  const flag = waits.view.deal.ownFlags.at(-1)!.id;
  return waits.and('compliance-1', {
    type: 'DismissFlag',
    flag,
    reason: 'It was another unit that did so.',
  } as DealCommand);
};

const heard = (twin: Story, other: Story, now = LONG_AGO): Others | undefined =>
  newsOfOthers([saidElsewhere(twin.view), saidElsewhere(other.view)], now).get('D-SEC0ND');

const SAME: readonly (readonly [of: string, ...names: string[]])[] = [
  ['Sample Gulf Marines', 'Gulf Marines Corps'],
  ['Sample Gulf Marines', 'Gulf Marines', 'Marines of the Gulf', 'GULF MARINE'],
  ['Sample Gulf Marines', 'The 3rd Sample Gulf Marines', 'Sample Gulf Marines II', 'Second Battalion, Gulf Marines'],
  ['Sample Gulf Marines', 'Sample Gulf Marines of Kenya', 'Kenyan Gulf Marines', 'Royal Gulf Marine Corps Group'],
  ['Sample Gulf Marines', 'Sample Gulf and Coast Marines', 'Marines Gulf Sample', 'SampleGulfMarines Logistics'],
  [
    'Kilombero Border Brigade',
    'The 3rd Kilombero Border Brigade',
    'Kilombero Brigade',
    '3rd Border Brigade, Kilombera',
  ],
  ['Kenyan Frontier Rangers', 'Kenia Frontier Rangers', 'Frontier Rangers of Kenya', 'Kenyia Frontier Rangers'],
  ['كتيبة حدود نورداف', 'كتيبة حدود نورداف الثالثة', 'الكتيبة نورداف', 'نورداف كتيبة الحدود'],
  ['Горная бригада Килоберо', 'Третья горная бригада Килоберо', 'Бригада Килоберо', 'Килоберо, горная бригада Кения'],
  ['किलोम्बेरो सीमा ब्रिगेड', 'तीसरी किलोम्बेरो सीमा ब्रिगेड', 'किलोम्बेरो ब्रिगेड', 'ब्रिगेड किलोम्बेरो केन्या'],
  ['國家警察', '國家警察邊防局'],
];
const PAIRS = SAME.flatMap(([of, ...names]) => names.map((name) => [name, of] as const));

describe('an end-user that may be the same', () => {
  it.each(PAIRS)('called %s hears of the decline of %s, however long ago, and nothing waits', (name, of) => {
    const [base, twin] = [declined(of), second(name)];
    expect(heard(twin, base, LATER)?.ended).toMatchObject([{ deal: 'D-F1RST1', how: 'declined' }]);
    const after = told(twin, base);
    expect(after.view.deal.ownFlags).toEqual([]);
  });

  it.each(PAIRS)('called %s waits for the flag of %s', (name, of) => {
    const [base, twin] = [flagged(of), second(name)];
    expect(heard(twin, base, LATER)?.worries).toContainEqual(expect.objectContaining({ of: 'flag', text: FLAG }));
    expect(told(twin, base).view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
  });

  it('waits for a year for a flag that was dismissed of something else', () => {
    const [base, twin] = [dismissed('Sample Gulf Marines'), second('Gulf Marines Corps')];
    const after = told(twin, base);
    expect(after.view.deal.others?.worries).toMatchObject([
      { of: 'dismissed', shares: 'name', called: 'Sample Gulf Marines', otherwise: true },
    ]);
    expect(after.view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
    expect(heard(twin, base, LATER)).toBeUndefined();
  });

  it('waits for compliance where the same sale said graver things under its name, and is over or open', () => {
    const details = (name: string, kind: 'security' | 'private' = 'private') => ({
      endUser: { name, kind },
      customer: `${name} Imports`,
    });
    const graver = dealNamed('D-F1RST1', { P1: 'yes', 'H-RF1': 'yes' }, details('Sample Gulf Marines'));
    const milder = dealNamed('D-SEC0ND', { P1: 'yes' }, details('Gulf Marines Corps'));
    for (const one of [graver, graver.and('rep-1', { type: 'Withdraw', reason: 'They went away' })]) {
      expect(heard(milder, one)?.worries).toMatchObject([
        { of: 'tier', shares: 'name', called: 'Sample Gulf Marines' },
      ]);
      expect(told(milder, one).view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
    }
    // What was answered against its end-user is heard of whatever the product, and also where somebody decided on it.
    const sold = { product: { id: 'other', name: 'Sample box' } };
    const abuses = dealNamed('D-F1RST1', { 'H-RF8': 'yes' }, { ...details('Sample Gulf Marines'), ...sold });
    const approved = abuses.vote('compliance-1', weighed).vote('compliance-2', weighed).vote('senior-1', weighed);
    expect(approved.state).toMatchObject({ status: 'decided' });
    for (const one of [abuses, abuses.and('rep-1', { type: 'Withdraw', reason: 'They went away' }), approved]) {
      expect(heard(milder, one)?.otherwise).toMatchObject([{ question: 'H-RF8', called: 'Sample Gulf Marines' }]);
      const words = JSON.stringify(againstItems(told(milder, one).view, new Set(['D-F1RST1'])));
      expect(words).toContain(
        'Answered otherwise in D-F1RST1, which names “Sample Gulf Marines”, who may be the same as somebody named here: ',
      );
    }
    const security = dealNamed('D-F1RST1', {}, details('Sample Gulf Marines', 'security'));
    for (const one of [security, security.vote('compliance-1', weighed)])
      expect(heard(milder, one)?.kinds).toMatchObject([{ kind: 'security', called: 'Sample Gulf Marines' }]);
  });

  it('is heard of where it is a customer or a company in between here', () => {
    const base = declined('Sample Gulf Marines');
    const roles: Partial<DealDetails>[] = [
      { customer: 'Gulf Marines Corps' },
      { intermediaries: [{ name: 'Gulf Marines Corps', role: 'buyer' }] },
    ];
    for (const role of roles)
      expect(heard(second('Oslo Book Fair', role), base)?.ended).toMatchObject([{ how: 'declined', shares: 'name' }]);
    expect(heard(second('Oslo Book Fair'), base)).toBeUndefined();
  });

  const NEW = { product: { id: 'other', name: 'Sample box' } };
  const SOLD = { product: { id: 'other', name: 'Sample camera' }, destination: 'BJ' };
  const named = (role: Partial<DealDetails>, more: Partial<DealDetails> = {}): Story =>
    dealNamed('D-F1RST1', {}, calledIn('Oslo Book Fair', 'KE', { ...role, ...more }));
  const withFlag = (deal: Story): Story => deal.and('senior-1', { type: 'RaiseFlag', title: FLAG });
  const ROLES: Partial<DealDetails>[] = [
    { customer: 'Sample Gulf Marines' },
    { intermediaries: [{ name: 'Sample Gulf Marines', role: 'buyer' }] },
  ];

  it('waits for a flag on a deal in which it was a customer or a company in between', () => {
    for (const role of ROLES) {
      const base = withFlag(named(role));
      expect(heard(second('Gulf Marines Corps', NEW), base)?.worries).toContainEqual(
        expect.objectContaining({ of: 'flag', text: FLAG, shares: 'like', called: 'Sample Gulf Marines' }),
      );
      const { view } = told(second('Gulf Marines Corps', NEW), base);
      expect(view.deal.ownFlags).toMatchObject([{ status: 'pending' }]);
      expect(JSON.stringify(againstItems(view, new Set(['D-F1RST1'])))).toContain(
        'D-F1RST1 which names somebody who may be the same as the end-user here: ',
      );
      expect(heard(second('Bergen Market', NEW), base)).toBeUndefined();
    }
  });

  it('is shown a flag on a deal of the same product through a company that may be the same, and nothing waits', () => {
    for (const role of ROLES) {
      const base = withFlag(named(role, SOLD));
      const twin = dealNamed(
        'D-SEC0ND',
        {},
        calledIn('Bergen Market', 'BJ', { ...SOLD, customer: 'Gulf Marines Corps' }),
      );
      expect(heard(twin, base)?.worries).toMatchObject([
        { of: 'flag', text: FLAG, shares: 'sale', called: 'Sample Gulf Marines' },
      ]);
      const { view } = told(twin, base);
      expect(view.deal.ownFlags).toEqual([]);
      expect(JSON.stringify(againstItems(view, new Set(['D-F1RST1'])))).toContain(
        'There it is called “Sample Gulf Marines”. ',
      );
    }
  });

  it('is heard of where it was withdrawn after a question', () => {
    const question = { type: 'AskForInformation', step: 0, question: 'Who would use it?' } as const;
    const gone = first('Sample Gulf Marines')
      .and('compliance-1', question)
      .and('rep-1', { type: 'Withdraw', reason: 'They went away' });
    expect(heard(second('Gulf Marines Corps'), gone)?.ended).toMatchObject([
      { how: 'withdrawn', after: 'question', shares: 'name' },
    ]);
  });

  it('is heard of where it was stopped, however many of that name ended otherwise before and after', () => {
    const ended = saidElsewhere(declined('Sample Gulf Marines').view);
    const stopped = {
      ...ended,
      id: 'D-ST0PPD',
      worries: [{ of: 'stop' as const, text: 'K1', by: 'rep-1', at: LONG_AGO }],
    };
    const many = (from: number) => Array.from({ length: 40 }, (_, n) => ({ ...ended, id: `D-${from + n}` }));
    const index = dealsByName('heard');
    for (const one of [...many(100), stopped, ...many(200)]) index.add(one);
    const found = [
      ...index.find(saidElsewhere(second('Gulf Marines Corps').view), ['Gulf Marines Corps'], 'endUsers').keys(),
    ];
    expect(found).toContain(stopped);
    expect(found.length).toBeLessThan(60);
  });

  it('is said to be so, and never that it is the same', () => {
    const after = told(second('Gulf Marines Corps'), flagged('Sample Gulf Marines'));
    expect(JSON.stringify(whyForm(after.view, new Set(['D-F1RST1'])).blocks)).toContain('may be the same');
    expect(JSON.stringify(rootCard(after.view))).not.toContain('same end-user');
  });
});

describe('an end-user that is another', () => {
  it.each([
    ['Sample Police of Iceland', 'Sample Police of Kenya'],
    ['Ugandan Frontier Rangers', 'Kenyan Frontier Rangers'],
    ['Kilombero Border Police', 'Kilombero Border Brigade'],
    ['Oslo Book Fair', 'Bergen Book Fair'],
    ['Sample Ministry of Health', 'Sample Ministry of Interior'],
    ['Police of Dominica', 'Dominican Police'],
    ['Niger Police', 'Nigerian Police'],
    ['3rd Sample Battalion', '4th Sample Battalion'],
    ['شرطة كينيا', 'شرطة أوغندا'],
  ])('called %s hears nothing of %s', (name, of) => {
    for (const base of [declined(of), flagged(of)]) expect(heard(second(name), base)).toBeUndefined();
  });
});
