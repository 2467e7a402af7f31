/** The rep who takes out whom a colleague named, or the kind that one said: at once, one step later, among many names, or in another deal. */

import { describe, expect, it } from 'vitest';
import { againstItems, allReadable } from '../../../../blocks/cards/others-words.ts';
import { saidBefore } from '../../../../blocks/cards/said-before.ts';
import { confirmAllForm } from '../../../../blocks/forms/confirm-several.ts';
import { confirmLighterForm, confirmScopeForm } from '../../../../blocks/forms/confirm.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { wordsEver } from '../../../../flows/deal/context/words-ever.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { contradictions } from '../../../../flows/deal/said/contradictions.ts';
import { pastDetails } from '../../../../flows/deal/said/past-details.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { plain } from '../../../blocks/cards/plain.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, NOW, noteOf, openNamed, told } from '../../../support/twins.ts';

const CONTEXT = pictureContext({
  people: [...pictureContext().organisation.people, { id: 'product-2', name: 'Sample Engineer', slack: 'U0PRODUCT2' }],
  products: [{ id: 'analytics', name: 'Sample Analytics', category: 'Sample weather', able: false }],
});
const POLICE = { name: 'Secret Police Office', role: 'they get it first' };
const WHY = 'I saw the order.';
const SLIP = 'It was a slip.';
const out = answerPicture('scope', { 'G1-capability': 'no' }, 'private');

const opened = (id = 'D-F1RST1', more: Partial<DealDetails> = {}): Story =>
  openNamed(id, { endUser: { name: 'Kairat Loom House', kind: 'private' }, ...more }, CONTEXT);
const handed = (more: Partial<DealDetails> = {}): Story =>
  opened('D-F1RST1', more).and('rep-1', { type: 'HandOverSection', section: 'scope', to: 'product-1' });
const correct = (deal: Story, by: string, more: Partial<DealDetails>, reason = SLIP): Story =>
  deal.and(by, {
    type: 'CorrectDetails',
    details: { ...deal.view.deal.details, ...more },
    reason,
  } as DealCommand);
const takenBack = (deal: Story): Story => deal.and('rep-1', { type: 'TakeSectionBack', section: 'scope' }).and(...out);
const form = (deal: Story): string => JSON.stringify(confirmScopeForm(deal.view));
const before = (deal: Story): string => JSON.stringify(saidBefore(deal.view));

