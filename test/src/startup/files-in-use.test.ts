/** The organisation and policy files are edited while the bot runs, well and badly. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FilesCommand } from '../../../flows/registers/files.ts';
import { accountsOf } from '../../../src/config/accounts.ts';
import { readOrganisationText, sampleOrganisationFile } from '../../../src/config/organisation-file.ts';
import { defaultPolicyFile } from '../../../src/config/policy-file.ts';
import { silentLogger } from '../../../src/log.ts';
import { openFiles, type FilesInUse } from '../../../src/startup/files-in-use.ts';

const SAMPLE = readFileSync(sampleOrganisationFile, 'utf8');
const POLICY = readFileSync(defaultPolicyFile, 'utf8');

let folder: string;
let files: FilesInUse;
let following: { stop(): Promise<void> };
let recorded: FilesCommand[];
let broken: boolean;
const changed = vi.fn(() => Promise.resolve());
const used = vi.fn(() => Promise.resolve());

const organisation = (text: string): void => writeFileSync(join(folder, 'organisation.yml'), text);
const policy = (text: string): void => writeFileSync(join(folder, 'policy.yml'), text);
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60));
const until = async (is: () => boolean): Promise<void> => {
  await vi.waitFor(() => expect(is()).toBe(true), { timeout: 5000, interval: 5 });
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearthread-files-'));
  organisation(SAMPLE);
  policy(POLICY);
  [recorded, broken] = [[], false];
  vi.clearAllMocks();
  files = openFiles({ organisationFile: join(folder, 'organisation.yml'), policyFile: join(folder, 'policy.yml') });
  following = files.follow({
    policies: { use: used },
    files: {
      handle: (command) => {
        if (broken) return Promise.reject(new Error('the store is away'));
        recorded.push(command);
        return Promise.resolve({ kind: 'accepted', state: { taken: {}, refused: {} } });
      },
    },
    changed,
    recorded: () => {},
    clock: () => new Date(),
    logger: silentLogger,
    everyMs: 5,
  });
});
afterEach(async () => {
  await following.stop();
  rmSync(folder, { recursive: true, force: true });
});

const begun = (): Promise<void> => until(() => recorded.length === 2);
const members = (group: string): readonly string[] =>
  files.organisation().groups.find(({ id }) => id === group)?.members ?? [];
describe('a file that is edited', () => {
  it('counts by itself, and says whose places changed', async () => {
    await begun();
    expect(recorded).toMatchObject([{ of: 'organisation' }, { of: 'policy' }]);
    organisation(SAMPLE.replace('[senior-1, senior-2, counsel-1]', '[senior-1, counsel-1]'));
    await until(() => recorded.length === 3);
    expect(members('senior-approvers')).toEqual(['senior-1', 'counsel-1']);
    expect(recorded[2]).toMatchObject({
      type: 'TakeFile',
      of: 'organisation',
      says: { 'groups senior-approvers members': ['senior-1', 'counsel-1'] },
    });
    expect(changed).toHaveBeenCalledOnce();
  });

  it('and is a policy, is kept in the store before it counts, and not where that fails', async () => {
    await begun();
    const before = files.policy().compiled.hash;
    used.mockRejectedValueOnce(new Error('the store is away'));
    policy(POLICY.replace(/^name: .*$/mu, 'name: Another policy').replace(/^version: .*$/mu, "version: '99'"));
    await until(() => used.mock.calls.length > 1);
    await until(() => recorded.length === 3);
    expect(files.policy().compiled.hash).not.toBe(before);
    expect(recorded[2]).toMatchObject({ type: 'TakeFile', of: 'policy', hash: files.policy().compiled.hash });
  });

  it('and broken, is refused with what is wrong where, once, and the last good one stays', async () => {
    await begun();
    const before = files.organisation();
    organisation(SAMPLE.replace('roles:', 'rolls:'));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'RefuseFile', of: 'organisation' });
    expect(JSON.stringify(recorded[2])).toMatch(/organisation\.yml:\d+: /u);
    expect(files.organisation()).toBe(before);
    expect(files.problems()).toHaveLength(1);
    await later();
    expect(recorded).toHaveLength(3);
    organisation(SAMPLE);
    await until(() => recorded.length === 4);
    expect(recorded[3]).toMatchObject({ type: 'TakeFile', of: 'organisation' });
    expect(files.problems()).toEqual([]);
  });

  it('and away for a moment, is taken for an edit only when it stays away', async () => {
    await begun();
    rmSync(join(folder, 'policy.yml'));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'RefuseFile', of: 'policy' });
    policy(POLICY);
    await until(() => recorded.length === 4);
    expect(files.problems()).toEqual([]);
  });

  it('is refused where the other one does not fit it', async () => {
    await begun();
    // Nobody could be heard as counsel.
    organisation(SAMPLE.replace(/^.*id: counsel, name.*\n/mu, ''));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'RefuseFile', of: 'organisation' });
    expect(JSON.stringify(recorded[2])).toContain('does not fit');
    expect(members('counsel')).toEqual(['counsel-1']);
  });

  it('is applied again where that failed, and recorded once it is', async () => {
    await begun();
    changed.mockRejectedValueOnce(new Error('the store is away'));
    organisation(SAMPLE.replace('[senior-1, senior-2, counsel-1]', '[senior-1, counsel-1]'));
    await until(() => recorded.length === 3);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('is recorded later where the store is away', async () => {
    await begun();
    broken = true;
    organisation(SAMPLE.replace('[compliance-1, compliance-2]', '[compliance-1]'));
    await later();
    expect(recorded).toHaveLength(2);
    broken = false;
    await until(() => recorded.length === 3);
  });

  it('is refused where somebody is in it under another id, and says which id to keep', async () => {
    await begun();
    // The Slack id of compliance-1 stays.
    organisation(SAMPLE.replaceAll('compliance-1', 'carla'));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'RefuseFile', of: 'organisation' });
    expect(JSON.stringify(recorded[2])).toMatch(
      /organisation\.yml:\d+: carla has the Slack id of compliance-1, who is not in the file any more: keep the id compliance-1/u,
    );
    expect(members('compliance')).toContain('compliance-1');
  });

  it('is refused where somebody comes back under another id', async () => {
    await begun();
    const without = SAMPLE.replace(/^.*id: senior-2,.*\n/mu, '').replaceAll('senior-2, ', '');
    organisation(without);
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'TakeFile' });
    organisation(SAMPLE.replaceAll('senior-2', 'sven'));
    await until(() => recorded.length === 4);
    expect(JSON.stringify(recorded[3])).toContain('keep the id senior-2');
  });

  it('may correct an account', async () => {
    await begun();
    const slack = (id: string): string => new RegExp(`id: ${id},.*?slack: (\\w+)`, 'u').exec(SAMPLE)?.[1] ?? '';
    const [one, two] = [slack('senior-1'), slack('senior-2')];
    expect(one).not.toBe('');
    organisation(SAMPLE.replace(one, 'U0XXXXXXX').replace(two, one).replace('U0XXXXXXX', two));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({
      type: 'TakeFile',
      says: { 'people senior-2 slack': one, 'people senior-1 slack': two },
    });
  });

  it('while the bot is stopped, does not start it with a person under another id', async () => {
    await begun();
    const [first] = recorded;
    const before = accountsOf(readOrganisationText(SAMPLE, 'organisation.yml').people);
    expect(first).toMatchObject({ accounts: before });
    organisation(SAMPLE.replaceAll('compliance-1', 'carla'));
    const again = openFiles({
      organisationFile: join(folder, 'organisation.yml'),
      policyFile: join(folder, 'policy.yml'),
    });
    expect(() => again.compare(before)).toThrow(/organisation\.yml:\d+: carla .* keep the id compliance-1/u);
    // A record of before this was kept.
    again.compare(undefined);
  });

  it('with the same text is no news', async () => {
    await begun();
    organisation(`${SAMPLE}`);
    await later();
    expect(recorded).toHaveLength(2);
    expect(changed).not.toHaveBeenCalled();
  });

  it('that fits the other only together with an edit of that one is taken with it, whichever is written first', async () => {
    await begun();
    organisation(SAMPLE.replaceAll('senior-approvers', 'seniors'));
    await until(() => recorded.length === 3);
    expect(recorded[2]).toMatchObject({ type: 'RefuseFile', of: 'organisation' });
    policy(POLICY.replaceAll('senior-approvers', 'seniors'));
    await until(() => recorded.length >= 4);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(files.problems()).toEqual([]);
    expect(members('seniors')).toContain('senior-1');
  });

  it('between the first reading and the first look counts', async () => {
    await following.stop();
    recorded = [];
    organisation(SAMPLE);
    files = openFiles({ organisationFile: join(folder, 'organisation.yml'), policyFile: join(folder, 'policy.yml') });
    // The store is opened, registers and digests begin: seconds in a deployment.
    organisation(SAMPLE.replace('[senior-1, senior-2, counsel-1]', '[senior-1, counsel-1]'));
    following = files.follow({
      policies: { use: used },
      files: {
        handle: (command) => {
          recorded.push(command);
          return Promise.resolve({ kind: 'accepted', state: { taken: {}, refused: {} } });
        },
      },
      changed,
      recorded: () => {},
      clock: () => new Date(),
      logger: silentLogger,
      everyMs: 5,
    });
    await begun();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(members('senior-approvers')).toEqual(['senior-1', 'counsel-1']);
  });
});
