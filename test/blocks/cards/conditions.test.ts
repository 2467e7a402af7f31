import { describe, expect, it } from 'vitest';
import { conditionsCard } from '../../../blocks/cards/conditions.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import { rootCard } from '../../../blocks/cards/root.ts';
import { slackMessage } from '../../../blocks/slack/slack.ts';
import type { Condition } from '../../../flows/deal/deal.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { Fact, NoticeTarget } from '../../../flows/deal/telling/notices.ts';
import { aDeal, anOrganisation, aView, NOW } from '../../support/deal-builders.ts';
import { accepted, anApproval, everyStatus, handedIn, returned, suspendedOverLook } from '../../support/every-deal.ts';
import { actionsOf, plain, presses } from './plain.ts';

const end: Condition = { id: 'end', text: 'We may end access', owner: 'rep-1', due: '2027-05-01' };
const audit: Condition = { id: 'audit', text: 'Yearly audit', owner: 'product-1', due: '2027-04-01' };
const late: Condition = { id: 'late', text: 'Sign the clause', owner: 'product-1', due: '2027-03-11' };
const card = (deal: OpenedDeal) => conditionsCard(aView(deal));
const thread: NoticeTarget = { to: 'thread' };
const told = (deal: OpenedDeal, fact: Fact, target: NoticeTarget = thread): string =>
  plain(factCard(aView(deal), fact, {}, target));

describe('the card of the conditions', () => {
  it('has each with its owner, date, state and button, the earliest first', () => {
    const shown = card(anApproval([end, audit]));
    expect(plain(shown)).toContain('2 conditions to keep, the next is due 1 April 2027.');
    expect(plain(shown)).toContain(
      '1. Open. Yearly audit.\nOwner: @product-1, due 1 April 2027.\n[Done]\n2. Open. We may',
    );
    expect(presses(shown)).toEqual(['deal.meet-condition D-7K3QXM/audit', 'deal.meet-condition D-7K3QXM/end']);
    expect(actionsOf(shown).every(({ opens }) => opens === 'form')).toBe(true);
  });

  it('says who has what was handed in, and why something came back', () => {
    const shown = card(anApproval([end, audit], { end: handedIn, audit: returned }));
    expect(plain(shown)).toContain('1. Returned. Yearly audit.');
    expect(plain(shown)).toContain('due 1 April 2027. Why: Clause 12 is missing a date.');
    expect(plain(shown)).toContain('2. Done. We may end access.');
    expect(plain(shown)).toContain('due 1 May 2027. It waits for compliance.\n[Accept or return]');
    expect(presses(shown)).toEqual(['deal.meet-condition D-7K3QXM/audit', 'deal.settle-condition D-7K3QXM/end']);
  });

  it('warns when a date has passed, not before', () => {
    const shown = card(anApproval([late]));
    expect(shown.blocks[0]).toMatchObject({ text: 'Conditions: 1 overdue', tone: 'attention' });
    expect(plain(shown)).toContain('1. Overdue. Sign the clause.');
    expect(plain(card(anApproval([{ ...late, due: '2027-03-12' }])))).not.toMatch(/[Oo]verdue/);
  });

  it('keeps a number when others are accepted, and who accepted it', () => {
    const shown = card(anApproval([end, audit], { audit: accepted }));
    expect(plain(shown)).toContain('2. Open. We may end access.');
    expect(plain(shown)).toContain('## Accepted: 1\n- 1. Yearly audit. @compliance-1, 12 March 2027.');
    expect(presses(shown)).toEqual(['deal.meet-condition D-7K3QXM/end']);
  });

  it('is good news when all are accepted', () => {
    const shown = card(anApproval([end, audit], { audit: accepted, end: accepted }));
    expect(shown.blocks[0]).toMatchObject({ text: 'Conditions: all accepted', tone: 'good' });
    expect(presses(shown)).toEqual([]);
  });

  it('says that the approval is suspended, what helps and who lifts it', () => {
    const shown = card(anApproval([late], {}, ['late']));
    expect(shown.blocks[0]).toMatchObject({ tone: 'stop' });
    expect(plain(shown)).toContain('Only @compliance-1 and @chief-1 can lift the suspension. What helps:');
    expect(presses(shown)).toContain('deal.lift-suspension D-7K3QXM');
    expect(plain(card(anApproval([late], { late: accepted }, ['late'])))).toContain('so it can be lifted now');
  });

  it('names nobody who would lift it over a condition of their own', () => {
    const own = card(anApproval([{ ...late, owner: 'compliance-1' }], {}, ['late']));
    expect(plain(own)).toContain('Only @chief-1 can lift the suspension.');
  });

  it('asks nobody to judge a condition of their own', () => {
    expect(plain(card(anApproval([{ ...end, owner: 'compliance-1' }])))).toContain(
      '@chief-1 can accept it or return it.',
    );
  });

  it.each([everyStatus.answering, everyStatus.withdrawn])('says that it does not hold any more: $status', (deal) => {
    expect(plain(card(deal))).toContain('does not stand any more');
    expect(presses(card(deal))).toEqual([]);
  });

  it('stands on a snapshot from before conditions were followed', () => {
    const { conditions: _, ...old } = anApproval([end]);
    expect(presses(card(old))).toEqual(['deal.meet-condition D-7K3QXM/end']);
  });
});

