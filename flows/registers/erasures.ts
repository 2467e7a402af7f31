/**
 * The register of erasures: who asked to erase which deals and why, who agreed, and when it was done. It is what is left
 * of an erased deal in the record. House rule: two people, and a day in which anybody of compliance can stop it.
 */

import type { DealId, Instant, PersonId } from '../ids.ts';
import { isChief, isOfCompliance, membersOf, OPERATOR, SYSTEM, type Organisation } from '../organisation.ts';
import { own } from '../own.ts';
import { reasonProblem } from '../policy/sentence.ts';
import type {
  DealToErase,
  ErasureId,
  ErasureRequest,
  ErasuresCommand,
  ErasuresEvent,
  ErasuresFact,
  ErasuresState,
} from './erasure-shapes.ts';
import {
  earliest,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterDecided,
} from './register.ts';

/** Deals on one request: each is a line of the form in which somebody looks at it. */
export const MOST_DEALS = 40;
/** Between the second person's word and the erasure. */
export const WAIT_MS = 24 * 60 * 60 * 1000;
/** How often it is counted what the policy keeps no longer. */
const LOOK_MS = 30 * 24 * 60 * 60 * 1000;

const ONLY_COMPLIANCE = 'Only compliance and the chief compliance officer decide that a record is erased.';
const OWN_DEAL = 'You are on the team of one of these deals, so another compliance colleague must do it.';
const GONE = 'This request was stopped, or its deals were erased already.';

/** People who can agree to it: of compliance, off the deals, and not whoever asked. */
const canAgree = (organisation: Organisation, deals: readonly DealToErase[], by: PersonId): PersonId[] =>
  [
    ...new Set([
      ...membersOf(organisation, organisation.roles.compliance),
      ...membersOf(organisation, organisation.roles.chief),
    ]),
  ].filter((id) => id !== by && !deals.some(({ team }) => team.includes(id)));

const firstKept = (deals: readonly DealToErase[]): string | undefined => {
  const kept = deals.find(({ keep }) => keep !== undefined);
  return kept && `${kept.deal} is still needed: ${kept.keep}.`;
};

const rightsProblem = (
  organisation: Organisation,
  actor: PersonId,
  deals: readonly DealToErase[],
): string | undefined => {
  if (!isOfCompliance(organisation, actor)) return ONLY_COMPLIANCE;
  return deals.some(({ team }) => team.includes(actor)) ? OWN_DEAL : undefined;
};

const decideAsk = (
  { deals, why: written }: Extract<ErasuresCommand, { type: 'AskErasure' }>,
  state: ErasuresState,
  { actor, at, id }: { actor: PersonId; at: Instant; id: string },
  organisation: Organisation,
): RegisterDecided<ErasuresEvent> => {
  const no = actor === OPERATOR ? undefined : rightsProblem(organisation, actor, deals);
  if (no !== undefined) return refuseRegister('not allowed', no);
  if (deals.length === 0) return refuseRegister('not valid', 'Please name at least one deal.', 'deals');
  if (deals.length > MOST_DEALS) {
    return refuseRegister('not valid', `At most ${MOST_DEALS} deals at once: somebody has to look at each.`, 'deals');
  }
  const asked = new Set(Object.values(state.requests).flatMap((request) => request.deals));
  const twice = deals.find(({ deal }) => asked.has(deal));
  if (twice) return refuseRegister('not now', `Somebody asked already to erase ${twice.deal}.`, 'deals');
  const kept = firstKept(deals);
  if (kept !== undefined) return refuseRegister('not now', kept, 'deals');
  const why = written.trim();
  const silent = reasonProblem(why, 'Please say why. It is what stays on the record.');
  if (silent !== undefined) return refuseRegister('not valid', silent, 'why');
  return {
    kind: 'accepted',
    events: [
      {
        at,
        by: actor,
        type: 'ErasureAsked',
        request: `erasure-${id}`,
        deals: deals.map(({ deal }) => deal),
        why,
        early: deals.some(({ early }) => early),
        told: canAgree(organisation, deals, actor),
      },
    ],
  };
};

/** Those who have said that it be erased: whoever runs the bot's machine is not one of them. */
const willing = ({ by, agreed }: ErasureRequest): PersonId[] => [
  ...(by === OPERATOR ? [] : [by]),
  ...agreed.map((one) => one.by),
];

const decideAgree = (
  { deals }: Extract<ErasuresCommand, { type: 'AgreeErasure' }>,
  request: ErasureRequest,
  { actor, at }: { actor: PersonId; at: Instant },
  organisation: Organisation,
): RegisterDecided<ErasuresEvent> => {
  const no = rightsProblem(organisation, actor, deals);
  if (no !== undefined) return refuseRegister('not allowed', no);
  const before = willing(request);
  if (before.includes(actor)) {
    return refuseRegister('not allowed', 'You have said so already: a second person must look at it.');
  }
  if (request.due !== undefined) return refuseRegister('not now', 'Two people have agreed to this already.');
  if (deals.length < request.deals.length) return refuseRegister('not now', GONE);
  const kept = firstKept(deals);
  if (kept !== undefined) return refuseRegister('not now', kept);
  const all = [...before, actor];
  const early = request.early || deals.some((deal) => deal.early);
  const complete = all.length >= 2;
  if (complete && early && !all.some((id) => isChief(organisation, id))) {
    return refuseRegister(
      'not allowed',
      'The policy keeps one of these deals for longer, or new deals are still told of it: the chief compliance officer must be one of the two.',
    );
  }
  const due = complete ? new Date(Date.parse(at) + WAIT_MS).toISOString() : undefined;
  const told = canAgree(organisation, deals, actor);
  return {
    kind: 'accepted',
    events: [
      {
        at,
        by: actor,
        type: 'ErasureAgreed',
        request: request.id,
        ...(due === undefined ? {} : { due }),
        // Whoever decided on a deal knows whether it may be forgotten.
        told: due === undefined ? told : [...new Set([...told, ...deals.flatMap(({ voters }) => voters)])],
      },
    ],
  };
};

