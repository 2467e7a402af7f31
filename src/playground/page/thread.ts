/** The thread next to the channel. */

import { composer } from './composer.ts';
import { byId, el } from './dom.ts';
import { show } from './place.ts';
import { ask, channelOf } from './session.ts';
import { timeline, type Timeline } from './timeline.ts';
import { toast } from './toast.ts';
import { typing } from './typing.ts';
import type { ShownMessage } from './wire.ts';

interface OpenThread {
  channel: string;
  root: string;
  list: Timeline;
}

export interface ThreadPane {
  now(): OpenThread | undefined;
  /** `focus`: the message to point at. */
  open(channel: string, root: string, focus?: string): Promise<void>;
  load(): Promise<void>;
  close(): void;
  /** Closes the thread, or its opening, because another place is opened. */
  leave(): void;
}

/** `changed` runs when a thread was opened or closed. */
export const threadPane = (changed: () => void): ThreadPane => {
  const place = byId('thread');
  let thread: OpenThread | undefined;
  let turn = 0;

  const leave = (): void => {
    turn += 1;
    thread = undefined;
    place.hidden = true;
    place.replaceChildren();
  };
  const close = (): void => {
    leave();
    show('channel');
    changed();
  };
  const head = (channel: string): HTMLElement =>
    el(
      'header',
      // Of a part of the page, not of the page.
      { role: 'presentation' },
      el(
        'h2',
        { class: 'part-title', tabindex: -1 },
        'Thread',
        el('span', { class: 'where' }, ` #${channelOf(channel)?.name ?? ''}`),
      ),
      el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close thread', onclick: close }, '×'),
    );
  const messagesOf = (channel: string, root: string): Promise<ShownMessage[]> =>
    ask<ShownMessage[]>('messages', { channel, thread: root });

  return {
    now: () => thread,
    leave,
    close,
    load: async () => {
      const known = thread;
      await known?.list.load(() => messagesOf(known.channel, known.root));
    },
    open: async (channel, root, focus) => {
      turn += 1;
      const mine = turn;
      const messages = await messagesOf(channel, root);
      if (turn !== mine) return;
      if (messages.length === 0) return toast('This thread was deleted.');
      const list = timeline('Thread', { openThread: () => undefined, inThread: true }, () => undefined);
      const box = composer('reply', 'Reply in thread', typing({ channel, thread: root }));
      place.replaceChildren(head(channel), list.element, box.element);
      place.hidden = false;
      thread = { channel, root, list };
      list.show(messages);
      show('thread');
      changed();
      if (focus !== undefined) list.highlight(focus);
    },
  };
};