describe('many conditions', () => {
  const many = (n: number): Condition[] =>
    Array.from({ length: n }, (_, i) => ({
      id: `c${i}`,
      text: `Condition ${i} ${'that somebody has to keep '.repeat(20)}`,
      owner: 'rep-1',
      due: `2027-${String(4 + Math.floor(i / 28)).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`,
    }));

  it('gives each a button while there is room, numbered where they stand together', () => {
    const shown = card(anApproval(many(28)));
    expect(presses(shown)).toHaveLength(28);
    expect(actionsOf(shown).at(-1)).toMatchObject({ label: 'Done: 28', value: 'D-7K3QXM/c27' });
    expect(plain(shown)).toContain('- 28. Open. Condition 27');
  });

  it('counts what is left, and shows it as others are accepted', () => {
    const all = many(40);
    expect(plain(card(anApproval(all)))).toContain('And 12 later conditions:');
    const rest = Object.fromEntries(all.slice(0, 12).map(({ id }) => [id, accepted]));
    const shown = card(anApproval(all, rest));
    expect(plain(shown)).not.toContain('later condition');
    expect(presses(shown)).toContain('deal.meet-condition D-7K3QXM/c39');
    expect(plain(shown)).toContain('And 2 more, in the record.');
  });

  it('fits a Slack message, every button in it', () => {
    const { people } = anOrganisation();
    const worst = anApproval(many(60), { c1: returned, c2: handedIn, c3: accepted }, ['c1']);
    const { blocks } = slackMessage(card(worst), (id) => people.find((p) => p.id === id));
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks).match(/"deal\.(meet|settle)-condition#/g)).toHaveLength(28);
    expect(JSON.stringify(blocks)).toContain('later conditions');
  });
});

describe('the root card of an approval with conditions', () => {
  const first = (deal: OpenedDeal): string | undefined => plain(rootCard(aView(deal))).split('\n')[2];
  const tone = (deal: OpenedDeal): unknown => rootCard(aView(deal)).blocks[0];

  it('says what is overdue and who has it', () => {
    expect(first(anApproval([late, end]))).toBe('Approved, condition overdue. Waiting for @product-1.');
    expect(tone(anApproval([late, end]))).toMatchObject({ tone: 'attention' });
    const two = anApproval([late, { ...end, due: '2027-03-01' }]);
    expect(first(two)).toBe('Approved, 2 conditions overdue. Waiting for @product-1 and @rep-1.');
  });

  it('waits for compliance where it was handed in late', () => {
    expect(first(anApproval([late], { late: handedIn }))).toBe(
      'Approved, condition overdue. Waiting for @compliance-1.',
    );
  });

  it('says that it is suspended, though nothing is overdue any more', () => {
    const lifts = 'Only @compliance-1 and @chief-1 can lift the suspension.';
    const suspended = anApproval([late], {}, ['late']);
    expect(first(suspended)).toBe(`Approval suspended: condition overdue. ${lifts}`);
    expect(tone(suspended)).toMatchObject({ tone: 'stop' });
    const done = anApproval([late], { late: accepted }, ['late']);
    expect(first(done)).toBe(`Approval suspended: a condition was overdue. ${lifts}`);
    expect(tone(done)).toMatchObject({ tone: 'stop' });
  });

  const settled = (deal: ReturnType<typeof anApproval>): OpenedDeal => ({
    ...deal,
    details: { ...deal.details, exportLicence: 'granted' },
    renewals: { dates: [], by: 'rep-1', at: NOW, reason: 'Sold once' },
  });

  it('never says that nothing is left beside an open licence, a missing renewal date or an open condition', () => {
    const all = anApproval([end], { end: accepted });
    expect(first(all)).toBe(
      'Approved with conditions. The condition is accepted. Left for @rep-1: settle the export licence (pending), and say when the licence or the contract is renewed.',
    );
    const { renewals } = settled(all);
    expect(first({ ...all, renewals })).toMatch(/Left for @rep-1: settle the export licence \(pending\)\.$/);
    expect(first({ ...settled(all), renewals: undefined })).toMatch(
      /Left for @rep-1: say when the licence or the contract is renewed\.$/,
    );
    const said = {
      licence: 'not-determined',
      by: 'rep-1',
      at: NOW,
      reason: 'Counsel looks again',
      since: NOW,
    } as const;
    expect(first({ ...settled(all), licence: said })).toMatch(/settle the export licence \(not determined\)\.$/);
    for (const deal of [all, anApproval([end]), anApproval([end, audit], { audit: accepted })]) {
      expect(plain(rootCard(aView(deal)))).not.toContain('Nothing is left');
    }
  });

  it('counts what is left, and says when nothing is', () => {
    expect(first(settled(anApproval([end, audit], { audit: accepted })))).toBe(
      'Approved with conditions. 1 of 2 conditions to keep, due 1 May 2027.',
    );
    const all = settled(anApproval([end, audit], { audit: accepted, end: accepted }));
    expect(first(all)).toBe('Approved with conditions. Both conditions are accepted. Nothing is left to do here.');
    expect(tone(all)).toMatchObject({ tone: 'good' });
  });

  it('lists what is left before what is accepted, and leaves the rest to their card', () => {
    const some = Array.from({ length: 10 }, (_, i) => ({ ...end, id: `c${i}`, text: `Condition ${i}` }));
    const text = plain(rootCard(aView(anApproval(some, { c0: accepted }))));
    expect(text).toContain('## Conditions\n- Condition 1. Owner: @rep-1, due 1 May 2027. Open.');
    expect(text).toContain('And 2 more, on their card in the thread.');
    expect(text).not.toContain('Accepted.');
  });
});

