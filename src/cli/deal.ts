/** `clearthread deal export`: the whole record of a deal, as JSON and as a page to read. The export is itself recorded. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dossier, type RecordedCommit } from '../../blocks/dossier.ts';
import { OPERATOR } from '../../flows/access.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { StoreFault } from '../../store/event-store.ts';
import { databaseFile, loadDataKey } from '../../store/keys.ts';
import { openSqliteStore } from '../../store/sqlite.ts';
import { dataDirOf } from '../config.ts';
import { createDeals } from '../handle.ts';
import { loadOrganisation, sampleOrganisationFile } from '../organisation-file.ts';
import { storedPolicies } from '../policies.ts';
import { policyFromJson } from '../policy-file.ts';
import type { CliCommand, CliIo } from './io.ts';

const HELP = `Usage: clearthread deal export D-… [--data DIR] [--out DIR]

Writes D-….json (every commit with its hash) and D-….md (a page to read) and records that it did.
The bot may be running. The files hold answers and names: keep them as safe as the deal itself.

  --data DIR   the data folder (else DATA_DIR, else ./data)
  --out DIR    where to write (else this folder)

The record needs its data key: CLEARTHREAD_DATA_KEY, or the one in the data folder. Names come from
CLEARTHREAD_ORGANISATION, else from the sample organisation.
Exit code: 0 written, 1 there is no such deal or it was erased, 2 it could not be done.`;

interface Options {
  deal: string;
  dataDir: string;
  out: string;
}

const optionsOf = (args: string[], env: CliIo['env']): Options | 'help' | { problem: string } => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    const [deal, ...rest] = positionals;
    if (deal === undefined || rest.length > 0) return { problem: 'Name one deal: clearthread deal export D-…' };
    if (!/^D-[0-9A-Z]{6,20}$/.test(deal)) return { problem: 'A deal is named D- and six or more letters and digits.' };
    return {
      deal,
      dataDir: values.data === undefined ? dataDirOf(env) : resolve(values.data),
      out: resolve(values.out ?? '.'),
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'These words are not understood.' };
  }
};

const write = async ({ deal, dataDir, out }: Options, io: CliIo): Promise<number> => {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) {
    io.err(`There is no database at ${file}. Name the data folder with --data DIR.`);
    return 2;
  }
  const organisation = loadOrganisation(io.env['CLEARTHREAD_ORGANISATION']?.trim() || sampleOrganisationFile);
  const store = openSqliteStore({ file, dataKey: loadDataKey(io.env['CLEARTHREAD_DATA_KEY'], dataDir) });
  try {
    const deals = createDeals({
      store,
      policies: storedPolicies(store, policyFromJson),
      organisation: () => organisation,
      clock: () => new Date(),
      wake: () => {},
    });
    const exported = await deals.handle(
      deal,
      { type: 'RecordExport', format: 'json' },
      { actor: OPERATOR, cause: `export:${randomUUID()}` },
    );
    if (exported.kind === 'refused') {
      io.err(exported.refusal.text);
      return 1;
    }
    const commits = await store.read(deal);
    const recorded = commits.map<RecordedCommit>((c) => ({ ...c, events: c.body.events as unknown as DealEvent[] }));
    await mkdir(out, { recursive: true });
    const [json, page] = [join(out, `${deal}.json`), join(out, `${deal}.md`)];
    await writeFile(
      json,
      `${JSON.stringify({ deal, state: exported.view.deal, assessment: exported.view.assessment, commits }, null, 2)}\n`,
      { mode: 0o600 },
    );
    await writeFile(page, dossier(exported.view, recorded), { mode: 0o600 });
    io.out(json);
    io.out(page);
    return 0;
  } finally {
    await store.close();
  }
};

export const dealExport: CliCommand = async (args, io) => {
  const options = optionsOf(args, io.env);
  if (options === 'help') {
    io.out(HELP);
    return 0;
  }
  if ('problem' in options) {
    io.err(options.problem);
    return 2;
  }
  try {
    return await write(options, io);
  } catch (error) {
    if (!(error instanceof StoreFault)) throw error;
    io.err(error.message);
    return error.code === 'erased' ? 1 : 2;
  }
};
