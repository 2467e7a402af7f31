/** What somebody of the deal team says in words, one thing in each row. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { CONDITION, TOKEN, inMiddle, approves, givesAll, handsOver, movesOn, type Play } from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';

const by = 'product-1';
const WHY = inMiddle(900);
/** As long as why something changes may be. */
const WHY_LIGHTER = inMiddle(290);

/** They answer a section so. */
const answers =
  (section: string, change: Parameters<Play['gives']>[2], type?: 'SaveSectionForLater') =>
  async (play: Play): Promise<void> => {
    await givesAll(play, [section]);
    await handsOver(play, section);
    await play.gives(by, section, change, type);
  };

/** Whoever sells it answers all, and then that section so. */
const turns = (
  says: (play: Play) => Promise<void>,
  section: string,
  change: Parameters<Play['gives']>[2],
): ((play: Play) => Promise<void>) => {
  return async (play) => {
    await says(play);
    await givesAll(play);
    await play.gives('rep-1', section, change);
  };
};

const SOURCE = { name: `${TOKEN} Sample paper`, year: 2026 };
const NEWER = { name: 'A newer report', year: 2026 };
const note = answers('context', { G8: { note: WHY } });
const source = answers('context', { G8: { sources: [SOURCE] } });
const SENTENCE = inMiddle(580);
const text = answers('stakeholders', { S1: { value: SENTENCE } });
const yes = answers('end-user', { 'H-RF8': { value: 'yes' } });
const H_RF8 = /record of rights abuses/;

const onTeam = async (play: Play): Promise<void> => {
  await handsOver(play, 'product');
  await play.gives(by, 'product');
};
const approved = async (play: Play): Promise<void> => {
  await onTeam(play);
  await movesOn(play);
  await approves(play, by);
};
const asks = async (play: Play): Promise<string> => {
  await movesOn(play);
  await play.does('compliance-1', (v: DealView) => ({
    type: 'AskForInformation',
    step: v.deal.status === 'deciding' ? v.deal.step : 0,
    question: 'Who reads what it finds?',
  }));
  return (await play.view()).deal.requests.at(-1)!.id;
};
const role = async (play: Play): Promise<void> => {
  await handsOver(play, 'scope');
  await play.corrects(
    by,
    (now) => ({ ...now, intermediaries: [{ name: 'Kairat Logistics', role: `front ${TOKEN}` }] }),
    'I saw the order.',
  );
  await play.gives(by, 'scope');
};

