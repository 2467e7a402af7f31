/** A review that was left open while its deal was withdrawn and reopened: what was written meanwhile is read first. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import type { DealCommand } from '../../../flows/deal/commands.ts';
import { againstShown } from '../../../flows/deal/deciding/waiting-shown.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { names, presets } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

let at: AtDesk;
beforeAll(() => {
  const { people, groups, ...rest } = anOrganisation();
  at = atDesk({
    organisation: {
      ...rest,
      people: [...people, { id: 'compliance-2', name: 'Sample Compliance Two' }],
      groups: groups.map((g) => (g.id === 'compliance' ? { ...g, members: [...g.members, 'compliance-2'] } : g)),
    },
  });
});
afterAll(() => at.end());

const formOf = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(JSON.stringify(reply));
  return reply.form;
};
const GIVEN = { outcome: 'approve', rationale: 'The use is narrow, and we look at it again.' };
const submit = (form: Form): Promise<Reply> => {
  const asked = Object.fromEntries(Object.entries(GIVEN).filter(([name]) => names(form).includes(name)));
  return at.ask('compliance-1', {
    kind: 'submit',
    form: form.name,
    context: form.context,
    values: { ...presets(form), ...asked },
  });
};
const isLast = ({ context }: Form): boolean => 'signs' in (JSON.parse(context) as object);
const act = async (deal: string, command: DealCommand, actor = 'rep-1'): Promise<void> => {
  const outcome = await at.deals.handle(deal, command, { actor, cause: JSON.stringify(command) });
  expect(outcome.kind).toBe('accepted');
};

const WORDS = 'Their minister told us what it is for.';

it.each<[string, [DealCommand, string?][]]>([
  [
    'withdrawn and reopened',
    [[{ type: 'Withdraw', reason: WORDS }], [{ type: 'Reopen', reason: 'Once more, please.' }]],
  ],
  ['left by an approver', [[{ type: 'Recuse', reason: WORDS }, 'compliance-2']]],
  ['given to somebody else', [[{ type: 'ReassignOwner', to: 'product-1', reason: WORDS }]]],
])('comes back with what was written where the deal was %s, and counts once that was shown', async (_, acts) => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  let form = formOf(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` }));
  while (!isLast(form)) form = formOf(await submit(form));
  for (const [command, actor] of acts) await act(deal, command, actor);
  const view = await at.deals.view(deal);
  expect(view?.deal.status).toBe('deciding');
  expect(view && againstShown(view)).toBeDefined();
  let again = formOf(await submit(form));
  expect(await at.deals.view(deal)).toMatchObject({ deal: { status: 'deciding', votes: [] } });
  expect(JSON.stringify(again)).toContain(WORDS);
  while (!isLast(again)) again = formOf(await submit(again));
  await submit(again);
  expect(await at.deals.view(deal)).toMatchObject({ deal: { status: 'decided' } });
});

it('comes back once with what is written meanwhile in another deal with that end-user', async () => {
  const deal = await at.openDeal();
  await at.answerAll(deal);
  let form = formOf(await at.ask('compliance-1', { kind: 'click', name: 'deal.review', value: `${deal}/0` }));
  while (!isLast(form)) form = formOf(await submit(form));
  const words = 'Their guards told us that they hunt minorities with it.';
  const twin = await at.openDeal();
  await act(twin, { type: 'Withdraw', reason: words });
  let again = formOf(await submit(form));
  expect(await at.deals.view(deal)).toMatchObject({ deal: { status: 'deciding', votes: [] } });
  expect(JSON.stringify(again)).toContain(words);
  while (!isLast(again)) again = formOf(await submit(again));
  await submit(again);
  expect(await at.deals.view(deal)).toMatchObject({ deal: { status: 'decided' } });
});
