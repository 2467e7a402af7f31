import type { CardJson } from '../page/teams/wire.ts';
import { actionAnswer } from './answers.ts';
import { invokeActivity } from './outbound.ts';
import { refreshOf } from './pressed.ts';
import { spotOf, type Setting, type Spot } from './spot.ts';

/** Asks for this person's own version of a card: once for each version, however many tabs want it. */
export const createRefresh = (
  setting: Setting,
): ((of: { user: string; conversation: string; activity: string }) => Promise<{ card?: CardJson }>) => {
  const { cloud, outbound, logger } = setting;
  const asking = new Map<string, Promise<{ card?: CardJson }>>();
  const ask = async (spot: Spot, refresh: NonNullable<ReturnType<typeof refreshOf>>): Promise<{ card?: CardJson }> => {
    const { verb, data, id } = refresh;
    const value = {
      action: { type: 'Action.Execute', verb, data, ...(id !== undefined && { id }) },
      trigger: 'automatic',
    };
    const answer = actionAnswer(
      await outbound.send(invokeActivity(spot, 'adaptiveCard/action', value, spot.activity.id)),
    );
    if (answer.kind === 'wrong') {
      logger.warn('playground.teams-answer-refused', { count: answer.problems.length });
      return {};
    }
    if (answer.kind === 'error') return {};
    const { conversation, id: activity, version } = spot.activity;
    const card = answer.kind === 'card' ? answer.card : null;
    // Something newer may have come meanwhile: an answer to a press, or an edit with a refresh of its own.
    const kept = cloud.personal.get({ user: spot.user.id, conversation, activity });
    if (!kept || kept.version < version) {
      cloud.personal.save({ user: spot.user.id, conversation, activity, version, card });
    }
    return card ? { card } : {};
  };
  return async (of) => {
    const spot = spotOf(setting, of);
    const refresh = refreshOf(spot?.activity.card);
    if (!spot || !refresh?.userIds.includes(spot.user.mri)) return {};
    const kept = cloud.personal.get(of);
    if (kept?.version === spot.activity.version) return kept.card ? { card: kept.card } : {};
    const key = `${of.user} ${of.conversation} ${of.activity} ${spot.activity.version}`;
    const asked = asking.get(key) ?? ask(spot, refresh).finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  };
};
