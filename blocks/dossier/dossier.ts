/** A deal's record as a readable page: who knew what, when, and the decisions made on it. The same parts in every format. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import { namedOf } from '../../flows/deal/formerly.ts';
import type { Renamed } from '../../flows/deal/said-shapes.ts';
import { catalogueAgainst } from '../../flows/deal/said/product-against.ts';
import { disputesOfTaken } from '../../flows/deal/sheets/disputed.ts';
import { worseOnSheets } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { sheetName } from '../../flows/sheet.ts';
import { pastWords } from '../cards/renamed-words.ts';
import { heardName } from '../cards/sheet-words.ts';
import type { Readable } from '../cards/worry-words.ts';
import { detailTexts } from '../detail-texts.ts';
import { answerWords, count, detailWords } from '../words.ts';
import { assessment } from './assessment.ts';
import { board } from './board.ts';
import { decision, reassessment } from './decision.ts';
import { history, type RecordedCommit } from './history.ts';
import { bullet, heading, line, nested, type DossierPart, type Line } from './parts.ts';
import { proofParts } from './proof.ts';
import { riskPicture } from './risk-picture.ts';
import { screening } from './screening.ts';
import {
  earlierWords,
  flagTitle,
  instantWords,
  nameOf,
  questionWords,
  said,
  sheetWords,
  sourceWords,
} from './words.ts';

const PAST_DETAIL: Readonly<Record<Renamed, string>> = {
  'end-user': 'End-user',
  customer: 'Customer',
  intermediaries: 'Intermediaries',
  roles: 'Intermediaries and their parts',
  kind: 'Kind of end-user',
  product: 'Product',
  destination: 'Destination',
  valueBand: detailWords('valueBand'),
  expectedSigning: detailWords('expectedSigning'),
  exportLicence: detailWords('exportLicence'),
};

const details = (view: DealView): Line[] => {
  const { deal, policy } = view;
  return [
    ...detailTexts(deal.details).map(({ label, text }) => bullet(label, text)),
    bullet('Requested by', nameOf(view, deal.requester)),
    bullet('Owner', nameOf(view, deal.owner)),
    bullet('Opened', instantWords(deal.openedAt)),
    bullet('Status', deal.status),
    bullet('Policy', `${policy.name} ${policy.version} (${deal.policy})`),
  ];
};

const basisBullets = (view: DealView, { sources, basis, checklist }: Answer, readable?: Readable): Line[] => [
  ...[...sources, ...(basis?.sources ?? [])].map((s) => bullet('Source', sourceWords(s))),
  ...(basis?.told === undefined ? [] : [bullet('Stands on the word of', nameOf(view, basis.told))]),
  ...(basis?.sheet === undefined ? [] : [bullet('Taken', sheetWords(view, basis.sheet))]),
  ...(basis?.earlier === undefined ? [] : [bullet('Confirmed', earlierWords(view, basis.earlier, readable))]),
  ...(checklist === undefined ? [] : [bullet('Given', 'in one press for a whole list')]),
];

const answerLines = (view: DealView, id: string, answer: Answer, readable?: Readable): Line[] => {
  const question = view.policy.question(id);
  return [
    line(questionWords(question, id)),
    ...nested([
      bullet('Answer', answerWords(question, answer.value)),
      ...(answer.note ? [bullet('Note', answer.note)] : []),
      ...basisBullets(view, answer, readable),
      bullet('Given by', `${nameOf(view, answer.by)}, ${instantWords(answer.at)}`),
    ]),
  ];
};

const answers = (view: DealView, readable?: Readable): DossierPart[] =>
  view.policy.sections.flatMap((section) => {
    const given = view.deal.answers[section.id];
    if (!given) return [];
    return [
      heading(3, section.title),
      ...Object.entries(given).flatMap(([id, a]) => answerLines(view, id, a, readable)),
    ];
  });

/** Answers that were heavier, flags that fell, stops and reopenings. */
const saidBefore = ({ deal, ...view }: DealView): DossierPart[] => {
  const { was = [], fell = [], stops = [], reopenings = [], objections = [], renamed = [] } = deal;
  const named = (by: string, at: string): string => `${nameOf({ ...view }, by)}, ${instantWords(at)}`;
  const all = [
    ...stops.map(({ rule, at, lifted }) =>
      bullet(
        `Stopped by the rule ${rule}, ${instantWords(at)}`,
        lifted ? `taken back: ${lifted.reason} (${named(lifted.by, lifted.at)})` : 'not taken back',
      ),
    ),
    ...renamed.map(({ of, before, until, changedBy, why }) =>
      bullet(
        `${PAST_DETAIL[of]} until ${instantWords(until)}: ${pastWords(of, before)}`,
        `${why} (changed by ${nameOf({ ...view }, changedBy)})`,
      ),
    ),
    ...was.map(({ question: id, before, by, at, until, changedBy, why }) => {
      const question = view.policy.question(id);
      return bullet(
        `Was ${answerWords(question, before)} until ${instantWords(until)}: ${questionWords(question, id)}`,
        `${why} (given by ${named(by, at)}; changed by ${nameOf(view, changedBy)})`,
      );
    }),
    ...fell.map(({ flags, by, at, why }) =>
      bullet(
        'Red flags that fell',
        `${flags.map((id) => flagTitle({ ...view, deal }, id)).join('; ')}: ${why} (${named(by, at)})`,
      ),
    ),
    ...objections.map(({ by, at, reason, questions }) =>
      bullet(`Denied having said what ${count(questions.length, 'answer')} stood on`, `${reason} (${named(by, at)})`),
    ),
    ...reopenings.map(({ by, at, reason }) => bullet('Reopened', `${reason} (${named(by, at)})`)),
  ];
  return all.length === 0 ? [] : [heading(2, 'What was said before'), ...all];
};

