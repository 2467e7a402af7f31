/** A card in use, in a message or a dialog: presses go to the server, typed values survive a redraw. */

import { el, run } from '../dom.ts';
import { drawCard, type CardAction, type DrawnCard } from './card.ts';
import { follow } from './links.ts';
import { act } from './session.ts';
import type { CardJson, Pressed, TeamsDone } from './wire.ts';

export interface CardSurface {
  element: HTMLElement;
  /** Keeps values typed since the last press where the new card has the same inputs. The same card changes nothing. */
  show(card: CardJson | undefined): void;
  busy(): boolean;
}

type Values = Map<string, string | undefined>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a copy of the card in which these inputs hold these values. */
const withValues = (value: unknown, typed: Values): unknown => {
  if (Array.isArray(value)) return value.map((inner) => withValues(inner, typed));
  if (!isRecord(value)) return value;
  const { id, type } = value;
  if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string' && typed.has(id))
    return { ...value, value: typed.get(id) ?? '' };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withValues(inner, typed)]));
};

const changedSince = (before: Values, now: Values): Values =>
  new Map([...now].filter(([id, value]) => before.get(id) !== value));

interface Place {
  input: string;
  value: string;
  caret: number | null;
}

/** Returns the keyboard's place, in terms that survive a redraw. */
const placeIn = (element: HTMLElement): Place | undefined => {
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || !element.contains(at)) return undefined;
  const holds = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement;
  return {
    input: at.closest<HTMLElement>('[data-input]')?.dataset['input'] ?? '',
    value: holds ? at.value : at.textContent,
    caret: holds && at.type !== 'date' && at.type !== 'radio' && at.type !== 'checkbox' ? at.selectionStart : null,
  };
};

const returnTo = (element: HTMLElement, { input, value, caret }: Place): boolean => {
  const holder = input === '' ? null : element.querySelector(`[data-input="${CSS.escape(input)}"]`);
  const fields = [...(holder?.querySelectorAll<HTMLElement>('input, select, textarea') ?? [])];
  const field = fields.find((f) => f instanceof HTMLInputElement && f.value === value) ?? fields[0];
  const button = [...element.querySelectorAll('button')].find((b) => b.textContent === value);
  const target = field ?? (input === '' ? button : undefined);
  target?.focus({ preventScroll: true });
  if (caret !== null && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement))
    target.setSelectionRange(caret, caret);
  return target !== undefined;
};

const broken = (): HTMLElement =>
  el('p', { class: 'error', role: 'alert' }, 'This card is not one that Teams can show.');

export const cardSurface = (given: {
  on: () => Pressed['on'];
  done: (done: TeamsDone) => void;
  /** Called when a new card was drawn; `before` holds the ids of the last one's inputs. */
  drawn: (element: HTMLElement, before: ReadonlySet<string>) => void;
}): CardSurface => {
  const holder = el('div', { class: 'card-holder' });
  let shown: { json: string; card: DrawnCard | undefined } | undefined;
  let start: Values = new Map();
  let busy = false;

  const setBusy = (on: boolean, button: HTMLElement | undefined): void => {
    busy = on;
    if (on) holder.setAttribute('aria-busy', 'true');
    else holder.removeAttribute('aria-busy');
    for (const each of holder.querySelectorAll<HTMLButtonElement>('button')) {
      // Disabled, the pressed button would lose the keyboard focus.
      if (each !== button) each.disabled = on;
      else if (on) each.setAttribute('aria-busy', 'true');
      else each.removeAttribute('aria-busy');
    }
  };

  const press = async (action: CardAction): Promise<void> => {
    if (action.type === 'Action.OpenUrl') return follow(action.url);
    if (busy) return;
    const before = start;
    const pressedOn = shown;
    start = shown?.card?.values() ?? new Map<string, string>();
    setBusy(true, action.button);
    const { type, verb, data } = action;
    const done = await act('act', { on: given.on(), action: { type, verb, data } } satisfies Omit<
      Pressed,
      'user' | 'tab'
    >);
    setBusy(false, action.button);
    // Nothing replaced the card: the typed values are still only here.
    if (shown === pressedOn && done.card === undefined && !done.dialog) start = before;
    given.done(done);
  };

  return {
    element: holder,
    busy: () => busy,
    show: (card) => {
      const json = JSON.stringify(card ?? null);
      if (json === shown?.json) return;
      const now: Values = shown?.card?.values() ?? new Map<string, string>();
      const typed = changedSince(start, now);
      const place = placeIn(holder);
      shown = { json, card: undefined };
      start = new Map();
      if (!card) return holder.replaceChildren();
      try {
        const drawn = drawCard(card, (action) => run(press(action)));
        start = drawn.values();
        const kept = [...start.keys()].some((id) => typed.has(id))
          ? // Same shape, other values: still a card.
            drawCard(withValues(card, typed) as CardJson, (action) => run(press(action)))
          : drawn;
        shown = { json, card: kept };
        holder.replaceChildren(kept.element);
      } catch (error) {
        holder.replaceChildren(broken());
        reportError(error);
        return;
      }
      const focused = place !== undefined && returnTo(holder, place);
      if (place !== undefined && !focused) holder.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
      given.drawn(holder, new Set(now.keys()));
    },
  };
};
