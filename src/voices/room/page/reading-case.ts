/** Reads a case: all that can be opened of it with one's own key, and what follows from that. */

import type { CaseId } from '../../../../flows/voices/case.ts';
import { exportStepIn, type AroundExport, type ExportTaken } from '../../../../flows/voices/exporting.ts';
import type { Ticked } from '../../../../flows/voices/reading.ts';
import { stepIn, type Taken } from '../../../../flows/voices/steps.ts';
import type { ShownCase, ShownMessage } from '../wire.ts';
import { ask } from './ask.ts';
import { headingOf } from './case-words.ts';
import type { Me } from './entering.ts';
import { openingOf, tickedIn, type Opening } from './opening.ts';
import { safeAfter, type Safe } from './report.ts';

/** One message. */
export interface ReadPart {
  message: ShownMessage;
  heading: string;
  /** Undefined where it can't be opened. */
  opened: { value: unknown } | undefined;
}

export interface ReadCase {
  shown: ShownCase;
  opening: Opening;
  parts: ReadPart[];
  safe: Safe;
  /** Whom it concerns, by the report itself: nobody outside of it could take them out. */
  ticked: Ticked[];
  taken: Taken[];
  exports: ExportTaken[];
}

export const openedBy = (opening: Opening, part: string, sealed: string): Promise<ReadPart['opened']> =>
  opening.open(part, sealed).then(
    (value) => ({ value }),
    () => undefined,
  );

export const readCase = async (id: CaseId, me: Me): Promise<ReadCase> => {
  const shown = await ask<ShownCase>('case', { id });
  const opening = await openingOf(shown, me);
  const read: ReadCase = { shown, opening, parts: [], safe: 'unsaid', ticked: [], taken: [], exports: [] };
  for (const message of shown.messages) {
    const { by, number } = message;
    const opened = await openedBy(opening, String(number), message.sealed);
    const value = opened?.value;
    read.parts.push({ message, opened, heading: headingOf(message, shown.names, value) });
    if (by === undefined) {
      read.safe = safeAfter(read.safe, value);
      read.ticked.push(...tickedIn(value));
      continue;
    }
    const [step, exported] = [stepIn(value), exportStepIn(value)];
    if (step) read.taken.push({ number, by, step });
    if (exported) read.exports.push({ number, by, step: exported });
  }
  return read;
};

export const headingsOf = ({ parts }: ReadCase): Map<number, string> =>
  new Map(parts.map(({ message, heading }) => [message.number, heading]));

export const aroundExport = ({ shown, ticked }: ReadCase): AroundExport => ({
  readers: shown.readers,
  ticked,
  theirs: shown.messages.flatMap(({ number, by }) => (by === undefined ? [number] : [])),
  names: shown.names,
});
