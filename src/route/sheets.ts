/** Product sheets and country briefs: listing, showing and filling them in; lighter answers, and disputes. */

import type { FormValues } from '../../blocks/card.ts';
import { sheetCard, sheetsCard } from '../../blocks/cards/sheet-list.ts';
import { sheetTitle } from '../../blocks/cards/sheet-words.ts';
import {
  beginSheetContext,
  disputeContext,
  judgeSheetContext,
  readContext,
  sheetContext,
} from '../../blocks/forms/context.ts';
import {
  judgeSheetForm,
  readJudgeSheetForm,
  readSettleDisputeForm,
  settleDisputeForm,
} from '../../blocks/forms/sheet-judging.ts';
import { judgedShown, saidShown } from '../../blocks/forms/sheet-said.ts';
import {
  beginSheetForm,
  readBeginSheetForm,
  readSheetForm,
  sheetForm,
  type SheetFormOptions,
} from '../../blocks/forms/sheet.ts';
import { dayWords } from '../../blocks/words.ts';
import { countryFirst, countryName } from '../../flows/countries.ts';
import type { DatasetsInUse } from '../../flows/indicators/suggest.ts';
import { OTHER_PRODUCT, type Organisation } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { usualSheets } from '../../flows/policy/schema.ts';
import type { SheetKind } from '../../flows/policy/sheet-questions.ts';
import { catalogueNamed } from '../../flows/product-names.ts';
import { begins, maySave, sheetIdOf } from '../../flows/registers/sheet-owners.ts';
import { judgeRefusal, saveRefusal, settleRefusal } from '../../flows/registers/sheet-rights.ts';
import { sheetsRule } from '../../flows/registers/sheet-saving.ts';
import { allSheets } from '../../flows/registers/sheets.ts';
import type { Sheet, SheetDispute, SheetOf } from '../../flows/sheet.ts';
import type { Reply } from '../edge/interaction.ts';
import {
  deny,
  gone,
  mistaken,
  refusedForm,
  tell,
  type Desk,
  type OnChange,
  type OnDeskClick,
  type OnSubmit,
  type Words,
} from './desk.ts';
import { submitted, tooLate } from './submit.ts';

const NOT_THERE = 'There is no such country, and no such product in the catalogue.';
const NO_POLICY = 'There is no policy here to say what is asked.';

const productOf = ({ products }: Organisation, id: string): SheetOf | undefined => {
  const found = products.find((product) => product.id === id);
  return found && { of: 'product', product: found.id, name: found.name };
};

const otherOf = (name: string): SheetOf | undefined =>
  name.trim() === '' ? undefined : { of: 'product', product: OTHER_PRODUCT, name: name.trim().slice(0, 200) };

/** Reads a button's value; a product is the one of that id in the catalogue of today. */
const named = (desk: Desk, value: string): SheetOf | undefined => {
  const [of = '', ...rest] = value.split('/');
  const id = rest.join('/');
  if (of === 'country') return countryName(id) === undefined ? undefined : { of: 'country', country: id };
  return of === 'product' ? productOf(desk.organisation(), id) : of === 'other' ? otherOf(id) : undefined;
};

const stateOf = async (desk: Desk) => (await desk.registers.sheets.now()).state;

const sheetOn = async (desk: Desk, on: SheetOf): Promise<Sheet | undefined> =>
  own((await stateOf(desk)).sheets, sheetIdOf(on));

const datasetsOf = async (desk: Desk): Promise<DatasetsInUse> => (await desk.registers.indicators.now()).state.datasets;

const reading = async (desk: Desk, reader: string) => ({
  reader,
  datasets: await datasetsOf(desk),
  organisation: desk.organisation(),
  policy: desk.registers.policy(),
  now: desk.clock().toISOString(),
});

const shown = async (desk: Desk, on: SheetOf, person: string): Promise<Reply> => {
  const { sheets, asked } = await stateOf(desk);
  const id = sheetIdOf(on);
  return { kind: 'tell', card: sheetCard(on, own(sheets, id), own(asked, id), await reading(desk, person)) };
};

const listed = async (desk: Desk, kind: SheetKind, person: string, page = 1): Promise<Reply> => {
  const state = await stateOf(desk);
  return {
    kind: 'tell',
    card: sheetsCard(kind, allSheets(state), Object.values(state.asked), await reading(desk, person), page),
  };
};

const mayNot = (desk: Desk, on: SheetOf, person: string): Reply | undefined => {
  const no = saveRefusal(desk.organisation(), on, person);
  return no === undefined ? undefined : deny(no);
};

