/** Checks citations: what claims the Guidance names a point that the Guidance has. */

import { citationsOf, type Guidance } from './guidance.ts';
import type { PolicyProblem } from './problem.ts';
import type { PolicyDocument } from './schema.ts';

type Path = PolicyProblem['path'];

const HOUSE = 'House rule';
/** Under whatever name: “the Guidance”, “State Department Guidance”, “U.S. Guidance of 2020”. */
const claimsGuidance = (text: string): boolean =>
  /^(?:(?:the|u\.?s\.?|state|department|dept\.?|of|state’s|department’s|department's) )*guidance\b/i.test(text);

/** Headings that policies of 2026 cited, which the Guidance doesn't have, and the point that was meant. */
const OLD_HEADINGS: Readonly<Record<string, string>> = {
  'Guidance 1': 'P6',
  'Guidance, scope': 'G1',
  'Guidance, principles': 'G4',
  'Guidance, legitimate uses': 'G8',
  'Guidance, forms of misuse': 'G11',
  'Guidance, relation to export law': 'G7',
};

/** Finds the point meant by a citation of before, when "point" counted our own list and not the Guidance's bullets. */
const pointOfOld = ({ sections }: Guidance, citation: string): string | undefined => {
  const [, number, point] = /^Guidance ([1-8]), point (\d+)$/.exec(citation) ?? [];
  const letter = sections.find((section) => section.number === Number(number))?.letter;
  return letter ? `${letter}${point}` : OLD_HEADINGS[citation];
};

/** Returns the citations in the numbering of before, in a text as it stands in a policy, as the Guidance counts. */
export const presentCitations = (text: string, guidance: Guidance): string => {
  const citations = citationsOf(guidance);
  const present = (old: string): string => citations.get(pointOfOld(guidance, old) ?? '') ?? old;
  return text.replace(/^((?:House rule, from )?)(Guidance.*)$|\((Guidance[^()]*)\)/gu, (whole, from, alone, inside) =>
    typeof alone === 'string'
      ? `${from}${present(alone)}`
      : typeof inside === 'string'
        ? `(${present(inside)})`
        : whole,
  );
};

/** Every string of the document with its path: `inText` where a citation can stand in brackets among other words. */
function* strings(value: unknown, path: Path): Generator<{ text: string; path: Path; inText: boolean }> {
  if (typeof value === 'string') yield { text: value, path, inText: path.at(-1) !== 'citation' };
  else if (Array.isArray(value)) for (const [i, part] of value.entries()) yield* strings(part, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) yield* strings(part, [...path, key]);
  }
}

/** `(Guidance 2, bullet 1)` or `(House rule, from …)` among other words. */
const IN_BRACKETS = /\(((?:House rule, from )?(?:the )?Guidance(?:,| \d)[^()]*)\)/gi;

/**
 * Finds citations of the Guidance that name no point of it. One in the numbering of before is a warning, with the point
 * that was meant: a policy written then stays in use.
 */
export function* citationProblems(policy: PolicyDocument, guidance: Guidance): Generator<PolicyProblem> {
  const citations = citationsOf(guidance);
  const known = new Set(citations.values());
  for (const { text, path, inText } of strings(policy, [])) {
    const claims = inText ? [...text.matchAll(IN_BRACKETS)].map((match) => match[1]!) : [text];
    for (const claim of claims) {
      const source = claim.replace(/^house rule, from /i, '');
      if (
        !claimsGuidance(source) ||
        (known.has(source) && (source === claim || claim === `${HOUSE}, from ${source}`))
      ) {
        continue;
      }
      const meant = citations.get(pointOfOld(guidance, source) ?? '');
      yield meant === undefined
        ? {
            severity: 'error',
            path,
            message: `The Guidance has no “${source}”: cite it as flows/policy/guidance.yml does, or write “${HOUSE}”, “${HOUSE}, from …” or another source.`,
          }
        : {
            severity: 'warning',
            path,
            message: `“${source}” counts our own list, not the Guidance's bullets: write “${claim.replace(source, meant)}”.`,
          };
    }
  }
}
