/** The tenant's state as one person sees it. */

import type { ShownActivity, TeamsLive, TeamsPerson, TeamsStart } from '../page/teams/wire.ts';
import type { Activity } from './activities.ts';
import type { TeamsCloudEvent, TeamsCloud } from './cloud.ts';
import { BOT, TENANT } from './directory.ts';
import { shownDialog } from './tasks.ts';

export const shownActivity = (cloud: TeamsCloud, activity: Activity): ShownActivity => {
  const { conversation, id, thread, author, text, card, version } = activity;
  return {
    conversation,
    id,
    thread,
    author: { id: author, name: cloud.nameOf(author), bot: author === BOT.id },
    text,
    card,
    edited: version > 1,
    version,
    at: new Date(Number(id)).toISOString(),
    replies: thread === undefined ? cloud.activities.replyCount(conversation, id) : 0,
  };
};

const maySee = (cloud: TeamsCloud, user: string, conversation: string): boolean =>
  cloud.conversationsOf(user).some((c) => c.id === conversation);

export const activitiesFor = (
  cloud: TeamsCloud,
  { user, conversation, thread }: { user: string; conversation: string; thread?: string | undefined },
): ShownActivity[] =>
  maySee(cloud, user, conversation)
    ? cloud.activities.list(conversation, thread).map((a) => shownActivity(cloud, a))
    : [];

export const peopleIn = (cloud: TeamsCloud): TeamsPerson[] =>
  [...cloud.users.values()].filter((u) => !u.left).map(({ id, name, role, guest }) => ({ id, name, role, guest }));

/** As the app's manifest names them. */
export const TEAMS_COMMANDS = [
  { words: 'new deal', hint: 'Clear a new deal' },
  { words: 'home', hint: 'All that waits for you, and your open deals' },
  { words: 'mine', hint: 'Your deals, and what was handed to you' },
  { words: 'queue', hint: 'What waits for your decision' },
  { words: 'find', hint: 'Deals by customer, country, flag, status, tier or year: find WORDS' },
  { words: 'status', hint: 'Where a deal stands; outside its thread add its number: status D-…' },
  { words: 'change', hint: 'Correct, withdraw, reopen or hand over a deal' },
  { words: 'away', hint: 'When you are away, and who acts for you' },
  { words: 'training', hint: 'The training that you need' },
  { words: 'help', hint: 'What Clearthread can do here' },
];

export const startFor = (cloud: TeamsCloud, user: string): TeamsStart => ({
  tenant: TENANT.name,
  bot: { id: BOT.id, name: BOT.name },
  people: peopleIn(cloud),
  conversations: cloud.conversationsOf(user).map(({ id, name, kind, clearance }) => ({
    id,
    name,
    kind,
    clearance,
    unread: cloud.activities.unread(user, id),
  })),
  commands: TEAMS_COMMANDS,
});

/** Returns a change as events for one tab; none where it does not concern that tab. */
export const liveFor = (cloud: TeamsCloud, user: string, tab: string, change: TeamsCloudEvent): TeamsLive[] => {
  switch (change.kind) {
    case 'activity': {
      const { activity } = change;
      if (!maySee(cloud, user, activity.conversation)) return [];
      return [{ kind: 'activity', activity: shownActivity(cloud, activity) }, { kind: 'conversations' }];
    }
    case 'gone': {
      const { conversation, id } = change.activity;
      return maySee(cloud, user, conversation) ? [{ kind: 'gone', conversation, id }, { kind: 'conversations' }] : [];
    }
    case 'read':
      return change.user === user ? [{ kind: 'conversations' }] : [];
    case 'dialog': {
      if (change.user !== user || change.tab !== tab) return [];
      const open = cloud.dialogs.of(user, tab);
      return [{ kind: 'dialog', dialog: open ? shownDialog(open) : null }];
    }
    default: {
      const never: never = change;
      return never;
    }
  }
};
