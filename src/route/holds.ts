/** Holds: compliance places one, lifts it, moves its review date, and lists those in force. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { holdsCard, placeHoldCard } from '../../blocks/cards/hold.ts';
import { holdContext, placeHoldContext, readContext } from '../../blocks/forms/context.ts';
import {
  holdForm,
  holdReviewForm,
  liftHoldForm,
  readHoldForm,
  readHoldReviewForm,
  readLiftHoldForm,
  type HoldMatch,
  type ReadHold,
} from '../../blocks/forms/hold.ts';
import { dayWords } from '../../blocks/words.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import { isOver } from '../../flows/deal/context/holds.ts';
import { isLikeHeldBy } from '../../flows/deal/context/similar-holds.ts';
import { whoElseSettles } from '../../flows/deal/owing/settling.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { endUserKey, endUserKeys, marksOf, sameEndUser, shareKey } from '../../flows/end-user.ts';
import type { Hold, LiftedHold, PlannedHold } from '../../flows/hold.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { HoldReach } from '../../flows/registers/hold-shapes.ts';
import { keptAt } from '../../flows/registers/kept-ended.ts';
import { sha256 } from '../../store/chain.ts';
import type { Reply } from '../edge/interaction.ts';
import { dealNamedIn } from '../ids.ts';
import type { IndexedDeal } from '../streams/indexed-deal.ts';
import { isLive } from '../ticker/screening.ts';
import {
  deny,
  gone,
  mistaken,
  readable,
  refusedForm,
  tell,
  type Desk,
  type OnChange,
  type OnDeskClick,
  type OnSubmit,
  type Submit,
  type Words,
} from './desk.ts';
import { counted, COUNTING } from './lists.ts';
import { toType } from './opening.ts';
import { submitted } from './submit.ts';

const ONLY_COMPLIANCE = 'Only compliance can place and lift holds. If you know of a reason for one, tell them.';

const mayNot = (desk: Desk, person: string): Reply | undefined =>
  isOfCompliance(desk.organisation(), person) ? undefined : deny(ONLY_COMPLIANCE);

const today = (desk: Desk): string => dayIn(desk.clock().toISOString(), calendarOf(desk.organisation()));

/** Deals that a hold on this end-user would reach. */
const named = async (desk: Desk, name: string): Promise<IndexedDeal[]> => {
  const keys = marksOf(endUserKeys(name));
  return (await desk.index()).filter((deal) => !deal.over && shareKey(deal.everNamed, keys));
};

const reachOf = (deals: readonly Pick<IndexedDeal, 'team'>[]): HoldReach => ({
  deals: deals.length,
  team: [...new Set(deals.flatMap(({ team }) => team))],
});

const reachOfDeal = (view: DealView | undefined): HoldReach =>
  view && !isOver(view.deal) ? { deals: 1, team: view.deal.team } : { deals: 0, team: [] };

/**
 * A hold also stays on deals whose end-user has changed since. Of those that name somebody who is called much like the one on
 * hold, only this person's own are looked for: they are read one by one.
 */
const reachHeld = async (desk: Desk, { id, on }: Hold, person: PersonId): Promise<HoldReach> => {
  if (on.of === 'deal') {
    const of = await desk.deals.view(on.deal);
    const { deals, team } = reachOfDeal(of);
    return { deals, team: [...team, ...(of?.deal.recused ?? []).map(({ by }) => by)] };
  }
  const keys = marksOf(endUserKeys(on.name));
  const all = await desk.index();
  const held = all.filter((deal) => deal.holds.includes(id) || (!deal.over && shareKey(deal.everNamed, keys)));
  const apart = held.map((deal) => ({ team: [...deal.team, ...(deal.digest?.recused ?? [])] }));
  if (apart.some(({ team }) => team.includes(person))) return reachOf(apart);
  const like: Pick<IndexedDeal, 'team'>[] = [];
  for (const deal of all.filter(
    (one) => isLive(one) && (one.team.includes(person) || one.digest?.recused?.includes(person)),
  )) {
    const view = await desk.deals.view(deal.id);
    if (view && isLikeHeldBy(view, id)) like.push({ team: [...deal.team, person] });
  }
  return reachOf([...apart, ...like]);
};

