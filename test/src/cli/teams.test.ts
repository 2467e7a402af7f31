import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { teamsPackageCommand } from '../../../src/cli/teams.ts';

const folder = mkdtempSync(join(tmpdir(), 'clearthread-cli-teams-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ID = '00000000-0000-4000-8000-0000000000bb';
const NAMED = ['--name', 'Sample Company', '--website', 'https://clearance.sample.example/'];

const run = async (args: string[], env: Record<string, string> = { TEAMS_CLIENT_ID: ID }) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await teamsPackageCommand(args, { out: (l) => void out.push(l), err: (l) => void err.push(l), env });
  return { code, out, err };
};
const manifestIn = (file: string) => {
  const files = unzipSync(readFileSync(file));
  return JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));
};

describe('teams package', () => {
  it('writes the zip and says in two lines what to do next', async () => {
    const file = join(folder, 'first.zip');
    const addresses = ['--privacy', 'https://sample.example/privacy', '--terms', 'https://sample.example/terms'];
    const { code, out, err } = await run([...NAMED, ...addresses, '--out', file]);
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(out).toHaveLength(2);
    expect(out[0]).toContain('Upload new app');
    expect(out[1]).toContain('Add to a team');
    expect(manifestIn(file)).toMatchObject({
      id: ID,
      version: '1.0.0',
      developer: {
        name: 'Sample Company',
        websiteUrl: 'https://clearance.sample.example/',
        privacyUrl: 'https://sample.example/privacy',
        termsOfUseUrl: 'https://sample.example/terms',
      },
    });
  });

  it('lets the website stand in for the other pages, and says so', async () => {
    const file = join(folder, 'short.zip');
    const { code, err } = await run([...NAMED, '--out', file, '--app-version', '1.0.1']);
    expect({ code, err }).toEqual({
      code: 0,
      err: ['The website stands in for what was not given: --privacy and --terms.'],
    });
    expect(manifestIn(file)).toMatchObject({
      version: '1.0.1',
      developer: {
        privacyUrl: 'https://clearance.sample.example/',
        termsOfUseUrl: 'https://clearance.sample.example/',
      },
    });
  });

  it('takes the client id that is given before that of the environment', async () => {
    const file = join(folder, 'other.zip');
    const other = ID.replace('bb', 'cc');
    expect((await run([...NAMED, '--client-id', other, '--out', file])).code).toBe(0);
    expect(manifestIn(file).id).toBe(other);
  });

  it('replaces nothing unless told to', async () => {
    const file = join(folder, 'mine.zip');
    writeFileSync(file, 'mine');
    const { code, out, err } = await run([...NAMED, '--out', file]);
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err).toEqual([`${file} is there already: give --force to replace it.`]);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect((await run([...NAMED, '--out', file, '--force'])).code).toBe(0);
    expect(manifestIn(file).id).toBe(ID);
  });

  it('says why a file cannot be written', async () => {
    const file = join(folder, 'no-such-folder', 'x.zip');
    expect(await run([...NAMED, '--out', file])).toEqual({
      code: 1,
      out: [],
      err: [`${file} can't be written (ENOENT).`],
    });
  });

  it.each([
    [NAMED, {}, 'Set TEAMS_CLIENT_ID'],
    [NAMED, { TEAMS_CLIENT_ID: ' ' }, 'Set TEAMS_CLIENT_ID'],
    [NAMED, { TEAMS_CLIENT_ID: 'sample' }, 'The client id must be'],
    [NAMED.slice(2), undefined, 'Say who runs it'],
    [NAMED.slice(0, 2), undefined, 'Say where people find help'],
    [['--name', ' ', ...NAMED.slice(2)], undefined, 'The name must not be empty.'],
    [['--name', 'x'.repeat(33), ...NAMED.slice(2)], undefined, 'The name may have 32 characters at most.'],
    [[...NAMED.slice(0, 3), 'http://sample.example/'], undefined, 'The website must be a web address'],
    [[...NAMED, '--privacy', 'javascript:alert(1)'], undefined, 'The privacy page must be a web address'],
    [[...NAMED, '--terms', ''], undefined, 'The terms of use page must be a web address'],
    [[...NAMED, '--app-version', '1.0'], undefined, 'The version must be three numbers'],
    [[...NAMED, '--frobnicate'], undefined, "Unknown option '--frobnicate'"],
    [[...NAMED, 'extra'], undefined, "Unexpected argument 'extra'"],
  ])('refuses %j with %j', async (args, env, words) => {
    const file = join(folder, 'never.zip');
    const { code, out, err } = await run([...args, '--out', file], env);
    expect({ code, out }).toEqual({ code: 2, out: [] });
    expect(err[0]).toContain(words);
    expect(err.at(-1)).toContain('Usage: clearthread teams package');
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });
});
