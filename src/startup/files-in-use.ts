/** The organisation and policy files in use: read again when they change. A broken one is told of, and changes nothing. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { SYSTEM, type Organisation } from '../../flows/organisation.ts';
import type { Accounts, FilesCommand, FilesState } from '../../flows/registers/files.ts';
import type { FileOf } from '../../flows/registers/said.ts';
import { repeating } from '../bell.ts';
import { accountsOf } from '../config/accounts.ts';
import { readOrganisationText, sampleOrganisationFile } from '../config/organisation-file.ts';
import { defaultPolicyFile, policyFits, readPolicyText, type LoadedPolicy } from '../config/policy-file.ts';
import { saysOf, policySays } from '../config/said.ts';
import { FileProblem, readText } from '../config/yaml-file.ts';
import type { Logger } from '../log.ts';
import type { CurrentPolicies } from '../streams/policies.ts';
import type { OpenRegister } from '../streams/register.ts';
import { readFiles, type FileSettings } from './preconditions.ts';

interface Following {
  /** Called with a new policy, which is kept first. */
  policies: Pick<CurrentPolicies, 'use'>;
  files: Pick<OpenRegister<FilesState, FilesCommand>, 'handle'>;
  /** Applies what changed, as a start does. */
  changed: () => Promise<void>;
  /** Called once the record says which files count. */
  recorded: () => void;
  clock: () => Date;
  logger: Logger;
  everyMs?: number | undefined;
}

export interface FilesInUse {
  organisation(): Organisation;
  policy(): LoadedPolicy;
  /** A sentence for each file that was refused since. */
  problems(): string[];
  /** Compares the accounts with those of the people before the bot was started. Throws FileProblem. */
  compare(before: Accounts | undefined): void;
  /** Reads the files again whenever they change. */
  follow(following: Following): { stop(): Promise<void> };
}

/** What is recorded of a file that was read. */
type ReadCommand = Exclude<FilesCommand, { type: 'NoteReach' }>;

const EVERY_MS = 2000;
const ALL: readonly FileOf[] = ['organisation', 'policy'];
type Texts = Record<FileOf, string | undefined>;

/** Where a problem is, for the log: its sentence may hold what somebody wrote. */
const placeOf = (problem: string): string => /^[^\s:]+(?::\d+)?/u.exec(problem)?.[0] ?? '';

/** An address may be passed on once nobody has it any more, while a chat gives no id twice. */
const withoutAddresses = (accounts: Accounts): Accounts =>
  Object.fromEntries(Object.entries(accounts).filter(([key]) => !key.startsWith('email ')));

const orProblem = <T>(read: () => T): T | FileProblem => {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileProblem) return error;
    throw error;
  }
};

interface Both {
  policy: LoadedPolicy;
  organisation: Organisation;
}

/** Returns which of the new ones can count: both, or the one that fits what counts now. */
const fittingOf = (next: Both, now: Both, together: boolean): ReadonlySet<FileOf> => {
  if (together) return new Set(ALL);
  const fits = (policy: LoadedPolicy, organisation: Organisation): boolean =>
    policyFits(policy.document, organisation).length === 0;
  if (next.policy !== now.policy && fits(next.policy, now.organisation)) return new Set<FileOf>(['policy']);
  if (next.organisation !== now.organisation && fits(now.policy, next.organisation))
    return new Set<FileOf>(['organisation']);
  return new Set<FileOf>();
};

/** The record compares it with the file that it knows: a start with a changed file tells what an edit tells. */
const takeOrganisation = (organisation: Organisation): ReadCommand => ({
  type: 'TakeFile',
  of: 'organisation',
  hash: organisation.hash,
  accounts: accountsOf(organisation.people),
  says: saysOf(organisation),
});
const takePolicy = ({ compiled, document }: LoadedPolicy): ReadCommand => ({
  type: 'TakeFile',
  of: 'policy',
  hash: compiled.hash,
  says: policySays(document),
});

