import { avatar } from './avatar.ts';
import { brokenBlocks, drawBlock, elementsIn } from './blocks.ts';
import { el, hiddenText, run, type Child } from './dom.ts';
import { menuButton, type MenuItem } from './menu.ts';
import { drawMrkdwn } from './mrkdwn.ts';
import { act, ask, isBot, nameOf, session } from './session.ts';
import { startOf } from './start-of.ts';
import { keepEntries, type Surface } from './surface.ts';
import { toast } from './toast.ts';
import type { Entries, ShownMessage, UseShortcut } from './wire.ts';

export interface MessageActions {
  openThread: (message: ShownMessage) => void;
  inThread: boolean;
}

/** Values entered into the elements of messages, for as long as the page is open. */
const typed = new Map<string, Entries>();

export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

/** Makes a message's surface: a pending or failed act is shown next to the message. */
const surfaceOf = (message: ShownMessage, inThread: boolean): Surface => {
  const key = `${session.user}:${message.channel}:${message.ts}`;
  const entries = keepEntries(typed.get(key) ?? {}, elementsIn(message.blocks ?? []));
  typed.set(key, entries);
  return {
    id: `${inThread ? 't' : 'm'}${message.ts}`,
    container: { kind: 'message', channel: message.channel, ts: message.ts },
    entries,
    complain: toast,
  };
};

const body = (message: ShownMessage, inThread: boolean): HTMLElement => {
  const holder = el('div', { class: 'body' });
  if (!message.blocks || message.deleted) {
    holder.append(message.deleted ? el('em', {}, 'This message was deleted.') : drawMrkdwn(message.text));
    return holder;
  }
  try {
    const surface = surfaceOf(message, inThread);
    holder.append(...message.blocks.map((block) => drawBlock(surface, block)));
  } catch (error) {
    holder.replaceChildren(brokenBlocks(error));
    reportError(error);
  }
  return holder;
};

const fileLink = ({ id, name }: { id: string; name: string }): HTMLElement =>
  el(
    'a',
    { class: 'file', href: `/playground/files/${encodeURIComponent(id)}/${encodeURIComponent(name)}`, download: name },
    name,
  );

const copyLink = async (message: ShownMessage): Promise<void> => {
  const { permalink } = await ask<{ permalink?: string }>('permalink', { channel: message.channel, ts: message.ts });
  if (permalink === undefined) return;
  try {
    await navigator.clipboard.writeText(permalink);
    toast('Link copied.');
  } catch {
    toast(permalink);
  }
};

const shortcut = async (message: ShownMessage, callbackId: string): Promise<void> => {
  const done = await act<UseShortcut>('shortcut', { channel: message.channel, ts: message.ts, callbackId });
  if (done.error !== undefined) toast(done.error);
};

const menu = (message: ShownMessage, { openThread, inThread }: MessageActions): HTMLElement => {
  const reply: MenuItem[] = inThread ? [] : [{ label: 'Reply in thread', choose: () => openThread(message) }];
  const fromBot = session.start.shortcuts.map(({ callbackId, name }) => ({
    label: name,
    choose: () => run(shortcut(message, callbackId)),
  }));
  return menuButton(
    'More actions',
    `More actions${inThread ? ' in the thread' : ''}: ${startOf(message.text, dateOf(message.ts))}`,
    '⋯',
    () => [...reply, { label: 'Copy link', choose: () => run(copyLink(message)) }, ...fromBot],
  );
};

const summary = (message: ShownMessage, { openThread, inThread }: MessageActions): Child => {
  if (inThread || message.replies === 0) return undefined;
  const count = message.replies === 1 ? '1 reply' : `${message.replies} replies`;
  const last =
    message.lastReply && dateOf(message.lastReply).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return el(
    'button',
    { type: 'button', class: 'replies', onclick: () => openThread(message) },
    el('strong', {}, count),
    last !== undefined && last !== '' && el('span', { class: 'when' }, ` Last reply ${last}`),
    hiddenText(`: ${startOf(message.text, dateOf(message.ts))}`),
  );
};

export const drawMessage = (message: ShownMessage, actions: MessageActions): HTMLElement => {
  const at = dateOf(message.ts);
  const dismiss = (): void =>
    run(
      act('dismiss', { channel: message.channel, ts: message.ts }).then(
        ({ error }) => error !== undefined && toast(error),
      ),
    );
  return el(
    'article',
    {
      class: message.onlyForYou ? 'message only-you' : 'message',
      'aria-label': `${nameOf(message.author)}, ${at.toLocaleTimeString()}`,
    },
    avatar({ id: message.author, name: nameOf(message.author), bot: isBot(message.author) }),
    el(
      'div',
      { class: 'content' },
      message.onlyForYou && el('p', { class: 'only' }, 'Only visible to you'),
      el(
        'div',
        { class: 'by' },
        el('strong', {}, nameOf(message.author)),
        isBot(message.author) && el('span', { class: 'app' }, 'APP'),
        el(
          'time',
          { datetime: at.toISOString(), title: at.toLocaleString() },
          at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }),
        ),
        message.edited && el('span', { class: 'when' }, '(edited)'),
      ),
      body(message, actions.inThread),
      ...(message.files ?? []).map(fileLink),
      message.onlyForYou && el('button', { type: 'button', class: 'linklike', onclick: dismiss }, 'Dismiss message'),
      summary(message, actions),
    ),
    !message.deleted && !message.onlyForYou && el('div', { class: 'tools' }, menu(message, actions)),
  );
};
