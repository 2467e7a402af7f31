/** Citations: each names the bullet of the Guidance that says it, and what claims the Guidance is held to that. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { citationProblems } from '../../../flows/policy/check-citations.ts';
import { citationsOf } from '../../../flows/policy/guidance.ts';
import type { PolicyDocument } from '../../../flows/policy/schema.ts';
import { guidance } from '../../../src/config/guidance-file.ts';
import { checkPolicyText, loadPolicy, readPolicyText } from '../../../src/config/policy-file.ts';
import { defaultDocument, defaultText } from './deals.ts';
import { HEADINGS, OUTLINE, WORDS } from './outline.ts';

const citations = citationsOf(guidance);

/** The summary's words at each place that can be cited, by the citation that a reader would count out. */
const places = new Map<string, string>();
for (const [r, { bullets, redFlags }] of OUTLINE.entries()) {
  for (const [b, bullet] of bullets.entries()) {
    const { says, subs = [], items = [] } = typeof bullet === 'string' ? { says: bullet } : bullet;
    places.set(`Guidance ${r + 1}, bullet ${b + 1}`, says);
    for (const [s, sub] of subs.entries()) places.set(`Guidance ${r + 1}, bullet ${b + 1}, sub-bullet ${s + 1}`, sub);
    for (const [i, item] of items.entries()) places.set(`Guidance ${r + 1}, bullet ${b + 1}, item ${i + 1}`, item);
  }
  for (const [f, flag] of redFlags.entries()) places.set(`Guidance ${r + 1}, red flag ${f + 1}`, flag);
}

