/** The dossier's proof: the head of the deal's record, and that the log of all commits contains it. */

import type { DealView } from '../../flows/deal/view.ts';
import type { RecordedCommit } from './history.ts';
import { bullet, line, verbatim, type DossierPart } from './parts.ts';
import { instantWords } from './words.ts';

/** `version 12, 3f9a…`: names the record as it was when the dossier was made. */
export const headWords = (commits: readonly RecordedCommit[]): string | undefined => {
  const last = commits.at(-1);
  return last && `version ${last.version}, ${last.hash}`;
};

export const proofParts = (
  { deal }: DealView,
  commits: readonly RecordedCommit[],
  proof: string | undefined,
): DossierPart[] => {
  const last = commits.at(-1);
  return [
    ...(last
      ? [
          bullet('Head of the record', headWords(commits) ?? ''),
          bullet('Written', instantWords(last.at)),
          line(
            'Each commit’s hash covers the one before it: whoever has this hash can see any later change to the record.',
          ),
        ]
      : []),
    ...(proof === undefined
      ? [
          line(
            `No signed checkpoint was at hand that covers this commit. On the bot’s machine, “clearthread deal export ${deal.id}” writes the proof that the log of all commits contains it.`,
          ),
        ]
      : [
          line(
            'The lines below prove, under a signed checkpoint, that the log of all commits contains this one (c2sp.org/tlog-proof). As a file they are checked with “clearthread audit proof”; the log’s public key comes from somebody you trust.',
          ),
          verbatim(proof.trimEnd()),
        ]),
  ];
};
