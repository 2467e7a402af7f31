/** Dependencies of every handler of the route, and the few steps that they share. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { stateBlocks, takesFlags } from '../../blocks/cards/root.ts';
import { closedCard, noticeCard, refusalCard, type Closed } from '../../blocks/cards/status.ts';
import { hiddenErrors } from '../../blocks/forms/context.ts';
import { inputOf } from '../../blocks/forms/names.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import { dealsHeard } from '../../flows/deal/context/others.ts';
import { earlierTaken } from '../../flows/deal/reuse/offers.ts';
import { canRead } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { DealId, PersonId, Refusal } from '../../flows/ids.ts';
import { membersOf, showsCardsOf, type Organisation } from '../../flows/organisation.ts';
import type { EventStore } from '../../store/event-store.ts';
import type { Digests } from '../digests/digests.ts';
import type { ReadFile } from '../edge/file-read.ts';
import type { Interaction, Place, Reply } from '../edge/interaction.ts';
import type { ThreadUrl } from '../outbox/thread-url.ts';
import type { Signing } from '../signing/signing.ts';
import type { DealIndex } from '../streams/deal-index.ts';
import type { Deals } from '../streams/deals.ts';
import type { Precedents } from '../streams/precedents.ts';
import type { Registers } from '../streams/registers.ts';
import type { Reuse } from '../streams/reuse.ts';
import { channelOf, channelsFor } from './channels.ts';

export interface Desk {
  deals: Deals;
  store: Pick<EventStore, 'putDraft' | 'draft' | 'dropDraft' | 'findRef' | 'read' | 'byCause'>;
  organisation: () => Organisation;
  registers: Registers;
  /** Every deal, as registers see it. */
  index: DealIndex;
  digests: Pick<Digests, 'handle' | 'sent' | 'shownWith'>;
  threadUrl: ThreadUrl;
  /** Reads a file that was handed in, where its chat lets a bot. */
  readFile: ReadFile;
  clock: () => Date;
  /** Similar deals that a person may read, for a review. */
  precedents: Precedents;
  reuse: Reuse;
  /** Signing votes on pages of our own; absent where there is no address for them. */
  signing?: Signing | undefined;
  /** Time that a list waits for the index, in milliseconds; 2 s where absent. */
  listDeadlineMs?: number | undefined;
  /** The command's name in chat, `/deal`. */
  command: string;
}

type InteractionOf<K extends Interaction['kind']> = Extract<Interaction, { kind: K }>;
export type Words = InteractionOf<'words'>;
export type Click = InteractionOf<'click'>;
export type Submit = InteractionOf<'submit'>;
export type InputChange = InteractionOf<'change'>;

/** The deal and the argument of a button value such as `D-7K3QXM/product`. */
export interface Target {
  view: DealView;
  arg: string;
}

export type OnClick = (desk: Desk, click: Click, target: Target) => Promise<Reply> | Reply;
/** Handles a button that concerns no deal: any known person may press it; the handler checks rights itself. */
export type OnDeskClick = (desk: Desk, click: Click) => Promise<Reply> | Reply;
export type OnSubmit = (desk: Desk, submit: Submit) => Promise<Reply>;
export type OnChange = (desk: Desk, change: InputChange) => Promise<Reply>;

export const DONE: Reply = { kind: 'done' };
export const tell = (text: string): Reply => ({ kind: 'tell', card: noticeCard(text) });
export const deny = (text: string): Reply => ({ kind: 'tell', card: refusalCard(text), refused: true });

/** The deal, if this person may read it. Denied and not found look the same. */
export const readable = async (desk: Desk, deal: string, person: string): Promise<DealView | undefined> => {
  const view = await desk.deals.view(deal);
  return view && canRead(view, person) ? view : undefined;
};

/** Returns those of the deals that speak against this one, or that answers were taken from, that the person may read. */
export const readableOthers = async (desk: Desk, { deal }: DealView, person: string): Promise<ReadonlySet<DealId>> => {
  const named = [...new Set([...dealsHeard(deal), ...earlierTaken(deal)])];
  const found = await Promise.all(named.map(async (id) => ((await readable(desk, id, person)) ? [id] : [])));
  return new Set(found.flat());
};