const reach = async (desk: Desk, on: ReadHold['on']): Promise<HoldReach> =>
  on.of === 'deal' ? reachOfDeal(await desk.deals.view(on.deal)) : reachOf(await named(desk, on.name));

/** Returns who lifts a colleague's hold in place of this person, who approved one of the deals that it stands on. */
const whoElseLifts = async (desk: Desk, { id, on, by }: Hold, person: string): Promise<string[]> => {
  if (by === person) return [];
  const all =
    on.of === 'deal' ? [on.deal] : (await desk.index()).flatMap((deal) => (deal.holds.includes(id) ? [deal.id] : []));
  for (const deal of all) {
    const view = await desk.deals.view(deal);
    const others = view ? whoElseSettles(view, person, by) : [];
    if (others.length > 0) return others;
  }
  return [];
};

const MOST_SHOWN = 5;

/** Deals that the hold would reach, as shown before it is placed. */
const matchOf = async (desk: Desk, on: ReadHold['on'], person: string): Promise<HoldMatch> => {
  const found = on.of === 'deal' ? [on.deal] : (await named(desk, on.name)).map(({ id }) => id);
  const views = await Promise.all(found.slice(0, MOST_SHOWN).map((id) => readable(desk, id, person)));
  const shown = views.flatMap((view) => view ?? []);
  return {
    // One typed letter can become eighteen in its key, and a form's context is short.
    seen: on.of === 'deal' ? on.deal : `end-user:${sha256(endUserKey(on.name))}`,
    deals: on.of === 'deal' ? shown.length : found.length,
    shown,
  };
};

/** Answers `/deal hold D-…`, `/deal hold`, or the same words in a thread. */
export const onHoldWords = (desk: Desk, act: Words, deal: DealView | undefined): Reply => {
  const no = mayNot(desk, act.person);
  if (no) return no;
  return act.canOpen
    ? { kind: 'form', form: holdForm({ deal, today: today(desk) }) }
    : { kind: 'tell', card: placeHoldCard(deal?.deal.id ?? '') };
};

export const onHoldsWords = async (desk: Desk, act: Pick<Words, 'person'>, page = 1): Promise<Reply> =>
  mayNot(desk, act.person) ?? {
    kind: 'tell',
    card: holdsCard((await desk.registers.holds.now()).state, today(desk), page),
  };

export const onHolds: OnDeskClick = (desk, { person, value }) => {
  const page = Number(value);
  return onHoldsWords(desk, { person }, Number.isSafeInteger(page) && page > 0 ? page : 1);
};

export const onHold: OnDeskClick = async (desk, { person, value }) => {
  const no = mayNot(desk, person);
  if (no) return no;
  const deal = value === '' ? undefined : await readable(desk, value, person);
  return value !== '' && !deal ? gone() : { kind: 'form', form: holdForm({ deal, today: today(desk) }) };
};

export const onHoldChange: OnChange = async (desk, { context, values, person }) => {
  const target = readContext(placeHoldContext, context);
  const no = mayNot(desk, person);
  if (!target || no) return no ?? gone();
  return { kind: 'form', form: holdForm({ today: today(desk) }, values) };
};

