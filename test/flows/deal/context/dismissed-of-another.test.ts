/** The rep whose colleague’s flag was dismissed for what a deal said, and who asks anew for what it was raised against. */

import { describe, expect, it } from 'vitest';
import { settleFlagForm } from '../../../../blocks/forms/flag.ts';
import { newsOfOthers } from '../../../../flows/deal/context/news.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { asksAnew } from '../../../../flows/deal/context/said-sale.ts';
import type { DealDetails } from '../../../../flows/deal/deal.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import { answerPicture, weighed } from '../../../support/picture-deal.ts';
import type { Story } from '../../../support/story.ts';
import { dealNamed, NOW, openNamed, told } from '../../../support/twins.ts';

const FLAG = 'The security police will read the mail of passengers with it.';
const CUSTOMER = { customer: 'Sample Ferry Board', endUser: { name: 'Sample Ferry Board', kind: 'private' } } as const;
const SALE: Partial<DealDetails> = {
  ...CUSTOMER,
  intermediaries: [{ name: 'Sample Tarn Net', role: 'reseller' }],
  valueBand: '50k-250k',
};

const flagId = ({ view }: Story): string => view.deal.ownFlags.at(-1)!.id;
const saying = (told: Story, change: object): Story => {
  const { endUser, intermediaries } = told.view.deal.details;
  const [rep, command] = answerPicture('stakeholders', {}, endUser.kind, undefined, intermediaries.length > 0);
  if (command.type !== 'AnswerSection') throw new Error(command.type);
  const { S1 } = command.answers;
  return told.and(rep, { ...command, answers: { ...command.answers, S1: { ...S1!, ...change } } });
};
const first = (): Story => saying(dealNamed('D-F1RST1', {}, SALE), { note: 'Annex 3 keeps the police out.' });
const dismissed = (deal: Story = first()): Story => {
  const waits = deal.and('product-1', { type: 'RaiseFlag', title: FLAG });
  return waits.and('compliance-1', { type: 'DismissFlag', flag: flagId(waits), reason: 'They sell tickets alone.' });
};
const second = (details: Partial<DealDetails> = {}, change: object = {}, id = 'D-SEC0ND'): Story =>
  saying(dealNamed(id, {}, { ...SALE, ...details }), { note: 'Annex 3 keeps the police out.', ...change });
const flags = ({ view }: Story) => view.deal.ownFlags.map(({ by, status }) => [by, status]);
const WAITS = [[SYSTEM, 'pending']];

describe('a flag that was dismissed in a deal with the same end-user', () => {
  it('is shown to one that says the same, and waits there for nobody', () => {
    expect(flags(told(second(), dismissed()))).toEqual([]);
    expect(flags(told(second({ valueBand: 'under-50k' }), dismissed()))).toEqual([]);
  });

  it.each<[string, Partial<DealDetails>, object]>([
    ['the part of the company in between', { intermediaries: [{ name: 'Sample Tarn Net', role: 'operator' }] }, {}],
    ['nobody in between', { intermediaries: [] }, {}],
    ['the customer', { customer: 'Sample Guard Yard' }, {}],
    ['the country', { destination: 'KE' }, {}],
    ['the kind', { endUser: { ...CUSTOMER.endUser, kind: 'security' } }, {}],
    ['the value', { valueBand: '1m-10m' }, {}],
    ['no value', { valueBand: undefined }, {}],
    ['the product', { product: { id: 'other', name: 'Sample box' } }, {}],
    ['the name of the end-user, by a letter', { endUser: { name: 'Sample Ferri Board', kind: 'private' } }, {}],
    ['what it is for', {}, { value: 'Read the mail, with the security police.' }],
    ['a note', {}, { note: 'The police have an account.' }],
    ['no note', {}, { note: undefined }],
  ])('waits for compliance in one in which this is another: %s', (_, details, change) => {
    const twin = told(second(details, change), dismissed());
    expect(flags(twin)).toEqual(WAITS);
    const form = JSON.stringify(settleFlagForm(twin.view, flagId(twin)));
    expect(form).toContain(FLAG);
    expect(form).toContain('is not word for word what it was dismissed of');
  });

  it('waits as soon as that is said, where it was heard of before', () => {
    const opened = told(openNamed('D-SEC0ND', SALE), dismissed());
    expect(flags(opened)).toEqual([]);
    const answered = second({}, { value: 'Read the mail, with the security police.' });
    const knows = answered.resume({
      events: answered.events,
      state: { ...answered.state, others: opened.view.deal.others } as Story['state'],
    });
    expect(flags(told(knows, dismissed()))).toEqual(WAITS);
  });

  it('waits where that deal said nothing of what it is for, and this one does', () => {
    const raised = openNamed('D-F1RST1', SALE).and('product-1', { type: 'RaiseFlag', title: FLAG });
    const silent = raised
      .and('compliance-1', { type: 'DismissFlag', flag: flagId(raised), reason: 'They sell tickets alone.' })
      .and('rep-1', { type: 'Withdraw', reason: 'They went away' });
    expect(flags(told(openNamed('D-SEC0ND', SALE), silent))).toEqual([]);
    expect(flags(told(second(), silent))).toEqual(WAITS);
    const bare = dismissed(saying(dealNamed('D-F1RST1', {}, SALE), { note: undefined }));
    expect(flags(told(second({}, { note: 'The police have an account.' }), bare))).toEqual(WAITS);
  });

  it('waits in no third deal that says what it was dismissed of there, too', () => {
    const other = { intermediaries: [{ name: 'Sample Tarn Net', role: 'operator' }] };
    const waits = told(second(other), dismissed());
    const looked = waits.and('compliance-1', (view) => ({
      type: 'DismissFlag',
      flag: flagId(waits),
      reason: 'They run the lines.',
      seen: flagShown(view, view.deal.ownFlags.at(-1)!),
    }));
    expect(flags(told(second(other, {}, 'D-TH1RD1'), dismissed(), looked))).toEqual([]);
    expect(flags(told(second(other, {}, 'D-TH1RD1'), dismissed(), looked.vote('compliance-2', weighed)))).toEqual([]);
    expect(flags(told(second({}, { note: undefined }, 'D-TH1RD1'), dismissed(), looked))).toEqual(WAITS);
    // What was dismissed there since, nobody looked at here.
    const later = dismissed(dismissed());
    expect(flags(told(second(other, {}, 'D-TH1RD1'), later, looked))).toEqual(WAITS);
    // It is told of none of them twice.
    const third = told(second(other, {}, 'D-TH1RD1'), dismissed(), waits);
    const news = newsOfOthers(
      [third, dismissed(), waits].map(({ view }) => saidElsewhere(view)),
      NOW,
    );
    expect(news.get('D-TH1RD1')).toBeUndefined();
  });

  it('waits for nobody where somebody denied what an answer there stood on: that is of its own answers', () => {
    const one = dismissed().view.deal;
    const denial = { ...one.ownFlags.at(-1)!, denies: ['H-RF1'] };
    expect(asksAnew(one)).toBe(true);
    expect(asksAnew({ ownFlags: [denial] })).toBe(false);
  });

  it('waits for nobody where they have the company in between alone in common', () => {
    const other = { customer: 'Sample Mill', endUser: { name: 'Sample Mill', kind: 'private' } } as const;
    expect(flags(told(second(other), dismissed()))).toEqual([]);
  });
});
