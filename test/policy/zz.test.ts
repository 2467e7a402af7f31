import { test } from 'vitest';
import { policyCheck } from '../../src/cli/policy.ts';
import { defaultPolicyFile, loadPolicy } from '../../src/policy-file.ts';
test('x', () => {
  const io = { out: (l: string) => console.log(l), err: (l: string) => console.log('ERR', l), env: {} };
  policyCheck(['/tmp/try/bad.yml'], io);
  const { compiled } = loadPolicy(defaultPolicyFile);
  const a = Object.fromEntries(compiled.sections.flatMap((s) => s.questions).map((q) => [q.id, 'no']));
  const facts = { endUser: 'security' as const, intermediaries: false, answers: { ...a, G1: 'yes', P1: 'yes', P2: 'yes', P4: 'yes', 'P-RF1': 'yes', 'H-RF1': 'yes', 'H-RF4': 'yes', H5: 'yes', K1: 'no' } };
  for (let r = 0; r < 3; r++) { const s = performance.now(); for (let i = 0; i < 50000; i++) compiled.evaluate(facts); console.log(Math.round(50000 / (performance.now() - s) * 1000), '/s'); }
  const f2 = { ...facts, endUser: 'government' as const, answers: { ...a, G1: 'yes', H1: 'yes', H2: 'yes', L1: 'yes', L2: 'yes', L3: 'yes', L4: 'yes', S1: 'x', G8: 'yes' } };
  console.log(compiled.evaluate(f2).tier);
  for (let r = 0; r < 3; r++) { const s = performance.now(); for (let i = 0; i < 50000; i++) compiled.evaluate(f2); console.log(Math.round(50000 / (performance.now() - s) * 1000), '/s'); }
});
