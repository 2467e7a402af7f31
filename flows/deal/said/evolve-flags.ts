/** Evolves the flags that people, or the bot itself, raised on a deal. */

import type { DealEvent } from '../events.ts';
import { isOfWorries, type OwnFlag } from '../own-flag.ts';
import type { Opened } from '../state.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

/** Flags that were settled of other parties, or counted at once while nobody else worked on the deal, wait once more: as heavy as they did, and what was admitted counts meanwhile. */
export const flagsAgain = (
  flags: readonly OwnFlag[],
  event: Of<'DetailsCorrected' | 'LighterRefused' | 'FlagsAskedAgain'>,
): OwnFlag[] => {
  const { flagsAgain: again = [], at } = event;
  const reworded = event.type === 'FlagsAskedAgain' && event.reworded ? { reworded: true as const } : {};
  return flags.map((flag) => {
    if (!again.includes(flag.id)) return flag;
    const { reason, settledBy, settledAt: _then, ...waits } = flag;
    const before = { at, reason, settledBy, ...reworded };
    if (flag.status !== 'admitted') return { ...waits, status: 'pending', again: before };
    const { waited = flag.weight, over: _over, ...rest } = waits;
    return { ...rest, status: 'pending', weight: waited, again: { ...before, as: flag.weight } };
  });
};

/** Deals of before that was kept (`keepsWords`) do not keep when a flag was settled. */
export const evolveFlags = (
  { ownFlags: flags, keepsWords, others }: Pick<Opened, 'ownFlags' | 'keepsWords' | 'others'>,
  event: Of<'FlagRaised' | 'FlagAdmitted' | 'FlagDismissed'>,
): OwnFlag[] => {
  if (event.type === 'FlagRaised') {
    const { type: _type, flag: id, title, by, at, weight, pending, ...of } = event;
    const status = pending ? 'pending' : 'admitted';
    return [...flags, { id, title, by, at, status, weight, ...of }];
  }
  const settled =
    event.type === 'FlagAdmitted'
      ? {
          status: 'admitted' as const,
          weight: event.weight,
          reason: event.reason,
          ...(event.waited ? { waited: event.waited } : {}),
        }
      : { status: 'dismissed' as const, reason: event.reason };
  return flags.map((f) =>
    f.id === event.flag
      ? {
          ...f,
          ...settled,
          ...(keepsWords ? { settledAt: event.at } : {}),
          ...(keepsWords && isOfWorries(f) && others?.worries ? { heard: others.worries.length } : {}),
          ...(event.settledBy === undefined ? {} : { settledBy: event.settledBy }),
          ...(event.over ? { over: event.over } : {}),
        }
      : f,
  );
};
