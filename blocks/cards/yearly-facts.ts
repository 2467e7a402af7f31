/** What people are told of a yearly report: to approve it, what was approved, asked or sent back, and what changed. */

import type { PersonId } from '../../flows/ids.ts';
import { inGroup } from '../../flows/organisation.ts';
import type { RegisterContext } from '../../flows/registers/register.ts';
import { approverGroups, mayWriteYear, waitedFor } from '../../flows/yearly/approvers.ts';
import { draftOf, openQuestions } from '../../flows/yearly/deciding.ts';
import type { YearDraft, YearlyFact, YearlyState } from '../../flows/yearly/register-shapes.ts';
import type { Block, Card } from '../card.ts';
import { dayWords, groupName, listWords, LONGEST_QUOTED, quoted } from '../words.ts';
import { sayElementButton } from './actions-programme.ts';
import {
  answerYearButton,
  approveYearButton,
  askYearButton,
  publishYearButton,
  returnYearButton,
  showYearButton,
} from './actions-yearly.ts';
import { row } from './actions.ts';
import { figureBlocks, questionText, reasonBlock, tableTitle, wordBlocks } from './yearly-words.ts';
import { voidedBlocks } from './yearly.ts';

const CITATION = 'Guidance 8, bullet 1';
const WHERE_CITATION = 'Guidance 8, bullet 4';
const MOST_SHOWN = 450;

type Around = RegisterContext & { reader: PersonId | undefined };

/** The group that brings it to the reader: compliance, else the chief. */
const groupOf = ({ organisation, reader = '' }: Around): string => {
  const { compliance, chief } = organisation.roles;
  return groupName(organisation, inGroup(organisation, compliance, reader) ? compliance : chief);
};

const writes = ({ reader, ...context }: Around): boolean => reader !== undefined && mayWriteYear(context, reader);

const toApprove = (year: number, { sent, text }: YearDraft, around: Around): Block[] => {
  if (!sent || !text) return [{ kind: 'text', text: `The report of ${year} is not with its approvers any more.` }];
  const groups = approverGroups(around).map((group) => groupName(around.organisation, group));
  return [
    { kind: 'text', text: [{ person: sent.by }, ' sent it: its figures and words, as they would be published.'] },
    ...row(approveYearButton(year, sent.hash), returnYearButton(year, sent.hash), askYearButton(year, sent.hash)),
    { kind: 'divider' },
    ...figureBlocks(sent.figures),
    ...wordBlocks(text.words, text.mayName, MOST_SHOWN),
    {
      kind: 'note',
      text: `You approve exactly this. What changes meanwhile voids it, and you are told what. It is approved by ${listWords(groups)}: you get this because you can be the one, or stand in.`,
    },
  ];
};

const afterApproval = (year: number, draft: YearDraft, around: Around): Block[] => {
  const { sent } = draft;
  if (!sent) return [];
  const missing = waitedFor(sent, around).map((group) => groupName(around.organisation, group));
  if (missing.length > 0)
    return [{ kind: 'text', text: `It still waits for ${listWords(missing)}.` }, ...row(showYearButton(year))];
  const isOpen = openQuestions(draft).length > 0;
  return [
    { kind: 'text', text: isOpen ? 'A question on it is still open.' : 'Everybody approved it: it can be published.' },
    ...row(!isOpen && writes(around) && publishYearButton(year, sent.hash), showYearButton(year)),
  ];
};

/** By these: in a title people have no names, so who it was stands below. */
const who = (by: PersonId, absent: PersonId | undefined, rest: string): Block => ({
  kind: 'text',
  text: [{ person: by }, ...(absent === undefined ? [] : [' (for ', { person: absent }, ')']), rest],
});

export const yearlyFactCard = (fact: YearlyFact, state: YearlyState, around: Around): Card => {
  switch (fact.fact) {
    case 'report to approve':
      return {
        blocks: [
          { kind: 'title', text: `Please approve the yearly report of ${fact.year}`, tone: 'attention' },
          ...toApprove(fact.year, draftOf(state, fact.year), around),
        ],
      };
    case 'report approved':
      return {
        blocks: [
          { kind: 'title', text: `Yearly report of ${fact.year}: approved`, tone: 'good' },
          who(fact.by, fact.for, ' approved it.'),
          ...afterApproval(fact.year, draftOf(state, fact.year), around),
        ],
      };
    case 'report returned':
      return {
        blocks: [
          { kind: 'title', text: `Yearly report of ${fact.year}: sent back`, tone: 'attention' },
          who(fact.by, fact.for, ' sent it back. What was approved counts no more. Reason:'),
          reasonBlock(fact.reason),
          ...row(showYearButton(fact.year)),
        ],
      };
    case 'report changed':
      return {
        blocks: [
          { kind: 'title', text: `Yearly report of ${fact.year}: it changed`, tone: 'attention' },
          ...voidedBlocks(fact.voided),
          {
            kind: 'text',
            text: writes(around)
              ? 'Please look whether the words still fit, and send it for approval again.'
              : 'Compliance looks at it and sends it again. You need to do nothing until then.',
          },
          ...row(showYearButton(fact.year)),
        ],
      };
    case 'report asked':
    case 'report answered':
    case 'report question taken back': {
      const { year, question } = fact;
      const title = tableTitle(draftOf(state, year).sent?.figures, question.table);
      const heads = {
        'report asked': 'a question',
        'report answered': 'your question is answered',
        'report question taken back': 'a question was taken back',
      } as const;
      return {
        blocks: [
          { kind: 'title', text: `Yearly report of ${year}: ${heads[fact.fact]}` },
          {
            kind: 'text',
            text:
              fact.fact === 'report question taken back'
                ? [{ person: question.by }, ` took back what they asked on ${quoted(title, LONGEST_QUOTED)}.`]
                : questionText(question, title),
          },
          ...row(
            fact.fact === 'report asked' && writes(around) && answerYearButton(year, question.id, title),
            showYearButton(year),
          ),
        ],
      };
    }
    case 'report published':
      return {
        blocks: [
          { kind: 'title', text: `The yearly report of ${fact.year} is published`, tone: 'good' },
          who(fact.by, undefined, ' published it. Figures and words stay as they were approved.'),
          {
            kind: 'note',
            text: `The bot’s operator writes its page, PDF, JSON and text: clearthread report ${fact.year} --to DIR. Please put it where people look, such as your website or annual report (${WHERE_CITATION}), and say on the programme page where it stands.`,
          },
          ...row(showYearButton(fact.year), writes(around) && sayElementButton('reporting', 'Say where it stands')),
        ],
      };
    case 'report due': {
      const { year, due, late } = fact.reminder;
      return {
        blocks: [
          {
            kind: 'title',
            text: late ? `The yearly report of ${year} is late` : `The yearly report of ${year} is due`,
            tone: late ? 'attention' : 'neutral',
          },
          {
            kind: 'text',
            text: `${late ? 'It was to be published' : 'It is to be published'} by ${dayWords(due)}, by the policy.`,
          },
          ...row(showYearButton(year)),
          {
            kind: 'note',
            text: `You get this because you are in ${groupOf(around)}, and each year you say in public how deals are checked for human rights (${CITATION}).`,
          },
        ],
      };
    }
    default: {
      const never: never = fact;
      return never;
    }
  }
};