/** Reads both files. Throws StartProblem or FileProblem. */
export const openFiles = (config: FileSettings): FilesInUse => {
  const paths: Record<FileOf, string> = {
    organisation: config.organisationFile ?? sampleOrganisationFile,
    policy: config.policyFile ?? defaultPolicyFile,
  };
  // Read before they are parsed: what is written meanwhile is seen at the next look.
  const parsed: Texts = { organisation: readText(paths.organisation), policy: readText(paths.policy) };
  let { organisation, policyFile: policy } = readFiles(config);
  const refused = new Map<FileOf, readonly string[]>();
  /** Whose the accounts were, those of people who left among them. */
  let known = accountsOf(organisation.people);

  const textOf = (of: FileOf): Promise<string | undefined> => readFile(paths[of], 'utf8').catch(() => undefined);
  const missing = (of: FileOf): FileProblem => new FileProblem([`${basename(paths[of])}: it can't be read any more.`]);

  const follow = ({ policies, files, changed, recorded, clock, logger, everyMs = EVERY_MS }: Following) => {
    /** What is still to be recorded; a store that fails is asked again. */
    const toRecord: ReadCommand[] = [takeOrganisation(organisation), takePolicy(policy)];
    let [seen, considered]: [Texts | undefined, Texts] = [undefined, parsed];
    let unapplied = false;

    const refuse = (of: FileOf, text: string | undefined, problems: readonly string[]): void => {
      refused.set(of, problems);
      logger.warn('files.refused', { kind: of, count: problems.length, code: placeOf(problems[0] ?? '') });
      const hash = createHash('sha256')
        .update(text ?? '')
        .digest('hex');
      toRecord.push({ type: 'RefuseFile', of, text: hash, problems });
    };

    const consider = async (texts: Texts): Promise<void> => {
      // One that did not fit the other is looked at again with it.
      const isNew = (of: FileOf): boolean => texts[of] !== considered[of] || refused.has(of);
      const read = <T>(of: FileOf, now: T, parse: (text: string, name: string) => T): T | FileProblem => {
        const text = texts[of];
        if (!isNew(of)) return now;
        return text === undefined ? missing(of) : orProblem(() => parse(text, basename(paths[of])));
      };
      const [readPolicy, readOrganisation] = [
        read('policy', policy, readPolicyText),
        read('organisation', organisation, (text, name) => readOrganisationText(text, name, known)),
      ];
      const [nextPolicy, nextOrganisation] = [
        readPolicy instanceof FileProblem ? policy : readPolicy,
        readOrganisation instanceof FileProblem ? organisation : readOrganisation,
      ];
      const misfits = policyFits(nextPolicy.document, nextOrganisation);
      const fitting = fittingOf(
        { policy: nextPolicy, organisation: nextOrganisation },
        { policy, organisation },
        misfits.length === 0,
      );
      const news: Record<FileOf, boolean> = { policy: isNew('policy'), organisation: isNew('organisation') };
      const good = (of: FileOf, found: unknown): boolean => {
        if (!news[of]) return false;
        refused.delete(of);
        if (found instanceof FileProblem) refuse(of, texts[of], found.problems);
        else if (!fitting.has(of))
          refuse(of, texts[of], ['The policy does not fit the organisation file:', ...misfits]);
        return !refused.has(of);
      };
      const [newPolicy, newOrganisation] = [good('policy', readPolicy), good('organisation', readOrganisation)];
      if (newPolicy) {
        await policies.use(nextPolicy);
        policy = nextPolicy;
        toRecord.push(takePolicy(policy));
      }
      if (newOrganisation) {
        organisation = nextOrganisation;
        known = { ...withoutAddresses(known), ...accountsOf(organisation.people) };
        toRecord.push(takeOrganisation(organisation));
      }
      considered = texts;
      if (!newPolicy && !newOrganisation) return;
      logger.info('files.taken', { policy: policy.compiled.hash, version: organisation.hash });
      unapplied = true;
    };

    const record = async (): Promise<void> => {
      if (toRecord.length === 0) return;
      for (let next = toRecord[0]; next !== undefined; next = toRecord[0]) {
        const which = next.type === 'TakeFile' ? next.hash : next.text;
        await files.handle(next, { actor: SYSTEM, cause: `file:${next.of}:${which}:${clock().toISOString()}` });
        toRecord.shift();
      }
      recorded();
    };

    const look = async (): Promise<void> => {
      const [ofOrganisation, ofPolicy] = await Promise.all(ALL.map(textOf));
      const texts: Texts = { organisation: ofOrganisation, policy: ofPolicy };
      const same = (other: Texts | undefined): boolean => ALL.every((of) => other?.[of] === texts[of]);
      // A file that is being written is looked at once more.
      const settled = same(seen);
      seen = texts;
      if (settled && !same(considered)) await consider(texts);
      if (unapplied) await changed();
      unapplied = false;
      await record();
    };

    return repeating(async () => {
      await look().catch((error: unknown) => logger.error('files.not-followed', { error }));
      return undefined;
    }, everyMs);
  };

  const compare = (before: Accounts = {}): void => {
    readOrganisationText(parsed.organisation ?? '', basename(paths.organisation), before);
    known = { ...withoutAddresses(before), ...known };
  };

  return {
    organisation: () => organisation,
    policy: () => policy,
    problems: () =>
      [...refused.keys()].map((of) => `The ${of} file has problems since it changed: the last good one counts.`),
    compare,
    follow,
  };
};
