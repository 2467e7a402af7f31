/** What makes a policy weaker is named as such, and its reverse is not; no member of it is without words. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyChangeWords } from '../../../blocks/cards/policy-changes.ts';
import { isWeaker } from '../../../flows/policy/weaker.ts';
import { weakestFirst } from '../../../flows/registers/policy-changes.ts';
import { changesBetween } from '../../../flows/registers/said.ts';
import { defaultPolicyFile, readPolicyText } from '../../../src/config/policy-file.ts';
import { policySays } from '../../../src/config/said.ts';

const WEAKER: readonly (readonly [path: string, was: string | undefined, is: string | undefined])[] = [
  ['confirmScope', 'able', 'never'],
  ['confirmScope', 'always', 'able'],
  ['confirmScope', 'able', undefined],
  ['lighter', 'confirm', 'reason'],
  ['lighter', 'reason', undefined],
  ['managerAlone', 'false', 'true'],
  ['managerAlone', 'false', undefined],
  ['delegates', 'same-group', 'anybody'],
  ['routes high steps 1 quorum', '2', '1'],
  ['routes high steps 1 id', '1', undefined],
  ['routes high steps 1 including 0 atLeast', '2', '1'],
  ['flags H-RF4 weight', 'severe', 'moderate'],
  ['flags H-RF4 id', 'H-RF4', undefined],
  ['picture cells data', 'low, elevated, high', 'low, elevated, elevated'],
  ['picture rules two id', 'two', undefined],
  ['picture exceptions one id', undefined, 'one'],
  ['scope out one id', undefined, 'one'],
  ['sections product questions P1 weighty', 'true', 'false'],
  ['sections end-user questions K1 stops', 'true', undefined],
  ['reminders approvals after', '2, 4', '20, 40'],
  ['signature from', 'high', undefined],
  ['signature from', 'low', 'high'],
  ['signature without', 'wait', 'allow'],
  ['indicators expression id', 'expression', undefined],
  ['indicators expression below', '0.4', '0.35'],
  ['indicators conflict atLeast', '1', '1.5'],
  ['yearlyReport approvers', 'chief, counsel', 'chief'],
  ['yearlyReport approvers', undefined, 'none'],
  ['yearlyReport approvers', undefined, 'counsel'],
  ['yearlyReport least', '9', '5'],
];

const POLICY = readFileSync(defaultPolicyFile, 'utf8');
const says = (text: string) => policySays(readPolicyText(text, 'policy.yml').document);

describe('a change of the policy', () => {
  it.each(WEAKER)('of %s from %s to %s is weaker, and the reverse is not', (path, was, is) => {
    expect(isWeaker({ path, was, is })).toBe(true);
    expect(isWeaker({ path, was: is, is: was })).toBe(false);
  });

  it('to another text is neither', () => {
    expect(isWeaker({ path: 'flags H-RF4 title', was: 'A', is: 'B' })).toBe(false);
  });

  it('has words for every member of the default policy', () => {
    const all = says(`${POLICY}\nyearlyReport: { approvers: [chief, counsel], least: 6, reportBy: 03-31 }\n`);
    for (const change of changesBetween({}, all)) expect(policyChangeWords(change)).not.toMatch(/^“/u);
    expect(all['yearlyReport approvers']).toBe('chief, counsel');
  });

  it('tells weaker ones first, a part that is gone in one line, and no order that only has a gap', () => {
    const now = says(
      POLICY.replace(/^name: .*$/mu, 'name: Another').replace(/^confirmScope: able/mu, 'confirmScope: never'),
    );
    const before = says(POLICY);
    const gone = Object.fromEntries(Object.entries(now).filter(([path]) => !path.startsWith('flags H-RF4 ')));
    const order = String(now['flags order']).replace('H-RF4, ', '');
    const told = weakestFirst(changesBetween(before, { ...gone, 'flags order': order }));
    expect(told.map(({ path }) => path)).toEqual(['confirmScope', 'flags H-RF4 id', 'name']);
  });

  it('of the order of rules is told: the first that holds counts', () => {
    const before = { 'scope out order': 'a, b' };
    expect(weakestFirst(changesBetween(before, { 'scope out order': 'b, a' }))).toHaveLength(1);
  });
});