const optionsFor = async (
  desk: Desk,
  on: SheetOf,
  { opened, seen }: Pick<SheetFormOptions, 'opened' | 'seen'> = {},
): Promise<SheetFormOptions | undefined> => {
  const policy = desk.registers.policy();
  const { months } = policy ? sheetsRule({ policy }) : usualSheets;
  return (
    policy && { policy, on, sheet: await sheetOn(desk, on), months, datasets: await datasetsOf(desk), opened, seen }
  );
};

const formOf = async (desk: Desk, on: SheetOf, person: string): Promise<Reply> => {
  const no = mayNot(desk, on, person);
  if (no) return no;
  const options = await optionsFor(desk, on);
  return options ? { kind: 'form', form: sheetForm(options) } : deny(NO_POLICY);
};

/** Finds the country or the product that was typed; a product by its id, or by a name that no other one has. */
const typedOf = ({ organisation }: Desk, kind: SheetKind, words: string): SheetOf | undefined => {
  if (kind === 'country') {
    const found = countryFirst(words);
    return found && { of: 'country', country: found.code };
  }
  const byId = productOf(organisation(), words.toLowerCase());
  if (byId) return byId;
  const { same, alike } = catalogueNamed(organisation(), { id: OTHER_PRODUCT, name: words });
  const found = same ?? (alike.length === 1 ? alike[0] : undefined);
  return found && productOf(organisation(), found.id);
};

/** Answers `/deal sheet PRODUCT` and `/deal brief COUNTRY`: the form for who fills it in, else the sheet; alone, the list. */
export const onSheetWords = async (desk: Desk, { person, words, canOpen }: Words, kind: SheetKind): Promise<Reply> => {
  const typed = words.trim().replace(/^\S+\s*/u, '');
  if (typed === '') return listed(desk, kind, person);
  const on =
    typedOf(desk, kind, typed) ??
    (kind === 'product' && begins(desk.organisation(), kind, person) ? otherOf(typed) : undefined);
  if (!on) return deny(NOT_THERE);
  return canOpen && maySave(desk.organisation(), on, person) ? formOf(desk, on, person) : shown(desk, on, person);
};

export const onSheets: OnDeskClick = (desk, { person, value }) => {
  const [kind, page] = value.split('/');
  const n = Number(page);
  return listed(desk, kind === 'country' ? 'country' : 'product', person, Number.isSafeInteger(n) && n > 0 ? n : 1);
};

export const onShowSheet: OnDeskClick = (desk, { person, value }) => {
  const on = named(desk, value);
  return on ? shown(desk, on, person) : deny(NOT_THERE);
};

export const onSheet: OnDeskClick = (desk, { person, value }) => {
  const on = named(desk, value);
  return on ? formOf(desk, on, person) : deny(NOT_THERE);
};

export const onBeginSheet: OnDeskClick = (_desk, { value }) => ({
  kind: 'form',
  form: beginSheetForm(value === 'country' ? 'country' : 'product'),
});

export const onBeginSheetSubmit: OnSubmit = async (desk, { context, values, person }) => {
  const target = readContext(beginSheetContext, context);
  if (!target) return gone();
  const read = readBeginSheetForm(target.of, values);
  if (!read.ok) return mistaken(context, read.errors, () => beginSheetForm(target.of, values));
  const on: SheetOf | undefined =
    target.of === 'country'
      ? { of: 'country', country: read.value }
      : (typedOf(desk, 'product', read.value) ?? otherOf(read.value));
  return on ? formOf(desk, on, person) : deny(NOT_THERE);
};

const targetOf = async (desk: Desk, context: string): Promise<SheetFormOptions | undefined> => {
  const target = readContext(sheetContext, context);
  if (!target) return undefined;
  const on: SheetOf =
    target.of === 'country'
      ? { of: 'country', country: target.id }
      : { of: 'product', product: target.id, name: target.name ?? '' };
  return optionsFor(desk, on, { opened: target.from, seen: target.seen });
};

export const onSheetChange: OnChange = async (desk, { context, values, person }) => {
  const options = await targetOf(desk, context);
  const no = options && mayNot(desk, options.on, person);
  return options && !no ? { kind: 'form', form: sheetForm(options, values) } : (no ?? gone());
};

