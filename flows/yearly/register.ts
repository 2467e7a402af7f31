/**
 * The register of yearly reports: the words and figures of each year, who approved them, and what was published. Once published
 * they stay as they are, whatever is corrected or erased since: a figure counted anew would tell by the difference what the
 * first one did not. Guidance: R1.
 */

import type { PersonId } from '../ids.ts';
import { membersOf, SYSTEM } from '../organisation.ts';
import {
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterTarget,
} from '../registers/register.ts';
import { approverGroups } from './approvers.ts';
import { draftOf } from './deciding.ts';
import { decideComplaints } from './handing-over.ts';
import { decidePublish, decidePublishApproved } from './publishing.ts';
import type {
  PublishedYear,
  YearDraft,
  YearlyCommand,
  YearlyEvent,
  YearlyFact,
  YearlyState,
  YearQuestion,
} from './register-shapes.ts';
import { remindersNow, reminderDueAt } from './reminding.ts';
import { decideSave, decideSend } from './sending.ts';
import { decideAnswer, decideApprove, decideAsk, decideReturn, decideTakeBack } from './voting.ts';

type Of<T extends YearlyEvent['type']> = Extract<YearlyEvent, { type: T }>;

const withDraft = (state: YearlyState, year: number, to: (draft: YearDraft) => YearDraft): YearlyState => ({
  ...state,
  drafts: { ...state.drafts, [year]: to(draftOf(state, year)) },
});

const publishedBy = ({ figures, at, by, words, hash, votes }: Of<'YearPublished'>): PublishedYear => ({
  figures,
  at,
  by,
  ...(words ? { words } : {}),
  ...(hash === undefined ? {} : { hash }),
  ...(votes ? { votes } : {}),
});

const questionIn = (state: YearlyState, year: number, question: string): YearQuestion | undefined =>
  draftOf(state, year).questions.find(({ id }) => id === question);

const compliance = ({ organisation }: RegisterContext): PersonId[] =>
  membersOf(organisation, organisation.roles.compliance);

const chief = ({ organisation }: RegisterContext): PersonId[] => membersOf(organisation, organisation.roles.chief);

/** Whoever looks after the report: compliance, and who sent it. */
const keepers = (context: RegisterContext, draft: YearDraft): PersonId[] => [
  ...compliance(context),
  ...(draft.sent ? [draft.sent.by] : []),
];

const aboutQuestion = (
  state: YearlyState,
  { year, question }: Of<'YearAsked' | 'YearAnswered' | 'YearQuestionTakenBack'>,
  fact: 'report asked' | 'report answered' | 'report question taken back',
  to: (question: YearQuestion) => PersonId[],
): [YearlyFact, RegisterTarget[]][] => {
  const found = questionIn(state, year, question);
  return found ? [[{ fact, year, question: found }, toPeople(to(found))]] : [];
};

