/** An open channel or chat: its messages follow the server, and only changed ones are drawn again. */

import { withDays } from '../days.ts';
import { arrange, el, fromItsStart } from '../dom.ts';
import { post, type Post } from './post.ts';
import { ask, session } from './session.ts';
import type { ShownActivity, TeamsConversation } from './wire.ts';

export interface ConversationView {
  element: HTMLElement;
  load(): Promise<void>;
  put(activity: ShownActivity): void;
  remove(id: string): void;
  last(): string | undefined;
  /** Highlights a message; false where it is not there. */
  highlight(id: string): boolean;
  /** Redraws the days after midnight. */
  dayChanged(): void;
}

const NEAR_PX = 120;

export const conversationView = ({ id, name, kind }: TeamsConversation, empty: () => HTMLElement): ConversationView => {
  const label = `Messages in ${name}`;
  const list = el('div', { class: 'messages', role: 'log', 'aria-label': label, 'aria-live': 'polite', tabindex: 0 });
  const posts = new Map<string, { post: Post; at: string }>();
  /** Replies that came before their posts. */
  const early = new Map<string, ShownActivity>();
  const ordered = () => [...posts.values()].toSorted((a, b) => (a.post.root < b.post.root ? -1 : 1));
  const atEnd = (): boolean => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;

  /** Keeps the newest message in view when something above it or in it grows. */
  const holdEnd = (): (() => void) => {
    const end = atEnd();
    return () => {
      if (end) list.scrollTop = list.scrollHeight;
    };
  };

  const place = (): void => {
    const wanted = withDays(
      list,
      ordered().map((each) => ({ at: new Date(each.at), element: each.post.element })),
    );
    arrange(list, wanted.length > 0 ? wanted : [empty()]);
  };
  const putOne = (activity: ShownActivity): void => {
    const root = activity.thread ?? activity.id;
    const known = posts.get(root);
    if (known) return known.post.put(activity);
    if (activity.thread !== undefined) {
      early.set(activity.id, activity);
      return;
    }
    posts.set(root, { post: post(activity, kind === 'channel', holdEnd), at: activity.at });
    place();
  };

  const ids = (): Set<string> => new Set([...posts.values()].flatMap((each) => each.post.ids()));
  const find = (wanted: string): HTMLElement | undefined =>
    ordered()
      .map((each) => each.post.find(wanted))
      .find((node) => node !== undefined);

  const remove = (gone: string): void => {
    for (const [root, each] of posts) if (each.post.remove(gone)) posts.delete(root);
    place();
  };

  return {
    element: list,
    load: async () => {
      // Events that arrive while the server is asked are newer than its answer.
      const before = ids();
      const roots = await ask<ShownActivity[]>('messages', { conversation: id });
      const threads = roots.filter(({ replies }) => kind === 'channel' && replies > 0);
      const replies = await Promise.all(
        threads.map((root) => ask<ShownActivity[]>('messages', { conversation: id, thread: root.id })),
      );
      const fresh = posts.size === 0;
      const end = atEnd() || fresh;
      const all = [...roots, ...replies.flat()];
      for (const { id: found } of all) before.delete(found);
      before.forEach(remove);
      place();
      for (const activity of [...all, ...early.values()]) putOne(activity);
      early.clear();
      if (fresh) for (const each of posts.values()) each.post.fold();
      if (end) list.scrollTop = list.scrollHeight;
    },
    put: (activity) => {
      const [end, isNew] = [atEnd(), !ids().has(activity.id)];
      putOne(activity);
      const node = find(activity.id);
      // A person's own message is scrolled into view.
      if (isNew && activity.author.id === session.user) node?.scrollIntoView({ block: 'nearest' });
      if (!end) return;
      list.scrollTop = list.scrollHeight;
      if (isNew) fromItsStart(list, node);
    },
    remove,
    last: () =>
      ordered()
        .map((each) => each.post.last())
        .toSorted()
        .at(-1),
    dayChanged: place,
    highlight: (wanted) => {
      const found = find(wanted);
      found?.classList.add('linked');
      found?.scrollIntoView({ block: 'center' });
      return found !== undefined;
    },
  };
};
