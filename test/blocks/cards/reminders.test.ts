import { describe, expect, it } from 'vitest';
import type { Card } from '../../../blocks/card.ts';
import { factCard } from '../../../blocks/cards/facts.ts';
import type { OpenedDeal } from '../../../flows/deal/state.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { anOrganisation, aPolicy, aView } from '../../support/deal-builders.ts';
import { everyReminder, everyStatus, reminderOf, type Owing } from '../../support/every-deal.ts';
import { actionsOf, plain, presses } from './plain.ts';

const sent = (
  { deal, fact, to, policy = aPolicy() }: Owing,
  view: (deal: OpenedDeal) => DealView = (of) => aView(of, { policy }),
): Card => factCard(view(deal), fact, {}, to === undefined ? { to: 'thread' } : { to: 'person', person: to });
const { people } = anOrganisation();
const withManager = (deal: OpenedDeal): DealView =>
  aView(deal, {
    organisation: anOrganisation({
      people: [...people, { id: 'boss-1', name: 'Sample Manager' }].map((p) =>
        p.id === 'product-1' || p.id === 'rep-1' ? { ...p, manager: 'boss-1' } : p,
      ),
    }),
  });

describe.each(everyReminder)('a reminder of $fact.owed.kind, $fact.of, to $to', (owing) => {
  const card = sent(owing);
  const escalation = owing.fact.of === 'escalation';

  it('reads well and says why it came', () => {
    expect(plain(card)).not.toMatch(/undefined|\[object|NaN/);
    if (owing.to !== undefined) expect(plain(card)).toContain('You get this because ');
    if (!escalation) expect(plain(card)).toContain('Reminders come ');
  });

  it('carries the button that does it, and one to put it off for whoever owes it', () => {
    const names = actionsOf(card).map(({ name }) => name);
    const does = { section: 'answer', information: 'give-information', votes: 'review' };
    const more = {
      reassessment: 'reassess',
      scope: 'confirm-scope',
      lighter: 'confirm-lighter',
      authority: 'authority',
      flag: 'settle-flag',
      licence: 'licence',
    };
    const act = { ...does, ...more, condition: 'meet-condition', evidence: 'settle-condition' }[owing.fact.owed.kind];
    // Compliance may start a reassessment too.
    expect(names.includes(`deal.${act}`)).toBe(!escalation || act === 'reassess');
    expect(names.includes('deal.snooze')).toBe(!escalation && owing.to !== undefined);
    expect(names.includes('deal.hand-over')).toBe(owing.fact.owed.kind === 'section');
  });

  it('stands when the deal has moved on', () => {
    for (const deal of Object.values(everyStatus)) {
      expect(plain(sent({ ...owing, deal }))).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});

describe('what reminders say', () => {
  it('tells since when, and when the next come', () => {
    expect(plain(sent(reminderOf('section', 'reminder')))).toContain(
      'You get this because Product is yours to answer, since 10 March 2027. ' +
        'Reminders come after 2 and 4 business days. After 6 business days, your manager or compliance is told.',
    );
    expect(plain(sent(reminderOf('condition', 'overdue')))).toContain(
      'Reminders come 14 and 3 days before the date, on the morning after it, and 2 and 5 business days past it. ' +
        '8 business days past it, Compliance is told. 20 business days past it, the approval is suspended.',
    );
  });

  it('tells no more than the policy does', () => {
    const bare = { after: [1] };
    const { reminders } = aPolicy();
    const policy = aPolicy({ reminders: { ...reminders, sections: bare, conditions: { ...bare, before: [] } } });
    const view = (deal: OpenedDeal): DealView => aView(deal, { policy });
    expect(plain(sent(reminderOf('section', 'reminder'), view))).toMatch(/Reminders come after 1 business day\.\n/);
    expect(plain(sent(reminderOf('condition', 'overdue'), view))).toMatch(/Reminders come on the morning after it\.\n/);
  });

  it('puts off what its duty names', () => {
    const { deal, fact, to } = reminderOf('votes', 'reminder');
    expect(presses(sent({ deal, fact, to }))).toContain(`deal.snooze D-7K3QXM/${fact.duty}`);
  });

  it('tells the deal’s owner whose condition it is', () => {
    const owing = reminderOf('condition', 'overdue');
    expect(plain(sent({ ...owing, to: 'senior-1' }))).toContain('so you can say that it is done, as @rep-1 can.');
  });

  it('says in the thread that a condition is overdue', () => {
    const owing = everyReminder.find(({ to, fact }) => to === undefined && fact.owed.kind === 'condition');
    if (!owing) throw new Error('no reminder goes to the thread');
    const card = sent(owing);
    expect(card.blocks[0]).toMatchObject({ text: 'A condition is overdue', tone: 'attention' });
    expect(plain(card)).toContain('@rep-1: is it done? Press Done and say how.');
    expect(plain(card)).not.toContain('You get this');
  });
});

describe('an escalation', () => {
  it('says who may need help, and blames nobody', () => {
    const text = plain(sent(reminderOf('section', 'escalation')));
    expect(text).toContain('The section “Product” has waited since 10 March 2027. @product-1 may need help.');
    expect(text).toContain('because you are in Compliance, and it has waited for 6 business days.');
    expect(plain(sent(reminderOf('condition', 'escalation')))).toContain(
      'The condition “End access on misuse” was due 1 March 2027. @rep-1 may need help.',
    );
  });

  it('tells a manager whose it is, and no more than they may read', () => {
    const owing = reminderOf('section', 'escalation');
    const duty = owing.fact.duty.replace('compliance-1', 'boss-1');
    const card = sent({ ...owing, fact: { ...owing.fact, duty }, to: 'boss-1' }, withManager);
    expect(plain(card).split('\n')[0]).toBe('# D-7K3QXM');
    expect(plain(card)).toContain('you are the manager of @product-1, and it has waited for 6 business days.');
    expect(presses(card)).toEqual([]);
    const asked = reminderOf('information', 'escalation');
    const other = asked.fact.duty.replace('compliance-1', 'boss-1');
    const text = plain(sent({ ...asked, fact: { ...asked.fact, duty: other }, to: 'boss-1' }, withManager));
    expect(text).toContain('A question of an approver has waited since 12 March 2027. @rep-1 may need help.');
    expect(text).not.toContain('Who operates it?');
  });

  it('asks for somebody else where whoever had it has left', () => {
    const gone = (deal: OpenedDeal): DealView =>
      aView(deal, { organisation: anOrganisation({ people: people.filter(({ id }) => id !== 'product-1') }) });
    const text = plain(sent(reminderOf('section', 'escalation'), gone));
    expect(text).toContain('please find somebody to take it over.');
    expect(text).not.toContain('product-1');
  });
});
