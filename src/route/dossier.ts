/** The dossier of a deal, for whoever may read the deal: a file where the chat gives people files, else its first page. */

import { dossierCard } from '../../blocks/cards/status.ts';
import { dossierForm } from '../../blocks/forms/dossier.ts';
import { CHATS } from '../../flows/chats.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId } from '../../flows/ids.ts';
import { dealsNamed, dossierPdfOf, recorded, upToExport } from '../dossier/dossier-file.ts';
import type { Reply } from '../edge/interaction.ts';
import { deny, readable, type Desk, type OnClick, type Words } from './desk.ts';

type Act = Pick<Words, 'person' | 'place' | 'cause'>;

const takesFiles = ({ place }: Act): boolean => place !== undefined && CHATS[place.platform].givesFiles;

/** Those of the deals that the person may read. */
const readableOf = async (desk: Desk, deals: readonly DealId[], person: PersonId): Promise<ReadonlySet<DealId>> => {
  const found = await Promise.all(deals.map(async (id) => ((await readable(desk, id, person)) ? [id] : [])));
  return new Set(found.flat());
};

/** Records the export first: who knew what, and since when. The file is written once the press is answered. */
const fileOf = async (desk: Desk, { person, cause }: Act, deal: DealId): Promise<Reply> => {
  const outcome = await desk.deals.handle(deal, { type: 'RecordExport', format: 'pdf' }, { actor: person, cause });
  if (outcome.kind === 'refused') return deny(outcome.refusal.text);
  const { view } = outcome;
  const content = async (): Promise<Buffer> => {
    const commits = recorded(await upToExport(desk.store, { deal, cause }));
    return dossierPdfOf(view, { commits, readable: await readableOf(desk, dealsNamed(view, commits), person) });
  };
  return { kind: 'file', file: { name: `${deal}.pdf`, content }, form: dossierForm(view) };
};

const give = (desk: Desk, act: Act, view: DealView, opensForms: boolean): Reply | Promise<Reply> => {
  const no = refusal(view, act.person, 'get dossier');
  if (no !== undefined) return deny(no);
  if (takesFiles(act)) return fileOf(desk, act, view.deal.id);
  return opensForms ? { kind: 'form', form: dossierForm(view) } : { kind: 'tell', card: dossierCard(view) };
};

export const onDossier: OnClick = (desk, click, { view }) => give(desk, click, view, true);

/** Answers `export D-…`. */
export const onExportWords = async (desk: Desk, act: Words, view: DealView): Promise<Reply> =>
  give(desk, act, view, act.canOpen === true);
