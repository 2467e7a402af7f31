/** An older policy gets the risk picture, and then judges as the default policy does. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { policyUpgrade, upgraded } from '../../../src/cli/policy-upgrade.ts';
import { checkPolicyText, defaultPolicyFile, readPolicyText } from '../../../src/config/policy-file.ts';
import { defaultText } from '../../flows/policy/deals.ts';

const OLD = fileURLToPath(new URL('../../fixtures/policies/2026-11.yml', import.meta.url));

const run = async (args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await policyUpgrade(args, { out: (l) => void out.push(l), err: (l) => void err.push(l), env: {} });
  return { code, out, err };
};

test('the default policy of November 2026 becomes one that has nothing wrong', async () => {
  const { code, out, err } = await run([OLD]);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  const { document, errors, warnings } = checkPolicyText(out[0]!, 'new.yml');
  expect({ errors, warnings }).toEqual({ errors: [], warnings: [] });
  expect(document?.tiers).toBeUndefined();
  expect(out[0]).toContain("# A question's id is the item of the Guidance that it establishes.");
});

test('its ids are those of the policy, and what is not known counts', async () => {
  const { compiled } = readPolicyText((await run([OLD])).out[0]!, 'new.yml');
  const facts = { endUser: 'security', answers: { G1: 'yes', P1: 'yes', H5: 'yes' } } as const;
  expect(compiled.evaluate(facts)).toMatchObject({ tier: 'high', placed: { column: 'shown' } });
});

test('a policy with a picture stays as it is', async () => {
  expect(await run([defaultPolicyFile])).toMatchObject({ code: 0, out: [], err: [expect.stringContaining('already')] });
});

test('what the picture goes by and the policy has nothing for is named', () => {
  const without = readFileSync(OLD, 'utf8').replaceAll(/\bH4\b/gu, 'Q4');
  expect(upgraded(without, defaultText).missing).toEqual(['H4']);
});

test('a word too few or too many is said', async () => {
  expect(await run([])).toMatchObject({ code: 2, err: [expect.stringContaining('Name the file'), expect.anything()] });
  expect(await run(['--help'])).toMatchObject({ code: 0, out: [expect.stringContaining('policy upgrade FILE')] });
});
