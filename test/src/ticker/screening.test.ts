/** Parties of deals are compared with the lists in use, and whoever wants around it is met all the same. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hitBlocks } from '../../../blocks/cards/hit-words.ts';
import { approvalHeld } from '../../../flows/deal/context/holds.ts';
import { newsOfOthers } from '../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../flows/deal/context/others.ts';
import { partiesCompared } from '../../../flows/deal/context/screening.ts';
import { isWaiting } from '../../../flows/deal/context/worries.ts';
import { isAskedAnew } from '../../../flows/deal/screened/screened.ts';
import { waitsOf } from '../../../flows/lists/waits.ts';
import { anEntry, hitsIn, QORVATH, screenedDesk, ZEVRANKA, type ScreenedDesk } from '../../support/screened-deals.ts';
import { tellAll } from '../../support/telling.ts';

let at: ScreenedDesk;
beforeEach(() => {
  at = screenedDesk();
});
afterEach(() => at.end());

const LISTED = { endUser: { name: 'Ilmaras Qorvath', kind: 'private' as const } };
const hits = async (deal: string) => hitsIn((await at.view(deal)).deal);
const flagOf = async (deal: string) => {
  const flag = (await at.view(deal)).deal.ownFlags.findLast(({ status }) => status === 'pending');
  if (!flag) throw new Error('nothing waits');
  return flag.id;
};
const clear = async (deal: string, by = 'compliance-1') =>
  at.act(deal, by, {
    type: 'DismissFlag',
    flag: await flagOf(deal),
    reason: 'Another person: born in 1961, not 1990.',
  });
const uphold = async (deal: string, by = 'compliance-1') =>
  at.act(deal, by, {
    type: 'AdmitFlag',
    flag: await flagOf(deal),
    weight: 'light',
    reason: 'The same address and year.',
  });

describe('without a list in use', () => {
  it('nothing is compared, recorded or held', async () => {
    const deal = await at.openWith(LISTED);
    const before = await at.commits();
    expect(await at.screening.look()).toBe(0);
    expect(await at.commits()).toBe(before);
    expect((await at.view(deal)).deal.screened).toBeUndefined();
    expect(approvalHeld(await at.view(deal))).toBeUndefined();
  });
});

describe('a deal', () => {
  it('whose party may be on a list has a flag that waits for compliance, which says why', async () => {
    await at.take([QORVATH, ZEVRANKA]);
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    const { screened, ownFlags } = (await at.view(deal)).deal;
    expect(ownFlags).toMatchObject([
      { title: '“Ilmaras Qorvath” may be on made-up: QORVATH, Ilmaras', by: 'system', hit: true, weight: 'severe' },
    ]);
    expect(screened?.hits[0]).toMatchObject({
      list: 'made-up',
      score: 1,
      entry: { programmes: ['Made-up sanctions'], countries: ['NO'] },
      why: [
        expect.stringContaining('The name fits “QORVATH, Ilmaras”'),
        'Same country: Norway.',
        'Type not compared: it was not given.',
      ],
    });
  });

  it('whose parties are on none is “not on” the lists of that day, never clear', async () => {
    await at.take([ZEVRANKA]);
    const deal = await at.openWith({});
    await at.screening.look();
    expect(await hits(deal)).toEqual([]);
    const compared = partiesCompared(await at.view(deal));
    expect(compared.length).toBeGreaterThan(1);
    for (const { lists, hit, nothing } of compared) {
      expect({ lists: lists.map(({ name, asOf }) => [name, asOf]), hit, nothing }).toEqual({
        lists: [['made-up', '2027-03-01T09:00:00.000Z']],
        hit: false,
        nothing: false,
      });
    }
  });

  it('that is out of scope while a hit waits tells compliance so, by name, and waits', async () => {
    await at.take([QORVATH]);
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    const answers = { G1: { value: 'no', sources: [] } };
    expect(await at.act(deal, 'rep-1', { type: 'AnswerSection', section: 'scope', answers })).toBe('accepted');
    const view = await at.view(deal);
    expect(view.deal.status).toBe('out of scope');
    expect(waitsOf(view).map(({ of }) => of)).toContain('flag');
    const { told } = await tellAll(at, /guidance does not apply/);
    const private_ = told.filter(({ to }) => to.startsWith('compliance')).map(({ text }) => text);
    expect(private_).toHaveLength(2);
    for (const text of private_) expect(text).toContain('“Ilmaras Qorvath” is who is on made-up');
  });

  it('is compared once, however often it is looked at', async () => {
    await at.take([QORVATH]);
    await at.openWith(LISTED);
    await at.spread();
    await at.screening.look();
    const before = await at.commits();
    expect(await at.screening.look()).toBe(0);
    expect(await at.commits()).toBe(before);
  });

  it('can’t be approved before everybody was compared whom it names', async () => {
    await at.take([QORVATH]);
    const deal = await at.openWith(LISTED);
    expect(approvalHeld(await at.view(deal))).toContain('still being compared with the list made-up');
    await at.screening.look();
    expect(approvalHeld(await at.view(deal))).toBeUndefined();
    await at.rename(deal, { customer: 'Somebody else entirely' });
    expect(approvalHeld(await at.view(deal))).toContain('still being compared');
  });
});

describe('a rep', () => {
  beforeEach(() => at.take([QORVATH, ZEVRANKA]));
  const met = async (details: object): Promise<string> => {
    const deal = await at.openWith(details);
    await at.screening.look();
    return deal;
  };
  const called = (name: string) => ({ endUser: { name, kind: 'private' as const } });

  it('who corrects the name by a letter is met again, and the first hit stays open', async () => {
    const deal = await met(LISTED);
    await at.rename(deal, called('Ilmaras Qorvat'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending', 'Ilmaras Qorvat = MU-1: pending']);
  });

  it('who takes quite another name after a hit leaves it open all the same', async () => {
    const deal = await met(LISTED);
    await at.rename(deal, called('Bergen Harbour Office'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('who renames a party that was cleared to another listed name is met anew', async () => {
    const deal = await met(LISTED);
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, called('Zevranka Dynamics'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed', 'Zevranka Dynamics = MU-2: pending']);
  });

  it('who names somebody who was cleared in another part of the deal is asked again, once', async () => {
    const nobody = called('Bergen Harbour Office');
    const trade = { name: 'Ostfold Line', role: 'forwarder' };
    const deal = await met({ ...nobody, customer: 'Ilmaras Qorvath', intermediaries: [trade] });
    expect(await clear(deal)).toBe('accepted');
    // The same three names in other parts: nobody is named who was not compared.
    const swapped = { customer: 'Ostfold Line', intermediaries: [{ name: 'Ilmaras Qorvath', role: 'agent' }] };
    await at.rename(deal, swapped);
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    expect((await at.view(deal)).deal.ownFlags.at(-1)?.title).toBe(
      '“Ilmaras Qorvath”, a company in between now, may be on made-up: QORVATH, Ilmaras',
    );
    const view = await at.view(deal);
    const card = JSON.stringify(hitBlocks(view, view.deal.ownFlags.at(-1)!));
    expect(card).toContain('Settled before, when they had another part');
    expect(card).toContain('Another person: born in 1961, not 1990.');
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, { customer: 'Ilmaras Qorvath', intermediaries: [trade] });
    await at.rename(deal, { ...swapped, customer: 'Vestfold Line' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
    expect(await at.screening.look()).toBe(0);
  });

  it('who gives a company in between that was cleared another part is asked again, once for each', async () => {
    const as = (role: string) => ({ intermediaries: [{ name: 'Ilmaras Qorvath', role }] });
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ostfold Line', ...as('parcel carrier') });
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, as('Parcel  carrier'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
    await at.rename(deal, as('runs the cameras for the secret police'));
    expect(approvalHeld(await at.view(deal))).toContain('still being compared');
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    const view = await at.view(deal);
    expect(view.deal.ownFlags.at(-1)?.title).toBe(
      '“Ilmaras Qorvath”, “runs the cameras for the secret police” now, may be on made-up: QORVATH, Ilmaras',
    );
    const card = JSON.stringify(hitBlocks(view, view.deal.ownFlags.at(-1)!));
    expect(card).toContain('Settled before, when they had another part');
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, as('parcel carrier'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
    // In both parts at once, and for another country.
    await at.rename(deal, {
      intermediaries: [...as('parcel carrier').intermediaries, { name: 'Ilmaras Qorvath', role: 'bank' }],
    });
    await at.screening.look();
    expect((await at.view(deal)).deal.ownFlags.at(-1)?.title).toContain('“Ilmaras Qorvath”, “bank” now,');
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, { destination: 'IS' });
    await at.screening.look();
    expect((await at.view(deal)).deal.ownFlags.at(-1)?.title).toContain('“Ilmaras Qorvath”, for Iceland now,');
  });

  it('who changes a part that an older hit was not asked of hears no more than before', async () => {
    const as = (role: string) => ({ intermediaries: [{ name: 'Ilmaras Qorvath', role }] });
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ostfold Line', ...as('parcel carrier') });
    await clear(deal);
    const { deal: now } = await at.view(deal);
    const [hit] = now.screened!.hits;
    expect(hit?.asked).toEqual([{ role: 'between', part: 'parcel carrier', destination: now.details.destination }]);
    const older = { ...hit!, asked: [{ role: 'between' as const, destination: now.details.destination }] };
    const other = { ...now, details: { ...now.details, ...as('bank') } };
    expect([isAskedAnew(other, hit!), isAskedAnew(other, older)]).toEqual([true, false]);
  });

  it('who takes a deal to another country is asked again of a customer who was cleared, once', async () => {
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ilmaras Qorvath' });
    await clear(deal);
    await at.rename(deal, { destination: 'IS' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    await clear(deal);
    await at.rename(deal, { destination: 'NO' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
  });

  it('who is asked of a customer already is not asked again while that waits, nor of who was said to be them', async () => {
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ilmaras Qorvath' });
    await at.rename(deal, { customer: 'Ostfold Line', intermediaries: [{ name: 'Ilmaras Qorvath', role: 'agent' }] });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    expect((await at.view(deal)).deal.ownFlags).toHaveLength(1);
    expect(await uphold(deal)).toBe('accepted');
    await at.rename(deal, { customer: 'Ilmaras Qorvath', intermediaries: [] });
    await at.screening.look();
    expect((await at.view(deal)).deal.ownFlags).toHaveLength(1);
  });

  it('who saves a cleared deal anew hears nothing of it, nor where a name has one more part', async () => {
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ilmaras Qorvath' });
    await clear(deal);
    await at.rename(deal, { valueBand: 'over-10m', customer: 'Ilmaras Qorvath' });
    await at.rename(deal, called('Ilmaras Qorvath'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed', 'Ilmaras Qorvath = MU-1: pending']);
    await clear(deal);
    await at.rename(deal, called('Bergen Harbour Office'));
    await at.rename(deal, { customer: 'Ostfold Line' });
    await at.rename(deal, { customer: 'Ilmaras Qorvath' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed', 'Ilmaras Qorvath = MU-1: dismissed']);
  });

  it.each([
    ['Cherokee', '\u13A5lma\u13A1as Qorvath'],
    ['Cherokee alone', '\u13A5\u13DE\u13B7\u13AA\u13A1\u13AA\u13DA Qorvath'],
    ['Lisu', '\uA4F2lmaras Q\uA4F3rvath'],
    ['Armenian', 'Ilmaras Q\u0585rv\u0430th'],
    ['Canadian syllables', 'I\u14AAmaras Qor\u142Fath'],
  ])('who writes a listed name with letters that look Latin is met: %s', async (_what, name) => {
    const deal = await met(called(name));
    expect(await hits(deal)).toEqual([`${name} = MU-1: pending`]);
  });

  it('who names two halves of a listed name, each of them a company in between, is met', async () => {
    const halves = [
      { name: 'Qorvath', role: 'agent' },
      { name: 'Ilmaras', role: 'agent' },
    ];
    const deal = await met({ ...called('Bergen Harbour Office'), customer: 'Ostfold Line', intermediaries: halves });
    expect(await hits(deal)).toEqual(['Qorvath Ilmaras = MU-1: pending']);
  });

  it('who goes back to a name that was cleared in between has nothing new to settle', async () => {
    const deal = await met(LISTED);
    await clear(deal);
    await at.rename(deal, called('Bergen Harbour Office'));
    await at.screening.look();
    await at.rename(deal, called('Ilmaras Qorvath'));
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
  });

  it('who has a hit cleared while the deal names somebody else is met again with the name', async () => {
    const deal = await met(LISTED);
    await at.rename(deal, called('Bergen Harbour Office'));
    await at.screening.look();
    expect(await clear(deal)).toBe('accepted');
    await at.rename(deal, called('Ilmaras Qorvath'));
    expect(approvalHeld(await at.view(deal))).toContain('still being compared');
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('who names a customer as the end-user, too, is met by the name alone', async () => {
    const far = { ...QORVATH, countries: ['TD'] };
    await at.take([far], 'far');
    const deal = await met({ ...called('Ilmaras Qorvat'), customer: 'Ilmaras Qorvat' });
    expect(await hits(deal)).toHaveLength(2);
  });

  it('who changes the country of a party that was cleared is asked again', async () => {
    const deal = await met(LISTED);
    await clear(deal);
    await at.rename(deal, { destination: 'SE' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed', 'Ilmaras Qorvath = MU-1: pending']);
  });

  it('who splits the name between customer and end-user is met', async () => {
    const deal = await met({ customer: 'Ilmaras', ...called('Qorvath') });
    expect((await hits(deal)).map((hit) => hit.slice(-13))).toContain('MU-1: pending');
  });

  it('who splits the name over two companies in between, or one and the customer, is met', async () => {
    const [family, given] = ['Qorvath', 'Ilmaras'].map((name) => ({ name, role: 'agent' }));
    const two = await met({ intermediaries: [family, given] });
    const one = await met({ customer: 'Ilmaras', intermediaries: [family] });
    for (const deal of [two, one]) expect((await hits(deal)).some((hit) => hit.endsWith('MU-1: pending'))).toBe(true);
    // Asked once, however many ways of reading two parts as one there are.
    expect(await hits(await met({ intermediaries: [{ name: 'Qorvath', role: 'Ilmaras' }, given] }))).toHaveLength(1);
    expect(await hits(two)).toHaveLength(1);
  });

  it('who names them as customer or in between is met', async () => {
    const customer = await met({ customer: 'Zevranka Dynamics' });
    const between = await met({ intermediaries: [{ name: 'Zevranka Dynamics Group Ltd', role: 'agent' }] });
    expect(await hits(customer)).toEqual(['Zevranka Dynamics = MU-2: pending']);
    expect(await hits(between)).toEqual(['Zevranka Dynamics Group Ltd = MU-2: pending']);
  });

  it('who puts the given name behind a comma, as lists do, is met', async () => {
    const deal = await met({ intermediaries: [{ name: 'Qorvath', role: 'Ilmaras' }] });
    expect(await hits(deal)).toEqual(['Qorvath Ilmaras = MU-1: pending']);
    // By the name alone, and not once more with the part.
    const agent = await met({ intermediaries: [{ name: 'Ilmaras Qorvath', role: 'agent' }] });
    expect(await hits(agent)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('who writes other words around the whole name is met', async () => {
    for (const name of [
      'Sample Delta Trading for Ilmaras Qorvath',
      'Sample Delta Line (Ilmaras Qorvath)',
      'Office of Mr Ilmaras Qorvath, Reykjavik Branch',
      'Zevranka Dynamics (Peru) Ltd',
      'Zevranka Dynamics Iceland',
      'I l m a r a s Q o r v a t h',
      'I\u200Al\u200Am\u200Aa\u200Ar\u200Aa\u200As\u200AQ\u200Ao\u200Ar\u200Av\u200Aa\u200At\u200Ah',
    ]) {
      expect([name, (await hits(await met({ customer: name })))[0]]).toEqual([
        name,
        expect.stringContaining(': pending'),
      ]);
    }
  });

  it('who writes unseen signs, other letters or capitals into it is met', async () => {
    for (const name of ['Il\u200Bmaras Qor\u200Dvath', 'ILMARAS  QORVATH', 'Ilmаras Qorvаth', 'Qorvath Ilmaras']) {
      expect((await hits(await met(called(name))))[0]).toContain('MU-1: pending');
    }
  });

  it.each(['N/A', 'unknown'])('who calls them %s is told that there is nothing to compare', async (name) => {
    const deal = await met({ endUser: { name, kind: 'unknown' } });
    const [endUser] = partiesCompared(await at.view(deal));
    expect(endUser).toMatchObject({ party: { name }, nothing: true, hit: false });
  });

  it('who withdraws and reopens is compared with the list of that day', async () => {
    const deal = await met(called('Bergen Harbour Office'));
    await at.act(deal, 'rep-1', { type: 'Withdraw', reason: 'The customer has no budget this year.' });
    await at.take([QORVATH, anEntry('MU-7', 'Bergen Harbour Office')]);
    await at.spread();
    await at.screening.look();
    expect(await hits(deal)).toEqual([]);
    await at.act(deal, 'rep-1', { type: 'Reopen', reason: 'The customer has found the budget.' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Bergen Harbour Office = MU-7: pending']);
  });

  it('does not get rid of a hit by withdrawing and reopening', async () => {
    const deal = await met(LISTED);
    await at.act(deal, 'rep-1', { type: 'Withdraw', reason: 'The customer has no budget this year.' });
    await at.act(deal, 'rep-1', { type: 'Reopen', reason: 'The customer has found the budget.' });
    await at.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('sheds no hit by a new deal with the same end-user and another customer', async () => {
    await at.take([QORVATH]);
    const endUser = { name: 'Karmana Tea House', kind: 'private' as const };
    const first = await at.openWith({ customer: 'Ilmaras Qorvath', endUser });
    await at.screening.look();
    const heard = async (deal: string) => {
      const all = [await at.view(first), await at.view(deal)].map((view) => saidElsewhere(view));
      return newsOfOthers(all, '2027-03-02T09:00:00.000Z').get(deal)?.worries ?? [];
    };
    expect(await at.act(first, 'rep-1', { type: 'Withdraw', reason: 'Another customer' })).toBe('accepted');
    const clone = await at.openWith({ customer: 'Karmana Import House', endUser });
    await at.screening.look();
    const [waits] = await heard(clone);
    expect(waits).toMatchObject({ of: 'listed', deal: first, text: expect.stringContaining('Ilmaras Qorvath') });
    expect(isWaiting(await at.view(clone), waits!)).toBe(false);
    // Whoever is met there as well has a hit of their own.
    const same = await at.openWith({ customer: 'Ilmaras Qorvath', endUser });
    await at.screening.look();
    expect((await heard(same)).map(({ of }) => of)).not.toContain('listed');
    // “It is them” is somebody's word, and waits in each deal with the end-user.
    expect(await uphold(first)).toBe('accepted');
    const [said] = await heard(clone);
    expect(said).toMatchObject({ of: 'flag', by: 'compliance-1', text: expect.stringContaining('Ilmaras Qorvath') });
    expect(isWaiting(await at.view(clone), said!)).toBe(true);
  });

  it('settles nothing, nor does an officer of the deal team', async () => {
    const deal = await at.openWith(LISTED, 'compliance-1');
    await at.screening.look();
    for (const by of ['rep-1', 'product-1', 'senior-1', 'senior-2', 'counsel-1']) {
      expect(await clear(deal, by)).toContain('Only compliance');
      expect(await uphold(deal, by)).toContain('Only compliance');
    }
    expect(await clear(deal, 'compliance-1')).toContain('deal team');
    expect(await uphold(deal, 'compliance-1')).toContain('deal team');
    for (const by of ['nobody', 'operator']) {
      expect(await clear(deal, by)).toContain('does not know you');
      expect(await uphold(deal, by)).toContain('does not know you');
    }
    for (const by of ['rep-1', 'compliance-2', 'chief-1', 'operator', 'nobody'])
      expect(await at.act(deal, by, { type: 'NoteScreening', found: [] })).toContain('Only the bot');
    expect(await clear(deal, 'compliance-2')).toBe('accepted');
  });
});

describe('compliance', () => {
  beforeEach(() => at.take([QORVATH]));

  it('is asked in private and in the thread, with both buttons, and hears what came of it', async () => {
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    const asked = await tellAll(at, /may be on a list of sanctioned or restricted parties/u);
    expect(asked.told.map(({ to }) => to).toSorted()).toEqual(['compliance-1', 'compliance-2', 'thread']);
    for (const { text } of asked.told) {
      for (const words of ['[Another party…]', '[It is them…]', 'made-up', 'Made-up sanctions', 'Same country', '100'])
        expect(text).toContain(words);
    }
    await uphold(deal);
    const told = await tellAll(at, /says: it is them/u);
    expect(told.told.map(({ to }) => to)).toContain('thread');
    expect(told.told[0]?.text).toContain('[Place a hold]');
  });

  it('says why, either way', async () => {
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    const flag = await flagOf(deal);
    expect(await at.act(deal, 'compliance-1', { type: 'DismissFlag', flag, reason: '' })).toContain('what differs?');
    expect(await at.act(deal, 'compliance-1', { type: 'AdmitFlag', flag, weight: 'light' })).toContain('what fits?');
  });

  it('upholds a hit with all its weight, whatever the form says', async () => {
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    expect(await uphold(deal)).toBe('accepted');
    expect((await at.view(deal)).assessment.flags).toMatchObject([{ weight: 'severe' }]);
  });
});

describe('a deal in review', () => {
  const ballot = {
    outcome: 'approve' as const,
    conditions: [],
    rationale: 'The end-user is well known to us.',
    weighing: { leverage: 'a', crucial: 'a', scale: 'a', scope: 'a', irremediability: 'a', ending: 'a' },
  };
  const review = async (): Promise<string> => {
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    await at.answerAll(deal);
    return deal;
  };
  const vote = async (deal: string, by: string) => {
    const { deal: now, assessment } = await at.view(deal);
    if (now.status !== 'deciding') throw new Error(now.status);
    const flags = Object.fromEntries(assessment.flags.map(({ id }) => [id, { opinion: 'uphold' as const }]));
    const { factsHash } = now.route;
    return at.act(deal, by, { type: 'CastVote', step: now.step, factsHash, ballot: { ...ballot, flags } });
  };

  it('is not approved before compliance settled its hits, and is after', async () => {
    await at.take([QORVATH]);
    const deal = await review();
    const { deal: now } = await at.view(deal);
    expect(now.status).toBe('deciding');
    expect(await vote(deal, 'compliance-2')).toContain('Compliance must first say whether that is them');
    expect(await clear(deal)).toBe('accepted');
    expect(await vote(deal, 'compliance-2')).toBe('accepted');
    expect((await at.view(deal)).deal.status).toBe('decided');
  });

  it('loses votes that were cast before a hit came, and says why', async () => {
    await at.take([ZEVRANKA]);
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    await at.answerAll(deal, { 'H-RF3': 'yes' });
    expect(await vote(deal, 'compliance-2')).toBe('accepted');
    await at.take([ZEVRANKA, QORVATH]);
    await at.spread();
    const { deal: now } = await at.view(deal);
    expect(now).toMatchObject({ status: 'deciding', votes: [], lastVoided: { voters: ['compliance-2'] } });
    expect(now.lastVoided?.differences).toMatchObject([
      { what: 'flag', before: 'not there', after: 'found on a list' },
    ]);
  });

  it('that is approved already keeps its approval, and compliance can say that it is them', async () => {
    await at.take([ZEVRANKA]);
    const deal = await review();
    expect(await vote(deal, 'compliance-2')).toBe('accepted');
    await at.take([QORVATH]);
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
    expect((await at.view(deal)).deal.status).toBe('decided');
    expect(await uphold(deal)).toBe('accepted');
    expect((await at.view(deal)).deal.status).toBe('decided');
  });
});

describe('a changed list', () => {
  const begun = async (): Promise<string> => {
    await at.take([QORVATH]);
    const deal = await at.openWith(LISTED);
    await at.screening.look();
    await at.spread();
    return deal;
  };

  it('writes nothing on deals for which it is the same, which then were compared with it', async () => {
    const deal = await begun();
    await at.travel('2027-03-02T09:00:00.000Z');
    const { version } = (await at.store.list({ kind: 'deal', limit: 1 }))[0]!;
    await at.take([QORVATH, ZEVRANKA]);
    expect(partiesCompared(await at.view(deal))[0]?.lists[0]?.asOf).toBe('2027-03-01T09:00:00.000Z');
    await at.spread();
    expect(partiesCompared(await at.view(deal))[0]?.lists[0]?.asOf).toBe('2027-03-02T09:00:00.000Z');
    expect((await at.store.list({ kind: 'deal', limit: 1 }))[0]!.version).toBe(version);
  });

  it('closes a hit whose entry is gone, and its flag with it', async () => {
    const deal = await begun();
    await at.take([ZEVRANKA]);
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: gone, removed']);
    expect((await at.view(deal)).deal.ownFlags).toMatchObject([
      { status: 'dismissed', reason: 'The entry is no longer on the list.', settledBy: 'system' },
    ]);
  });

  it('leaves a cleared hit quiet until its entry changes', async () => {
    const deal = await begun();
    await clear(deal);
    await at.take([ZEVRANKA, QORVATH]);
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed']);
    await at.take([{ ...QORVATH, programmes: ['Another programme'] }]);
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: dismissed', 'Ilmaras Qorvath = MU-1: pending']);
  });

  it('opens a hit anew where its entry came back, also from an older version', async () => {
    const deal = await begun();
    await at.take([ZEVRANKA]);
    await at.spread();
    await at.take([QORVATH]);
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('that is removed closes what nobody settled', async () => {
    const deal = await begun();
    await at.desk.registers.screening.handle(
      { type: 'RemoveList', list: 'made-up' },
      { actor: 'compliance-1', cause: 'remove' },
    );
    await at.spread();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: gone, list']);
    expect(approvalHeld(await at.view(deal))).toBeUndefined();
  });
});

describe('two bots', () => {
  it('that compare the same deal at once write it once', async () => {
    await at.take([QORVATH]);
    const deal = await at.openWith(LISTED);
    const beside = screenedDesk({ folder: at.folder });
    await Promise.all([at.screening.look(), beside.screening.look(), at.spread(), beside.screening.look()]);
    const types = (await at.deals.events(deal)).map(({ type }) => type);
    expect(types.filter((type) => type === 'FlagRaised')).toHaveLength(1);
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });

  it('of which one dies between search and commit leave nothing undone', async () => {
    await at.take([QORVATH]);
    const deal = await at.openWith(LISTED);
    expect(await at.screening.newsFor(deal)).toBeDefined();
    const after = screenedDesk({ folder: at.folder });
    await after.screening.look();
    expect(await hits(deal)).toEqual(['Ilmaras Qorvath = MU-1: pending']);
  });
});
