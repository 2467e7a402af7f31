/** The page: channels, messages, one thread, forms. What it shows follows the server's events. */
import { brokenBlocks, drawBlock, elementsIn } from './blocks.ts';
import { followClock, whenTravelled } from './business-clock.ts';
import { composer, type Composer, type Typing } from './composer.ts';
import { byId, el, run } from './dom.ts';
import { isOwnLink } from './elements.ts';
import { hintsFor } from './hints.ts';
import { showStack } from './modal.ts';
import { PERSON, remember, remembered } from './server.ts';
import { act, ask, become, channelOf, nameOf, session } from './session.ts';
import { drawSide } from './side.ts';
import { keepEntries, type Surface } from './surface.ts';
import { timeline, type Timeline } from './timeline.ts';
import { toast } from './toast.ts';
import { drawTravel } from './travel.ts';
import type { Acting, Block, Live, Say, ShownMessage, ShownView, Start } from './wire.ts';

interface Pane {
  channel: string;
  list: Timeline;
  box: Composer;
}
let pane: Pane | undefined;
let thread: (Pane & { root: string }) | undefined;
let home = false;
const openPane = (): Pane | undefined => pane;
let events: EventSource | undefined;

const show = (which: 'side' | 'channel' | 'thread'): void => {
  document.body.dataset['pane'] = which;
};

const side = (): void =>
  drawSide(home ? 'home' : pane?.channel, {
    become: (user) => run(enterAs(user)),
    open: (channel) => run(openChannel(channel)),
    openHome: () => run(openHome()),
  });

const address = (): void => {
  if (!pane) return;
  const at = thread ? `/p${thread.root.replace('.', '')}` : '';
  history.replaceState(null, '', `/archives/${pane.channel}${at}`);
};

const read = (): void => {
  const known = pane && channelOf(pane.channel);
  const last = [pane?.list.last(), thread?.list.last()]
    .filter((ts) => ts !== undefined)
    .toSorted()
    .at(-1);
  if (!pane || !known || last === undefined) return;
  known.unread = false;
  run(act<Acting & { channel: string; ts: string }>('read', { channel: pane.channel, ts: last }));
};

const typing = (place: () => Pick<Say, 'channel' | 'thread'>): Typing => ({
  hints: hintsFor,
  send: (text) => act<Say>('say', { ...place(), text }),
});

const emptyChannel = (channel: string): HTMLElement => {
  const known = channelOf(channel);
  if (!known?.clearance) return el('p', { class: 'empty' }, 'No messages yet.');
  const command = session.start.commands[0]?.command ?? '/deal';
  return el(
    'div',
    { class: 'empty' },
    el('h3', {}, 'Clear a deal in this channel'),
    el(
      'p',
      {},
      `Type ${command} to clear a deal. The questions, the red flags and the decision all stay in one thread.`,
    ),
    el(
      'button',
      { type: 'button', class: 'primary', onclick: () => pane?.box.fill(command) },
      `Put ${command} in the message box`,
    ),
  );
};

const threadBox = byId('thread');
const closeThread = (): void => {
  thread = undefined;
  threadBox.hidden = true;
  threadBox.replaceChildren();
  show('channel');
  address();
};

const openThread = async (root: string, focus?: string): Promise<void> => {
  if (!pane) return;
  const { channel } = pane;
  const messages = await ask<ShownMessage[]>('messages', { channel, thread: root });
  if (messages.length === 0) return toast('This thread was deleted.');
  const list = timeline('Thread', { openThread: () => undefined, inThread: true }, () => undefined);
  const box = composer(
    'reply',
    'Reply in thread',
    typing(() => ({ channel, thread: root })),
  );
  const name = channelOf(channel)?.name ?? '';
  threadBox.replaceChildren(
    el(
      'header',
      {},
      el('h2', { tabindex: -1 }, 'Thread', el('span', { class: 'where' }, ` #${name}`)),
      el('button', { type: 'button', class: 'quiet', 'aria-label': 'Close thread', onclick: closeThread }, '×'),
    ),
    list.element,
    box.element,
  );
  threadBox.hidden = false;
  thread = { channel, list, box, root };
  list.show(messages);
  show('thread');
  address();
  read();
  if (focus !== undefined) list.highlight(focus);
};

const openChannel = async (channel: string): Promise<void> => {
  const known = channelOf(channel);
  if (!known) return toast('You are not in this channel.');
  home = false;
  thread = undefined;
  threadBox.hidden = true;
  const title = known.kind === 'dm' ? known.name : `#${known.name}`;
  const open = (message: ShownMessage): void => run(openThread(message.thread ?? message.ts));
  const list = timeline(`Messages in ${title}`, { openThread: open, inThread: false }, () => emptyChannel(channel));
  const box = composer(
    'say',
    `Message ${title}`,
    typing(() => ({ channel })),
  );
  pane = { channel, list, box };
  list.show(await ask<ShownMessage[]>('messages', { channel }));
  // Somebody may have gone elsewhere, or become somebody else, meanwhile.
  if (openPane()?.list !== list) return;
  byId('channel').replaceChildren(
    el(
      'header',
      {},
      el(
        'button',
        { type: 'button', class: 'quiet to-side', 'aria-label': 'Show channels', onclick: () => show('side') },
        '☰',
      ),
      el('h1', {}, title),
      known.shared && el('span', { class: 'where' }, 'shared with another company'),
    ),
    list.element,
    box.element,
  );
  document.title = `${title} · Clearthread playground`;
  list.element.scrollTop = list.element.scrollHeight;
  show('channel');
  address();
  read();
  side();
};