describe('whom a colleague named', () => {
  const PARTS: [string, Partial<DealDetails>][] = [
    ['customer', { customer: POLICE.name }],
    ['company in between', { intermediaries: [POLICE] }],
  ];

  it.each(PARTS)('as %s stays to be read where the rep takes it out one correction later', (_, more) => {
    const { customer, intermediaries } = opened().view.deal.details;
    const named = correct(handed(), 'product-1', more, WHY);
    for (const later of [named, correct(named, 'rep-1', { expectedSigning: '2028-01-05' }, 'The price')]) {
      const gone = correct(later, 'rep-1', { customer, intermediaries });
      const says =
        /Sample Product Manager named “Secret Police Office(?:, customer|, they get it first)” here \(“I saw the order\.”\)/u;
      const asked = takenBack(gone);
      expect(asked.state.status).toBe('answering');
      expect(form(asked)).toMatch(says);
      expect(before(asked)).toContain('Secret Police Office');
      expect(before(asked)).toContain(WHY);
    }
    expect(takenBack(handed()).state.status).toBe('out of scope');
  });

  it.each([
    ['turned by its signs', [{ ...POLICE, role: 'they? Get it first!' }], [`${POLICE.name}, ${POLICE.role}`]],
    [
      'replaced by another',
      [{ name: 'Kairat Carriers', role: 'carrier' }],
      [`${POLICE.name}, ${POLICE.role}`, POLICE.name],
    ],
  ])('where nobody was in between is theirs in what was before, also where it is %s', (_, intermediaries, was) => {
    const named = correct(handed(), 'product-1', { intermediaries: [POLICE] }, WHY);
    const { deal } = correct(named, 'rep-1', { intermediaries }).view;
    const past = [...pastDetails(deal, 'roles'), ...pastDetails(deal, 'intermediaries')];
    expect(past.map(({ value }) => value)).toEqual(was);
    expect(past.map(({ by }) => by)).toEqual(past.map(() => 'product-1'));
  });

  it.each([
    [
      'customer',
      { customer: 'Farhod Trade: harmless not, strikers are read there' },
      'Farhod Trade: harmless. Not, strikers are read there',
    ],
    [
      'end-user',
      { endUser: { name: 'Farhod Desk, harmless not: it films', kind: 'private' as const } },
      'Farhod Desk, harmless. Not: it films',
    ],
  ])('stays to be read where the rep turns the name of the %s by its signs', (of, more, turned) => {
    const named = correct(handed(), 'product-1', more, WHY);
    const rep = of === 'customer' ? { customer: turned } : { endUser: { name: turned, kind: 'private' as const } };
    expect(before(correct(named, 'rep-1', rep))).toMatch(/named “Farhod [^”]*harmless not/u);
  });

  it('stays to be read, in their name in other deals too, where the rep turns a company by its signs', () => {
    const theirs = { name: 'Tong Depot harmless not: lists go from there', role: 'courier' };
    const turned = { name: 'Tong Depot harmless. Not lists go from there', role: 'courier' };
    const sold = correct(handed(), 'product-1', { intermediaries: [theirs] }, WHY);
    expect(before(correct(sold, 'rep-1', { intermediaries: [turned] }))).toContain('harmless not: lists');

    // A colleague's own deal, of which the rep got one section.
    const own = openNamed(
      'D-F1RST1',
      { endUser: { name: 'Kairat Loom House', kind: 'private' }, intermediaries: [theirs] },
      CONTEXT,
      'product-1',
    ).and('product-1', { type: 'HandOverSection', section: 'scope', to: 'rep-1' });
    const words = wordsEver(correct(own, 'rep-1', { intermediaries: [turned] }).view).filter(({ of }) => of === 'role');
    expect(words.map(({ text, by }) => [text, by])).toEqual(
      expect.arrayContaining([
        [`${theirs.name}, courier`, 'product-1'],
        [`${turned.name}, courier`, 'rep-1'],
      ]),
    );
    expect(words.filter(({ text, by }) => text.includes('harmless. Not') && by === 'product-1')).toEqual([]);
  });

  it('of which the rep had named the name is theirs in its part alone', () => {
    const first = correct(handed({ intermediaries: [{ ...POLICE, role: 'carrier' }] }), 'product-1', {
      intermediaries: [POLICE],
    });
    const { deal } = correct(first, 'rep-1', { intermediaries: [] }).view;
    const by = (of: 'roles' | 'intermediaries') => pastDetails(deal, of).map(({ value, by: who }) => [value, who]);
    expect(by('roles')).toEqual([
      [`${POLICE.name}, carrier`, 'rep-1'],
      [`${POLICE.name}, ${POLICE.role}`, 'product-1'],
    ]);
    expect(by('intermediaries')).toEqual([[POLICE.name, 'rep-1']]);
  });

  it('stands before ten others that the rep took out beside it', () => {
    const ten = (prefix: string) =>
      Array.from({ length: 10 }, (_, n) => ({ name: `${prefix} ${'abcdefghij'[n]}`, role: 'seller' }));
    const named = correct(
      handed({ intermediaries: ten('Trade House') }),
      'product-1',
      {
        intermediaries: [...ten('Trade House'), POLICE],
      },
      WHY,
    );
    const again = correct(correct(named, 'rep-1', { intermediaries: ten('Merchant') }), 'rep-1', {
      intermediaries: ten('Handel'),
    });
    expect(form(takenBack(again))).toContain('named “Secret Police Office, they get it first” here');
    expect(before(again)).toContain('Secret Police Office, they get it first');
  });

  it.each(PARTS)('or who asked for the deal and gave it away, as %s', (_, more) => {
    const { customer, intermediaries } = opened().view.deal.details;
    const given = opened('D-F1RST1', more).and('rep-1', {
      type: 'ReassignOwner',
      to: 'product-1',
      reason: 'I am away',
    });
    const gone = correct(given, 'product-1', { customer, intermediaries });
    const asked = gone.and('product-1', out[1]);
    expect(asked.state.status).toBe('answering');
    expect(form(asked)).toMatch(
      /Sample Rep named “Secret Police Office(?:, customer|, they get it first)” here, and it was taken out/u,
    );
    expect(before(asked)).toContain('Secret Police Office');
  });

  it('and what a colleague said of the licence, or of the customer, is theirs where the rep changes it', () => {
    const said = correct(handed(), 'product-1', { exportLicence: 'granted', customer: POLICE.name }, WHY);
    const changed = correct(said, 'rep-1', { exportLicence: 'not-needed', customer: 'Askar Trade' });
    const lines = saidBefore(changed.view).map((text) => plain({ blocks: [{ kind: 'text', text }] }));
    const licence = lines.find((line) => line.includes('Export licence was'));
    expect(licence).toMatch(/Pending \([^)]*\) \(@rep-1\), Granted \([^)]*\) \(@product-1\) until/u);
    expect(lines.find((line) => line.includes('Customer was'))).toContain('“Secret Police Office” (@product-1) until');
    // Of what the rep alone said nobody is named.
    const own = correct(correct(opened(), 'rep-1', { customer: POLICE.name }), 'rep-1', { customer: 'Askar Trade' });
    expect(JSON.stringify(saidBefore(own.view))).not.toContain('(",{"person"');
  });

  it('is nobody where the rep corrects their own deal', () => {
    const named = correct(opened(), 'rep-1', { customer: POLICE.name });
    expect(named.view.deal.putIn).toBeUndefined();
  });

  it('says the kind that it said, too, whatever the rep corrects after it', () => {
    const security = correct(handed(), 'product-1', { endUser: { name: 'Kairat Loom House', kind: 'security' } }, WHY);
    const price = correct(security, 'rep-1', { expectedSigning: '2028-01-05' }, 'The price');
    const back = correct(price, 'rep-1', { endUser: { name: 'Kairat Loom House', kind: 'private' } });
    expect(form(takenBack(back))).toContain('of another kind: security, by Sample Product Manager.');
    // Theirs made nothing lighter: the rep's did.
    expect(security.view.lighterSaid).toBeUndefined();
    expect(back.view.lighterSaid?.changes).toMatchObject([{ by: 'rep-1', why: SLIP }]);
  });
});

