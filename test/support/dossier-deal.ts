/** A decided deal of high risk under the default policy, with names in several scripts: a dossier with much in it. */

import type { RecordedCommit } from '../../blocks/dossier/history.ts';
import type { Condition, Vote } from '../../flows/deal/deal.ts';
import type { DealEvent, DealFact } from '../../flows/deal/events.ts';
import type { OpenedDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { anOrganisation, aView } from './deal-builders.ts';
import { bestBut, decidingView, withFacts } from './picture-deals.ts';

export const NAMES = {
  customer: 'Công ty Viễn thông Đà Nẵng',
  endUser: '北京市公安局',
  resellers: ['شركة الأمان', 'ТОО «Қазақ Байланыс»', 'Ελληνικά Συστήματα Α.Ε.', 'Größe & Søn, Łódź'],
};

const ORGANISATION = anOrganisation();
const PEOPLE = ORGANISATION.people.map((person) =>
  person.id === 'senior-1' ? { ...person, name: 'Nguyễn Thị Phương' } : person,
);

const at = (minute: number): string => new Date(Date.UTC(2027, 2, 12, 9, minute)).toISOString();

const CONDITIONS: Condition[] = [
  { id: 'c1', text: 'End access on misuse, in the contract', owner: 'rep-1', due: '2027-06-01' },
  { id: 'c2', text: 'A yearly audit by somebody independent', owner: 'product-1', due: '2028-01-15' },
];

const vote = (by: string, flags: Vote['flags'], more: Partial<Vote> = {}): Vote => ({
  by,
  step: 0,
  at: at(50),
  factsHash: 'f'.repeat(64),
  outcome: 'approve-with-conditions',
  rationale: 'The safeguards answer what worries us.',
  weighing: {
    leverage: 'strong',
    crucial: 'replaceable',
    scale: 'grave',
    scope: 'up-to-1000',
    irremediability: 'hard',
    ending: 'low',
  },
  flags,
  conditions: CONDITIONS,
  ...more,
});

const withMore = ({ deal, policy }: DealView, atLeast: number): OpenedDeal['answers'] => {
  const answers = structuredClone(deal.answers);
  const sample = Object.values(answers).flatMap((given) => Object.values(given))[0];
  let have = Object.values(answers).reduce((sum, given) => sum + Object.keys(given).length, 0);
  for (const { id, section } of policy.sections.flatMap(({ questions }) => questions)) {
    if (have >= atLeast || !sample) break;
    const given = (answers[section] ??= {});
    if (given[id]) continue;
    given[id] = { ...sample, value: 'no', note: 'As the product sheet says, and as nobody has said otherwise.' };
    have += 1;
  }
  return answers;
};

/** `atLeast`: as many answers, those that this deal is not asked too. */
export const dossierDeal = (atLeast = 0): { view: DealView; commits: RecordedCommit[] } => {
  const before = decidingView(
    bestBut({ P1: 'yes', 'L-RF1': 'yes', 'L-RF4-arbitrary': 'yes', 'P-RF1': 'yes', 'H-RF4': 'yes', L1: 'unknown' }),
    withFacts(),
  );
  const details = {
    ...before.deal.details,
    customer: NAMES.customer,
    endUser: { name: NAMES.endUser, kind: 'security' as const },
    intermediaries: NAMES.resellers.map((name) => ({ name, role: 'reseller' as const })),
    destination: 'VN',
  };
  const [one = '', two = ''] = before.assessment.flags.map(({ id }) => id);
  const votes = [
    vote('senior-1', {
      [one]: { opinion: 'uphold' },
      [two]: { opinion: 'clear', reason: 'That was another agency.' },
    }),
    vote(
      'counsel-1',
      { [one]: { opinion: 'uphold' }, [two]: { opinion: 'uphold', reason: 'The same people run it: 同じ部署.' } },
      { signedWith: 'key-of-counsel' },
    ),
  ];
  const deal = {
    ...before.deal,
    answers: withMore(before, atLeast),
    details,
    status: 'decided',
    decision: { outcome: 'approved with conditions', votes, conditions: CONDITIONS, at: at(59), tier: 'high' },
    conditions: {},
  } as unknown as OpenedDeal;
  const facts: [string, DealFact][] = [
    [
      'rep-1',
      {
        type: 'DealOpened',
        deal: deal.id,
        home: { platform: 'slack', channel: 'C0CLEAR' },
        owner: 'rep-1',
        details,
        policy: deal.policy,
      },
    ],
    ...Object.entries(deal.answers).map(([section, answers]): [string, DealFact] => [
      'rep-1',
      { type: 'SectionAnswered', section, answers },
    ]),
    ...votes.map(({ by, at: _at, step, factsHash, signedWith: _key, ...ballot }): [string, DealFact] => [
      by,
      { type: 'VoteCast', step, factsHash, ballot },
    ]),
    ['counsel-1', { type: 'DealDecided', outcome: 'approved with conditions', conditions: CONDITIONS, tier: 'high' }],
    ['operator', { type: 'RecordExported', format: 'pdf' }],
  ];
  const commits = facts.map(([by, fact], i): RecordedCommit => ({
    version: i + 1,
    at: at(i),
    actor: by,
    hash: `${(i + 1).toString(16).padStart(2, '0')}`.repeat(32),
    events: [{ ...fact, by, at: at(i) } as DealEvent],
  }));
  return {
    view: aView(deal, { policy: before.policy, organisation: { ...ORGANISATION, people: PEOPLE } }),
    commits,
  };
};
