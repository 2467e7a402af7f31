/** `clearthread report policy`: the human-rights policy, and how to report misuse, as pages for the website. Guidance: R3, R4. */

import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { MISUSE_PAGE, misuseHtml, POLICY_PAGE, policyHtml } from '../../blocks/yearly/policy.ts';
import { OPERATOR } from '../../flows/organisation.ts';
import { loadHumanRightsPolicy } from '../config/human-rights-policy-file.ts';
import type { StoreLocation } from '../streams/open-store.ts';
import { writeFiles } from '../yearly/write-report.ts';
import { command, onlyWord, Unusable } from './command.ts';
import { deskOn } from './desk.ts';
import { written } from './reading.ts';
import { organisationOf, refuseSample, whereOf, withStore } from './record.ts';
import { printable } from './text.ts';

const HELP = `Usage: clearthread report policy FILE --to DIR [--publish] [--data DIR]

Writes two pages for your website: ${POLICY_PAGE}, of a file that your company writes, and
${MISUSE_PAGE}, with the address of your voices page from the organisation file. No scripts, nothing
fetched. A yearly report that is written into the same folder later links them.

FILE is YAML:
  title: Human-rights policy           # may be left out
  version: 3
  approvedBy: The board of directors
  approvedOn: 2027-01-10
  address: https://example.com/rights  # where you publish it; may be left out
  instruments: [Universal Declaration of Human Rights, UN Guiding Principles]
  text: |
    A paragraph. A line with two hashes begins a part, lines with a dash are a list.

    ## What we do
    - We look before we sell.

  --to DIR    where the pages go
  --publish   record that this version is the published one: /deal programme shows version, who approved it and
              the address. One version has one text: what was changed gets another version.
  --data DIR  the data folder (else the database of MONGODB_URI, else DATA_DIR, else ./data); needed for
              --publish alone
Exit code: 0 written, 2 it could not be done.`;

interface Options {
  file: string;
  to: string;
  publish: boolean;
  /** Where the record is. Absent: none is needed. */
  where: StoreLocation | undefined;
}

const TOLD =
  'Put them where people look, such as your website or your annual report (Guidance 8, bullet 4): the bot shows them to nobody.';

export const reportPolicy = command({
  help: HELP,
  options: { to: { type: 'string' }, publish: { type: 'boolean' }, data: { type: 'string' } },
  words: true,
  read: (given, env): Options => {
    const { to, publish = false, data } = given.values;
    const file = onlyWord(given, 'Name the file of your policy.');
    if (to === undefined) throw new Unusable('Say with --to which folder the pages go to.');
    return { file, to, publish, where: publish ? whereOf(data, env) : undefined };
  },
  run: async ({ file, to, where }, io) => {
    const organisation = organisationOf(io.env);
    const { policy, address, hash } = loadHumanRightsPolicy(file, new Date().toISOString().slice(0, 10));
    const write = (): number => {
      written(to, () => mkdirSync(to, { recursive: true }));
      const files = written(to, () =>
        writeFiles(to, [
          [POLICY_PAGE, policyHtml(policy, organisation.name)],
          [MISUSE_PAGE, misuseHtml(organisation.voices, organisation.name)],
        ]),
      );
      io.out(`Written to ${printable(to)}: ${files.join(', ')}. ${TOLD}`);
      if (organisation.voices?.address === undefined)
        io.out('The organisation file names no address of a voices page, and the page on misuse says so.');
      return 0;
    };
    if (!where) return write();
    return withStore(where, io, async (store) => {
      await refuseSample(store, io.env);
      const { registers } = deskOn(store, organisation, io.env);
      const { version, approvedBy, approvedOn, instruments } = policy;
      const said = { version, approvedBy, approvedOn, hash, instruments: [...instruments] };
      const outcome = await registers.programme.handle(
        { type: 'PublishPolicy', policy: { ...said, ...(address === undefined ? {} : { address }) } },
        {
          actor: OPERATOR,
          cause: `policy:${createHash('sha256')
            .update(JSON.stringify([said, address]))
            .digest('hex')}`,
        },
      );
      if (outcome.kind === 'refused') throw new Unusable(outcome.refusal.text);
      return write();
    });
  },
});