const drawHome = (blocks: readonly Block[]): void => {
  const surface: Surface = {
    id: 'home',
    container: { kind: 'home' },
    entries: keepEntries({}, elementsIn(blocks)),
    complain: toast,
  };
  const body = el('div', { class: 'home' });
  try {
    body.append(...blocks.map((block) => drawBlock(surface, block)));
  } catch (error) {
    body.replaceChildren(brokenBlocks(error));
  }
  byId('channel').replaceChildren(
    el(
      'header',
      {},
      el(
        'button',
        { type: 'button', class: 'quiet to-side', 'aria-label': 'Show channels', onclick: () => show('side') },
        '☰',
      ),
      el('h1', {}, 'Home'),
    ),
    blocks.length === 0 ? el('p', { class: 'empty' }, 'Nothing here yet.') : body,
  );
};

const openHome = async (): Promise<void> => {
  home = true;
  pane = undefined;
  thread = undefined;
  threadBox.hidden = true;
  drawHome(await ask<Block[]>('home'));
  show('channel');
  side();
  await act<Acting>('open-home', {});
};

const onMessage = (message: ShownMessage): void => {
  const inOpenChannel = pane?.channel === message.channel;
  if (inOpenChannel && message.thread === undefined) pane?.list.put(message);
  if (inOpenChannel && thread && (message.thread ?? message.ts) === thread.root) thread.list.put(message);
};

const onLive = (live: Live): void => {
  switch (live.kind) {
    case 'message':
      return onMessage(live.message);
    case 'gone':
      if (pane?.channel !== live.channel) return;
      pane.list.remove(live.ts);
      thread?.list.remove(live.ts);
      if (thread?.root === live.ts) closeThread();
      return;
    case 'views':
      return showStack(live.stack);
    case 'home':
      if (home) drawHome(live.blocks);
      return;
    case 'unread': {
      const known = channelOf(live.channel);
      if (!known) return run(refresh());
      known.unread = live.unread;
      if (live.channel === pane?.channel && document.hasFocus()) read();
      return side();
    }
    default:
      throw new Error(`The page does not know ${JSON.stringify(live satisfies never)}.`);
  }
};

/** After a lost connection: everything that may have changed meanwhile. */
async function refresh(): Promise<void> {
  session.start = await ask<Start>('start');
  side();
  showStack(await ask<ShownView[]>('views', { tab: session.tab }));
  if (pane) pane.list.show(await ask<ShownMessage[]>('messages', { channel: pane.channel }));
  if (thread) thread.list.show(await ask<ShownMessage[]>('messages', { channel: thread.channel, thread: thread.root }));
}

const listen = (): Promise<void> =>
  new Promise((resolve) => {
    events?.close();
    const query = new URLSearchParams({ user: session.user, tab: session.tab });
    const stream = new EventSource(`/playground/ui/events?${query.toString()}`);
    events = stream;
    followClock(stream);
    const banner = byId('banner');
    let before = false;
    stream.addEventListener('open', () => {
      banner.hidden = true;
      if (before) run(refresh());
      before = true;
      resolve();
    });
    stream.addEventListener('error', () => {
      banner.hidden = false;
      banner.textContent = 'Not connected to the playground. Trying again…';
    });
    // The server wrote it: `wire.ts` is the contract.
    stream.addEventListener('message', (event: MessageEvent<string>) => onLive(JSON.parse(event.data) as Live));
  });

/** `/archives/C…/p…?thread_ts=…`, a message's permalink. */
const openAddress = async (url: URL): Promise<boolean> => {
  const [, channel, digits] = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{7,}))?$/.exec(url.pathname) ?? [];
  if (channel === undefined || !channelOf(channel)) return false;
  await openChannel(channel);
  if (digits === undefined) return true;
  const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  const root = url.searchParams.get('thread_ts');
  if (root === null) pane?.list.highlight(ts);
  await openThread(root ?? ts, root === null ? undefined : ts);
  return true;
};

async function enterAs(user: string): Promise<void> {
  const [channel, root] = [pane?.channel, thread?.root];
  const onHome = home;
  become(user);
  pane = undefined;
  thread = undefined;
  threadBox.hidden = true;
  byId('channel').replaceChildren();
  showStack([]);
  await act<Acting>('leave-forms', {});
  session.start = await ask<Start>('start');
  remember(PERSON, nameOf(user));
  await listen();
  side();
  if (onHome) return openHome();
  if (channel === undefined && (await openAddress(new URL(location.href)))) return;
  // One's own direct message is not another person's.
  const place =
    channelOf(channel ?? '') ?? session.start.channels.find((c) => c.clearance) ?? session.start.channels[0];
  if (!place) return;
  await openChannel(place.id);
  if (place.id === channel && root !== undefined) await openThread(root);
}

const begin = async (): Promise<void> => {
  const people = await ask<{ id: string; name: string }[]>('people');
  const known =
    people.find((p) => p.name === remembered(PERSON)) ?? people.find((p) => p.id === session.user) ?? people[0];
  if (known) await enterAs(known.id);
  else toast('The organisation file names nobody with a Slack id.');
};

window.addEventListener('error', (event) => toast(`The playground made a mistake: ${event.message}`));
window.addEventListener('focus', read);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && thread && !document.querySelector('dialog[open]'))
    closeThread();
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey || !isOwnLink(link.href)) return;
  event.preventDefault();
  run(openAddress(new URL(link.href)).then((found) => !found && toast('You are not in this channel.')));
});
drawTravel();
whenTravelled(() => {
  pane?.list.dayChanged();
  thread?.list.dayChanged();
});
run(begin());
