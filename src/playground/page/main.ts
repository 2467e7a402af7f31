/** The Slack pane: channels, messages, one thread, forms. It follows the server's events. */

import { whenTravelled } from './business-clock.ts';
import { channelView, type ChannelView } from './channel.ts';
import { byId, run } from './dom.ts';
import { isOwnLink } from './elements.ts';
import { drawHome } from './home.ts';
import { listen } from './live.ts';
import { showStack } from './modal.ts';
import { show } from './place.ts';
import { drawSampleYear } from './sample-year.ts';
import { PERSON, remember, whoToBe } from './server.ts';
import { act, ask, become, channelOf, nameOf, session } from './session.ts';
import { drawSide, newDeal } from './side.ts';
import { threadPane } from './thread.ts';
import { toast } from './toast.ts';
import { beginTour } from './tour.ts';
import { drawTravel } from './travel.ts';
import type { Acting, Block, Live, ShownMessage, ShownView, Start } from './wire.ts';

let open: ChannelView | undefined;
let home = false;
const openView = (): ChannelView | undefined => open;

const side = (): void =>
  drawSide(home ? 'home' : open?.channel, {
    become: (user) => run(enterAs(user)),
    open: (channel) => run(openChannel(channel)),
    openHome: () => run(openHome()),
  });

const address = (): void => {
  const root = thread.now()?.root;
  if (open) history.replaceState(null, '', `/archives/${open.channel}${root ? `/p${root.replace('.', '')}` : ''}`);
};

let readTo = '';
const read = (): void => {
  const known = open && channelOf(open.channel);
  const last = [open?.list.last(), thread.now()?.list.last()]
    .filter((ts) => ts !== undefined)
    .toSorted()
    .at(-1);
  if (!open || !known || last === undefined) return;
  const mark = `${session.user} ${open.channel} ${last}`;
  // What was read before is not told again: most changes are to older messages.
  if (!known.unread && mark === readTo) return;
  known.unread = false;
  readTo = mark;
  const told = act<Acting & { channel: string; ts: string }>('read', { channel: open.channel, ts: last });
  run(
    told.catch((error: unknown) => {
      readTo = '';
      throw error;
    }),
  );
};

const thread = threadPane(() => {
  address();
  if (thread.now()) read();
});

async function openChannel(channel: string): Promise<void> {
  const known = channelOf(channel);
  if (!known) return toast('You are not in this channel.');
  home = false;
  thread.leave();
  const view = channelView(known, (message) => run(thread.open(channel, message.thread ?? message.ts)));
  open = view;
  await view.load();
  // The person may have opened another view, or become somebody else, meanwhile.
  if (openView() !== view) return;
  // Hidden, it has no height to scroll.
  show('channel');
  view.draw();
  address();
  read();
  side();
}

async function openHome(): Promise<void> {
  home = true;
  open = undefined;
  thread.leave();
  drawHome(await ask<Block[]>('home'));
  show('channel');
  side();
  await act<Acting>('open-home', {});
}

const onMessage = (message: ShownMessage): void => {
  if (open?.channel !== message.channel) return;
  if (message.thread === undefined) open.list.put(message);
  const beside = thread.now();
  if ((message.thread ?? message.ts) === beside?.root) beside.list.put(message);
};

const onLive = (live: Live): void => {
  switch (live.kind) {
    case 'message':
      return onMessage(live.message);
    case 'gone': {
      if (open?.channel !== live.channel) return;
      open.list.remove(live.ts);
      const beside = thread.now();
      beside?.list.remove(live.ts);
      if (beside?.root === live.ts) thread.close();
      return;
    }
    case 'views':
      return run(showStack(live.stack));
    case 'home':
      if (home) drawHome(live.blocks);
      return;
    case 'unread': {
      const known = channelOf(live.channel);
      if (!known) return run(refresh());
      const before = known.unread;
      known.unread = live.unread;
      if (live.channel === open?.channel && document.hasFocus()) read();
      if (known.unread !== before) side();
      return;
    }
    default:
      throw new Error(`The page does not know ${JSON.stringify(live satisfies never)}.`);
  }
};

/** Reloads everything that may have changed during a lost connection. */
async function refresh(): Promise<void> {
  const { user } = session;
  const start = await ask<Start>('start');
  // The page may show another person by now.
  if (session.user !== user) return;
  session.start = start;
  side();
  await showStack(await ask<ShownView[]>('views', { tab: session.tab }));
  await open?.load();
  await thread.load();
}

/** Opens a message's permalink, `/archives/C…/p…?thread_ts=…`. */
const openAddress = async (url: URL): Promise<boolean> => {
  const [, channel, digits] = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{7,}))?$/.exec(url.pathname) ?? [];
  if (channel === undefined || !channelOf(channel)) return false;
  await openChannel(channel);
  if (digits === undefined) return true;
  const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  const root = url.searchParams.get('thread_ts');
  if (root === null) open?.list.highlight(ts);
  await thread.open(channel, root ?? ts, root === null ? undefined : ts);
  return true;
};

let turn = 0;

async function enterAs(user: string): Promise<void> {
  turn += 1;
  const mine = turn;
  const [channel, root] = [open?.channel, thread.now()?.root];
  const onHome = home;
  become(user);
  open = undefined;
  thread.leave();
  byId('channel').replaceChildren();
  await showStack([]);
  await act<Acting>('leave-forms', {});
  const start = await ask<Start>('start');
  if (turn !== mine) return;
  session.start = start;
  remember(PERSON, nameOf(user));
  await listen('/playground/ui/events', session, onLive, refresh);
  if (turn !== mine) return;
  side();
  if (onHome) return openHome();
  if (channel === undefined && (await openAddress(new URL(location.href)))) return;
  // One person's direct message is not another's.
  const place =
    channelOf(channel ?? '') ?? session.start.channels.find((c) => c.clearance) ?? session.start.channels[0];
  if (!place) return;
  await openChannel(place.id);
  if (place.id === channel && root !== undefined) await thread.open(place.id, root);
}

const begin = async (): Promise<void> => {
  const known = whoToBe(await ask<{ id: string; name: string }[]>('people'), session.user);
  if (known) await enterAs(known.id);
  else toast('The organisation file names nobody with a Slack id.');
};

window.addEventListener('error', (event) => toast(`The playground made a mistake: ${event.message}`));
window.addEventListener('focus', read);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && thread.now() && !document.querySelector('dialog[open]'))
    thread.close();
});
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey || !isOwnLink(link.href)) return;
  event.preventDefault();
  run(openAddress(new URL(link.href)).then((found) => !found && toast('You are not in this channel.')));
});
drawTravel();
drawSampleYear();
whenTravelled(() => {
  open?.list.dayChanged();
  thread.now()?.list.dayChanged();
});
run(begin().then(() => beginTour(newDeal(), side)));
