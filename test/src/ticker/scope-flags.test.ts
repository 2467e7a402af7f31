/** A flag, or a report, of one deal that is out of scope on another's confirmation: nobody rests on that confirmation after it. */

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { silentLogger } from '../../../src/log.ts';
import { tellOthers } from '../../../src/ticker/others.ts';
import { aDeal, anOrganisation, aPolicy } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const policy = aPolicy({ confirmScope: 'able', lighter: 'reason' });
const organisation = anOrganisation({
  products: [{ id: 'sensor', name: 'Sample Sensor', category: 'Data analytics', able: false }],
});

let at: AtDesk;
beforeEach(() => {
  at = atDesk({ policy, organisation });
});
afterEach(() => at.end());

let acts = 0;
const act = async (deal: string, actor: string, command: DealCommand): Promise<DealView> => {
  acts += 1;
  const outcome = await at.deals.handle(deal, command, { actor, cause: `flags-${acts}` });
  if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
  return outcome.view;
};

/** A deal with a state-owned end-user, said to be out of scope. */
const saidOut = async (name: string): Promise<DealView> => {
  acts += 1;
  const { details } = aDeal();
  const opened = await at.deals.open(
    {
      type: 'OpenDeal',
      home: { platform: 'slack', channel: 'C0CLEAR' },
      details: {
        ...details,
        customer: `${name} Trading`,
        product: { id: 'sensor', name: 'Sample Sensor' },
        endUser: { name, kind: 'state-tied' },
      },
    },
    { actor: 'rep-1', cause: `flags-${acts}` },
  );
  if (opened.kind === 'refused') throw new Error(opened.refusal.text);
  const answers = { G1: { value: 'no' as const, sources: [] } };
  return act(opened.view.deal.id, 'rep-1', { type: 'AnswerSection', section: 'scope', answers });
};

const tell = (): Promise<number> => {
  const { index, registers, clock } = at.desk;
  return tellOthers({ index, registers, deals: at.deals, clock, logger: silentLogger });
};
const statusOf = async (deal: string): Promise<string | undefined> => (await at.deals.view(deal))?.deal.status;

it('a flag on a deal that rests on a confirmation ends it for the next end-user', async () => {
  const first = await saidOut('Alpha Mill');
  expect(first.deal.status).toBe('answering');
  await at.ask('compliance-1', { kind: 'click', name: 'deal.confirm-scope', value: first.deal.id }).then((reply) => {
    if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
    const { name: form, context } = reply.form;
    return at.ask('compliance-1', { kind: 'submit', form, context, values: { verdict: 'confirm' } });
  });
  const second = await saidOut('Beta Mill');
  expect(second.deal).toMatchObject({ status: 'out of scope', confirmed: { deal: first.deal.id } });
  await tell();
  await at.travel('2027-03-02T09:00:00.000Z');
  await act(second.deal.id, 'counsel-1', { type: 'RaiseFlag', title: 'They hear ministers through these sensors' });
  await tell();
  expect(await statusOf((await saidOut('Gamma Mill')).deal.id)).toBe('answering');
  // Nobody has looked at the flagged one itself.
  expect(await statusOf(second.deal.id)).toBe('answering');
  expect(await statusOf(first.deal.id)).toBe('out of scope');
});