describe('the points of the Guidance', () => {
  test('stand where they are said to stand', () => {
    const found = Object.entries(WORDS).map(([id, words]) => [id, places.get(citations.get(id)!)?.includes(words)]);
    expect(found.filter(([, there]) => !there)).toEqual([]);
  });

  test('stand under a heading where they are in none of the eight recommendations', () => {
    const titles = new Map(guidance.headings.map(({ id, title }) => [id, title]));
    for (const [title, ids] of Object.entries(HEADINGS)) {
      for (const id of ids) {
        const item = guidance.items.find((i) => i.id === id)!;
        expect([id, 'heading' in item.at && titles.get(item.at.heading)]).toEqual([id, expect.stringContaining(title)]);
      }
    }
    for (const { title, cite } of guidance.headings) expect(title).toContain(cite);
  });

  test('are all of these', () => {
    const checked = [...Object.keys(WORDS), ...Object.values(HEADINGS).flat()];
    expect(checked).toHaveLength(87);
    expect(checked.toSorted()).toEqual([...citations.keys()].toSorted());
  });

  test('stand at the weighing sheet too', () => {
    expect(defaultDocument().weighing?.citation).toBe(citations.get('G6'));
  });

  test.each(['State Department Guidance 9, bullet 4', 'U.S. Guidance 9, bullet 4', 'the Guidance 9, bullet 4'])(
    'are not made up under another name: %s',
    (citation) => {
      const document: PolicyDocument = structuredClone(defaultDocument());
      document.flags[0]!.citation = citation;
      expect([...citationProblems(document, guidance)].map(({ severity }) => severity)).toEqual(['error']);
    },
  );

  test('leave no bullet and no red flag of the Guidance out', () => {
    // A bullet that is but the heading of its parts says nothing by itself.
    const cited = [...citations.values()];
    const missing = [...places.keys()].filter((place) => !cited.some((c) => c === place || c.startsWith(`${place}, `)));
    expect(missing).toEqual([]);
  });

  test('are headed as the Guidance heads them', () => {
    expect(guidance.sections.map(({ heading }) => heading)).toEqual(OUTLINE.map(({ heading }) => heading));
    expect(guidance.sections.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test.each([
    ['C4', 'Guidance 6, bullet 3'],
    ['C6', 'Guidance 6, bullet 4'],
    ['C8', 'Guidance 6, bullet 6'],
    ['C12', 'Guidance 6, bullet 7, sub-bullet 4'],
    ['A3', 'Guidance 7, bullet 2, item 2'],
    ['A6', 'Guidance 7, bullet 3'],
    ['A8', 'Guidance 7, bullet 4, sub-bullet 1'],
    ['P3', 'Guidance 1, bullet 1, sub-bullet 3'],
    ['H-RF3', 'Guidance 2, red flag 3'],
    ['G4', 'Guidance, Risk Mitigation Recommendations'],
    ['X2', 'Guidance, Appendix 2'],
  ])('%s is cited as %s', (id, citation) => {
    expect(citations.get(id)).toBe(citation);
  });

  test('come with a link, and a word on where the list is from', () => {
    expect(guidance.link).toMatch(/^https:\/\/www\.state\.gov\//);
    expect(readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')).toContain(
      `[Guidance](${guidance.link})`,
    );
    expect(guidance.note).toMatch(/voluntary.*published summary.*the counting is ours/s);
  });
});

/** The flag that the changes below rewrite. */
const withCitation = (citation: string): PolicyDocument => {
  const document = defaultDocument();
  document.flags.find(({ id }) => id === 'P-RF1')!.citation = citation;
  return document;
};
const problems = (document: PolicyDocument) => [...citationProblems(document, guidance)];

describe('a citation in a policy', () => {
  test.each([
    'Guidance 6, bullet 3',
    'Guidance, Risk Mitigation Recommendations',
    'House rule',
    'House rule, from Guidance 4, bullet 2',
    'EU Regulation 2021/821, Article 5',
    'House rule, from EU Regulation 2021/821, Article 5',
    'Sample Ltd, trade policy, chapter 3',
  ])('%s is taken', (citation) => {
    expect(problems(withCitation(citation))).toEqual([]);
  });

  test.each([
    'Guidance 9, bullet 1',
    'Guidance 6, bullet 8',
    'Guidance 6, point 13',
    'Guidance 2, red flag 10',
    'Guidance 2, Red flag 1',
    'guidance 2, red flag 1',
    'The Guidance 2, red flag 1',
    'Guidance',
    'Guidance 1',
    'Guidance, weighing',
    'Guidance 2, red flag 1 and more',
    'Guidance 2, red flag 1; Guidance 2, red flag 99',
    'House rule, from Guidance 4, bullet 9',
    'house rule, from Guidance 4, bullet 2',
  ])('%s is refused', (citation) => {
    expect(problems(withCitation(citation))).toMatchObject([{ path: ['flags', 0, 'citation'] }]);
  });

  test('is refused with its line, also where it stands among other words, and what it should be', () => {
    const at = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
    const wrong = defaultText.replace(/citation: Guidance 3, red flag 8\n {4}weight/, (m) => m.replace('8', '12'));
    const line = at(wrong, 'citation: Guidance 3, red flag 12');
    const [error, ...others] = checkPolicyText(wrong, 'mine.yml').errors;
    expect(others).toEqual([]);
    expect(error).toBe(
      `mine.yml:${line}: The Guidance has no “Guidance 3, red flag 12”: cite it as flows/policy/guidance.yml does, or write “House rule”, “House rule, from …” or another source.`,
    );
    expect(() => readPolicyText(wrong, 'mine.yml')).toThrow('Guidance 3, red flag 12');

    const among = defaultText.replace('(Guidance, Scope, Context and Purpose).', '(Guidance 1, bullet 99).');
    expect(checkPolicyText(among, 'mine.yml').errors).toEqual([
      expect.stringContaining(`mine.yml:${at(among, '(Guidance 1, bullet 99)')}: `),
    ]);
  });

  test('in the numbering of before is told what was meant, and its policy stays in use', () => {
    const before = fileURLToPath(new URL('../../fixtures/policies/2026-11.yml', import.meta.url));
    const { errors, warnings } = checkPolicyText(readFileSync(before, 'utf8'), 'before.yml');
    expect(errors).toEqual([]);
    expect(warnings.filter((line) => line.includes('counts our own list'))).toHaveLength(56);
    expect(warnings).toContainEqual(
      expect.stringMatching(
        /^before\.yml:\d+: “Guidance 6, point 8” counts our own list, not the Guidance's bullets: write “Guidance 6, bullet 6”\.$/,
      ),
    );
    expect(warnings).toContainEqual(expect.stringContaining('write “House rule, from Guidance 4, bullet 2”.'));
    expect(loadPolicy(before).compiled.evaluate({ endUser: 'government', answers: {} }).scope).toBe('in');
  });

  test('of ours is always one of these', () => {
    expect(problems(defaultDocument())).toEqual([]);
  });
});

describe('what the bot says', () => {
  const root = new URL('../../../', import.meta.url);
  const files = ['src', 'flows', 'blocks', 'store'].flatMap((room) =>
    readdirSync(new URL(room, root), { recursive: true, encoding: 'utf8' }).map((name) => `${room}/${name}`),
  );
  const known = new Set(citations.values());

  test('cites the Guidance as it is', () => {
    let seen = 0;
    for (const file of ['README.md', ...files.filter((name) => /\.(ts|yml)$/.test(name))]) {
      if (/flows\/policy\/(check-citations|guidance)\.(ts|yml)$/.test(file)) continue;
      const text = readFileSync(new URL(file, root), 'utf8');
      for (const [all] of text.matchAll(/Guidance \d(?:, [a-z -]+ \d+)*/g)) {
        seen += 1;
        expect(known, `${file}: ${all}`).toContain(all);
      }
      expect(text, file).not.toMatch(/Guidance \d+, (?:points?|items?) /);
    }
    expect(seen).toBeGreaterThan(80);
  });
});
