/** A deal's record as a readable Markdown page: who knew what, when, and what was decided on it. */
import type { GivenAnswer, Source, Vote } from '../flows/deal/deal.ts';
import type { DealEvent } from '../flows/deal/events.ts';
import type { DealView } from '../flows/deal/view.ts';
import type { PersonId } from '../flows/organisation.ts';
import { bullet, escapeMarkdown, heading, line } from './markdown.ts';
import {
  answerWords,
  countryWords,
  dayWords,
  decisionWords,
  endUserKindWords,
  groupName,
  licenceWords,
  NOT_A_LICENCE,
  tierMeaning,
  tierWord,
  valueBandWords,
  voteWords,
  weightWord,
} from './words.ts';

/** One commit of the record, opened. `hash` is what the chain holds. */
export interface RecordedCommit {
  version: number;
  at: string;
  actor: string;
  hash: string;
  events: readonly DealEvent[];
}

const nameOf = ({ organisation }: DealView, id: PersonId): string =>
  organisation.people.find((p) => p.id === id)?.name ?? id;

const sourceWords = ({ name, year, url }: Source): string =>
  [name, year, url].filter((x) => x !== undefined).join(', ');

const details = ({ deal, ...view }: DealView): string[] => {
  const d = deal.details;
  const people = (id: PersonId): string => nameOf({ deal, ...view }, id);
  return [
    bullet('Customer', d.customer),
    bullet('Product', d.product.name),
    bullet('Destination', countryWords(d.destination)),
    bullet('End-user', `${d.endUser.name} (${endUserKindWords(d.endUser.kind)})`),
    bullet(
      'Intermediaries',
      d.intermediaries.length === 0 ? 'none' : d.intermediaries.map((i) => `${i.name} (${i.role})`).join('; '),
    ),
    ...(d.valueBand ? [bullet('Value', valueBandWords(d.valueBand))] : []),
    ...(d.expectedSigning ? [bullet('Expected signing', dayWords(d.expectedSigning))] : []),
    bullet('Export licence', licenceWords(d.exportLicence)),
    bullet('Requested by', people(deal.requester)),
    bullet('Owner', people(deal.owner)),
    bullet('Opened', deal.openedAt),
    bullet('Status', deal.status),
    bullet('Policy', `${view.policy.name} ${view.policy.version} (${deal.policy})`),
  ];
};

const answerLines = (view: DealView, id: string, answer: GivenAnswer & { by: PersonId; at: string }): string[] => {
  const question = view.policy.question(id);
  return [
    line(`${question?.text ?? id} (${question?.citation ?? id})`),
    `  ${bullet('Answer', answerWords(question, answer.value))}`,
    ...(answer.note ? [`  ${bullet('Note', answer.note)}`] : []),
    ...answer.sources.map((s) => `  ${bullet('Source', sourceWords(s))}`),
    `  ${bullet('Given by', `${nameOf(view, answer.by)}, ${answer.at}`)}`,
  ];
};

const answers = (view: DealView): string[] =>
  view.policy.sections.flatMap((section) => {
    const given = view.deal.answers[section.id];
    if (!given) return [];
    return [heading(3, section.title), ...Object.entries(given).flatMap(([id, a]) => answerLines(view, id, a)), ''];
  });

const assessment = (view: DealView): string[] => {
  const { tier, rule, flags, openQuestions, trace } = view.assessment;
  return [
    bullet('Tier', tier ? `${tierWord(tier)}: ${tierMeaning(tier)}` : 'out of scope'),
    ...(rule ? [bullet('Set by rule', rule)] : []),
    ...flags.flatMap((flag) => [
      line(`${flag.title} (${flag.citation})`),
      `  ${bullet('Weight', `${weightWord(flag.weight)}, before context ${weightWord(flag.baseWeight)}`)}`,
      `  ${bullet('Why', flag.why)}`,
      ...flag.modifiers.map((m) => `  ${bullet(m.effect, m.text)}`),
    ]),
    ...openQuestions.map((q) => line(`Open question: ${q.text} (${q.citation})`)),
    ...trace.map((t) => line(`${t.id}: ${t.text}`)),
    ...view.deal.ownFlags.map((f) =>
      line(`Raised by ${nameOf(view, f.by)}, ${f.status}: ${f.title}${f.reason ? ` (${f.reason})` : ''}`),
    ),
  ];
};

const vote = (view: DealView, v: Vote): string[] => [
  line(`${nameOf(view, v.by)}, step ${v.step + 1}: ${voteWords(v.outcome)}, ${v.at}`),
  `  ${bullet('Rationale', v.rationale)}`,
  `  ${bullet('Made on facts', v.factsHash)}`,
  ...Object.entries(v.flags).map(
    ([id, o]) =>
      `  ${bullet(view.policy.flagTitle(id) ?? id, `${o.opinion === 'clear' ? 'cleared' : 'upheld'}${o.reason ? `: ${o.reason}` : ''}`)}`,
  ),
  ...(v.weighing ? Object.entries(v.weighing).map(([k, x]) => `  ${bullet(`Weighing, ${k}`, String(x ?? ''))}`) : []),
];

const decision = (view: DealView): string[] => {
  const { deal } = view;
  switch (deal.status) {
    case 'decided':
      return [
        bullet('Outcome', decisionWords(deal.decision.outcome)),
        bullet('Decided', deal.decision.at),
        `- ${escapeMarkdown(NOT_A_LICENCE)}`,
        ...deal.decision.votes.flatMap((v) => vote(view, v)),
        ...deal.decision.conditions.map((c) =>
          line(`Condition: ${c.text}. Owner ${nameOf(view, c.owner)}, due ${dayWords(c.due)}`),
        ),
      ];
    case 'deciding':
      return [
        line('Not decided yet.'),
        ...deal.route.steps.map((s, i) =>
          line(`Step ${i + 1}: ${s.quorum} of ${groupName(view.organisation, s.group)}`),
        ),
        ...deal.votes.flatMap((v) => vote(view, v)),
      ];
    case 'out of scope':
      return deal.reasons.map((r) => line(`Out of scope: ${r}`));
    case 'stopped':
      return [line(`Stopped by the rule ${deal.rule}, ${deal.at}`)];
    case 'withdrawn':
      return [line(`Withdrawn: ${deal.reason}`)];
    case 'answering':
      return [line('Questions are still open.')];
    default: {
      const never: never = deal;
      return never;
    }
  }
};

const history = (view: DealView, commits: readonly RecordedCommit[]): string[] =>
  commits.flatMap((c) => [
    line(`${c.version}. ${c.at}, ${nameOf(view, c.actor)}: ${c.events.map((e) => e.type).join(', ')}`),
    `  ${bullet('Hash', c.hash)}`,
  ]);

/** `commits`: the whole record, oldest first. */
export const dossier = (view: DealView, commits: readonly RecordedCommit[]): string =>
  [
    heading(1, `Deal ${view.deal.id}: ${view.deal.details.customer}`),
    heading(2, 'The deal'),
    ...details(view),
    '',
    heading(2, 'Decision'),
    ...decision(view),
    '',
    heading(2, 'Assessment'),
    ...assessment(view),
    '',
    heading(2, 'Answers'),
    ...answers(view),
    ...view.deal.requests.flatMap((r) => [
      line(`${nameOf(view, r.by)} asked, ${r.at}: ${r.question}`),
      `  ${bullet('Answer', r.answer ? `${r.answer.text} (${nameOf(view, r.answer.by)}, ${r.answer.at})` : 'none yet')}`,
    ]),
    '',
    heading(2, 'Record'),
    ...history(view, commits),
    '',
  ].join('\n');
