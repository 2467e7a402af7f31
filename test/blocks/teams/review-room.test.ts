/** A review in both chats, of which Teams has room for fewer letters: what the deal team wrote pushes nothing off its first page. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING_WRITTEN } from '../../../blocks/cards/ever-words.ts';
import { isInput } from '../../../blocks/forms/inputs.ts';
import { startReview } from '../../../blocks/forms/review-draft.ts';
import type { SummaryReader } from '../../../blocks/forms/review-summary.ts';
import { reviewForm } from '../../../blocks/forms/review.ts';
import { TEAMS } from '../../../blocks/limits.ts';
import { slackView } from '../../../blocks/slack/form.ts';
import { teamsForm } from '../../../blocks/teams/teams.ts';
import type { Part } from '../../../flows/deal/context/parts.ts';
import type { OwnFlag } from '../../../flows/deal/own-flag.ts';
import type { DealView } from '../../../flows/deal/view.ts';
import type { Source } from '../../../flows/ids.ts';
import {
  aDeal,
  aDecidingDeal,
  allAnswers,
  anOrganisation,
  aPolicy,
  aQuestion,
  aVote,
  aView,
  NOW,
} from '../../support/deal-builders.ts';
import { slackShown, teamsShown } from '../../support/shown.ts';

const { people } = anOrganisation();
const context = { names: (id: string) => people.find((p) => p.id === id), people };
const slackPeople = (id: string) => people.find((p) => p.id === id || p.slack === id);

/** What a rep writes, and how much of it. */
interface Writing {
  letter: string;
  intermediaries: number;
  flags: number;
  reasons: number;
  /** Notes in other deals. */
  words: number;
  /** Letters of one text, up to what its form takes. */
  long: number;
  /** Letters of the address of each source, of which a reader sees its host alone. */
  address: number;
  each: boolean;
}

const write = (mark: string, { letter, long }: Writing, most: number): string =>
  `${mark} ${letter.repeat(Math.ceil(Math.min(long, most) / letter.length))}`.slice(0, most);

const sourcesOf = ({ address }: Writing, mark: string): Source[] =>
  Array.from({ length: address > 0 ? 20 : 0 }, (_, i) => ({
    name: `Report ${i}`,
    year: 2026,
    url: `https://reports.example.org/${mark}/${i}/${'q'.repeat(address)}`,
  }));

const flagOf = (id: string, by: string, title: string, status: OwnFlag['status']): OwnFlag => ({
  id,
  title,
  by,
  at: NOW,
  status,
  weight: 'moderate',
  ...(status === 'admitted' ? { settledBy: 'compliance-1', reason: title } : {}),
});

const OPEN = Array.from({ length: 12 }, (_, i) =>
  aQuestion(`O${i}`, 'record', { text: `Is it known what becomes of it in place number ${i}?`, weighty: true }),
);

const PARTS = Array.from({ length: 3 }, (_, i): Part => {
  const { details } = aDeal();
  const product = { id: 'analytics', name: `Sample recognition ${i}` };
  return {
    id: `D-PART0${i}`,
    details: { ...details, product },
    at: NOW,
    withdrawn: false,
    also: 0,
    alsoCalled: [],
    moreCalled: 0,
  };
});
const readerOf = (typed: Writing): SummaryReader => ({
  beside: { similar: [], parts: { shown: PARTS, more: 0 } },
  written: {
    ...NOTHING_WRITTEN,
    words: Array.from({ length: typed.words }, (_, i) => ({
      deal: `D-WORD${i}`,
      of: 'note' as const,
      text: write(`Note ${i}:`, typed, 600),
      gone: false,
      grave: false,
      by: 'rep-1',
      at: NOW,
    })),
  },
});

const aReview = (typed: Writing): DealView => {
  const base = aPolicy();
  const own = Array.from({ length: typed.flags }, (_, i) =>
    flagOf(`own-${i}`, 'rep-1', write(`Raised ${i}:`, typed, 490), i < 10 ? 'admitted' : 'pending'),
  );
  const pending = flagOf('own-x', 'product-1', 'Their chief told me of the strikers.', 'pending');
  const { details } = aDeal();
  const past = Array.from({ length: typed.reasons }, (_, i) => ({
    question: `H-RF${i}`,
    before: 'yes',
    by: 'rep-1',
    at: NOW,
    until: NOW,
    changedBy: 'rep-1',
    why: write(`Reason ${i}:`, typed, 295),
  }));
  return aView(
    aDecidingDeal({
      answers: Object.fromEntries(
        Object.entries(allAnswers({ 'H-RF1': 'yes', 'H-RF3': 'yes' })).map(([section, answers]) => [
          section,
          Object.fromEntries(
            Object.entries(answers).map(([id, answer]) => [id, { ...answer, sources: sourcesOf(typed, id) }]),
          ),
        ]),
      ),
      details: {
        ...details,
        endUser: { ...details.endUser, name: write('Ministry', typed, 200) },
        intermediaries: Array.from({ length: typed.intermediaries }, (_, i) => ({
          name: write(`Trader ${i}`, typed, 150),
          role: write('Sells', typed, 40),
        })),
      },
      ownFlags: [...own, pending],
      was: past,
      votes: [aVote('senior-1', 0, { rationale: write('I saw it:', typed, 295) })],
      requests: [
        { id: 'q-1', step: 0, round: 1, by: 'senior-1', at: NOW, question: 'Who else may read the messages?' },
        {
          id: 'q-2',
          step: 0,
          round: 1,
          by: 'senior-2',
          at: NOW,
          question: 'Who keeps it?',
          answer: { by: 'rep-1', at: NOW, text: write('They do:', typed, 1500), sources: sourcesOf(typed, 'q-2') },
        },
      ],
    }),
    {
      policy: {
        ...base,
        evaluate: (facts) => ({ ...base.evaluate(facts), openQuestions: OPEN }),
      },
    },
  );
};

