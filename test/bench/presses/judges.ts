/** Compliance, counsel and senior approvers who do the least that gets each thing done. */

import type { Form } from '../../../blocks/card.ts';
import { acceptableGaps, exceptionToConfirm } from '../../../flows/deal/context/gaps.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import { TIERS } from '../../../flows/policy/policy.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { formIn } from '../../support/desk.ts';
import { type Filling, type Hand } from './hand.ts';

const RATIONALE = 'The answers and their sources support this decision.';
const LINE = 'Sample country report, 2026, https://reports.example.org/country';

const tierOf = (tier: string | null): number => TIERS.findIndex((one) => one === tier);

/** Tells whether accepting what is not known, or confirming an exception, makes the deal's tier lighter now. */
export const gapsWouldHelp = (view: DealView): boolean => {
  const { policy, facts, assessment } = view;
  const gaps = acceptableGaps(view).map(({ id }) => id);
  const exception = exceptionToConfirm(view);
  if (gaps.length === 0 && !exception) return false;
  const { tier } = policy.evaluate({
    ...facts,
    accepted: [...(facts.accepted ?? []), ...gaps],
    ...(exception ? { confirmed: [...(facts.confirmed ?? []), exception.id] } : {}),
  });
  return tierOf(tier) < tierOf(assessment.tier);
};

/** Accepts all on the page, for all deals to the country or with the product where something is about that. */
export const acceptGaps = async (hand: Hand, view: DealView): Promise<void> => {
  const act = 'accept gaps';
  const form = formIn(await hand.press(act, 'deal.accept-gaps', view.deal.id));
  await hand.send(act, form, ({ name, control }) => {
    if (name === 'reason') return 'Nobody publishes on it; we watch the country closely.';
    if (name === 'for' && control.type === 'radio') return control.options[1]?.value;
    if (control.type !== 'checkboxes') return undefined;
    return control.options.map(({ value }) => value);
  });
};

/** Confirms everything that waits and can be ticked, a page of the form at a time. Resolves with how many deals that were. */
export const confirmAll = async (hand: Hand): Promise<number> => {
  const act = 'confirm scope and lighter answers';
  let done = 0;
  for (;;) {
    const reply: Reply = await hand.say(act, 'confirm');
    if (reply.kind !== 'form') throw new Error('nothing to confirm');
    const all = /^(\d+) /u.exec(JSON.stringify(reply.form.blocks).replace(/^.*?"text":"/su, ''));
    const ticked = reply.form.blocks.flatMap((block) =>
      block.kind === 'input' && block.control.type === 'checkboxes' ? block.control.options : [],
    ).length;
    if (ticked === 0) return done;
    await hand.send(act, reply.form, ({ control }) =>
      control.type === 'checkboxes' ? control.options.map(({ value }) => value) : undefined,
    );
    done += ticked;
    if (Number(all?.[1] ?? ticked) <= ticked) return done;
  }
};

/** Confirms one in its own form: there is more to read than has room beside others. */
export const confirmAlone = async (hand: Hand, deal: string, of: 'scope' | 'lighter'): Promise<void> => {
  const act = 'confirm one in its own form';
  const form = formIn(await hand.press(act, `deal.confirm-${of}`, deal));
  await hand.send(act, form, ({ name }) => (name === 'verdict' ? 'confirm' : undefined));
};

export interface Vote {
  act: string;
  outcome: 'approve' | 'decline';
  conditions: number;
}

const ballot = ({ outcome, conditions }: Vote): Filling => {
  let left = conditions;
  // What was asked for before is taken over, as the form suggests.
  let carries = false;
  return ({ name, control, optional }) => {
    if (name.startsWith('v:')) carries = true;
    if (name.startsWith('f:')) return 'uphold';
    if (name === 'flags') return 'all';
    if (name === 'outcome')
      return (conditions > 0 || carries) && outcome === 'approve' ? 'approve-with-conditions' : outcome;
    if (name === 'rationale') return RATIONALE;
    if (name === 'noCondition') return 'The contract covers it already, clause by clause.';
    if (name === 'noStake') return ['none'];
    if (name.startsWith('c:') && control.type === 'checkboxes') return (left -= 1) >= 0 ? ['yes'] : undefined;
    if (name.startsWith('k:') && control.type === 'checkboxes') return ['yes'];
    if (name === 'cx') return left > 0 ? 'Tell us once a year what it was used for.' : undefined;
    // The weighing: the second of each scale, unless somebody weighed before.
    if (control.type === 'radio' && control.initial === undefined && !optional) return control.options[1]?.value;
    return undefined;
  };
};

/** Follows the review's pages to its end, and signs. */
const through = async (hand: Hand, act: string, first: Form, filling: Filling): Promise<void> => {
  let reply: Reply = { kind: 'form', form: first };
  for (let n = 0; reply.kind === 'form'; n += 1) {
    if (n > 14 || reply.form.submit === undefined) throw new Error(`not signed: ${JSON.stringify(reply.form.blocks)}`);
    reply = await hand.send(act, reply.form, filling);
  }
};

const opened = async (hand: Hand, act: string, { deal }: DealView): Promise<Form> =>
  formIn(await hand.press(act, 'deal.review', `${deal.id}/${deal.status === 'deciding' ? deal.step : 0}`));

export const vote = async (hand: Hand, view: DealView, how: Vote): Promise<void> =>
  through(hand, how.act, await opened(hand, how.act, view), ballot(how));

export const askRep = async (hand: Hand, view: DealView): Promise<void> => {
  const act = 'ask for information';
  const form = await opened(hand, act, view);
  const short = form.blocks
    .flatMap((block) => (block.kind === 'actions' ? block.actions : []))
    .find(({ name, label }) => name === 'deal.review-back' && label === 'Ask for information');
  const page = short
    ? formIn(await hand.press(act, short.name, short.value, { form, filling: () => undefined }))
    : form;
  await through(hand, act, page, ({ name }) => {
    if (name === 'outcome') return 'information';
    return name === 'question' ? 'Which office will use it, and for what?' : undefined;
  });
};

export const acceptEvidence = async (hand: Hand, deal: string, condition: string): Promise<void> => {
  const act = 'accept what was done for a condition';
  const form = formIn(await hand.press(act, 'deal.settle-condition', `${deal}/${condition}`));
  await hand.send(act, form, ({ name }) => (name === 'verdict' ? 'accept' : undefined));
};

/** Pressed on the message that asks for it. */
export const noteLaws = async (hand: Hand, country: string): Promise<void> => {
  const act = 'note on a country';
  const form = formIn(await hand.press(act, 'desk.laws', country));
  const looked = 'Limits to free speech and privacy, access to messages, and who oversees it.';
  await hand.send(act, form, ({ name }) => (name === 'note' ? looked : undefined));
};

export const alertOn = async (hand: Hand, country: string): Promise<void> => {
  const act = 'country alert';
  const form = formIn(await hand.say(act, `alert ${country} Elections were called off, https://news.example.com/a`));
  const seen = formIn(await hand.send(act, form, ({ name }) => (name === 'source' ? LINE : undefined)));
  await hand.send(act, seen, () => undefined);
};
