/** Whether due times that moved since their commits are what the calendar asks. For an auditor, from the record alone. */

import { ZodError } from 'zod';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { programme } from '../../flows/programme/register.ts';
import { absences } from '../../flows/registers/absences.ts';
import { countries } from '../../flows/registers/countries.ts';
import { files } from '../../flows/registers/files.ts';
import { gaps } from '../../flows/registers/gaps.ts';
import { holds } from '../../flows/registers/holds.ts';
import { streamOf } from '../../flows/registers/register.ts';
import { scopes } from '../../flows/registers/scopes.ts';
import { screeningLists } from '../../flows/registers/screening.ts';
import { sheets } from '../../flows/registers/sheets.ts';
import { trainingHeld } from '../../flows/registers/training/held-back.ts';
import { training } from '../../flows/registers/training/training.ts';
import { type Ledger, StoreFault } from '../../store/event-store.ts';
import { loadOrganisation } from '../config/organisation-file.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from '../config/policy-file.ts';
import { organisationWith } from '../streams/organisation-with.ts';
import type { CliIo } from './io.ts';
import type { DueAround, MovedDue, SeenOnTheWay } from './replays.ts';

export interface DueTimes {
  /** As the calendar asks, or earlier: an early look changes nothing. */
  asked: number;
  /** For want of the organisation file, or of a policy that this version reads. */
  unchecked: number;
  /** Later than what the state owes. */
  putOff: (Pick<MovedDue, 'stream' | 'nextDueAt'> & { owed: string })[];
}

interface Named<State> {
  name: string;
  none: State;
}

const policiesOf = async (
  ledger: Pick<Ledger, 'policy'>,
  hashes: Iterable<string>,
): Promise<Map<string, CompiledPolicy>> => {
  const found = new Map<string, CompiledPolicy>();
  for (const hash of hashes) {
    try {
      const document = await ledger.policy(hash);
      if (document !== undefined) found.set(hash, policyFromJson(hash, document));
    } catch (error) {
      // A newer version wrote it: nothing is guessed.
      if (!(error instanceof ZodError || error instanceof StoreFault)) throw error;
    }
  }
  return found;
};

const aroundOf = async (
  ledger: Pick<Ledger, 'policy'>,
  { moved, registers }: SeenOnTheWay,
  file: string,
  env: CliIo['env'],
): Promise<DueAround> => {
  const stateOf = <State>({ name, none }: Named<State>): State =>
    (registers.get(streamOf(name))?.().state as State | undefined) ?? none;
  const now = new Date().toISOString();
  const organisation = loadOrganisation(file);
  const { compiled: policy } = loadPolicy(env['CLEARTHREAD_POLICY']?.trim() || defaultPolicyFile);
  const states = {
    absences: stateOf(absences),
    holds: stateOf(holds),
    countries: stateOf(countries),
    scopes: stateOf(scopes),
    gaps: stateOf(gaps),
    sheets: stateOf(sheets),
    screening: stateOf(screeningLists),
    files: stateOf(files),
    programme: stateOf(programme),
  };
  const held = trainingHeld(stateOf(training), organisation, policy.training, now);
  const policies = await policiesOf(ledger, new Set(moved.flatMap((each) => each.policy ?? [])));
  return {
    now,
    organisation: organisationWith(organisation, states, held, now),
    policy,
    policyOf: (hash) => policies.get(hash),
  };
};

/** Recomputes what moved. Needs CLEARTHREAD_ORGANISATION, as the bot does. */
export const inspectDueTimes = async (
  ledger: Pick<Ledger, 'policy'>,
  seen: SeenOnTheWay,
  env: CliIo['env'],
): Promise<DueTimes> => {
  const found: DueTimes = { asked: 0, unchecked: 0, putOff: [] };
  const file = env['CLEARTHREAD_ORGANISATION']?.trim();
  if (!file || seen.moved.length === 0) return { ...found, unchecked: seen.moved.length };
  const around = await aroundOf(ledger, seen, file, env);
  for (const { stream, nextDueAt, owes } of seen.moved) {
    const owed = owes(around);
    if (owed === undefined) found.unchecked += 1;
    else if (owed !== null && (nextDueAt === null || nextDueAt > owed)) found.putOff.push({ stream, nextDueAt, owed });
    else found.asked += 1;
  }
  return found;
};
