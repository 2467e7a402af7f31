/** Evolves what a deal keeps of its past: sections that are asked again, stops, reopenings; and its scope. */

import { own } from '../../own.ts';
import type { SectionId } from '../../policy/policy.ts';
import { askedAgain } from '../approval/evolve-reassessments.ts';
import type { DealEvent } from '../events.ts';
import type { Stop } from '../said-shapes.ts';
import type { Opened, OpenedDeal } from '../state.ts';
import { evolveLighter, lighterAgain } from './evolve-lighter.ts';
import { withHeard } from './heard-again.ts';

type Of<T extends DealEvent['type']> = Extract<DealEvent, { type: T }>;

/** Keeps the answers of sections that are asked again, with who gave them: their drafts don't say. */
const keepSaid = (
  { answers, lastSaid, standing, keepsWords }: Opened,
  sections: readonly SectionId[],
): Pick<Opened, 'lastSaid'> => {
  const again = sections.flatMap((section) => {
    const given = own(answers, section);
    return given ? [[section, given] as const] : [];
  });
  const approved = keepsWords ? standing?.basis.answers : undefined;
  return again.length === 0 ? {} : { lastSaid: { ...approved, ...lastSaid, ...Object.fromEntries(again) } };
};

/** A stop of before stops were kept leaves nothing here: its state stays as it was. */
export const stoppedBy = (
  { stops, authority }: Opened,
  { rule, at, by, because, notify }: Of<'DealStopped'>,
): Partial<Opened> => ({
  ...(because ? { stops: [...(stops ?? []), { rule, at, by, because }] } : {}),
  ...(notify && (!authority || authority.done) ? { authority: { since: at } } : {}),
});

/** As above. A stop from before is kept from its reopening on. */
export const reopenedBy = (
  deal: OpenedDeal,
  { by, at, reason, from, askAgain }: Of<'DealReopened'>,
): Partial<Opened> => {
  if (from === undefined) return {};
  const reopenings = [...(deal.reopenings ?? []), { by, at, reason }];
  const kept = { reopenings, ...keepSaid(deal, askAgain) };
  if (deal.status !== 'stopped') return kept;
  const known: Stop[] = deal.stops?.length ? deal.stops : [{ rule: deal.rule, at: deal.at }];
  const last = known.length - 1;
  return { ...kept, stops: known.map((stop, i) => (i === last ? { ...stop, lifted: { by, at, reason } } : stop)) };
};

/** `opened`: the deal without the members of its status. */
export const evolveSaid = (
  state: OpenedDeal,
  event: Of<
    | 'ScopeSaid'
    | 'ScopeConfirmed'
    | 'ScopeRefused'
    | 'FoundInScope'
    | 'LighterConfirmed'
    | 'LighterRefused'
    | 'LighterAskedAgain'
    | 'AuthorityNoted'
    | 'OthersNoted'
  >,
  opened: Opened,
): OpenedDeal => {
  const { by, at } = event;
  switch (event.type) {
    case 'ScopeSaid': {
      const { reasons, contradicts, rules, factsHash, why, said = { by, at } } = event;
      const scopeSaid = { reasons, contradicts, rules, factsHash, ...(why === undefined ? {} : { why }), ...said };
      return { ...opened, status: 'answering', scopeSaid, waitingSince: said.at };
    }
    case 'ScopeConfirmed':
      return state;
    case 'LighterConfirmed':
    case 'LighterRefused':
      return evolveLighter(state, event);
    case 'LighterAskedAgain':
      return { ...state, ...lighterAgain(state, event) };
    case 'AuthorityNoted':
      return { ...state, authority: state.authority && { ...state.authority, done: { by, at, note: event.note } } };
    case 'OthersNoted':
      return { ...state, others: withHeard(state.others, event) };
    case 'ScopeRefused':
      return {
        ...opened,
        ...askedAgain(opened, [event.section]),
        ...keepSaid(opened, [event.section]),
        status: 'answering',
        scopeRefused: { by, at, reason: event.reason },
        answeringSince: at,
        waitingSince: at,
      };
    case 'FoundInScope':
      return state.status === 'answering'
        ? { ...opened, status: 'answering', waitingSince: at }
        : { ...state, waitingSince: at };
    default: {
      const never: never = event;
      return never;
    }
  }
};

/** Compliance that confirms it did not say it. What was pending ends with it. */
export const outOfScopeBy = ({
  reasons,
  said,
  confirmed,
  by,
  at,
}: Of<'FoundOutOfScope'>): Omit<
  Extract<OpenedDeal, { status: 'out of scope' }>,
  Exclude<keyof Opened, 'lighterSaid' | 'lighterKept'> | 'status'
> => ({
  reasons,
  by: said?.by ?? by,
  at: said?.at ?? at,
  ...(confirmed ? { confirmed } : {}),
  lighterSaid: undefined,
  lighterKept: undefined,
});
