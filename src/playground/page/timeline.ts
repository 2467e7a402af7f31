/** A list of messages that follows the server: only what changed is drawn again, so that focus and typing stay. */
import { dayName } from './days.ts';
import { arrange, el } from './dom.ts';
import { dateOf, drawMessage, type MessageActions } from './message.ts';
import type { ShownMessage } from './wire.ts';

export interface Timeline {
  element: HTMLElement;
  show(messages: readonly ShownMessage[]): void;
  put(message: ShownMessage): void;
  remove(ts: string): void;
  has(ts: string): boolean;
  last(): string | undefined;
  highlight(ts: string): void;
  /** Another day is today. */
  dayChanged(): void;
}

const NEAR_PX = 120;

export const timeline = (label: string, actions: MessageActions, empty: () => HTMLElement | undefined): Timeline => {
  const list = el('div', { class: 'messages', role: 'log', 'aria-label': label, 'aria-live': 'polite', tabindex: 0 });
  const items = new Map<string, { json: string; node: HTMLElement; message: ShownMessage }>();
  const ordered = () => [...items.values()].toSorted((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  const atEnd = (): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

  const place = (): void => {
    const wanted: HTMLElement[] = [];
    let day = '';
    for (const { node, message } of ordered()) {
      const name = dayName(dateOf(message.ts));
      if (name !== day) {
        const known = list.querySelector<HTMLElement>(`.day[data-day="${CSS.escape(name)}"]`);
        wanted.push(known ?? el('div', { class: 'day', 'data-day': name }, el('span', {}, name)));
      }
      day = name;
      wanted.push(node);
    }
    const nothing = wanted.length === 0 ? empty() : undefined;
    if (nothing) wanted.push(nothing);
    arrange(list, wanted);
  };

  const draw = (message: ShownMessage): void => {
    const json = JSON.stringify(message);
    const known = items.get(message.ts);
    if (known?.json === json) return;
    const focused = known?.node.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const node = drawMessage(message, actions);
    node.dataset['ts'] = message.ts;
    items.set(message.ts, { json, node, message });
    known?.node.replaceWith(node);
    if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
  };

  return {
    element: list,
    show: (messages) => {
      const end = atEnd() || items.size === 0;
      const wanted = new Set(messages.map((m) => m.ts));
      for (const ts of items.keys()) if (!wanted.has(ts)) items.delete(ts);
      messages.forEach(draw);
      place();
      if (end) list.scrollTop = list.scrollHeight;
    },
    put: (message) => {
      const end = atEnd();
      draw(message);
      place();
      if (end) list.scrollTop = list.scrollHeight;
    },
    remove: (ts) => {
      items.delete(ts);
      place();
    },
    has: (ts) => items.has(ts),
    last: () => ordered().at(-1)?.message.ts,
    dayChanged: place,
    highlight: (ts) => {
      const node = items.get(ts)?.node;
      if (!node) return;
      node.classList.add('linked');
      node.scrollIntoView({ block: 'center' });
    },
  };
};
