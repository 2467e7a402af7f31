/** A message with its replies below it, as in channels; in a chat, the message alone. */

import { composer, type Composer } from '../composer.ts';
import { arrange, el, hiddenText } from '../dom.ts';
import { activityView, startOfActivity, type ActivityView } from './activity.ts';
import { typing } from './typing.ts';
import type { ShownActivity } from './wire.ts';

export interface Post {
  element: HTMLElement;
  root: string;
  put(activity: ShownActivity): void;
  /** Removes a message; true where the post itself is gone with it. */
  remove(id: string): boolean;
  ids(): string[];
  /** Hides all but the newest replies until somebody asks for them. */
  fold(): void;
  find(id: string): HTMLElement | undefined;
  last(): string;
}

/** Replies shown before somebody asks for all. */
const SHOWN = 3;

export const post = (first: ShownActivity, withReplies: boolean, holdEnd: () => () => void): Post => {
  const root = activityView(first, holdEnd);
  const replies = new Map<string, ActivityView>();
  let from = '';
  let box: Composer | undefined;
  const list = el('div', { class: 'replies-list' });
  const more = el('button', { type: 'button', class: 'linklike more', onclick: () => showAll() });
  const reply = el(
    'button',
    { type: 'button', class: 'linklike reply', onclick: () => answer() },
    'Reply',
    hiddenText(` to: ${startOfActivity(first)}`),
  );
  const foot = el('div', { class: 'reply-foot' }, reply);

  const place = (): void => {
    const ordered = [...replies].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const shown = ordered.filter(([id]) => id >= from);
    const hidden = ordered.length - shown.length;
    const words = `Show ${hidden} earlier ${hidden === 1 ? 'reply' : 'replies'}`;
    more.replaceChildren(words, hiddenText(` to: ${startOfActivity(first)}`));
    arrange(list, [...(hidden > 0 ? [more] : []), ...shown.map(([, view]) => view.element)]);
  };
  function showAll(): void {
    from = '';
    place();
    const top = list.firstElementChild;
    top?.setAttribute('tabindex', '-1');
    if (top instanceof HTMLElement) top.focus({ preventScroll: true });
  }
  function answer(): void {
    box ??= composer(`reply-${first.id}`, 'Reply', typing({ conversation: first.conversation, thread: first.id }));
    foot.replaceChildren(box.element);
    box.fill('');
  }

  return {
    root: first.id,
    element: withReplies
      ? el(
          'div',
          { class: 'post', role: 'group', 'aria-label': `Post by ${first.author.name}` },
          root.element,
          list,
          foot,
        )
      : root.element,
    put: (activity) => {
      if (activity.id === first.id) return root.update(activity);
      const known = replies.get(activity.id);
      if (known) return known.update(activity);
      replies.set(activity.id, activityView(activity, holdEnd));
      place();
    },
    remove: (id) => {
      replies.delete(id);
      place();
      return id === first.id;
    },
    ids: () => [first.id, ...replies.keys()],
    fold: () => {
      from = [...replies.keys()].toSorted().at(-SHOWN) ?? '';
      place();
    },
    find: (id) => {
      if (id === first.id) return root.element;
      const found = replies.get(id)?.element;
      if (found && !found.isConnected) {
        from = '';
        place();
      }
      return found;
    },
    last: () => [first.id, ...replies.keys()].toSorted().at(-1) ?? first.id,
  };
};
