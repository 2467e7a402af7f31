/** The Teams pane: channels with their posts, chats, cards and dialogs. It follows the server's events. */

import { whenTravelled } from '../business-clock.ts';
import { composer, type Composer } from '../composer.ts';
import { byId, el, run } from '../dom.ts';
import { listen } from '../live.ts';
import { drawPlace, emptyPlace, invitation, show } from '../place.ts';
import { drawSampleYear } from '../sample-year.ts';
import { whoToBe } from '../server.ts';
import { toast } from '../toast.ts';
import { beginTour } from '../tour.ts';
import { drawTravel } from '../travel.ts';
import { conversationView, type ConversationView } from './conversation.ts';
import { saysOutside, showDialog } from './dialog.ts';
import { findDeal } from './find-deal.ts';
import { follow, whenFollowed } from './links.ts';
import { notice } from './notice.ts';
import { act, addressOf, ask, become, conversationOf, isOwnAddress, session } from './session.ts';
import { drawSide, NEW_DEAL } from './side.ts';
import { typing } from './typing.ts';
import type { ShownDialog, TeamsConversation, TeamsLive, TeamsPerson, TeamsStart } from './wire.ts';

const PAUSE_MS = 200;

let lastRead = '';
let open: { conversation: string; view: ConversationView; box: Composer } | undefined;

const openView = (): ConversationView | undefined => open?.view;

const side = (): void =>
  drawSide(open?.conversation, {
    become: (user) => run(enterAs(user)),
    open: (conversation) => run(openConversation(conversation)),
  });

const read = (): void => {
  const activity = open?.view.last();
  if (!open || activity === undefined || lastRead === activity) return;
  lastRead = activity;
  const known = conversationOf(open.conversation);
  if (known) known.unread = 0;
  run(act('read', { conversation: open.conversation, activity }));
};

const empty = ({ kind, clearance }: TeamsConversation): HTMLElement => {
  const [first] = session.start.commands;
  if (!first || !clearance) return emptyPlace();
  const typed = kind === 'personal' ? first.words : `@${session.start.bot.name} ${first.words}`;
  const heading = kind === 'channel' ? 'Clear a deal in this channel' : 'Clear a deal from here';
  return invitation({ heading, typed, button: 'Put it in the message box' }, (text) => open?.box.fill(text));
};

async function openConversation(conversation: string, message?: string): Promise<void> {
  const known = conversationOf(conversation);
  if (!known) return toast('You are not in this conversation.');
  const view = conversationView(known, () => empty(known));
  const label = known.kind === 'channel' ? `Start a post in ${known.name}` : `Message ${known.name}`;
  const box = composer('say', label, typing({ conversation }));
  open = { conversation, view, box };
  await view.load();
  // The person may have opened another view meanwhile.
  if (openView() !== view) return;
  // Hidden, it has no height to scroll.
  show('channel');
  const where = { channel: 'Posts', group: 'Group chat', personal: 'Chat' }[known.kind];
  drawPlace(
    { title: known.name, rail: 'Show chats and channels', where },
    el('div', { class: 'notices', id: 'notices' }),
    view.element,
    findDeal(conversation),
    box.element,
  );
  document.title = `${known.name} · Clearthread playground (Teams)`;
  view.element.scrollTop = view.element.scrollHeight;
  history.replaceState(null, '', addressOf(conversation, message));
  if (message !== undefined && !view.highlight(message)) toast('This message is no longer here.');
  read();
  side();
}

const onLive = (live: TeamsLive): void => {
  switch (live.kind) {
    case 'activity': {
      const { activity } = live;
      if (open?.conversation !== activity.conversation) return;
      open.view.put(activity);
      if (document.hasFocus()) read();
      return;
    }
    case 'gone':
      if (open?.conversation === live.conversation) open.view.remove(live.id);
      return;
    case 'dialog':
      return showDialog(live.dialog);
    case 'conversations':
      return restartSoon();
    default:
      throw new Error(`The page does not know ${JSON.stringify(live satisfies never)}.`);
  }
};

async function restart(): Promise<void> {
  const { user } = session;
  const start = await ask<TeamsStart>('start');
  // The page may show another person by now.
  if (session.user !== user) return;
  session.start = start;
  const known = conversationOf(open?.conversation ?? '');
  if (known && document.hasFocus()) known.unread = 0;
  side();
}

let soon: ReturnType<typeof setTimeout> | undefined;
/** Many changes come at once; the rail is drawn once for them. */
function restartSoon(): void {
  soon ??= setTimeout(() => {
    soon = undefined;
    // Not reached: everything is asked for again when the connection is back.
    restart().catch(() => undefined);
  }, PAUSE_MS);
}

const dialogOfTab = async (): Promise<void> =>
  showDialog((await ask<ShownDialog | null>('dialog', { tab: session.tab })) ?? null);

/** Reloads everything that may have changed during a lost connection. */
const refresh = async (): Promise<void> => {
  await restart();
  await dialogOfTab();
  await open?.view.load();
};

/** Opens an address, `/playground/teams/?conversation=…&message=…`. */
const openAddress = async (url: URL): Promise<boolean> => {
  const conversation = url.searchParams.get('conversation') ?? '';
  if (!isOwnAddress(url.href) || !conversationOf(conversation)) return false;
  await openConversation(conversation, url.searchParams.get('message') ?? undefined);
  return true;
};

let turn = 0;

async function enterAs(user: string): Promise<void> {
  turn += 1;
  const mine = turn;
  const before = open?.conversation;
  showDialog(null);
  open = undefined;
  lastRead = '';
  byId('channel').replaceChildren();
  become({ id: user, name: session.start.people.find((p) => p.id === user)?.name ?? '' });
  const start = await ask<TeamsStart>('start');
  if (turn !== mine) return;
  session.start = start;
  await listen('/playground/teams/ui/events', session, onLive, refresh);
  if (turn !== mine) return;
  side();
  await dialogOfTab();
  if (turn !== mine) return;
  if (before === undefined && (await openAddress(new URL(location.href)))) return;
  const { conversations } = session.start;
  // One person's chat with the bot is not another's.
  const place = conversationOf(before ?? '') ?? conversations.find((c) => c.kind === 'channel') ?? conversations[0];
  if (place) await openConversation(place.id);
}

const begin = async (): Promise<void> => {
  const people = await ask<TeamsPerson[]>('people');
  session.start.people = people;
  const known = whoToBe(people, session.user);
  if (known) await enterAs(known.id);
  else toast('The organisation file names nobody with a Teams id.');
};

whenFollowed((url) =>
  run(openAddress(url).then((found) => (found ? undefined : toast('You are not in this conversation.')))),
);
saysOutside((words) => {
  const place = document.getElementById('notices');
  if (place) place.replaceChildren(notice(words));
  else toast(words);
});
window.addEventListener('error', (event) => toast(`The playground made a mistake: ${event.message}`));
window.addEventListener('focus', read);
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.ctrlKey || event.metaKey || !isOwnAddress(link.href) || !link.closest('.message')) return;
  event.preventDefault();
  follow(link.href);
});
drawTravel();
drawSampleYear();
whenTravelled(() => open?.view.dayChanged());
run(begin().then(() => beginTour(NEW_DEAL, side)));
