/** Dialogs, and the message action that opens one. */

import { randomUUID } from 'node:crypto';
import type { Pressed, ShownDialog, TeamsDone } from '../page/teams/wire.ts';
import { taskAnswer, type Answer } from './answers.ts';
import type { Dialog } from './dialogs.ts';
import { invokeActivity } from './outbound.ts';
import { pressedOn } from './pressed.ts';
import { failed, GONE, spotOf, type Setting, type Spot } from './spot.ts';

const THEME = { theme: 'default' };

export const shownDialog = ({ id, title, card }: Dialog): ShownDialog => ({ id, title, card });

type Opened = Pick<Dialog, 'user' | 'tab' | 'conversation' | 'activity' | 'command'>;

const showTask = (setting: Setting, answer: Answer, opened: Opened, fetching: boolean): TeamsDone => {
  const { cloud } = setting;
  const { user, tab } = opened;
  const close = (): void => {
    cloud.dialogs.close(user, tab);
    cloud.tell({ kind: 'dialog', user, tab });
  };
  switch (answer.kind) {
    case 'card': {
      const dialog: Dialog = { ...opened, id: randomUUID(), title: answer.title, card: answer.card };
      cloud.dialogs.open(dialog);
      cloud.tell({ kind: 'dialog', user, tab });
      return { dialog: shownDialog(dialog) };
    }
    case 'message':
      close();
      return { message: answer.message, dialog: null };
    case 'nothing':
      if (fetching) return failed(setting, ['a dialog was asked for']);
      close();
      return { dialog: null };
    case 'wrong':
      return failed(setting, answer.problems);
    default: {
      const never: never = answer;
      return never;
    }
  }
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module */
const messagePayload = ({ cloud, messageUrl }: Setting, { activity }: Spot): object => {
  const { conversation, id, thread, author, text } = activity;
  const at = new Date(Number(id)).toISOString();
  const user = cloud.users.get(author);
  return {
    id,
    ...(thread !== undefined && { replyToId: thread }),
    createdDateTime: at,
    lastModifiedDateTime: null,
    deleted: false,
    messageType: 'message',
    importance: 'normal',
    locale: 'en-gb',
    linkToMessage: messageUrl(conversation, id),
    from: {
      device: null,
      conversation: null,
      user: user ? { userIdentityType: 'aadUser', id: user.id, displayName: user.name } : null,
      application: user ? null : { applicationIdentityType: 'bot', id: author, displayName: cloud.nameOf(author) },
    },
    body: { contentType: 'html', content: `<div>${escaped(text)}</div>` },
    attachments: [],
    mentions: [],
    reactions: [],
  };
};

export const fetchTask = async (
  setting: Setting,
  spot: Spot,
  tab: string,
  data: Record<string, unknown>,
): Promise<TeamsDone> => {
  const { id: activity, conversation } = spot.activity;
  const sent = await setting.outbound.send(invokeActivity(spot, 'task/fetch', { data, context: THEME }, activity));
  return showTask(setting, taskAnswer(sent), { user: spot.user.id, tab, conversation, activity }, true);
};

export const pressDialog = async (setting: Setting, act: Pressed, id: string): Promise<TeamsDone> => {
  const { cloud, outbound } = setting;
  const dialog = cloud.dialogs.get(id);
  if (dialog?.user !== act.user || dialog.tab !== act.tab || !pressedOn(dialog.card, act.action)) {
    return { error: GONE };
  }
  const spot = spotOf(setting, dialog);
  if (!spot) return { error: GONE };
  const { data } = act.action;
  const { command } = dialog;
  const sent = await outbound.send(
    command === undefined
      ? invokeActivity(spot, 'task/submit', { data, context: THEME }, spot.activity.id)
      : invokeActivity(spot, 'composeExtension/submitAction', {
          data,
          commandId: command,
          commandContext: 'message',
          context: THEME,
          messagePayload: messagePayload(setting, spot),
        }),
  );
  // Closed or changed in the meantime: the answer cannot be shown.
  if (cloud.dialogs.get(id) === undefined) return {};
  return showTask(setting, taskAnswer(sent), dialog, false);
};

/** The id of the message action in the app's manifest. */
const COMMAND = 'newDeal';

export const messageAction = async (
  setting: Setting,
  act: { user: string; tab: string; conversation: string; activity: string },
): Promise<TeamsDone> => {
  const spot = spotOf(setting, act);
  if (!spot) return { error: GONE };
  const value = {
    commandId: COMMAND,
    commandContext: 'message',
    context: THEME,
    messagePayload: messagePayload(setting, spot),
  };
  const sent = await setting.outbound.send(invokeActivity(spot, 'composeExtension/fetchTask', value));
  return showTask(setting, taskAnswer(sent), { ...act, command: COMMAND }, true);
};

export const closeDialog = ({ cloud }: Setting, { user, tab }: { user: string; tab: string }): TeamsDone => {
  // Teams tells the app nothing.
  cloud.dialogs.close(user, tab);
  cloud.tell({ kind: 'dialog', user, tab });
  return { dialog: null };
};
