/** What officers and others say in words of a deal that is not decided, one thing in each row. */

import { acceptableGaps } from '../../flows/deal/context/gaps.ts';
import { inMiddle, givesAll, type Play } from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';

const by = 'compliance-1';
const other = 'compliance-2';
const WHY = inMiddle(900);
const OUT = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };
const IN = { 'G1-capability': { value: 'yes' as const }, G2: { value: 'yes' as const } };
const stepOf = async (play: Play): Promise<number> => {
  const { deal } = await play.view();
  return deal.status === 'deciding' ? deal.step : 0;
};
const flagged = async (play: Play, title: string, raiser = 'senior-2'): Promise<string> => {
  await play.does(raiser, { type: 'RaiseFlag', title });
  return (await play.view()).deal.ownFlags.at(-1)!.id;
};
const asked = async (play: Play, question = 'Who reads what it finds?', asker = by): Promise<string> => {
  await play.does(asker, { type: 'AskForInformation', step: await stepOf(play), question });
  return (await play.view()).deal.requests.at(-1)!.id;
};
const acceptsGap = async (play: Play, officer: string, reason: string): Promise<string> => {
  const id = acceptableGaps(await play.view())[0]!.id;
  await play.does(officer, { type: 'AcceptGaps', questions: [id], reason });
  return id;
};

export const BY_OFFICERS: Readonly<Record<string, Row>> = {
  'scope sent back': {
    by,
    of: 'ordinary',
    from: 'deciding',
    says: async (play) => {
      await play.gives('rep-1', 'scope', OUT);
      const { deal } = await play.view();
      const factsHash = (deal.status === 'answering' && deal.scopeSaid?.factsHash) || '';
      await play.does(by, { type: 'RefuseScope', factsHash, reason: WHY });
      await play.gives('rep-1', 'scope', IN);
    },
  },
  'lighter sent back': {
    by,
    of: 'ordinary',
    from: 'deciding',
    says: async (play) => {
      await play.gives('rep-1', 'end-user', { 'H-RF1': { value: 'no' } });
      await play.does(by, ({ lighterSaid }) => ({ type: 'RefuseLighter', asOf: lighterSaid!.at, reason: WHY }));
    },
  },
  recused: {
    by,
    from: 'deciding',
    says: async (play) => {
      await play.does(by, { type: 'Recuse', reason: WHY });
    },
  },
  'owner changed by compliance': {
    by,
    says: (play) => play.does(by, { type: 'ReassignOwner', to: 'product-1', reason: WHY }),
  },
  'reopened by compliance': {
    by,
    says: async (play) => {
      await play.does('rep-1', { type: 'Withdraw', reason: 'We have another plan.' });
      await play.does(by, { type: 'Reopen', reason: WHY });
    },
  },
  'stop taken back': {
    by: 'chief-1',
    from: 'deciding',
    says: async (play) => {
      await play.gives('rep-1', 'end-user', { K1: { value: 'yes' } });
      await play.does('chief-1', { type: 'Reopen', reason: WHY });
      await play.gives('rep-1', 'end-user', { K1: { value: 'no' } });
    },
  },
  'gaps accepted': {
    by,
    of: 'ordinary',
    from: 'deciding',
    says: async (play) => {
      await acceptsGap(play, by, WHY);
    },
  },
  'gaps taken back': {
    by,
    of: 'ordinary',
    from: 'deciding',
    says: async (play) => {
      const gap = await acceptsGap(play, other, 'Nobody there can know it.');
      await play.does(by, { type: 'TakeGapsBack', questions: [gap], reason: WHY });
    },
  },
  'exception confirmed': {
    by,
    of: 'collects',
    says: async (play) => {
      await givesAll(play);
      const { assessment } = await play.view();
      await play.does(by, {
        type: 'AcceptGaps',
        questions: [],
        confirm: assessment.placed!.exception!.id,
        reason: WHY,
      });
    },
  },
  'exception taken back': {
    by,
    of: 'collects',
    says: async (play) => {
      await givesAll(play);
      const { assessment } = await play.view();
      const { id } = assessment.placed!.exception!;
      await play.does(other, {
        type: 'AcceptGaps',
        questions: [],
        confirm: id,
        reason: 'It is clean as far as I see.',
      });
      await play.does(by, { type: 'TakeGapsBack', questions: [], exceptions: [id], reason: WHY });
    },
  },
  'flag, waits': { by: 'senior-2', says: async (play) => void (await flagged(play, `${WHY} They beat people.`)) },
  'flag, dismissed': {
    by: 'senior-2',
    from: 'deciding',
    says: async (play) => {
      const flag = await flagged(play, `${WHY} They beat people.`);
      await play.does(other, { type: 'DismissFlag', flag, reason: 'It is hearsay.' });
    },
  },
  'flag, dismissed, end-user renamed': {
    by: 'senior-2',
    from: 'deciding',
    says: async (play) => {
      const flag = await flagged(play, `${WHY} They beat people.`);
      await play.does(other, { type: 'DismissFlag', flag, reason: 'It is hearsay.' });
      await play.corrects('rep-1', (now) => ({ ...now, endUser: { ...now.endUser, name: 'Nazar Mill' } }), 'A slip.');
    },
  },
  'flag, admitted': {
    by: 'senior-2',
    from: 'deciding',
    says: async (play) => {
      const flag = await flagged(play, `${WHY} They beat people.`);
      await play.does(other, { type: 'AdmitFlag', flag, weight: 'moderate' });
    },
  },
  'flag, why dismissed': {
    by,
    says: async (play) => {
      const flag = await flagged(play, 'They may beat people, I hear.');
      await play.does(by, { type: 'DismissFlag', flag, reason: WHY });
    },
  },
  'flag, why admitted': {
    by,
    says: async (play) => {
      const flag = await flagged(play, 'They may beat people, I hear.');
      await play.does(by, { type: 'AdmitFlag', flag, weight: 'moderate', reason: WHY });
    },
  },
  'flag after the approval': {
    by: 'senior-2',
    from: 'approved',
    says: async (play) => {
      await flagged(play, `${WHY} They beat people.`);
    },
  },
  'question, open': {
    by,
    from: 'deciding',
    says: async (play) => {
      await asked(play, `${WHY} Who reads it?`);
    },
  },
  'question, answered': {
    by,
    from: 'deciding',
    says: async (play) => {
      const request = await asked(play, `${WHY} Who reads it?`);
      await play.does('rep-1', { type: 'GiveInformation', request, text: 'Their weather office.', sources: [] });
    },
  },
  'question, taken back': {
    by,
    from: 'deciding',
    says: async (play) => {
      const request = await asked(play, `${WHY} Who reads it?`);
      await play.does('chief-1', { type: 'TakeQuestionBack', request, reason: 'We know it from another deal.' });
    },
  },
  'question, why taken back': {
    by: 'chief-1',
    from: 'deciding',
    says: async (play) => {
      const request = await asked(play);
      await play.does('chief-1', { type: 'TakeQuestionBack', request, reason: WHY });
    },
  },
};
