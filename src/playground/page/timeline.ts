/** A list of messages that follows the server: only changed ones are drawn again, so that focus and typing stay. */

import { withDays } from './days.ts';
import { arrange, el, fromItsStart, isPressed, released, run } from './dom.ts';
import { dateOf, drawMessage, type MessageActions } from './message.ts';
import { session } from './session.ts';
import type { ShownMessage } from './wire.ts';

export interface Timeline {
  element: HTMLElement;
  show(messages: readonly ShownMessage[]): void;
  load(ask: () => Promise<readonly ShownMessage[]>): Promise<void>;
  put(message: ShownMessage): void;
  remove(ts: string): void;
  has(ts: string): boolean;
  last(): string | undefined;
  highlight(ts: string): void;
  /** Redraws the days after midnight. */
  dayChanged(): void;
}

const NEAR_PX = 120;

export const timeline = (label: string, actions: MessageActions, empty: () => HTMLElement | undefined): Timeline => {
  const list = el('div', { class: 'messages', role: 'log', 'aria-label': label, 'aria-live': 'polite', tabindex: 0 });
  const items = new Map<string, { json: string; node: HTMLElement; message: ShownMessage }>();
  const ordered = () => [...items.values()].toSorted((a, b) => (a.message.ts < b.message.ts ? -1 : 1));
  const atEnd = (): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

  const place = (): void => {
    const wanted = withDays(
      list,
      ordered().map(({ node, message }) => ({ at: dateOf(message.ts), element: node })),
    );
    const nothing = wanted.length === 0 ? empty() : undefined;
    if (nothing) wanted.push(nothing);
    arrange(list, wanted);
  };

  /** The newest version of each message that is under a press. */
  const waiting = new Map<string, ShownMessage>();
  const afterPress = async (node: HTMLElement, ts: string): Promise<void> => {
    await released(node);
    const message = waiting.get(ts);
    waiting.delete(ts);
    if (message && items.has(ts)) draw(message);
  };

  const draw = (message: ShownMessage): void => {
    const json = JSON.stringify(message);
    const known = items.get(message.ts);
    if (known && isPressed(known.node)) {
      if (!waiting.has(message.ts)) run(afterPress(known.node, message.ts));
      waiting.set(message.ts, message);
      return;
    }
    waiting.delete(message.ts);
    if (known?.json === json) return;
    const focused = known?.node.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const node = drawMessage(message, actions);
    node.dataset['ts'] = message.ts;
    items.set(message.ts, { json, node, message });
    known?.node.replaceWith(node);
    if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
  };

  const show = (messages: readonly ShownMessage[]): void => {
    const end = atEnd() || items.size === 0;
    const wanted = new Set(messages.map((m) => m.ts));
    for (const ts of items.keys()) if (!wanted.has(ts)) items.delete(ts);
    messages.forEach(draw);
    place();
    if (end) list.scrollTop = list.scrollHeight;
  };

  /** Messages put or removed since the server was last asked. */
  let changed = new Set<string>();

  return {
    element: list,
    show,
    load: async (ask) => {
      const live = new Set<string>();
      changed = live;
      const asked = await ask();
      // Events that arrive while the server is asked are newer than its answer.
      const kept = [...items.values()].flatMap(({ message }) => (live.has(message.ts) ? [message] : []));
      show([...asked.filter(({ ts }) => !live.has(ts)), ...kept]);
    },
    put: (message) => {
      changed.add(message.ts);
      // A person's own message is scrolled into view.
      const isNew = !items.has(message.ts);
      const end = atEnd() || (message.author === session.user && isNew);
      draw(message);
      place();
      if (!end) return;
      list.scrollTop = list.scrollHeight;
      if (isNew) fromItsStart(list, items.get(message.ts)?.node);
    },
    remove: (ts) => {
      changed.add(ts);
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
