/** The compiled policy compared with json-rules-engine with the same rules: same verdicts first, then time. */

import type { CompiledPolicy, Facts } from '../../flows/policy/policy.ts';
import type { PolicyDocument } from '../../flows/policy/schema.ts';
import { generatedDeals, verdictOf } from './deals.ts';
import { jsonRulesEngine } from './json-rules.ts';

const DEALS = 300;
const SECONDS = 2;

export async function policyBench(document: PolicyDocument, policy: CompiledPolicy): Promise<string[]> {
  const deals = generatedDeals(policy, DEALS);
  const engine = jsonRulesEngine(document);
  let agreed = 0;
  for (const facts of deals) {
    if (JSON.stringify(await engine(facts)) === JSON.stringify(verdictOf(policy, facts))) agreed += 1;
  }

  let ours = 0;
  const sink = new Set<unknown>();
  const oursStart = performance.now();
  while (performance.now() - oursStart < SECONDS * 1000) {
    for (const facts of deals) sink.add(policy.evaluate(facts).tier);
    ours += deals.length;
  }
  const oursRate = ours / (performance.now() - oursStart);

  let theirs = 0;
  const theirsStart = performance.now();
  while (performance.now() - theirsStart < SECONDS * 1000) {
    sink.add((await engine(deals[theirs % deals.length] as Facts)).tier);
    theirs += 1;
  }
  const theirsRate = theirs / (performance.now() - theirsStart);

  return [
    `Policy, ${deals.length} generated deals in scope, tiers seen: ${[...sink].join(', ')}`,
    `  same flags, weights, open questions and tier in ${agreed} of ${deals.length}`,
    `  compiled policy     ${Math.round(oursRate * 1000).toLocaleString('en')} evaluations/s`,
    `  json-rules-engine   ${Math.round(theirsRate * 1000).toLocaleString('en')} evaluations/s`,
    `  ratio               ${(oursRate / theirsRate).toFixed(0)} x (aim: at least 150 x)`,
  ];
}