describe('whom a colleague named in one part', () => {
  it('is taken out where the rep gives them another', () => {
    const named = correct(handed(), 'product-1', { customer: 'Volkov Holding' }, 'It is the secret police’s own firm.');
    const moved = correct(named, 'rep-1', {
      customer: handed().view.deal.details.customer,
      intermediaries: [{ name: 'Volkov Holding', role: 'carrier' }],
    });
    expect(form(takenBack(moved))).toContain('own firm');
    expect(form(takenBack(moved))).toContain('and it has another part now.');
    expect(before(moved)).toContain('It has another part now.');
  });

  it('stands though a friend names thirty others', () => {
    const many = (prefix: string, n: number) =>
      Array.from({ length: n }, (_, i) => ({
        name: `${prefix} Number ${String.fromCharCode(97 + i)}`,
        role: 'seller',
      }));
    const named = correct(correct(handed(), 'product-1', { intermediaries: [POLICE] }, WHY), 'rep-1', {
      intermediaries: [],
    });
    const toFriend = named.and('product-1', { type: 'HandOverSection', section: 'scope', to: 'product-2' });
    const friend = correct(toFriend, 'product-2', { intermediaries: many('Merv', 20) }, WHY);
    const gone = correct(friend, 'rep-1', { intermediaries: [] });
    const more = correct(correct(gone, 'rep-1', { intermediaries: many('Zarafshon', 12) }), 'rep-1', {
      intermediaries: [],
    });
    for (const words of [form(takenBack(more)), before(more)]) {
      expect(words).toContain('Secret Police Office, they get it first');
      expect(words).toContain('Merv Number a');
    }
  });
});

describe('what a colleague writes beside a harmless change', () => {
  const OWNED = 'The secret police own them and use it.';

  it('is read by whoever confirms the scope, which waits for it', () => {
    const licence = correct(handed(), 'product-1', { exportLicence: 'granted' }, OWNED);
    const asked = takenBack(licence);
    expect(asked.state.status).toBe('answering');
    expect(form(asked)).toContain(`Sample Product Manager wrote beside what they did here: “${OWNED}”.`);
    expect(takenBack(correct(handed(), 'rep-1', { exportLicence: 'granted' }, OWNED)).state.status).toBe(
      'out of scope',
    );
  });

  it('and so is the note with which they hand a section on', () => {
    const on = handed().and('product-1', { type: 'HandOverSection', section: 'scope', to: 'rep-1', note: OWNED });
    expect(form(on.and(...out))).toContain(OWNED);
    // Or with which they reopen the deal, or give it away.
    const reopened = handed()
      .and('rep-1', { type: 'Withdraw', reason: SLIP })
      .and('product-1', { type: 'Reopen', reason: OWNED });
    expect(form(takenBack(reopened))).toContain(OWNED);
    const given = handed().and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away' });
    const back = given.and('product-1', { type: 'ReassignOwner', to: 'rep-1', reason: OWNED });
    expect(form(takenBack(back))).toContain(OWNED);
    // Who asked for it wrote as its seller then, and is another once they gave it away.
    const asked = correct(opened(), 'rep-1', { exportLicence: 'granted' }, OWNED);
    const away = asked.and('rep-1', { type: 'ReassignOwner', to: 'product-1', reason: 'I am away' });
    expect(form(away.and('product-1', out[1]))).toContain(`Sample Rep wrote beside what they did here: `);
  });
});