export const onSheetSubmit: OnSubmit = async (desk, { context, values, person, cause }) => {
  const options = await targetOf(desk, context);
  if (!options) return gone();
  const { on, opened = 0, sheet } = options;
  const form = (errors?: Record<string, string>) => sheetForm(options, values, errors);
  const no = saveRefusal(desk.organisation(), on, person);
  if (no !== undefined) return tooLate(no, form());
  const read = readSheetForm(options, values);
  if (!read.ok) {
    const isStale = (sheet?.version ?? 0) > opened;
    return isStale ? { kind: 'form', form: form(read.errors), again: true } : mistaken(context, read.errors, form);
  }
  // What was said of it meanwhile is read first; another version comes back by itself.
  if (sheet?.version === opened && options.seen !== undefined && saidShown(sheet) !== options.seen)
    return { kind: 'form', form: form(), again: true };
  const outcome = await desk.registers.sheets.handle(
    { type: 'SaveSheet', on, from: opened, ...read.value },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') {
    const { refusal } = outcome;
    if (refusal.code !== 'facts changed') return refusedForm(refusal, Object.keys(values)[0] ?? 'why', form);
    const now = await targetOf(desk, context);
    return now ? { kind: 'form', form: sheetForm(now, values), again: true } : gone();
  }
  const saved = own(outcome.state.sheets, sheetIdOf(on));
  const waits = saved?.waits ? ' What is lighter than before counts once compliance confirms it.' : '';
  return tell(
    `Saved: ${sheetTitle(on)}, version ${saved?.version ?? 1}, valid until ${dayWords(saved?.until ?? '')}.${waits} Thank you.`,
  );
};

const mayNotJudge = (desk: Desk, sheet: Sheet | undefined, person: string): Reply | undefined => {
  const no = judgeRefusal(desk.organisation(), sheet?.waits, person);
  return no === undefined ? undefined : deny(no);
};

export const onJudgeSheet: OnDeskClick = async (desk, { person, value }) => {
  const sheet = own((await stateOf(desk)).sheets, value);
  const no = mayNotJudge(desk, sheet, person);
  return no ?? { kind: 'form', form: judgeSheetForm(desk.registers.policy(), sheet, {}, await datasetsOf(desk)) };
};

export const onJudgeSheetSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(judgeSheetContext, context);
    if (!target) return gone();
    const found = own((await stateOf(desk)).sheets, target.sheet);
    return mayNotJudge(desk, found, person) ?? { ...target, found, datasets: await datasetsOf(desk) };
  },
  form: ({ desk, found, values, datasets, seen }) =>
    judgeSheetForm(desk.registers.policy(), found, values, datasets, seen),
  read: readJudgeSheetForm,
  // What was said against them meanwhile is read first. Refusing them is no matter of that.
  older: async ({ desk, found, values, datasets, seen }, { judged }) =>
    judged === 'confirm' && seen !== undefined && found?.waits && judgedShown(found) !== seen
      ? judgeSheetForm(desk.registers.policy(), found, values, datasets, seen)
      : undefined,
  send: ({ desk, sheet, asOf }, value, ask) =>
    desk.registers.sheets.handle(
      value.judged === 'confirm'
        ? { type: 'ConfirmSheet', sheet, asOf }
        : { type: 'RefuseSheet', sheet, asOf, reason: value.reason },
      ask,
    ),
  refusedAt: 'judged',
  refused: ({ refusal, state }, { desk, sheet, values, datasets }) => {
    const now = own(state.sheets, sheet);
    return refusal.code === 'facts changed' && now?.waits
      ? tooLate(refusal.text, judgeSheetForm(desk.registers.policy(), now, values, datasets))
      : undefined;
  },
  next: (_, __, { judged }) =>
    tell(
      judged === 'confirm'
        ? 'Confirmed. These answers count from now on.'
        : 'Not confirmed. The answers of before count on.',
    ),
});

export const onSettleDispute: OnDeskClick = async (desk, { person, value }) => {
  const [dispute = '', ...rest] = value.split('/');
  const sheet = own((await stateOf(desk)).sheets, rest.join('/'));
  const found = sheet?.disputes.find(({ id }) => id === dispute);
  const no = sheet && (found ? settleRefusal(desk.organisation(), sheet, found, person) : undefined);
  return no === undefined ? { kind: 'form', form: settleDisputeForm(desk.registers.policy(), sheet, found) } : deny(no);
};

const settleAgain = ({
  desk,
  found,
  disputed,
  values,
  seen,
}: {
  desk: Desk;
  found: Sheet;
  disputed: SheetDispute | undefined;
  values: FormValues;
  seen?: string | undefined;
}) => settleDisputeForm(desk.registers.policy(), found, disputed, values, seen);

export const onSettleDisputeSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(disputeContext, context);
    const found = target && own((await stateOf(desk)).sheets, target.sheet);
    if (!target || !found) return gone();
    const disputed = found.disputes.find(({ id }) => id === target.dispute);
    return mayNot(desk, found.on, person) ?? { ...target, found, disputed };
  },
  form: settleAgain,
  read: readSettleDisputeForm,
  // What others said of the same answer meanwhile is read first.
  older: async (at) =>
    at.seen !== undefined && at.disputed && saidShown(at.found) !== at.seen ? settleAgain(at) : undefined,
  send: ({ desk, sheet, dispute }, { reason }, ask) =>
    desk.registers.sheets.handle({ type: 'SettleDispute', sheet, dispute, reason }, ask),
  refusedAt: 'reason',
  next: () => tell('Saved. Who asked is told why it stays.'),
});