export const BY_TEAM: Readonly<Record<string, Row>> = {
  'note, stands': { by, says: note },
  'note, replaced': { by, says: turns(note, 'context', { G8: { note: 'As they told us.' } }) },
  'note, stands, deal given away': {
    by,
    says: async (play) => {
      await note(play);
      await play.does('rep-1', { type: 'ReassignOwner', to: 'legal-1', reason: 'I am away.' });
    },
  },
  // A red flag is raised by it.
  'note under yes': { by, of: 'ordinary', says: answers('end-user', { 'H-RF1': { note: WHY } }) },
  'source under yes': { by, of: 'ordinary', says: answers('end-user', { 'H-RF1': { sources: [SOURCE] } }) },
  'source, another beside it': {
    by,
    says: turns(source, 'context', { G8: { sources: [NEWER, SOURCE] } }),
  },
  // Of a section in which each answer has two sources of theirs.
  'note among sources': { by, says: answers('end-user', { 'H-RF2': { note: WHY } }) },
  'source, stands': { by, says: source },
  'source, replaced': { by, says: turns(source, 'context', { G8: { sources: [NEWER] } }) },
  'source, replaced by its author': {
    by,
    says: async (play) => {
      await source(play);
      await play.gives(by, 'context', { G8: { sources: [NEWER] } });
      await givesAll(play);
    },
  },
  'text, stands': { by, says: text },
  'text, replaced': { by, says: turns(text, 'stakeholders', { S1: { value: 'They count cars.' } }) },
  // But for a few words in its middle it stays.
  'text, altered by its author': {
    by,
    says: async (play) => {
      await text(play);
      await play.gives(by, 'stakeholders', { S1: { value: SENTENCE.replace(TOKEN, 'All is well') } });
      await givesAll(play);
    },
  },
  'yes, stands': { by, or: H_RF8, says: yes },
  'yes, turned': { by, or: H_RF8, says: turns(yes, 'end-user', { 'H-RF8': { value: 'no' } }) },
  'role, stands': { by, says: role },
  'role, replaced': {
    by,
    says: async (play) => {
      await role(play);
      await play.corrects(
        'rep-1',
        (now) => ({ ...now, intermediaries: [{ name: 'Kairat Logistics', role: 'reseller' }] }),
        'It was a slip.',
      );
    },
  },
  'saved note, given over': { by, says: answers('context', { G8: { note: WHY } }, 'SaveSectionForLater') },
  'saved note, left': {
    by,
    says: async (play) => {
      await onTeam(play);
      await movesOn(play);
      await play.gives(by, 'context', { G8: { note: WHY } }, 'SaveSectionForLater');
    },
  },
  'saved yes, left': {
    by,
    or: H_RF8,
    says: async (play) => {
      await onTeam(play);
      await movesOn(play);
      await play.gives(by, 'end-user', { 'H-RF8': { value: 'yes' } }, 'SaveSectionForLater');
    },
  },
  'lighter, why': {
    by,
    of: 'ordinary',
    says: async (play) => {
      await onTeam(play);
      await movesOn(play);
      const { deal } = await play.view();
      const answersNow = { ...deal.answers['end-user'] };
      await play.does(by, {
        type: 'AnswerSection',
        section: 'end-user',
        answers: { ...answersNow, 'H-RF1': { ...answersNow['H-RF1']!, value: 'no' } },
        why: WHY_LIGHTER,
      });
    },
  },
  corrected: {
    by,
    says: async (play) => {
      await onTeam(play);
      await play.corrects(by, (now) => ({ ...now, expectedSigning: '2027-10-05' }), WHY_LIGHTER);
    },
  },
  'owner changed': {
    by,
    says: async (play) => {
      await play.does('rep-1', { type: 'ReassignOwner', to: by, reason: 'I am away.' });
      await play.does(by, { type: 'ReassignOwner', to: 'rep-1', reason: WHY });
    },
  },
  'handed over': {
    by,
    says: async (play) => {
      await handsOver(play, 'end-user');
      await play.does(by, { type: 'HandOverSection', section: 'end-user', to: 'rep-1', note: WHY });
    },
  },
  withdrawn: {
    by,
    says: async (play) => {
      await play.does('rep-1', { type: 'ReassignOwner', to: by, reason: 'I am away.' });
      await play.does(by, { type: 'Withdraw', reason: WHY });
      await play.does('rep-1', { type: 'Reopen', reason: 'They came back to us.' });
    },
  },
  reopened: {
    by,
    says: async (play) => {
      await onTeam(play);
      await play.does('rep-1', { type: 'Withdraw', reason: 'We have another plan.' });
      await play.does(by, { type: 'Reopen', reason: WHY });
    },
  },
  'said again': {
    by,
    of: 'ordinary',
    says: async (play) => {
      await play.gives('rep-1', 'scope');
      await handsOver(play, 'scope');
      const out = { 'G1-capability': { value: 'no' as const }, G2: { value: 'no' as const } };
      await play.gives(by, 'scope', out);
      const refuses = ({ deal }: DealView): DealCommand => ({
        type: 'RefuseScope',
        factsHash: scopeSaidOf(deal)?.factsHash ?? '',
        reason: 'It can do more than that.',
      });
      await play.does('compliance-1', refuses);
      await play.gives(by, 'scope', out, 'AnswerSection', WHY_LIGHTER);
      await play.does('compliance-1', refuses);
      await play.gives('rep-1', 'scope', { 'G1-capability': { value: 'yes' }, G2: { value: 'yes' } });
    },
  },
  'flag of the team': {
    by,
    says: async (play) => {
      await onTeam(play);
      await play.does(by, { type: 'RaiseFlag', title: `${TOKEN} They beat people there.` });
    },
  },
  'question answered': {
    by,
    says: async (play) => {
      await onTeam(play);
      const request = await asks(play);
      await play.does(by, { type: 'GiveInformation', request, text: WHY, sources: [] });
    },
  },
  'condition met': {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'MeetCondition', condition: CONDITION.id, text: WHY, sources: [] });
    },
  },
  'condition met, accepted': {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'MeetCondition', condition: CONDITION.id, text: WHY, sources: [] });
      await play.does('compliance-1', { type: 'AcceptCondition', condition: CONDITION.id });
    },
  },
  'condition handed over': {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'HandOverCondition', condition: CONDITION.id, to: by, reason: WHY });
    },
  },
  licence: {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'SetLicence', licence: 'granted', reason: WHY });
    },
  },
  renewals: {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'SetRenewals', reason: WHY });
    },
  },
  reported: {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'ReportChange', what: 'major', why: WHY });
    },
  },
  'report, taken back': {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'ReportChange', what: 'major', why: WHY });
      const task = (await play.view()).deal.reassessments!.at(-1)!.id;
      await play.does('compliance-2', { type: 'TakeChangeBack', task, reason: 'It was another deal.' });
    },
  },
  'report, why taken back': {
    by,
    says: async (play) => {
      await approved(play);
      await play.does(by, { type: 'ReportChange', what: 'major', why: 'They jam phones with it.' });
      const task = (await play.view()).deal.reassessments!.at(-1)!.id;
      await play.does(by, { type: 'TakeChangeBack', task, reason: WHY });
    },
  },
};