describe('what an approver asked', () => {
  it('stands where somebody else confirms the scope, answered or not', () => {
    const QUESTION = 'Their chairman says that the secret police own them: is it so?';
    const deciding = dealNamed('D-F1RST1', {}, { endUser: { name: 'Kairat Loom House', kind: 'private' } });
    const asked = deciding.and('compliance-1', { type: 'AskForInformation', step: 0, question: QUESTION });
    const no = answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')[1];
    const said = asked.and('rep-1', { ...no, why: SLIP } as DealCommand);
    expect(said.state.status).toBe('answering');
    expect(form(said)).toContain(`Sample Compliance asked: “${QUESTION}” Nobody answered yet.`);
  });
});

describe('what officers said before the deal goes out of scope', () => {
  const no = answerPicture('scope', { 'G1-capability': 'no', G2: 'no' }, 'private')[1];
  const leave = (deal: Story): Story => deal.and('rep-1', { ...no, why: SLIP } as DealCommand);
  const loom = { endUser: { name: 'Kairat Loom House', kind: 'private' as const } };

  it('stands where somebody else confirms it: why they took back what was accepted', () => {
    const reason = 'Counsel told me that the secret police own them.';
    const gap = dealNamed('D-F1RST1', { 'H-RF4': 'unknown' }, loom)
      .and('compliance-1', { type: 'AcceptGaps', questions: ['H-RF4'], reason: 'Nobody publishes on them.' })
      .and('compliance-2', { type: 'TakeGapsBack', questions: ['H-RF4'], reason });
    expect(form(leave(gap))).toContain(`Sample Compliance Two took back what was accepted as not known: “${reason}”`);
  });

  it('and why they voted to decline', () => {
    const declined = dealNamed('D-F1RST1', {}, loom).vote('compliance-1', {
      outcome: 'decline',
      rationale: 'Their chairman is a colonel.',
      noStake: true,
    });
    const again = declined.and('compliance-2', { type: 'Reopen', reason: 'They have another chairman.' });
    expect(form(leave(again))).toContain('Sample Compliance voted to decline: “Their chairman is a colonel.”');
  });
});

describe('what is written of the end-user in another deal', () => {
  const written = (by: string) => ({
    written: {
      'D-F1RST1': {
        words: [
          {
            deal: 'D-0THER1',
            of: 'note' as const,
            text: 'Their chairman is a colonel.',
            by,
            at: NOW,
            gone: false,
            grave: false,
          },
        ],
        hidden: 0,
        left: 0,
      },
    },
  });

  it('stands on the form that confirms the scope, which is then not ticked among others', () => {
    const asked = takenBack(correct(handed(), 'rep-1', { customer: 'Secret Police Office' }));
    const [theirs, own] = [written('product-1'), written('rep-1')];
    expect(JSON.stringify(confirmScopeForm(asked.view, {}, undefined, theirs))).toContain(
      'Their chairman is a colonel.',
    );
    const ticks = (looking: object) => JSON.stringify(confirmAllForm([asked.view], 1, {}, looking));
    expect(ticks(own)).toContain('Confirm these');
    expect(ticks(theirs)).not.toContain('Confirm these');
    expect(ticks({ written: { 'D-F1RST1': { words: [], hidden: 0, left: 0, late: true } } })).not.toContain(
      'Confirm these',
    );
  });
});

describe('whose name says more, in another deal with the same end-user', () => {
  const next = (more: Partial<DealDetails> = {}): Story =>
    opened('D-SEC0ND', { customer: 'Sample customer two', ...more });
  const withdrawn = (deal: Story): Story => deal.and('rep-1', { type: 'Withdraw', reason: 'Another plan' });
  const named = correct(handed(), 'product-1', { intermediaries: [POLICE] }, WHY);
  const gone = correct(named, 'rep-1', { intermediaries: [] });

  it.each([
    ['stands', named],
    ['was withdrawn', withdrawn(named)],
    ['was taken out', gone],
    ['was taken out and withdrawn', withdrawn(gone)],
  ])('is heard of where it %s, and the scope waits', (_, first) => {
    for (const name of ['Kairat Loom House', 'Kairat Loom House No. 2']) {
      const second = told(next({ endUser: { name, kind: 'private' } }), first);
      expect(second.view.deal.others?.worries).toContainEqual(
        expect.objectContaining({ of: 'named', deal: 'D-F1RST1', text: POLICE.name, by: 'product-1' }),
      );
      expect(JSON.stringify(againstItems(second.view, allReadable(second.view)))).toContain(
        'It names somebody whose name or part says another kind of end-user: “Secret Police Office”.',
      );
      expect(second.and(...out).state.status).toBe('answering');
    }
  });

  it('is told to one that is out of scope already, and to none that names them itself or is of that kind', () => {
    const found = next().and(...out);
    expect(found.state.status).toBe('out of scope');
    expect(found.and(SYSTEM, noteOf(found, named)!).state.status).toBe('answering');
    const itself = JSON.stringify(noteOf(next({ intermediaries: [POLICE] }), named) ?? {});
    expect(itself).not.toContain('"named"');
    const security = next({ endUser: { name: 'Kairat Loom House', kind: 'security' } });
    expect(JSON.stringify(noteOf(security, named) ?? {})).not.toContain('"named"');
  });
});