/** The request without the deal; none where it was the last. */
const without = (state: ErasuresState, id: ErasureId, deal?: DealId): ErasuresState => {
  const request = own(state.requests, id);
  if (!request) return state;
  const deals = deal === undefined ? [] : request.deals.filter((one) => one !== deal);
  const others = Object.entries(state.requests).filter(([key]) => key !== id);
  const left = deals.length === 0 ? [] : [[id, { ...request, deals }] as const];
  return { ...state, requests: Object.fromEntries([...others, ...left]) };
};

export const isDue = ({ due }: ErasureRequest, now: Instant): boolean => due !== undefined && due <= now;

/** When it is to be counted again what is kept no longer; null where the policy keeps all for as long as it takes. */
export const countDueAt = (
  { counted }: ErasuresState,
  { policy }: Pick<RegisterContext, 'policy'>,
  now: Instant,
): Instant | null => {
  if (!policy?.retention) return null;
  return counted === undefined ? now : new Date(Date.parse(counted) + LOOK_MS).toISOString();
};

const complianceOf = ({ organisation }: RegisterContext) =>
  toPeople(membersOf(organisation, organisation.roles.compliance));

const chiefOf = ({ organisation }: RegisterContext): PersonId[] => membersOf(organisation, organisation.roles.chief);

/** Those whose request it is, and the chief. */
const theirs = (request: ErasureRequest, context: RegisterContext) =>
  toPeople([...willing(request), ...chiefOf(context)]);

export const erasures: Register<ErasuresState, ErasuresCommand, ErasuresEvent, ErasuresFact> = {
  name: 'erasures',
  none: { requests: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ErasureAsked': {
        const { request: id, deals, why, early, by, at } = event;
        return { ...state, requests: { ...state.requests, [id]: { id, deals, why, early, by, at, agreed: [] } } };
      }
      case 'ErasureAgreed': {
        const request = own(state.requests, event.request);
        if (!request) return state;
        const { by, at, due } = event;
        const next = { ...request, agreed: [...request.agreed, { by, at }], ...(due === undefined ? {} : { due }) };
        return { ...state, requests: { ...state.requests, [request.id]: next } };
      }
      case 'ErasureStopped':
        return without(state, event.request);
      case 'DealErased':
      case 'DealKept':
        return without(state, event.request, event.deal);
      case 'ErasedAgain':
        return state;
      case 'KeptCounted':
        return { ...state, counted: event.at };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, { organisation }) => {
    const { actor, at } = meta;
    const stamp = { at, by: actor };
    const request = 'request' in command ? own(state.requests, command.request) : undefined;
    if ('request' in command && !request) return refuseRegister('not now', GONE);
    switch (command.type) {
      case 'AskErasure':
        return decideAsk(command, state, meta, organisation);
      case 'AgreeErasure':
        return request ? decideAgree(command, request, meta, organisation) : refuseRegister('not now', GONE);
      case 'StopErasure': {
        if (!isOfCompliance(organisation, actor)) return refuseRegister('not allowed', ONLY_COMPLIANCE);
        const reason = command.reason.trim();
        const silent = reasonProblem(reason, 'Please say why. It stays on the record.');
        if (silent !== undefined) return refuseRegister('not valid', silent, 'reason');
        return { kind: 'accepted', events: [{ ...stamp, type: 'ErasureStopped', request: command.request, reason }] };
      }
      case 'DealErased':
      case 'DealKept': {
        if (actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        if (!request?.deals.includes(command.deal) || !isDue(request, at)) return refuseRegister('not now', GONE);
        return { kind: 'accepted', events: [{ ...stamp, ...command }] };
      }
      case 'ErasedAgain':
        return actor === SYSTEM
          ? { kind: 'accepted', events: [{ ...stamp, ...command }] }
          : refuseRegister('not allowed', 'Only the bot itself does this.');
      case 'CountKept':
        return actor === SYSTEM
          ? { kind: 'accepted', events: [{ ...stamp, type: 'KeptCounted', deals: command.deals }] }
          : refuseRegister('not allowed', 'Only time itself does this.');
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, context, before) => {
    const [was, is] = 'request' in event ? [own(before.requests, event.request), own(now.requests, event.request)] : [];
    switch (event.type) {
      case 'ErasureAsked':
        return is ? [[{ fact: 'erasure asked', request: is }, toPeople(event.told)]] : [];
      case 'ErasureAgreed':
        return is && event.due !== undefined
          ? [[{ fact: 'erasure agreed', request: is }, toPeople([...event.told, ...willing(is)])]]
          : [];
      case 'ErasureStopped': {
        const { reason, by } = event;
        return was ? [[{ fact: 'erasure stopped', request: was, reason, by }, theirs(was, context)]] : [];
      }
      case 'DealKept': {
        const { deal, why } = event;
        return was ? [[{ fact: 'deals kept', request: was, deal, why }, theirs(was, context)]] : [];
      }
      case 'DealErased':
        return was && !is ? [[{ fact: 'deals erased', request: was }, theirs(was, context)]] : [];
      case 'KeptCounted':
        return event.deals > 0 ? [[{ fact: 'kept no longer', deals: event.deals }, complianceOf(context)]] : [];
      case 'ErasedAgain':
        return [];
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: (state, now, context) =>
    earliest([...Object.values(state.requests).map(({ due }) => due ?? null), countDueAt(state, context, now)]),
  tick: undefined,
  bulk: false,
};