export const onHoldSubmit: OnSubmit = async (desk, { context, values, person, cause, place }) => {
  const target = readContext(placeHoldContext, context);
  const no = mayNot(desk, person);
  if (!target || no) return no ?? gone();
  const deal = target.deal === undefined ? undefined : await readable(desk, target.deal, person);
  if (target.deal !== undefined && !deal) return gone();
  const form = (match?: HoldMatch): Form => holdForm({ deal, match, today: today(desk) }, values);
  const read = readHoldForm(values, deal?.deal.id);
  if (!read.ok) return mistaken(context, read.errors, () => form());
  const { on: written, ...rest } = read.value;
  const on: ReadHold['on'] =
    written.of === 'deal' ? { of: 'deal', deal: dealNamedIn(written.deal) ?? written.deal } : written;
  if (!deal && on.of === 'deal' && !(await readable(desk, on.deal, person))) {
    return { kind: 'errors', errors: { deal: 'There is no such deal. Please check its number.' }, form: () => form() };
  }
  const match = deal ? undefined : await counted(desk, matchOf(desk, on, person));
  if (match === 'late') return mistaken(context, { [on.of === 'deal' ? 'deal' : 'endUser']: COUNTING }, () => form());
  // The affected deals are shown once before the hold is placed, and again if its target changed since.
  if (match && match.seen !== target.seen) return { kind: 'form', form: form(match), again: true };
  const outcome = await desk.registers.holds.handle(
    { type: 'PlaceHold', on, ...rest, reach: await reach(desk, on) },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') return refusedForm(outcome.refusal, 'reason', () => form(match));
  const { from } = rest;
  if (from !== undefined && from > today(desk)) {
    return tell(
      `Kept. The hold begins on the morning of ${dayWords(from)}, with that day’s other messages. Until then compliance alone sees it: ${toType(desk, place, 'holds')}`,
    );
  }
  return tell(
    `The hold stands. The threads of its deals and their owners are told what to stop. To see all: ${toType(desk, place, 'holds')}`,
  );
};

const standing = async (desk: Desk, id: string): Promise<Hold | undefined> =>
  own((await desk.registers.holds.now()).state.holds, id);

/** Standing, or planned. */
const placed = async (desk: Desk, id: string): Promise<Hold | PlannedHold | undefined> =>
  (await standing(desk, id)) ?? own((await desk.registers.holds.now()).state.planned ?? {}, id);

/** Lifted holds of within a year on the same deal, or on an end-user of the same name. */
const earlierOn = async (desk: Desk, hold: Hold | undefined): Promise<LiftedHold[]> => {
  const { lifted = [] } = (await desk.registers.holds.now()).state;
  return keptAt(lifted, desk.clock().toISOString()).filter(({ hold: { on } }) =>
    on.of === 'deal'
      ? hold?.on.of === 'deal' && hold.on.deal === on.deal
      : hold?.on.of === 'end-user' && sameEndUser(hold.on.name, on.name),
  );
};

const liftForm = async (desk: Desk, hold: Hold | PlannedHold | undefined, values: FormValues = {}): Promise<Form> =>
  liftHoldForm(hold, values, await earlierOn(desk, hold));

const reviewForm = async (desk: Desk, hold: Hold | undefined, values: FormValues = {}): Promise<Form> =>
  holdReviewForm(hold, values, await earlierOn(desk, hold));

export const onLiftHold: OnDeskClick = async (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: await liftForm(desk, await placed(desk, value)) };

const heldIn = async (
  desk: Desk,
  { context, person }: Submit,
): Promise<{ id: string; hold: Hold | PlannedHold | undefined } | Reply> => {
  const target = readContext(holdContext, context);
  const no = mayNot(desk, person);
  return !target || no ? (no ?? gone()) : { id: target.hold, hold: await placed(desk, target.hold) };
};

export const onLiftHoldSubmit = submitted({
  about: heldIn,
  form: ({ desk, hold, values }) => liftForm(desk, hold, values),
  read: readLiftHoldForm,
  send: async ({ desk, id, hold }, value, ask) =>
    desk.registers.holds.handle(
      {
        type: 'LiftHold',
        hold: id,
        ...value,
        reach: hold ? await reachHeld(desk, hold, ask.actor) : { deals: 0, team: [] },
        ...(hold ? { others: await whoElseLifts(desk, hold, ask.actor) } : {}),
      },
      ask,
    ),
  refusedAt: 'reason',
  next: (_, { hold }) =>
    tell(
      hold && 'from' in hold
        ? 'The hold is withdrawn. No deal was told of it.'
        : 'The hold is lifted. The threads of its deals and their owners are told.',
    ),
});

export const onHoldReview: OnDeskClick = async (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: await reviewForm(desk, await standing(desk, value)) };

export const onHoldReviewSubmit = submitted({
  about: heldIn,
  form: ({ desk, hold, values }) => reviewForm(desk, hold, values),
  read: readHoldReviewForm,
  send: ({ desk, id }, value, ask) => desk.registers.holds.handle({ type: 'MoveReview', hold: id, ...value }, ask),
  refusedAt: 'review',
  next: (_, __, { review }) => tell(`Saved. Compliance is reminded to look at this hold by ${dayWords(review)}.`),
});