describe('a company in between that a colleague named', () => {
  const theirs = () => correct(handed(), 'product-1', { intermediaries: [POLICE] }, WHY);
  it.each<[string, Partial<DealDetails>]>([
    ['takes it out', { intermediaries: [] }],
    ['gives it another part', { intermediaries: [{ ...POLICE, role: 'reseller' }] }],
  ])('waits for compliance where the rep %s before anything is answered', (_, more) => {
    const { view } = correct(theirs(), 'rep-1', more);
    expect(view.lighterSaid).toBeDefined();
    expect(JSON.stringify(confirmLighterForm(view))).toContain(WHY);
  });
  it('does not where they take it out themselves, nor where the rep does so with one of their own', () => {
    expect(correct(theirs(), 'product-1', { intermediaries: [] }).view.lighterSaid).toBeUndefined();
    const own = correct(handed(), 'rep-1', { intermediaries: [POLICE] }, WHY);
    expect(correct(own, 'rep-1', { intermediaries: [] }).view.lighterSaid).toBeUndefined();
    const again = correct(theirs(), 'rep-1', { intermediaries: [{ ...POLICE, name: 'secret police office' }] });
    expect(again.view.lighterSaid).toBeUndefined();
  });
  it('nor does the rep’s own end-user under another name, as one does that a colleague named', () => {
    const other = { endUser: { name: 'Aral Loom House', kind: 'private' as const } };
    expect(correct(handed(), 'rep-1', other).view.lighterSaid).toBeUndefined();
    const theirs = correct(
      handed(),
      'product-1',
      { endUser: { name: 'Guards of the Ministry', kind: 'private' } },
      WHY,
    );
    const { view } = correct(theirs, 'rep-1', other);
    expect(view.lighterSaid).toBeDefined();
    expect(JSON.stringify(confirmLighterForm(view))).toContain(WHY);
  });
  it('is named first where its part says another kind of end-user, whatever harmless ones they name after it', () => {
    const bureau = { name: 'Sluice Watch Bureau', role: 'operator for the secret police' };
    const others = Array.from({ length: 6 }, (_, n) => ({ name: `Depot ${'ABCDEF'[n]} Cooling`, role: 'reseller' }));
    const first = correct(handed(), 'product-1', { intermediaries: [bureau] }, WHY);
    const all = others.reduce(
      (deal, one) =>
        correct(
          deal,
          'product-1',
          { intermediaries: [...deal.view.deal.details.intermediaries, one] },
          'I was asked to.',
        ),
      first,
    );
    const [line = ''] = contradictions(correct(all, 'rep-1', { intermediaries: [] }).view).filter((text) =>
      JSON.stringify(text).includes('it was taken out'),
    );
    expect(JSON.stringify(line)).toMatch(/named “Sluice Watch Bureau, operator for the secret police”/);
    expect(JSON.stringify(line)).toContain(WHY);
    const page = before(correct(all, 'rep-1', { intermediaries: [] }));
    expect(page).toContain(WHY);
  });
  it('says how many reasons stand beside those that are shown', () => {
    const others = Array.from({ length: 5 }, (_, n) => ({ name: `Depot ${'ABCDE'[n]} Cooling`, role: 'reseller' }));
    const all = others.reduce(
      (deal, one, n) =>
        correct(
          deal,
          'product-1',
          { intermediaries: [...deal.view.deal.details.intermediaries, one] },
          `Reason ${n} of mine.`,
        ),
      handed(),
    );
    expect(before(correct(all, 'rep-1', { intermediaries: [] }))).toMatch(/and 2 more reasons\. It was taken out\./);
  });
});