export const gone = (closed: Closed = {}): Reply => ({ kind: 'tell', card: closedCard(closed), refused: true });

/** Tells whether a place shows the deal's card to everybody in it. */
const showsCard = ({ deal, organisation }: DealView, place: Place | undefined): boolean =>
  place !== undefined && place.shared !== true && showsCardsOf(organisation, place.channel, deal.home.channel);

/** Somebody of compliance, whom everybody may ask to read a deal. */
const helperOf = (desk: Desk): PersonId | undefined => {
  const organisation = desk.organisation();
  return membersOf(organisation, organisation.roles.compliance)[0];
};

/** What the card says that everybody sees in that place. */
const onCard = (view: DealView, place: Place | undefined): Pick<Closed, 'channel' | 'state' | 'flag'> =>
  showsCard(view, place)
    ? {
        channel: channelOf(view.organisation, place),
        state: stateBlocks(view),
        ...(takesFlags(view) ? { flag: view.deal.id } : {}),
      }
    : {};

/** Says that the deal has a card only where everybody sees it: in the channel that it was opened in. */
export const goneAt = async (desk: Desk, deal: string, place: Place | undefined): Promise<Reply> => {
  const view = await desk.deals.view(deal);
  return gone({ helper: helperOf(desk), ...(view ? onCard(view, place) : {}) });
};

/** The same of a deal that was named: outside its channel the answer is the same whether there is one or not. */
export const goneNamed = async (desk: Desk, named: DealId, place: Place | undefined): Promise<Reply> => {
  const view = await desk.deals.view(named);
  const helper = helperOf(desk);
  if (!view || !showsCard(view, place))
    return gone({ named, helper, channels: channelsFor(desk.organisation(), place) });
  const threadUrl = await desk.threadUrl(named, view.deal.home, place?.platform).catch(() => undefined);
  return gone({ named, helper, threadUrl, ...onCard(view, place) });
};

/** Reads a button's value. Everybody in a clearance channel sees the thread: raising a flag needs no right to read. */
export const targetOf = async (desk: Desk, click: Click, open = false): Promise<Target | Reply> => {
  const [deal = '', ...rest] = click.value.split('/');
  const view = open ? await desk.deals.view(deal) : await readable(desk, deal, click.person);
  return view ? { view, arg: rest.join('/') } : goneAt(desk, deal, click.place);
};

export const isReply = (value: object): value is Reply => 'kind' in value;

/** Shows a refusal at its input, else at the first one shown; what was typed stays (`form` holds it). */
export const refusedForm = (refusal: Refusal, fallbackInput: string, form: () => Form): Reply => ({
  kind: 'errors',
  errors: { [refusal.about === undefined ? fallbackInput : inputOf(refusal.about)]: refusal.text },
  form,
});

/** Shows mistakes in what was typed. If an input was not on the form yet, the grown form asks for it first. */
export const mistaken = (
  context: string,
  errors: Record<string, string>,
  /** Draws the form from what was typed; given `errors`, it shows them itself. */
  form: (errors?: Record<string, string>) => Form,
): Reply =>
  hiddenErrors(context, errors).length === 0
    ? { kind: 'errors', errors, form: () => form() }
    : { kind: 'form', form: form(errors), again: true };

/** Sends a button's command. Replies done, or with the refusal for this person only. */
export const press = async (
  desk: Desk,
  click: Click,
  deal: string,
  command: DealCommand,
  said?: string,
): Promise<Reply> => {
  const outcome = await desk.deals.handle(deal, command, { actor: click.person, cause: click.cause });
  if (outcome.kind === 'refused') return deny(outcome.refusal.text);
  return said === undefined ? DONE : tell(said);
};

/** Runs work that may follow the answer: nothing acknowledged depends on it, and a failure is shown to nobody. */
export const afterwards = (work: Promise<unknown>): void => void work.catch(() => {});

export const valuesOf = (click: Click): FormValues => click.form?.values ?? {};