/** What the catalogue says, and any version of the sheets ever said, against the answers. */
const saidAgainst = (view: DealView): DossierPart[] => {
  const all = [
    ...catalogueAgainst(view, view.facts.answers).map((text) => bullet('The answers say that it can’t', text)),
    ...worseOnSheets(view).map(({ question: id, value, by, at, version, ...on }) => {
      const question = view.policy.question(id);
      return bullet(
        `The ${heardName(on)} said otherwise, version ${version}`,
        `${said(answerWords(question, value))} to “${questionWords(question, id)}” (${nameOf(view, by)}, ${instantWords(at)})`,
      );
    }),
    // Who said so, and in which words, is for those who look after the sheet.
    ...disputesOfTaken(view).map(({ sheet, dispute, answers }) =>
      bullet(
        `The ${sheetName(sheet)} ${'settled' in dispute ? 'was' : 'is'} disputed`,
        `${count(answers, 'answer')} that this deal took, since ${instantWords(dispute.at)}. ${
          'settled' in dispute ? `Settled ${instantWords(dispute.settled.at)}` : 'Nobody has settled it yet'
        }`,
      ),
    ),
  ];
  return all.length === 0 ? [] : [heading(2, 'What speaks against the answers'), ...all];
};

const requests = (view: DealView): Line[] =>
  view.deal.requests.flatMap(({ by, at, question, answer, takenBack, before = [] }) => [
    line(`${nameOf(view, by)} asked, ${instantWords(at)}: ${question}`),
    ...nested(
      before.flatMap(({ by: who, at: then, text, of, sources }) => [
        bullet(
          `Answered of ${namedOf(of, view.deal.details)}`,
          `${text} (${nameOf(view, who)}, ${instantWords(then)})`,
        ),
        ...sources.map((s) => bullet('Source', sourceWords(s))),
      ]),
    ),
    ...nested(
      answer
        ? [
            bullet('Answer', `${answer.text} (${nameOf(view, answer.by)}, ${instantWords(answer.at)})`),
            ...answer.sources.map((s) => bullet('Source', sourceWords(s))),
          ]
        : [
            takenBack
              ? bullet(
                  'Taken back',
                  `by ${nameOf(view, takenBack.by)}, ${instantWords(takenBack.at)}${takenBack.reason === undefined ? '' : `. Reason: ${takenBack.reason}`}`,
                )
              : bullet('Answer', 'none yet'),
          ],
    ),
  ]);

/** What is known to whoever makes the dossier beside the deal. */
export interface DossierOf {
  /** The whole record, oldest first. */
  commits: readonly RecordedCommit[];
  /** The other deals that its reader may read; absent: all of them. */
  readable?: Readable | undefined;
  /** The proof that the log contains the last commit, as its file has it. */
  proof?: string | undefined;
}

export const dossier = (view: DealView, { commits, readable, proof }: DossierOf): DossierPart[] => [
  ...board(view),
  heading(2, 'The deal', 'on a new page'),
  ...details(view),
  heading(2, 'Answers'),
  ...answers(view, readable),
  ...requests(view),
  ...saidAgainst(view),
  ...saidBefore(view),
  ...screening(view),
  ...riskPicture(view),
  heading(2, 'Assessment'),
  ...assessment(view),
  heading(2, 'Decision'),
  ...decision(view, readable),
  ...reassessment(view),
  heading(2, 'Record'),
  ...history(view, commits, readable),
  heading(2, 'Proof'),
  ...proofParts(view, commits, proof),
];
