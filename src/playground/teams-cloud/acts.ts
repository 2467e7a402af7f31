/** Tells the bot, as Teams does, what a person does to a card. */

import type { CardJson, Pressed, TeamsDone } from '../page/teams/wire.ts';
import { actionAnswer, TROUBLE } from './answers.ts';
import { invokeActivity, submitActivity } from './outbound.ts';
import { pressedOn } from './pressed.ts';
import { failed, GONE, spotOf, type Setting, type Spot } from './spot.ts';
import { fetchTask, pressDialog } from './tasks.ts';

/** Buttons with a meaning of their own: https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-actions */
const teamsType = (data: Record<string, unknown>): string | undefined => {
  const own = data['msteams'];
  return typeof own === 'object' && own !== null && 'type' in own ? String(own.type) : undefined;
};

const keepOwn = ({ cloud }: Setting, { user, activity }: Spot, card: CardJson): void => {
  const { conversation, id } = activity;
  // The bot may have edited it while it answered.
  const version = cloud.activities.get(conversation, id)?.version ?? activity.version;
  cloud.personal.save({ user: user.id, conversation, activity: id, version, card });
};

const execute = async (setting: Setting, spot: Spot, act: Pressed, id: string | undefined): Promise<TeamsDone> => {
  const { type, verb, data } = act.action;
  const value = { action: { type, verb, data, ...(id !== undefined && { id }) }, trigger: 'manual' };
  const sent = await setting.outbound.send(invokeActivity(spot, 'adaptiveCard/action', value, spot.activity.id));
  const answer = actionAnswer(sent);
  switch (answer.kind) {
    case 'card':
      keepOwn(setting, spot, answer.card);
      return { card: answer.card };
    case 'message':
      return { message: answer.message };
    case 'error':
      return { error: TROUBLE };
    case 'nothing':
      return failed(setting, ['an answer was expected']);
    case 'wrong':
      return failed(setting, answer.problems);
    default: {
      const never: never = answer;
      return never;
    }
  }
};

const pressCard = async (setting: Setting, act: Pressed, on: { conversation: string; activity: string }) => {
  const { cloud, outbound } = setting;
  const spot = spotOf(setting, { ...on, user: act.user });
  if (!spot) return { error: GONE };
  const { activity } = spot;
  const own = cloud.personal.get({ user: act.user, ...on })?.card;
  const found = [activity.card, own ?? undefined].flatMap((card) => (card ? (pressedOn(card, act.action) ?? []) : []));
  const [button] = found;
  if (!button) return { error: GONE };
  if (act.action.type === 'Action.Execute') return execute(setting, spot, act, button.id);
  const { data } = act.action;
  switch (teamsType(data)) {
    case 'task/fetch':
      return fetchTask(setting, spot, act.tab, data);
    case undefined: {
      const sent = await outbound.send(submitActivity(spot, cloud.activities.newId(), activity.id, data));
      return sent.ok ? {} : failed(setting, [sent.why]);
    }
    default:
      return { error: 'The playground does not know this kind of button.' };
  }
};

export const press = (setting: Setting, act: Pressed): Promise<TeamsDone> =>
  act.on.kind === 'dialog' ? pressDialog(setting, act, act.on.dialog) : pressCard(setting, act, act.on);
