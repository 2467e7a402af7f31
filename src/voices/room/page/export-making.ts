/** Makes the file of a case that goes out, of what was opened in this browser. */

import type { Export, ExportAsked } from '../../../../flows/voices/exporting.ts';
import { filesIn, savedName, shownName } from '../../../../flows/voices/files.ts';
import { did, partsIn } from './case-words.ts';
import { requestOf, sha256, zipOf, type ExportedFile, type ExportedPart } from './export-file.ts';
import { openedFile } from './files.ts';
import { headingsOf, openedBy, type ReadCase } from './reading-case.ts';
import { say } from './view.ts';

/** Parts that go out. */
export const going = ({ parts }: ReadCase, { upTo, left }: Pick<ExportAsked, 'upTo' | 'left'>): ReadCase['parts'] =>
  parts.filter(({ message: { number } }) => number <= upTo && !left.includes(number));

/** With every file opened for its hash. Undefined where the envelope goes out and can't be opened. */
export const fileOut = async (read: ReadCase, now: Export): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const { shown, opening } = read;
  const { asked, agreedBy = '' } = now;
  const headings = headingsOf(read);
  const files = new Map<string, Uint8Array>();
  const parts: ExportedPart[] = [];
  const goes = new Set(going(read, asked));
  for (const part of read.parts.slice(0, asked.upTo)) {
    const { message, heading, opened } = part;
    const { number, day } = message;
    const found = goes.has(part) ? filesIn(opened?.value) : [];
    const listed: ExportedFile[] = [];
    for (const [i, file] of found.entries()) {
      say(`One moment: a file of part ${number}, ${i + 1} of ${found.length}…`);
      const blob = await openedFile(shown.id, file);
      const bytes = blob && new Uint8Array(await blob.arrayBuffer());
      const path = asked.files && bytes ? `files/${number}-${i + 1} ${savedName(file.name)}` : undefined;
      if (path !== undefined && bytes) files.set(path, bytes);
      const name = shownName(file.name) || 'A file without a name';
      listed.push({ name, bytes: file.bytes, sha256: bytes && (await sha256(bytes)), cleaned: file.cleaned, path });
    }
    const inside = goes.has(part) ? partsIn(opened?.value, headings) : undefined;
    parts.push({ number, day, heading, parts: inside, files: listed });
  }
  const who = asked.name && shown.who !== undefined ? await openedBy(opening, 'who', shown.who) : undefined;
  if (asked.name && !who) return undefined;
  const nameOf = (id: string): string => shown.names[id] ?? id;
  const dayOf = (number: number | undefined): string =>
    shown.messages.find((one) => one.number === number)?.day ?? shown.today;
  const agreed = read.exports.findLast(({ step, by }) => step.kind === 'agreed' && by === agreedBy);
  return zipOf(
    {
      case: shown.id,
      arrived: shown.day,
      ...requestOf(asked, headings),
      asked: { by: nameOf(now.by), day: dayOf(now.number) },
      agreed: { by: nameOf(agreedBy), day: dayOf(agreed?.number) },
      made: { by: nameOf(now.by), day: shown.today },
      parts,
      happened: shown.events.slice(0, asked.events).map((event) => ({ day: event.day, text: did(event, shown.names) })),
      who: who && partsIn(who.value, headings),
    },
    files,
  );
};
