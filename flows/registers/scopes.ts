/** Confirmations of scope: a product that compliance found out of scope for a kind of end-user, for twelve months. */

import { addMonths } from '../calendar.ts';
import type { Instant, PersonId } from '../ids.ts';
import { isOfCompliance, SYSTEM } from '../organisation.ts';
import type { DroppedScopes, ScopeConfirmation, SentBackScope } from '../scope-confirmation.ts';
import { withEnded } from './kept-ended.ts';
import { refuseRegister, type Register } from './register.ts';

export interface ScopesState {
  /** Oldest first. */
  scopes: readonly ScopeConfirmation[];
  /** Those that were withdrawn, by product and kind, while a deal may rest on one. Absent: none. */
  dropped?: readonly DroppedScopes[] | undefined;
  /** Deals that were sent back within the year before the last was, oldest first. Absent: none, or in older snapshots. */
  back?: readonly SentBackScope[] | undefined;
}

export type ScopesCommand =
  | { type: 'KeepScope'; scope: ScopeConfirmation }
  /** Compliance sent such a deal back, or lighter answers about its product, or something was said against one: earlier confirmations stand no longer. */
  | { type: 'DropScope'; product: string; kind: string; why?: WhyBack | undefined };

type WhyBack = Pick<SentBackScope, 'of' | 'name' | 'deal' | 'reason'>;

export type ScopesEvent = { at: Instant; by: PersonId } & (
  | { type: 'ScopeKept'; scope: ScopeConfirmation }
  /** `why`: of a deal that was sent back. Absent: something was said against one, or in older events. */
  | { type: 'ScopeDropped'; product: string; kind: string; why?: WhyBack }
);

/** Longer than any deal rests on a confirmation. */
const RESTS_MONTHS = 14;

const of = ({ product, kind }: Pick<ScopeConfirmation, 'product' | 'kind'>): string => `${product}/${kind}`;
/** One of another end-user, or of another place, takes the place of none. */
const alike = (a: ScopeConfirmation, b: ScopeConfirmation): boolean =>
  of(a) === of(b) &&
  a.endUser === b.endUser &&
  a.heardOf === b.heardOf &&
  a.destination === b.destination &&
  JSON.stringify([a.between, a.words]) === JSON.stringify([b.between, b.words]) &&
  JSON.stringify([a.rules, a.contradicts].map((all) => all.toSorted())) ===
    JSON.stringify([b.rules, b.contradicts].map((all) => all.toSorted()));

export const scopes: Register<ScopesState, ScopesCommand, ScopesEvent, never> = {
  name: 'scopes',
  none: { scopes: [] },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ScopeKept': {
        const { scope } = event;
        const today = event.at.slice(0, 10);
        // One that ended a day ago may still be today's in another zone.
        const standing = state.scopes.filter((one) => !alike(one, scope) && one.until >= today);
        return { ...state, scopes: [...standing, scope] };
      }
      case 'ScopeDropped': {
        const { product, kind, why, by, at } = event;
        const since = addMonths(at.slice(0, 10), -RESTS_MONTHS);
        const dropped = (state.dropped ?? []).filter((one) => of(one) !== of(event) && one.at >= since);
        return {
          scopes: state.scopes.filter((one) => of(one) !== of(event)),
          dropped: [...dropped, { product, kind, at }],
          ...(why
            ? { back: withEnded(state.back, { product, kind, ...why, by, at }) }
            : state.back
              ? { back: state.back }
              : {}),
        };
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, { actor, at }, { organisation }) => {
    // The bot drops what the deal that it came from no longer says.
    const may = isOfCompliance(organisation, actor) || (actor === SYSTEM && command.type === 'DropScope');
    if (!may) {
      return refuseRegister('not allowed', 'Only compliance can confirm that a product is out of scope.');
    }
    const stamp = { at, by: actor };
    switch (command.type) {
      case 'KeepScope':
        return { kind: 'accepted', events: [{ ...stamp, type: 'ScopeKept', scope: command.scope }] };
      case 'DropScope': {
        const { product, kind, why } = command;
        // Whoever confirms the next one reads why this one went back.
        if (!why && !state.scopes.some((one) => of(one) === of({ product, kind }))) {
          return refuseRegister('not now', 'No confirmation stands for this product and kind of end-user.');
        }
        return {
          kind: 'accepted',
          events: [{ ...stamp, type: 'ScopeDropped', product, kind, ...(why ? { why } : {}) }],
        };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: () => [],
  nextDueAt: () => null,
  tick: undefined,
};
