/** What becomes of what an officer settled of a deal, once it is of something else. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { acceptableGaps } from '../../flows/deal/context/gaps.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import type { HeardWorry } from '../../flows/deal/heard-shapes.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import { givesAll, handsOver, movesOn, type Kind, type Play } from './said-matrix-play.ts';

export const CHANGES = {
  kind: ({ endUser }) => ({ endUser: { ...endUser, kind: 'security' } }),
  product: () => ({ product: { id: 'other', name: 'Gauge' } }),
  country: () => ({ destination: 'SE' }),
  'end-user': ({ endUser }) => ({ endUser: { ...endUser, name: 'Tern Kiln House' } }),
  customer: () => ({ customer: 'Brill Trade' }),
  between: ({ intermediaries }) => ({ intermediaries: [...intermediaries, { name: 'Siskin Trading', role: 'agent' }] }),
  part: ({ intermediaries }) => ({ intermediaries: intermediaries.map((one) => ({ ...one, role: 'operator' })) }),
  more: () => ({ valueBand: 'over-10m' }),
  less: () => ({ valueBand: 'under-50k' }),
} as const satisfies Record<string, (now: DealDetails) => Partial<DealDetails>>;
const notes = (play: Play, note: string | undefined): Promise<void> =>
  play.gives('rep-1', 'stakeholders', { S4: { note } });
type Rewords = (play: Play) => Promise<void>;
/** What whoever sells it says of it, and then in other words. */
export const REWORDS: Readonly<Record<string, { first?: Rewords; then: Rewords }>> = {
  purpose: {
    then: (play) => play.gives('rep-1', 'stakeholders', { S1: { value: 'Count who walks past at night.' } }),
  },
  note: {
    first: (play) => notes(play, 'They get no account.'),
    then: (play) => notes(play, 'They run the help desk.'),
  },
  'no note': { first: (play) => notes(play, 'They get no account.'), then: (play) => notes(play, undefined) },
};
export type Change = keyof typeof CHANGES | keyof typeof REWORDS;

/** Settles something, and returns what tells whether an officer is asked again. */
type Settles = (play: Play) => Promise<() => Promise<boolean>>;

const REASON = 'They are a private firm, and it is a small sale.';
const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };

const lastFlag = async (play: Play): Promise<string> => (await play.view()).deal.ownFlags.at(-1)!.id;
const waitsFor = (play: Play) => async (): Promise<boolean> =>
  (await play.view()).deal.ownFlags.some(({ status }) => status === 'pending');
const heard = (of: HeardWorry['of']): DealCommand => ({
  type: 'NoteOthers',
  ended: [],
  otherwise: [],
  worries: [
    { deal: 'D-0THER1', of, by: 'legal-1', at: '2027-03-01T08:00:00.000Z', text: 'Their guards hunt porters.' },
  ],
});
const dismissed = async (play: Play, by: string): Promise<() => Promise<boolean>> => {
  await play.does(by, { type: 'DismissFlag', flag: await lastFlag(play), reason: REASON });
  return waitsFor(play);
};

interface Settled {
  of?: Kind;
  /** Nothing else is to be answered for it. */
  alone?: true;
  settles: Settles;
}

export const OFFICERS_SETTLE: Readonly<Record<string, Settled>> = {
  'a flag, dismissed': {
    settles: async (play) => {
      await play.does('senior-2', { type: 'RaiseFlag', title: 'They beat people there.' });
      return dismissed(play, 'compliance-1');
    },
  },
  'a flag, counted as light': {
    settles: async (play) => {
      await play.does('senior-2', { type: 'RaiseFlag', title: 'They beat people there.' });
      await play.does('compliance-1', {
        type: 'AdmitFlag',
        flag: await lastFlag(play),
        weight: 'light',
        reason: REASON,
      });
      return waitsFor(play);
    },
  },
  'what another deal says, dismissed': {
    settles: async (play) => {
      await play.does(SYSTEM, heard('flag'));
      return dismissed(play, 'compliance-1');
    },
  },
  'the stop of another deal, dismissed': {
    settles: async (play) => {
      await play.does(SYSTEM, heard('stop'));
      return dismissed(play, 'chief-1');
    },
  },
  'a gap, accepted': {
    settles: async (play) => {
      const { id } = acceptableGaps(await play.view())[0]!;
      await play.does('compliance-1', { type: 'AcceptGaps', questions: [id], reason: REASON });
      return async () => (await play.view()).deal.gaps?.[id] === undefined;
    },
  },
  'an exception, confirmed': {
    of: 'collects',
    settles: async (play) => {
      const { id } = (await play.view()).assessment.placed!.exception!;
      await play.does('compliance-1', { type: 'AcceptGaps', questions: [], confirm: id, reason: REASON });
      return async () => (await play.view()).deal.exceptions?.[id] === undefined;
    },
  },
  'a lighter answer, confirmed': {
    settles: async (play) => {
      await handsOver(play, 'end-user');
      await play.gives('product-1', 'end-user', { 'H-RF8': { value: 'yes' } });
      await play.gives('rep-1', 'end-user', { 'H-RF8': { value: 'no' } });
      await play.does('compliance-1', ({ lighterSaid }) => ({ type: 'ConfirmLighter', asOf: lighterSaid!.at }));
      return async () => (await play.view()).lighterSaid !== undefined;
    },
  },
  'the scope, confirmed': {
    alone: true,
    settles: async (play) => {
      await play.gives('rep-1', 'scope', OUT);
      const factsHash = scopeSaidOf((await play.view()).deal)!.factsHash;
      await play.does('compliance-1', { type: 'ConfirmScope', factsHash });
      // Nobody corrects what is out of scope.
      await play.does('rep-1', { type: 'Reopen', reason: 'It was about somebody else.' });
      return async () => {
        // Of some kinds of end-user nobody asks it.
        await play.gives('rep-1', 'scope', OUT).catch(() => {});
        return (await play.view()).deal.status !== 'out of scope';
      };
    },
  },
  'a stop, taken back': {
    settles: async (play) => {
      await handsOver(play, 'end-user');
      await play.gives('product-1', 'end-user', { K1: { value: 'yes' } });
      await play.does('chief-1', { type: 'Reopen', reason: REASON });
      await play.gives('rep-1', 'end-user', { K1: { value: 'no' } });
      return async () => {
        const { deal } = await play.view();
        return deal.status === 'stopped' || deal.ownFlags.some(({ status }) => status === 'pending');
      };
    },
  },
};

/** Tells whether an officer is asked again once the deal is changed so, and whoever sells it answered what is asked again. */
export const askedOver = async ({ settles, alone }: Settled, change: Change, start: Play): Promise<boolean> => {
  const play = start.fork();
  try {
    await REWORDS[change]?.first?.(play);
    const isAsked = await settles(play);
    await play.later(1);
    const changes = (CHANGES as Readonly<Record<string, (now: DealDetails) => Partial<DealDetails>>>)[change];
    if (changes) await play.corrects('rep-1', (now) => ({ ...now, ...changes(now) }), 'They told us.');
    else await REWORDS[change]!.then(play);
    const { deal } = await play.view();
    if (!alone) {
      // What compliance confirms of the change itself it reads with all that was said.
      for (const section of Object.keys(deal.answers)) await play.gives('rep-1', section).catch(() => {});
      await givesAll(play);
      await movesOn(play);
    }
    return await isAsked();
  } finally {
    await play.end();
  }
};
