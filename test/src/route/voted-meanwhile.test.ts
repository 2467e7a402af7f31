/** An approver stands on the last page while another one votes: whoever signs has read what that one wrote. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Form, FormValues } from '../../../blocks/card.ts';
import type { Ballot } from '../../../flows/deal/deal.ts';
import { WEIGHED } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { names, presets } from '../../blocks/forms/support.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { ballot } from '../../support/deal-lines.ts';
import { atDesk, formIn, type AtDesk } from '../../support/desk.ts';

const WORDS = 'I sign, but the embassy told me of the pit where this very police beats students.';
const OWN = 'The use is narrow, and we look at it again.';
const SENIOR = 'senior-2';

let at: AtDesk;
let deal: string;
let acts = 0;
beforeAll(() => {
  at = atDesk({ organisation: anOrganisation() });
});
afterAll(() => at.end());

const viewNow = async () => {
  const view = await at.deals.view(deal);
  if (!view) throw new Error('no deal');
  return view;
};
const votes = async (by: string, more: Partial<Ballot> = {}): Promise<void> => {
  const view = await viewNow();
  if (view.deal.status !== 'deciding') throw new Error('nobody votes');
  const { step, route } = view.deal;
  const outcome = await at.deals.handle(
    deal,
    { type: 'CastVote', step, factsHash: route.factsHash, ballot: ballot(view, more), for: undefined },
    { actor: by, cause: `vote-${(acts += 1)}` },
  );
  expect(outcome.kind).toBe('accepted');
};
const voters = async (): Promise<string[]> => {
  const { deal: now } = await viewNow();
  const counted = now.status === 'deciding' ? now.votes : now.status === 'decided' ? now.decision.votes : [];
  return counted.map(({ by }) => by);
};

const GIVEN: FormValues = {
  'f:H-RF1': 'uphold',
  ...Object.fromEntries(WEIGHED.map((name) => [name, 'a'])),
  outcome: 'approve',
  rationale: OWN,
  noCondition: 'Nothing that we could ask would help.',
};
const submit = (form: Form, cause?: string, given: FormValues = GIVEN): Promise<Reply> => {
  const asked = Object.entries(given).filter(([name]) => names(form).includes(name));
  const values = { ...presets(form), ...Object.fromEntries(asked) };
  return at.ask(SENIOR, { kind: 'submit', form: form.name, context: form.context, values }, undefined, cause);
};
const open = async (): Promise<Form> =>
  formIn(await at.ask(SENIOR, { kind: 'click', name: 'deal.review', value: `${deal}/1` }));
const isLast = ({ context }: Form): boolean => 'signs' in (JSON.parse(context) as object);
const toTheEnd = async (from: Form, given = GIVEN): Promise<Form> => {
  let form = from;
  for (let pages = 0; !isLast(form) && pages < 9; pages += 1) form = formIn(await submit(form, undefined, given));
  expect(form.title).toBe('Review: confirm');
  return form;
};

beforeEach(async () => {
  deal = await at.openDeal();
  await at.answerAll(deal, { 'H-RF1': 'yes' });
  await votes('compliance-1');
});

describe('a plain approval is cast while another approver is on the last page', () => {
  it('shows its words on that page, which counts with one more press', async () => {
    const last = await toTheEnd(await open());
    await votes('counsel-1', { rationale: WORDS });
    const again = formIn(await submit(last));
    expect(await voters()).toEqual(['compliance-1', 'counsel-1']);
    expect(again.title).toBe('Review: confirm');
    expect(JSON.stringify(again)).toContain(WORDS);
    expect(JSON.stringify(again)).toContain('Others decided while you were reading');
    expect(await submit(again)).toEqual({ kind: 'done' });
    expect(await voters()).toEqual(['compliance-1', 'counsel-1', SENIOR]);
  });

  it('shows it on the way there, too, and asks for no further press', async () => {
    const first = await open();
    await votes('counsel-1', { rationale: WORDS });
    const last = await toTheEnd(first);
    expect(JSON.stringify(last)).toContain(WORDS);
    expect(await submit(last)).toEqual({ kind: 'done' });
  });

  it('says once what the first page has said', async () => {
    await votes('counsel-1', { rationale: WORDS });
    const first = await open();
    expect(JSON.stringify(first)).toContain(WORDS);
    const last = await toTheEnd(first);
    expect(JSON.stringify(last)).not.toContain(WORDS);
    expect(JSON.stringify(last)).toContain('What others decided');
    expect(await submit(last)).toEqual({ kind: 'done' });
  });

  it('comes back to a window that was open before, though another one has shown it', async () => {
    const last = await toTheEnd(await open());
    await votes('counsel-1', { rationale: WORDS });
    expect(JSON.stringify(await open())).toContain(WORDS);
    const again = formIn(await submit(last));
    expect(JSON.stringify(again)).toContain(WORDS);
    expect(await voters()).not.toContain(SENIOR);
  });

  it('comes back as well where the vote that it listed is taken back', async () => {
    await votes('counsel-1', { rationale: WORDS });
    const last = await toTheEnd(await open());
    const back = await at.deals.handle(deal, { type: 'TakeVoteBack', step: 1 }, { actor: 'counsel-1', cause: 'back' });
    expect(back.kind).toBe('accepted');
    expect(formIn(await submit(last)).title).toMatch(/^Review/);
    expect(await voters()).not.toContain(SENIOR);
  });

  it('is answered the same when it comes twice, before and after it counts', async () => {
    const last = await toTheEnd(await open());
    await votes('counsel-1', { rationale: WORDS });
    const [one, two] = [formIn(await submit(last, 'press-1')), formIn(await submit(last, 'press-1'))];
    expect(two).toEqual(one);
    expect(await submit(one, 'press-2')).toEqual({ kind: 'done' });
    expect(await submit(one, 'press-2')).toEqual({ kind: 'done' });
    expect(await voters()).toEqual(['compliance-1', 'counsel-1', SENIOR]);
  });

  it('holds up no question', async () => {
    const asks = { ...GIVEN, outcome: 'information', question: 'Who watches over the cameras there?' };
    const last = await toTheEnd(await open(), asks);
    await votes('counsel-1', { rationale: WORDS });
    expect(await submit(last)).toEqual({ kind: 'done' });
  });
});
