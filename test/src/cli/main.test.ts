import { describe, expect, it } from 'vitest';
import packageFile from '../../../package.json' with { type: 'json' };
import { runCli } from '../../../src/cli/main.ts';

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), env: {} };
  return { code: await runCli(args, io), out: out.join('\n'), err: err.join('\n') };
}

const EVERY = [
  ['start'],
  ['policy', 'check'],
  ['policy', 'upgrade'],
  ['policy', 'try'],
  ['audit', 'verify'],
  ['audit', 'checkpoint'],
  ['audit', 'proof'],
  ['audit', 'refused'],
  ['deal', 'export'],
  ['deal', 'erase'],
  ['countries', 'import'],
  ['report'],
  ['report', 'policy'],
  ['report', 'verify'],
  ['digest'],
  ['keys', 'rotate'],
  ['teams', 'package'],
  ['outbox'],
  ['outbox', 'retry'],
  ['outbox', 'drop'],
];

describe('clearthread', () => {
  it.each([['--help'], ['-h'], ['help'], ['nonsense', '--help']])('explains every command: %s %s', async (...args) => {
    const { code, out, err } = await run(...args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of EVERY) expect(out).toContain(`  ${command.join(' ')} `);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([['--version'], ['-v']])('tells its version: %s', async (flag) => {
    expect(await run(flag)).toEqual({ code: 0, out: packageFile.version, err: '' });
  });

  it.each(EVERY.map((words) => ({ words })))('lets a command explain itself: $words', async ({ words }) => {
    const usage = `Usage: clearthread ${words.join(' ')} `;
    for (const args of [
      [...words, '--help'],
      [...words, '-h'],
      ['--help', ...words],
      ['help', ...words],
    ]) {
      const { code, out, err } = await run(...args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out.startsWith(usage), `${args.join(' ')}: ${out.split('\n')[0] ?? ''}`).toBe(true);
      expect(out).toContain('Exit code: ');
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    }
  });

  it.each([
    ['audit', ['audit verify', 'audit checkpoint', 'audit proof', 'audit roots', 'audit refused']],
    ['policy', ['policy check', 'policy upgrade', 'policy try']],
    ['deal', ['deal export', 'deal erase']],
  ])('explains what belongs to %s', async (group, commands) => {
    const { code, out } = await run(group, '--help');
    expect(code).toBe(0);
    expect(out.match(/^Usage: clearthread \w+ \w+/gm)).toEqual(commands.map((name) => `Usage: clearthread ${name}`));
  });

  it('helps who says nothing, as a mistake', async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage');
  });

  it.each([
    [['policy', 'chek'], 'Did you mean "clearthread policy check"?'],
    [['polcy', 'try', 'facts.json'], 'Did you mean "clearthread policy try"?'],
    [['audit', 'verfy'], 'Did you mean "clearthread audit verify"?'],
    [['verify'], 'Did you mean "clearthread audit verify"?'],
    [
      ['policy'],
      'Say what to do: "clearthread policy check" or "clearthread policy upgrade" or "clearthread policy try".',
    ],
    [
      ['audit', '--fast'],
      'Say what to do: "clearthread audit verify" or "clearthread audit checkpoint" or "clearthread audit proof" or "clearthread audit roots" or "clearthread audit refused".',
    ],
    [['deal', 'exprot', 'D-1'], 'Did you mean "clearthread deal export"?'],
    [['outbox', 'retyr', 'x'], 'Did you mean "clearthread outbox retry"?'],
    [['constructor'], 'There is no command "constructor".'],
    [['deal'], 'Say what to do: "clearthread deal export" or "clearthread deal erase".'],
    [['serve'], 'There is no command "serve".'],
    [['--frobnicate'], 'There is no command "--frobnicate".'],
    [['constructor', 'x'], 'There is no command "constructor x".'],
    [['\u001b[2Jx'], String.raw`There is no command "\u001b[2Jx".`],
  ])('suggests instead of %j', async (args, words) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')[0]).toBe(
      words.includes('Did you') ? `There is no command ${JSON.stringify(args.slice(0, 2).join(' '))}. ${words}` : words,
    );
    expect(err).toContain('--help');
  });
});