export const yearly: Register<YearlyState, YearlyCommand, YearlyEvent, YearlyFact> = {
  name: 'yearly',
  none: { years: {}, drafts: {}, reminded: {} },
  evolve: (state, event) => {
    const { at, by } = event;
    switch (event.type) {
      case 'YearPublished': {
        const { year } = event.figures;
        const { [year]: _done, ...drafts } = state.drafts;
        return { ...state, years: { ...state.years, [year]: publishedBy(event) }, drafts };
      }
      case 'YearWordsSaved': {
        const { words, mayName, version, authors } = event;
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          text: { words, mayName, version, authors, by, at },
        }));
      }
      case 'YearSent': {
        const { hash, figures, returned } = event;
        return withDraft(state, event.year, ({ text, questions, complaints }) => ({
          text,
          questions,
          complaints,
          sent: { hash, figures, by, at, votes: [] },
          ...(returned ? { returned } : {}),
        }));
      }
      case 'YearApproved': {
        const { groups, for: absent } = event;
        const vote = { by, at, groups, ...(absent === undefined ? {} : { for: absent }) };
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          sent: draft.sent && { ...draft.sent, votes: [...draft.sent.votes, vote] },
        }));
      }
      case 'YearReturned': {
        const { reason, for: absent } = event;
        return withDraft(state, event.year, ({ text, questions, complaints }) => ({
          text,
          questions,
          complaints,
          returned: { by, at, reason, ...(absent === undefined ? {} : { for: absent }) },
        }));
      }
      case 'YearVotesVoided': {
        const { because, differences, parts, voters } = event;
        return withDraft(state, event.year, ({ text, questions, complaints, returned }) => ({
          text,
          questions,
          complaints,
          ...(returned ? { returned } : {}),
          voided: { because, differences, parts, voters, at, by },
        }));
      }
      case 'YearAsked': {
        const { question: id, table, text } = event;
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          questions: [...draft.questions, { id, table, text, by, at }],
        }));
      }
      case 'YearAnswered': {
        const answer = { text: event.text, by, at };
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          questions: draft.questions.map((one) => (one.id === event.question ? { ...one, answer } : one)),
        }));
      }
      case 'YearComplaintsSaved': {
        const { complaints } = event;
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          complaints: complaints && { lines: complaints, by, at },
        }));
      }
      case 'YearQuestionTakenBack':
        return withDraft(state, event.year, (draft) => ({
          ...draft,
          questions: draft.questions.filter(({ id }) => id !== event.question),
        }));
      case 'YearReminded':
        return { ...state, reminded: { ...state.reminded, [event.year]: event.stage } };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, context) => {
    switch (command.type) {
      case 'PublishYear':
        return decidePublish(command, state, meta, context);
      case 'SaveYearWords':
        return decideSave(command, state, meta, context);
      case 'SaveYearComplaints':
        return decideComplaints(command, state, meta, context);
      case 'SendYear':
        return decideSend(command, state, meta, context);
      case 'ApproveYear':
        return decideApprove(command, state, meta, context);
      case 'ReturnYear':
        return decideReturn(command, state, meta, context);
      case 'AskYear':
        return decideAsk(command, state, meta, context);
      case 'AnswerYear':
        return decideAnswer(command, state, meta, context);
      case 'TakeYearQuestionBack':
        return decideTakeBack(command, state, meta);
      case 'PublishApprovedYear':
        return decidePublishApproved(command, state, meta, context);
      case 'Tick': {
        if (meta.actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const events = remindersNow(state, meta.at, context).map((reminder): YearlyEvent => ({
          at: meta.at,
          by: meta.actor,
          type: 'YearReminded',
          ...reminder,
        }));
        return events.length > 0
          ? { kind: 'accepted', events }
          : refuseRegister('not now', 'Nobody is to be reminded of a yearly report now.');
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, context, before) => {
    const { by } = event;
    const year = event.type === 'YearPublished' ? event.figures.year : event.year;
    const was = draftOf(before, year);
    const is = draftOf(now, year);
    switch (event.type) {
      case 'YearWordsSaved':
      case 'YearComplaintsSaved':
        return [];
      case 'YearSent':
        return [[{ fact: 'report to approve', year }, toPeople(event.told)]];
      case 'YearApproved': {
        const { for: absent } = event;
        const told = toPeople([...keepers(context, is), ...(absent === undefined ? [] : [absent])]);
        return [[{ fact: 'report approved', year, by, ...(absent === undefined ? {} : { for: absent }) }, told]];
      }
      case 'YearReturned': {
        const { reason, for: absent, voters } = event;
        const fact = { fact: 'report returned', year, by, reason, ...(absent === undefined ? {} : { for: absent }) };
        const told = toPeople([...keepers(context, was), ...voters, ...(absent === undefined ? [] : [absent])]);
        return [[fact as YearlyFact, told]];
      }
      case 'YearVotesVoided':
        return is.voided
          ? [
              [
                { fact: 'report changed', year, voided: is.voided },
                toPeople([...keepers(context, was), ...event.voters]),
              ],
            ]
          : [];
      case 'YearAsked':
        return aboutQuestion(now, event, 'report asked', () => keepers(context, is));
      case 'YearAnswered':
        return aboutQuestion(now, event, 'report answered', (question) => [question.by]);
      case 'YearQuestionTakenBack':
        return aboutQuestion(before, event, 'report question taken back', () => keepers(context, is));
      case 'YearPublished': {
        const voters = (event.votes ?? []).flatMap((vote) => [vote.by, ...(vote.for === undefined ? [] : [vote.for])]);
        return [
          [{ fact: 'report published', year, by }, toPeople([...compliance(context), ...chief(context), ...voters])],
        ];
      }
      case 'YearReminded': {
        const { stage, late, due, first } = event;
        const told = toPeople([...compliance(context), ...(late ? chief(context) : [])]);
        return first ? [] : [[{ fact: 'report due', reminder: { year, stage, late, due } }, told]];
      }
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  nextDueAt: (state, now, context) => reminderDueAt(state, now, context),
  tick: { type: 'Tick' },
};

/** Tells whether a report is published in chat: then whoever runs the bot writes what was published there. */
export const isApprovedInChat = (context: RegisterContext): boolean => approverGroups(context).length > 0;
