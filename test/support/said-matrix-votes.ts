/** What approvers say in words as they vote, one thing in each row. */

import { weighed } from './picture-deal.ts';
import { CONDITION, inMiddle, movesOn, settles, votes, type Play } from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';
import { voteOf } from './story.ts';

const by = 'compliance-1';
const other = 'compliance-2';
const WHY = inMiddle(900);
const SAFEGUARDS = { weighing: { ...weighed.weighing!, safeguardsOffered: WHY } };
/** A vote with the token, and then a fact changes. */
const discarded = async (play: Play): Promise<void> => {
  const { deal } = await play.view();
  await play.gives(deal.owner, 'end-user', { 'H-RF2': { value: 'unknown' } });
};
const votesAs = async (play: Play, more: Parameters<typeof votes>[2]): Promise<void> => {
  const voter = await votes(play, '', more);
  if (voter !== by) throw new Error(`${voter} voted`);
};
/** Where two must vote, so that one can take theirs back. */
const votesInHigh = async (play: Play, more: Parameters<typeof votes>[2]): Promise<void> => {
  await play.gives('rep-1', 'context', { G10: { value: 'contribute' } });
  await settles(play, 'senior-1');
  await votes(play, 'compliance-2');
  await play.does('senior-1', voteOf(await play.view(), { ...weighed, ...more }));
};

/** Takes the vote back, and votes for it again with nothing to say: what the first one said was said. */
const votesAnew = async (play: Play, more: Parameters<typeof votes>[2], reason?: string): Promise<void> => {
  await votesInHigh(play, more);
  await play.does('senior-1', { type: 'TakeVoteBack', step: 1, reason });
  await play.does('senior-1', voteOf(await play.view(), weighed));
};

export const BY_VOTERS: Readonly<Record<string, Row>> = {
  'decline taken back': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votes(play, by, { outcome: 'decline', rationale: 'They would misuse it there.' });
      await play.does(by, { type: 'Reopen', reason: WHY });
    },
  },
  'vote, reasons': { by, from: 'deciding', says: (play) => votesAs(play, { rationale: WHY }) },
  'vote, reasons, voided': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, { rationale: WHY });
      await discarded(play);
    },
  },
  'vote, safeguards': { by, from: 'deciding', says: (play) => votesAs(play, SAFEGUARDS) },
  'vote, safeguards, voided': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, SAFEGUARDS);
      await discarded(play);
    },
  },
  'vote, condition': {
    by,
    from: 'deciding',
    says: (play) => votesAs(play, { outcome: 'approve-with-conditions', conditions: [{ ...CONDITION, text: WHY }] }),
  },
  'vote, condition, voided': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, { outcome: 'approve-with-conditions', conditions: [{ ...CONDITION, text: WHY }] });
      await discarded(play);
    },
  },
  'vote, condition, approved': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, { outcome: 'approve-with-conditions', conditions: [{ ...CONDITION, text: WHY }] });
      await votes(play, by);
    },
  },
  'vote, no condition': { by, from: 'deciding', says: (play) => votesAs(play, { noCondition: WHY }) },
  'vote, flag cleared': {
    by,
    from: 'deciding',
    says: async (play) => {
      const { assessment } = await play.view();
      const flags = Object.fromEntries(
        assessment.flags.map(({ id }) => [id, { opinion: 'clear' as const, reason: WHY }]),
      );
      await votesAs(play, { flags });
    },
  },
  'vote, left out': {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, { outcome: 'approve-with-conditions', conditions: [CONDITION] });
      await discarded(play);
      await movesOn(play);
      await settles(play, by);
      await votesAs(play, { leftOut: [{ condition: CONDITION, askedBy: by, reason: WHY }] });
    },
  },
  'vote, taken back': {
    by: 'senior-1',
    from: 'deciding',
    says: async (play) => {
      await votesInHigh(play, { rationale: WHY });
      await play.does('senior-1', { type: 'TakeVoteBack', step: 1 });
    },
  },
  'vote, why taken back': {
    by: 'senior-1',
    from: 'deciding',
    says: async (play) => {
      await votesInHigh(play, {});
      await play.does('senior-1', { type: 'TakeVoteBack', step: 1, reason: WHY });
    },
  },
  'vote, cast anew': {
    by: 'senior-1',
    from: 'deciding',
    says: (play) => votesAnew(play, { rationale: WHY }),
  },
  'vote, safeguards, cast anew': {
    by: 'senior-1',
    from: 'deciding',
    says: (play) => votesAnew(play, SAFEGUARDS),
  },
  'vote, no condition, cast anew': {
    by: 'senior-1',
    from: 'deciding',
    says: (play) => votesAnew(play, { noCondition: WHY }),
  },
  'vote, why taken back, cast anew': {
    by: 'senior-1',
    from: 'deciding',
    says: (play) => votesAnew(play, {}, WHY),
  },
  declined: {
    by,
    from: 'deciding',
    says: async (play) => {
      await votesAs(play, { outcome: 'decline', rationale: WHY });
      await play.does(other, { type: 'Reopen', reason: 'They came back to us.' });
    },
  },
};