const pageOf = (typed: Writing) => {
  const view = aReview(typed);
  const draft = startReview(view, 0);
  if (!draft) throw new Error('the deal waits for no votes');
  return reviewForm(view, 0, { ...draft, values: typed.each ? { flags: 'each' } : {} }, 1, readerOf(typed));
};

const squeezed = (text: string): string => text.replace(/[\s\u2060]+/gu, '');

const inSlack = (typed: Writing): string => {
  const form = pageOf(typed);
  return squeezed(slackShown(slackView(form, slackPeople).blocks, slackPeople).words);
};
const inTeams = (typed: Writing) => {
  const card = teamsForm(pageOf(typed), context, { surface: 'dialog', showing: 'review' });
  return { card, words: squeezed(teamsShown(card).words) };
};

/** What an approver must not miss: what each of it says first. */
const spoken = (typed: Writing): string[] => [
  ...pageOf(typed).blocks.flatMap((block) => (!isInput(block) && block.kind === 'heading' ? [block.text] : [])),
  ...Array.from({ length: Math.min(typed.flags, 8) }, (_, i) => write(`Raised ${i}:`, typed, 149)),
  ...Array.from({ length: Math.max(0, typed.flags - 10) }, (_, i) => `“Raised ${i + 10}:`),
  'Reported misuse',
  'Conflict in the region',
  'Their chief told me of the strikers.',
  ...OPEN.map(({ text }) => text),
  ...PARTS.map(({ details }) => details.product.name),
  ...PARTS.map(({ id }) => id),
  'Who else may read the messages?',
  'Sample Senior One',
  'I saw it:',
];

const MOST: Writing = {
  letter: '語',
  intermediaries: 14,
  flags: 20,
  reasons: 20,
  words: 12,
  long: 3000,
  address: 2900,
  each: false,
};

const missing = (typed: Writing): { slack: string[]; teams: string[]; bytes: number; dropped: boolean } => {
  const { card, words } = inTeams(typed);
  const slack = inSlack(typed);
  const all = spoken(typed).map(squeezed);
  return {
    slack: all.filter((one) => !slack.includes(one)),
    teams: all.filter((one) => slack.includes(one) && !words.includes(one)),
    bytes: Buffer.byteLength(JSON.stringify(card)),
    dropped: /morepartsdidnotfit/.test(words),
  };
};

describe('the first page of a review', () => {
  it.each([false, true])('shows all headings and all that speaks against the deal (each: %s)', (each) => {
    const found = missing({ ...MOST, each });
    expect(found).toMatchObject({ slack: [], teams: [], dropped: false });
    expect(found.bytes).toBeLessThan(TEAMS.card.bytes);
  });

  it('whatever the deal team writes, and however much of it', () => {
    const writing = fc.record({
      letter: fc.constantFrom('a', 'é', '語', '😀', 'مرحبا ', '"\\', '” “', 'x '),
      intermediaries: fc.integer({ min: 0, max: 20 }),
      flags: fc.integer({ min: 0, max: 30 }),
      reasons: fc.integer({ min: 0, max: 40 }),
      words: fc.integer({ min: 0, max: 12 }),
      long: fc.integer({ min: 1, max: 3000 }),
      address: fc.constantFrom(0, 100, 1400, 2900),
      each: fc.boolean(),
    });
    fc.assert(
      fc.property(writing, (typed) => {
        const { slack, teams, dropped, bytes } = missing(typed);
        expect(teams).toEqual([]);
        // Nothing more than where addresses are short.
        expect(slack).toEqual(typed.address > 0 ? missing({ ...typed, address: 1 }).slack : slack);
        expect(inSlack(typed)).not.toMatch(/morepartsdidnotfit/);
        expect(dropped).toBe(false);
        expect(bytes).toBeLessThan(TEAMS.card.bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('cuts nothing where there is room, and says how much where there is none', () => {
    const short = inTeams({
      ...MOST,
      letter: 'a',
      long: 40,
      intermediaries: 2,
      flags: 2,
      reasons: 2,
      words: 1,
      address: 90,
    }).words;
    expect(short).not.toMatch(/morecharacters/);
    expect(inTeams(MOST).words).toMatch(/“Trader13語+…\(\d+morecharacters\)”|“Reason0:語+…\(\d+morecharacters\)”/);
  });
});
