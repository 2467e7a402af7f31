/** Erasing: compliance asks to erase the records of deals, a second person agrees, and anybody of them stops it. */

import { erasuresListCard } from '../../blocks/cards/erasures.ts';
import { erasureContext, readContext } from '../../blocks/forms/context.ts';
import {
  agreeErasureForm,
  askErasureForm,
  readAgreeErasureForm,
  readAskErasureForm,
  readStopErasureForm,
  stopErasureForm,
} from '../../blocks/forms/erase.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import type { ErasureRequest } from '../../flows/registers/erasure-shapes.ts';
import { MOST_DEALS } from '../../flows/registers/erasures.ts';
import type { Reply } from '../edge/interaction.ts';
import { dealsToErase, keptNoLonger, type ToErase } from '../streams/to-erase.ts';
import { deny, gone, readable, tell, type Desk, type OnDeskClick, type Submit, type Words } from './desk.ts';
import { toType } from './opening.ts';
import { submitted } from './submit.ts';

const ONLY_COMPLIANCE = 'Only compliance and the chief compliance officer decide that a record is erased. Ask them.';

const mayNot = (desk: Desk, person: string): Reply | undefined =>
  isOfCompliance(desk.organisation(), person) ? undefined : deny(ONLY_COMPLIANCE);

const on = ({ deals, index, registers: { policy }, clock }: Desk): ToErase => ({ deals, index, policy, clock });

const past = async (desk: Desk): Promise<string[]> => (await keptNoLonger(on(desk))).slice(0, MOST_DEALS);

const listed = async (desk: Desk, person: string, page = 1): Promise<Reply> =>
  mayNot(desk, person) ?? {
    kind: 'tell',
    card: erasuresListCard((await desk.registers.erasures.now()).state, (await past(desk)).length, page),
  };

/** Answers `/deal erase D-…` with the form where words can open one, and `/deal erase` with the list. */
export const onEraseWords = async (desk: Desk, act: Words, deal: DealView | undefined): Promise<Reply> => {
  const no = mayNot(desk, act.person);
  if (no) return no;
  return deal && act.canOpen ? { kind: 'form', form: askErasureForm({ deal }) } : listed(desk, act.person);
};

export const onErasures: OnDeskClick = (desk, { person, value }) => {
  const page = Number(value);
  return listed(desk, person, Number.isSafeInteger(page) && page > 0 ? page : 1);
};

export const onAskErasure: OnDeskClick = async (desk, { person, value }) => {
  const no = mayNot(desk, person);
  if (no) return no;
  if (value === '') return { kind: 'form', form: askErasureForm({ past: await past(desk) }) };
  const deal = await readable(desk, value, person);
  return deal ? { kind: 'form', form: askErasureForm({ deal }) } : gone();
};

export const onAskErasureSubmit = submitted({
  about: (desk, { person }) => mayNot(desk, person) ?? {},
  form: ({ values }) => askErasureForm({}, values),
  read: readAskErasureForm,
  send: async ({ desk, person }, { deals: typed, why }, ask) => {
    // One that somebody may not open is answered like one that is not there.
    const may = await Promise.all(typed.map(async (id) => ((await readable(desk, id, person)) ? [id] : [])));
    const deals = may.flat();
    const not = typed.find((id) => !deals.includes(id));
    if (not !== undefined) {
      const text = `There is no deal ${not.slice(0, 20)}, or you may not open it. Please check its number.`;
      return { kind: 'refused', refusal: { code: 'not valid', text, about: 'deals' } };
    }
    const found = await dealsToErase(on(desk), deals);
    return desk.registers.erasures.handle({ type: 'AskErasure', deals: found, why }, ask);
  },
  refusedAt: 'why',
  next: (_, { desk, place }) =>
    tell(`Asked. A second person of compliance is told, and decides. To see all: ${toType(desk, place, 'erase')}`),
});

const requestOf = async (desk: Desk, id: string): Promise<ErasureRequest | undefined> =>
  own((await desk.registers.erasures.now()).state.requests, id);

const readableOf = async (desk: Desk, request: ErasureRequest | undefined, person: string): Promise<DealView[]> =>
  (await Promise.all((request?.deals ?? []).map((id) => readable(desk, id, person)))).flatMap((view) => view ?? []);

const requestIn = async (
  desk: Desk,
  { context, person }: Submit,
): Promise<{ id: string; request: ErasureRequest | undefined; views: DealView[] } | Reply> => {
  const target = readContext(erasureContext, context);
  const no = mayNot(desk, person);
  if (!target || no) return no ?? gone();
  const request = await requestOf(desk, target.erasure);
  return { id: target.erasure, request, views: await readableOf(desk, request, person) };
};

export const onAgreeErasure: OnDeskClick = async (desk, { person, value }) => {
  const no = mayNot(desk, person);
  if (no) return no;
  const request = await requestOf(desk, value);
  return { kind: 'form', form: agreeErasureForm(request, await readableOf(desk, request, person)) };
};

export const onAgreeErasureSubmit = submitted({
  about: requestIn,
  form: ({ request, views, values }) => agreeErasureForm(request, views, values),
  read: readAgreeErasureForm,
  send: async ({ desk, id, request }, _, ask) => {
    const deals = await dealsToErase(on(desk), request?.deals ?? []);
    return desk.registers.erasures.handle({ type: 'AgreeErasure', request: id, deals }, ask);
  },
  refusedAt: 'sure',
  next: async (_, { desk, id }) =>
    (await requestOf(desk, id))?.due === undefined
      ? tell('Noted. One more person of compliance is needed.')
      : tell('Agreed. It is done in a day, and can be stopped until then. Those who decided on the deals are told.'),
});

export const onStopErasure: OnDeskClick = async (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: stopErasureForm(await requestOf(desk, value)) };

export const onStopErasureSubmit = submitted({
  about: requestIn,
  form: ({ request, values }) => stopErasureForm(request, values),
  read: readStopErasureForm,
  send: ({ desk, id }, value, ask) =>
    desk.registers.erasures.handle({ type: 'StopErasure', request: id, ...value }, ask),
  refusedAt: 'reason',
  next: () => tell('Stopped. Nothing is erased, and the person who asked is told why.'),
});
