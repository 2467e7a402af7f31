/** Whoever says who a party is reads what a colleague said of the same party, and the same entry of a list, in another deal. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import { elsewhereBlocks } from '../../../blocks/cards/hit-words.ts';
import { waitingFor } from '../../../flows/deal/rights/whose-turn.ts';
import { hitsElsewhere } from '../../../src/route/hits.ts';
import { plain } from '../../blocks/cards/plain.ts';
import { formIn } from '../../support/desk.ts';
import { screenedDesk, ZEVRANKA, type ScreenedDesk } from '../../support/screened-deals.ts';

const WHY = 'It is the same address, I looked in the register.';
const OTHER = 'Their owner is born in another year.';
const PARTY = 'Zevranka Dynamics Group';

let at: ScreenedDesk;
let first: string;
let second: string;

const opened = async (endUser: string): Promise<string> => {
  const deal = await at.openWith({ customer: PARTY, endUser: { name: endUser, kind: 'private' } });
  await at.screening.look();
  return deal;
};
const flagOf = async (deal: string): Promise<string> =>
  (await at.view(deal)).deal.ownFlags.find(({ hit }) => hit)?.id ?? '';
const formOf = async (deal: string, person: string): Promise<Form> =>
  formIn(await at.ask(person, { kind: 'click', name: 'deal.another-party', value: `${deal}/${await flagOf(deal)}` }));
const pageOf = ({ blocks }: Form): string =>
  plain({ blocks: blocks.flatMap((block) => (block.kind === 'input' ? [] : [block])) });
const sent = (person: string, { name, context }: Form) =>
  at.ask(person, { kind: 'submit', form: name, context, values: { verdict: 'dismiss', reason: OTHER } });

describe('how a hit was settled in another deal', () => {
  beforeAll(async () => {
    at = screenedDesk();
    await at.take([ZEVRANKA]);
    first = await opened('Nazar Loom House');
    second = await opened('Tolbun Ferry Bureau');
  });
  afterAll(() => at.end());

  it('stands on the form of the next, and a form of before comes back with it', async () => {
    const before = await formOf(second, 'compliance-2');
    expect(pageOf(before)).not.toContain('In other deals');
    const flag = await flagOf(first);
    expect(await at.act(first, 'compliance-1', { type: 'AdmitFlag', flag, weight: 'severe', reason: WHY })).toBe(
      'accepted',
    );
    const back = formIn(await sent('compliance-2', before));
    expect(pageOf(back)).toContain(`It is them, says @compliance-1: “${WHY}”`);
    expect(pageOf(back)).toContain('Nothing is saved yet');
    expect(pageOf(back)).not.toContain(first);
    expect(pageOf(await formOf(second, 'compliance-2'))).toContain(WHY);
    expect((await sent('compliance-2', back)).kind).toBe('done');
  });

  it('stands on the first page of a review', async () => {
    await at.answerAll(second);
    const { people } = waitingFor(await at.view(second));
    const page = pageOf(formIn(await at.ask(people[0]!, { kind: 'click', name: 'deal.review', value: second })));
    expect(page).toContain(`Another party, says @compliance-2: “${OTHER}”`);
    expect(page).toContain(`It is them, says @compliance-1: “${WHY}”`);
    expect(page).not.toContain(first);
  });

  it('is not waited for, and the page says so', async () => {
    const view = await at.view(second);
    const silent = { index: at.desk.index, deals: { ...at.desk.deals, view: () => new Promise<never>(() => {}) } };
    expect(await hitsElsewhere(silent, view, view.deal.ownFlags, 1)).toBe('late');
    const failing = { ...silent, deals: { ...at.desk.deals, view: () => Promise.reject(new Error('away')) } };
    expect(await hitsElsewhere(failing, view, view.deal.ownFlags, 60_000)).toEqual([]);
    expect(plain({ blocks: elsewhereBlocks('late') })).toContain('open it again');
  });

  it('stands on the form of one who is named by another name of that entry', async () => {
    await at.take([{ ...ZEVRANKA, aliases: ['Black Heron Trading'] }]);
    await at.spread();
    const other = await at.openWith({
      customer: 'Black Heron Trading',
      endUser: { name: 'Fern Toll Board', kind: 'private' },
    });
    await at.screening.look();
    expect(pageOf(await formOf(other, 'compliance-2'))).toContain(WHY);
  });

  it('is of the same entry alone', async () => {
    const third = await at.openWith({ customer: 'Borim Supply', endUser: { name: PARTY, kind: 'private' } });
    await at.screening.look();
    const page = pageOf(await formOf(third, 'compliance-2'));
    expect(page.indexOf(WHY)).toBeGreaterThan(-1);
    expect(page.indexOf(OTHER)).toBeGreaterThan(page.indexOf(WHY));
    await at.take([{ ...ZEVRANKA, id: 'MU-7' }], 'another');
    await at.spread();
    const flag = (await at.view(third)).deal.ownFlags.findLast(({ hit }) => hit)?.id ?? '';
    const other = formIn(
      await at.ask('compliance-2', { kind: 'click', name: 'deal.another-party', value: `${third}/${flag}` }),
    );
    expect(pageOf(other)).not.toContain(WHY);
  });
});
