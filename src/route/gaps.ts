/** Gaps: compliance accepts that something is not known, of a deal, a country or a product, and confirms exceptions. */

import { createHash } from 'node:crypto';
import type { Form, FormValues } from '../../blocks/card.ts';
import { acceptedOfWords } from '../../blocks/cards/gap-words.ts';
import { gapsCard } from '../../blocks/cards/gaps-register.ts';
import { acceptanceContext, dealContext, gapsContext, readContext } from '../../blocks/forms/context.ts';
import { endGapForm, readEndGapForm, readTakeGapsBackForm, takeGapsBackForm } from '../../blocks/forms/gaps-back.ts';
import { acceptGapsForm, readAcceptGapsForm, type GapsRead } from '../../blocks/forms/gaps.ts';
import { acceptancesFor } from '../../flows/deal/context/gaps.ts';
import { refusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { AcceptanceId, GapAcceptance } from '../../flows/gap-acceptance.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { standingAcceptances } from '../../flows/registers/gaps.ts';
import type { Reply } from '../edge/interaction.ts';
import type { DealHandled } from '../streams/deals.ts';
import {
  deny,
  DONE,
  gone,
  press,
  readable,
  tell,
  type Desk,
  type OnClick,
  type OnDeskClick,
  type Words,
} from './desk.ts';
import { type Again, lookingAt } from './looking.ts';
import { toType } from './opening.ts';
import { dealSubmit, opens, submitted } from './submit.ts';
import { isNewlyWritten } from './written.ts';

export const onAcceptGaps: OnClick = async (desk, { person }, { view }) => {
  const no = refusal(view, person, 'accept gaps');
  if (no !== undefined) return deny(no);
  return { kind: 'form', form: acceptGapsForm(view, {}, {}, await lookingAt(desk, person, [view])) };
};

export const onSendOn: OnClick = (desk, click, { view }) =>
  press(desk, click, view.deal.id, { type: 'SendOn' }, 'Sent on. Its approvers are told.');

interface About {
  view: DealView;
  seen?: string | undefined;
  written?: string | undefined;
  cause: string;
}

/** The same for the deal and for others, also where the form is sent twice. */
const acceptanceBy = (cause: string): AcceptanceId =>
  `gap-${createHash('sha256').update(cause).digest('hex').slice(0, 24)}`;

/** The form as it would be now; it says where it showed less before. */
const gapsAgain = async (
  { desk, view, person, seen, written }: Omit<Again, 'values'>,
  values: FormValues,
): Promise<Form> => acceptGapsForm(view, values, { seen, written }, await lookingAt(desk, person, [view]));

export const onAcceptGapsSubmit = submitted<About, GapsRead, DealHandled>({
  about: async (desk, { context, person, cause }) => {
    const target = readContext(gapsContext, context);
    const view = target && (await readable(desk, target.deal, person));
    return target && view ? { view, seen: target.seen, written: target.written, cause } : gone();
  },
  form: (at) => gapsAgain(at, at.values),
  // The reason is kept; what to accept is a choice to make again.
  older: async (at, { reason }, cause) => ((await isNewlyWritten(at, cause)) ? gapsAgain(at, { reason }) : undefined),
  read: (values, { view }) => readAcceptGapsForm(values, view),
  send: ({ desk, view, seen }, { wider, ...value }, ask) => {
    // What ends for others on a day ends here then, too.
    const until = wider && { questions: wider.questions, day: wider.until, acceptance: acceptanceBy(ask.cause) };
    return desk.deals.handle(view.deal.id, { type: 'AcceptGaps', seen, ...value, ...(until ? { until } : {}) }, ask);
  },
  refusedAt: 'reason',
  refused: async ({ refusal: { code }, view }, at, { reason }) =>
    code === 'facts changed' && view
      ? {
          kind: 'form',
          form: await gapsAgain({ ...at, view }, { reason }),
          again: true,
        }
      : undefined,
  // The deal is first: only who may accept it there may do it for others from there.
  next: async (_, { desk, person, place, cause }, { wider, reason }) => {
    if (!wider) return DONE;
    const outcome = await desk.registers.gaps.handle(
      { type: 'AcceptGap', id: acceptanceBy(cause), reason, ...wider },
      { actor: person, cause },
    );
    return outcome.kind === 'refused'
      ? deny(`It is accepted for this deal, and not for others. ${outcome.refusal.text}`)
      : tell(`Accepted. Later deals take it by name. To see or end it: ${toType(desk, place, 'gaps')}`);
  },
});

export const onTakeGapsBack = opens('take gaps back', (view) => takeGapsBackForm(view));

export const onTakeGapsBackSubmit = dealSubmit({
  context: dealContext,
  form: ({ view, values }) => takeGapsBackForm(view, values),
  read: readTakeGapsBackForm,
  command: (value) => ({ type: 'TakeGapsBack', ...value }),
  refusedAt: 'reason',
  // Other deals go on taking what is accepted of the country or the product.
  next: async (_, { desk, view, place }, { questions }) => {
    const { state } = await desk.registers.gaps.now();
    const wide = acceptancesFor(view, standingAcceptances(state, view.now.slice(0, 10))).find((one) =>
      one.questions.some((id) => questions.includes(id)),
    );
    return wide
      ? tell(
          `Taken back for this deal. Other deals ${wide.on.of === 'country' ? 'to' : 'with'} ${acceptedOfWords(wide.on)} still take it. To end that too: ${toType(desk, place, 'gaps')}`,
        )
      : DONE;
  },
});

const ONLY_COMPLIANCE = 'Only compliance sees and ends what was accepted as not known.';

const mayNot = (desk: Desk, person: string): Reply | undefined =>
  isOfCompliance(desk.organisation(), person) ? undefined : deny(ONLY_COMPLIANCE);

/** Answers `/deal gaps`. */
export const onGapsWords = async (desk: Desk, { person }: Pick<Words, 'person'>, page = 1): Promise<Reply> => {
  const no = mayNot(desk, person);
  if (no) return no;
  const { state } = await desk.registers.gaps.now();
  const standing = standingAcceptances(state, desk.clock().toISOString().slice(0, 10));
  return { kind: 'tell', card: gapsCard(standing, desk.registers.policy(), page) };
};

export const onGaps: OnDeskClick = (desk, { person, value }) => {
  const page = Number(value);
  return onGapsWords(desk, { person }, Number.isSafeInteger(page) && page > 0 ? page : 1);
};

const acceptanceOf = async (desk: Desk, id: string): Promise<GapAcceptance | undefined> =>
  own((await desk.registers.gaps.now()).state.acceptances, id);

export const onEndGap: OnDeskClick = async (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: endGapForm(await acceptanceOf(desk, value), desk.registers.policy()) };

export const onEndGapSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(acceptanceContext, context);
    const no = mayNot(desk, person);
    return !target || no
      ? (no ?? gone())
      : { id: target.acceptance, acceptance: await acceptanceOf(desk, target.acceptance) };
  },
  form: ({ desk, acceptance, values }) => endGapForm(acceptance, desk.registers.policy(), values),
  read: readEndGapForm,
  send: ({ desk, id }, value, ask) => desk.registers.gaps.handle({ type: 'EndGap', acceptance: id, ...value }, ask),
  refusedAt: 'reason',
  next: () => tell('It is ended. Later deals no longer take it.'),
});
