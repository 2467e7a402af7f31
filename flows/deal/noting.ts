/** What compliance decided beside the deals reaches this one: a hold that was placed or lifted. */
import { SYSTEM } from '../access.ts';
import { holdsOn, isHeldBy, isOver } from '../hold.ts';
import type { CommandMeta } from './commands.ts';
import { accept, refuse, stamp, type Case, type DealContext, type Decided } from './decision.ts';
import type { DealFact } from './events.ts';
import { evolve } from './evolve.ts';
import type { DealState } from './state.ts';

const ONLY_BOT = 'Only the bot itself does this.';

export const decideNoteHold = ({ command: { hold }, view, meta }: Case<'NoteHold'>): Decided => {
  const { deal, organisation } = view;
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  if (!organisation.holds?.some(({ id }) => id === hold.id)) return refuse('not now', 'This hold was lifted.');
  if (deal.holds?.[hold.id]) return refuse('not now', 'The deal knows of this hold.');
  if (isOver(deal) || !isHeldBy(deal, hold)) return refuse('not now', 'This hold is not for this deal.');
  return accept(meta, [{ type: 'HoldNoted', hold }]);
};

export const decideNoteRelease = ({ command, view: { deal }, meta }: Case<'NoteRelease'>): Decided => {
  if (meta.actor !== SYSTEM) return refuse('not allowed', ONLY_BOT);
  const { hold, reason, by } = command;
  if (!deal.holds?.[hold]) return refuse('not now', 'The deal knows of no such hold.');
  return accept(meta, [{ type: 'HoldEnded', hold, reason, lifted: by }]);
};

/** Whatever happens to a deal notes the holds that stand on it then: one that was opened, renamed or reopened under a hold says so. */
export const withStanding = (
  decided: Decided,
  before: DealState,
  meta: CommandMeta,
  { organisation }: Pick<DealContext, 'organisation'>,
): Decided => {
  if (decided.kind === 'refused' || !organisation.holds?.length) return decided;
  const deal = decided.events.reduce(evolve, before);
  if (deal.status === 'none') return decided;
  const unknown = holdsOn({ deal, organisation }).filter(({ id }) => !deal.holds?.[id]);
  const noted = unknown.map((hold): DealFact => ({ type: 'HoldNoted', hold }));
  // Nobody who acted now did this, so nobody is spared hearing of it.
  return { kind: 'accepted', events: [...decided.events, ...stamp({ ...meta, actor: SYSTEM }, noted)] };
};
