/** The dossier of a deal as a file: its parts, its head and its proof, once for the command line and the chats. */

import { dossier, type DossierOf } from '../../blocks/dossier/dossier.ts';
import type { RecordedCommit } from '../../blocks/dossier/history.ts';
import { plainText } from '../../blocks/dossier/parts.ts';
import { headWords } from '../../blocks/dossier/proof.ts';
import { shorten } from '../../blocks/words.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { earlierTaken } from '../../flows/deal/reuse/offers.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId } from '../../flows/ids.ts';
import type { Commit, EventStore } from '../../store/event-store.ts';

const TITLE = 120;

/** Commits whose events are a deal's. */
export const recorded = (commits: readonly Commit[]): RecordedCommit[] =>
  commits.map((commit) => ({ ...commit, events: commit.body.events as unknown as DealEvent[] }));

/** The other deals that a dossier can name. */
export const dealsNamed = ({ deal }: DealView, commits: readonly RecordedCommit[]): DealId[] => {
  const confirmed = deal.status === 'out of scope' ? deal.confirmed?.deal : undefined;
  const named = commits.flatMap(({ events }) =>
    events.flatMap((event): (DealId | undefined)[] => {
      if (event.type === 'FoundOutOfScope') return [event.confirmed?.deal];
      if (event.type !== 'OthersNoted') return [];
      const { ended, otherwise, kinds = [], worries = [], written } = event;
      return [...ended, ...otherwise, ...kinds, ...worries, ...(written ? [written] : [])].map((one) => one.deal);
    }),
  );
  return [...new Set([confirmed, ...earlierTaken(deal), ...named])].filter((id) => id !== undefined);
};

/** The record up to the commit that recorded the export, so that the dossier ends with itself. */
export const upToExport = async (
  store: Pick<EventStore, 'byCause' | 'read'>,
  { deal, cause }: { deal: string; cause: string },
): Promise<Commit[]> => store.read(deal, (await store.byCause(deal, cause))?.version);

/** The PDF; the library is loaded with the first one. */
export const dossierPdfOf = async (view: DealView, of: DossierOf): Promise<Buffer> => {
  const { dossierPdf } = await import('./pdf.ts');
  const { id, details } = view.deal;
  const head = headWords(of.commits);
  return dossierPdf({
    title: `Deal ${id}: ${shorten(plainText(details.customer), TITLE)}`,
    parts: dossier(view, of),
    foot: `Deal ${id}${head === undefined ? '' : `. Head of the record: ${head}`}`,
    made: new Date(of.commits.at(-1)?.at ?? view.now),
  });
};