describe('what happens to conditions, told', () => {
  it('puts what was done before compliance', () => {
    const deal = anApproval([end], { end: handedIn });
    expect(told(deal, { fact: 'condition met', condition: 'end' })).toContain(
      'What was done: “The contract was signed with clause 12.”\n' +
        'Sources: “Contract” (example.org) <https://example.org/c>.\n@compliance-1: please accept it',
    );
  });

  it('says how many are left, then that none is', () => {
    const fact: Fact = { fact: 'condition accepted', condition: 'end' };
    expect(told(anApproval([end, audit], { end: accepted }), fact)).toContain('1 of 2 conditions to keep');
    expect(told(anApproval([end], { end: accepted }), fact)).toContain(
      'What was done: “The contract was signed with clause 12.”',
    );
    expect(told(anApproval([end, audit], { end: accepted, audit: accepted }), fact)).toContain(
      '# Both conditions are accepted',
    );
  });

  it('does not take a suspension back when the last overdue condition is accepted', () => {
    const shown = factCard(
      aView(anApproval([late], { late: accepted }, ['late'])),
      { fact: 'condition accepted', condition: 'late' },
      {},
      thread,
    );
    expect(plain(shown)).toContain('The approval does not count for now.');
    expect(plain(shown)).not.toContain('# The condition');
    expect(presses(shown)).toEqual(['deal.lift-suspension D-7K3QXM']);
  });

  it('returns it with the reason, to its owner', () => {
    expect(told(anApproval([end], { end: returned }), { fact: 'condition returned', condition: 'end' })).toContain(
      '@rep-1: @compliance-1 looked at a condition and needs more before it is done:',
    );
  });

  it('says how long something was overdue when it suspends', () => {
    const text = told(anApproval([late], {}, ['late']), { fact: 'suspended' });
    expect(text).toContain('@rep-1 and @product-1: a condition has been overdue for 20 business days');
    expect(text).toContain('- Sign the clause. Owner: @product-1, due 11 March 2027. Overdue.');
    const direct = told(anApproval([late], {}, ['late']), { fact: 'suspended' }, { to: 'person', person: 'product-1' });
    expect(direct).toContain('## Approval suspended\nA condition has been overdue');
  });

  it('says so of a reassessment that nobody did, with the button that begins it', () => {
    const text = told(suspendedOverLook, { fact: 'suspended' });
    expect(text).toContain('@rep-1: the reassessment has been overdue for too long.');
    expect(text).toContain('What helps: have the deal reassessed, which ends the suspension by itself.');
    const shown = factCard(aView(suspendedOverLook), { fact: 'suspended' }, {}, thread);
    expect(presses(shown)).toEqual(['deal.reassess D-7K3QXM', 'deal.lift-suspension D-7K3QXM']);
    const root = plain(rootCard(aView(suspendedOverLook)));
    expect(root).toContain('Approval suspended: reassessment overdue. Only @compliance-1 and @chief-1 can lift');
    const lifted = told(
      { ...suspendedOverLook, suspended: undefined },
      { fact: 'suspension lifted', reason: 'They answer it this week', by: 'chief-1' },
    );
    expect(lifted).toContain('Still overdue: the reassessment.');
  });

  it('keeps its button however much was written', () => {
    const long = 'x '.repeat(1500);
    const [evidence] = handedIn.evidence;
    if (!evidence) throw new Error('nothing was handed in');
    const deal = anApproval([{ ...end, text: long }], {
      end: { ...handedIn, evidence: [{ ...evidence, text: long }] },
    });
    const message = slackMessage(
      factCard(aView(deal), { fact: 'condition met', condition: 'end' }, {}, thread),
      () => undefined,
    );
    expect(JSON.stringify(message.blocks)).toContain('deal.settle-condition#');
    expect(JSON.stringify(message.blocks).length).toBeLessThan(13_000);
  });

  it('stands when the deal has moved on', () => {
    for (const name of ['condition met', 'condition accepted', 'condition returned'] as const) {
      expect(told(aDeal(), { fact: name, condition: 'end' })).toContain('The deal has moved on since.');
    }
  });
});
