/** Opens a deal, or corrects its details: the same questions twice. */

import type { Chat } from '../../flows/chats.ts';
import { countryName } from '../../flows/countries.ts';
import type { Base } from '../../flows/deal/answer-shapes.ts';
import { type DealDetails, type ExportLicence, VALUE_BANDS } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Instant } from '../../flows/ids.ts';
import { clearanceChannelsIn, OTHER_PRODUCT, type Organisation } from '../../flows/organisation.ts';
import type { EndUserKind } from '../../flows/policy/policy.ts';
import { LONGEST_WHY } from '../../flows/policy/sentence.ts';
import type { Choice, Form, FormBlock, FormValues } from '../card.ts';
import { row } from '../cards/actions.ts';
import { dayWords, licenceWord, valueBandWords } from '../words.ts';
import type { OpenTarget } from './context.ts';
import { detailsOpenedNow, type DetailsOpenedOn, rebasedDetails, withOthers } from './details-meanwhile.ts';
import {
  choiceInput,
  dateInput,
  following,
  lineInput,
  makeForm,
  menuInput,
  paragraphInput,
  textOf,
  MAX_TEXT,
} from './inputs.ts';
import { formatIntermediaries, parseIntermediaries } from './lines.ts';
import { type Read, type Reader, reader } from './reading.ts';
import { savedForm } from './saved.ts';

/** A Slack menu holds 100 options, one of them "Other". */
const MOST_PRODUCTS = 99;
const MOST_CHANNELS = 100;
/** Notes and sources of answers stand in the deal's thread. */
const PUBLIC =
  'Everybody in your workspace can read this channel, and with it the answers about this deal. A private channel is safer: compliance can name one.';
/** The input that asks where a deal is cleared: its value is a channel's id. */
export const CHANNEL = 'channel';

const KINDS: readonly [EndUserKind, ...EndUserKind[]] = ['government', 'security', 'state-tied', 'private', 'unknown'];
const KIND_LABELS: Record<EndUserKind, string> = {
  government: 'Government agency',
  security: 'Security, police or intelligence service',
  'state-tied': 'State-owned or closely tied to the state',
  private: 'Private',
  unknown: 'Not known',
};
export const LICENCES: readonly [ExportLicence, ...ExportLicence[]] = [
  'not-determined',
  'not-needed',
  'pending',
  'granted',
];

const detailValues = (details: DealDetails, organisation: Organisation): FormValues => {
  const listed = organisation.products.slice(0, MOST_PRODUCTS).some((p) => p.id === details.product.id);
  const optional = {
    intermediaries: formatIntermediaries(details.intermediaries),
    valueBand: details.valueBand,
    expectedSigning: details.expectedSigning,
    productName: listed ? undefined : details.product.name,
  };
  return {
    customer: details.customer,
    product: listed ? details.product.id : OTHER_PRODUCT,
    destination: details.destination,
    endUserName: details.endUser.name,
    endUserKind: details.endUser.kind,
    exportLicence: details.exportLicence,
    ...Object.fromEntries(Object.entries(optional).flatMap(([k, v]) => (v === undefined || v === '' ? [] : [[k, v]]))),
  };
};

const productBlocks = (organisation: Organisation, values: FormValues): FormBlock[] => {
  const listed = organisation.products.slice(0, MOST_PRODUCTS);
  const left = organisation.products.length - listed.length;
  const options = [
    ...listed.map(({ id, name }) => ({ value: id, label: name })),
    { value: OTHER_PRODUCT, label: 'Other' },
  ];
  const chosen = textOf(values, 'product');
  return [
    menuInput('product', 'Product or service', options, chosen, {
      reactive: true,
      hint: left > 0 ? `${left} more products don’t fit in this list: choose “Other” and write the name.` : undefined,
    }),
    ...(chosen === OTHER_PRODUCT
      ? following([lineInput('productName', 'What is it called?', textOf(values, 'productName'))])
      : []),
  ];
};

const country = (code: string | undefined): Choice | undefined => {
  const label = code === undefined ? undefined : countryName(code);
  return code === undefined || label === undefined ? undefined : { value: code, label };
};

const detailBlocks = (organisation: Organisation, values: FormValues): FormBlock[] => [
  lineInput('customer', 'Customer', textOf(values, 'customer'), { hint: 'Who signs and pays.' }),
  ...productBlocks(organisation, values),
  {
    kind: 'input',
    name: 'destination',
    label: 'Destination country',
    control: {
      type: 'search',
      source: 'countries',
      initial: country(textOf(values, 'destination')),
      placeholder: 'Type a few letters',
    },
  },
  lineInput('endUserName', 'End-user', textOf(values, 'endUserName'), { hint: 'Who will use it in the end.' }),
  choiceInput(
    'endUserKind',
    'What is the end-user?',
    KINDS.map((value) => ({ value, label: KIND_LABELS[value] })),
    textOf(values, 'endUserKind'),
  ),
  paragraphInput('intermediaries', 'Intermediaries', textOf(values, 'intermediaries'), {
    most: MAX_TEXT,
    optional: true,
    hint: 'Distributors, resellers, agents. One a line: Name, role. Leave empty if there are none.',
  }),
  menuInput(
    'valueBand',
    'Value',
    VALUE_BANDS.map((value) => ({ value, label: valueBandWords(value) })),
    textOf(values, 'valueBand'),
    { optional: true },
  ),
  dateInput('expectedSigning', 'Expected signing', textOf(values, 'expectedSigning'), { optional: true }),
  choiceInput(
    'exportLicence',
    'Export licence',
    LICENCES.map((value) => ({ value, label: licenceWord(value) })),
    textOf(values, 'exportLicence') ?? 'not-determined',
    { hint: 'Clearance is not a licence.' },
  ),
];

const readProduct = (form: Reader, organisation: Organisation): DealDetails['product'] => {
  const ids = organisation.products.map((p) => p.id);
  const id = form.maybeOne('product', [OTHER_PRODUCT, ...ids]);
  if (id === undefined) form.fail('product', 'Please choose a product, or “Other”.');
  const known = organisation.products.find((p) => p.id === id);
  if (known) return { id: known.id, name: known.name };
  const name = form.line('productName');
  if (id === OTHER_PRODUCT && name === undefined) form.fail('productName', 'Please write what it is called.');
  return { id: OTHER_PRODUCT, name: name ?? '' };
};

const readName = (form: Reader, name: string, missing: string): string => {
  const text = form.line(name);
  if (text === undefined) form.fail(name, missing);
  return text ?? '';
};

const readDetails = (form: Reader, organisation: Organisation): DealDetails => {
  const customer = readName(form, 'customer', 'Please write who the customer is.');
  const product = readProduct(form, organisation);
  const destination = form.required('destination', 'Please choose the destination country.');
  if (destination !== '' && countryName(destination) === undefined) {
    form.fail('destination', 'Please choose a country from the list.');
  }
  const name = readName(form, 'endUserName', 'Please write who the end-user is.');
  const kind = form.one('endUserKind', KINDS, 'Please choose what the end-user is. “Not known” is an answer.');
  const intermediaries = parseIntermediaries(form.optional('intermediaries', MAX_TEXT) ?? '');
  if (!intermediaries.ok) form.fail('intermediaries', intermediaries.error);
  const valueBand = form.maybeOne('valueBand', VALUE_BANDS);
  const expectedSigning = form.maybeDay('expectedSigning');
  const exportLicence = form.one('exportLicence', LICENCES);
  return {
    customer,
    product,
    destination,
    endUser: { name, kind },
    intermediaries: intermediaries.ok ? intermediaries.value : [],
    ...(valueBand === undefined ? {} : { valueBand }),
    ...(expectedSigning === undefined ? {} : { expectedSigning }),
    exportLicence,
  };
};

/** A single channel needs no name. */
const channelChoices = (organisation: Organisation, chat: Chat): Choice[] =>
  clearanceChannelsIn(organisation, chat)
    .slice(0, MOST_CHANNELS)
    .map(({ id, name }, _, all) => ({
      value: id,
      label: all.length === 1 && name === id ? 'The clearance channel' : name,
    }));

const channelBlocks = (channels: readonly Choice[], values: FormValues): FormBlock[] => {
  const only = channels.length === 1 ? channels[0]?.value : undefined;
  return [menuInput(CHANNEL, 'Where should it be cleared?', channels, textOf(values, CHANNEL) ?? only)];
};

const keptBlocks = (at: Instant): FormBlock[] => [
  { kind: 'note', text: `This is what you typed on ${dayWords(at)} and did not send.` },
  ...row({ name: 'desk.start-empty', value: '', label: 'Start empty', opens: 'form' }),
];

/** `keptAt`: when the values were typed, where they are from another time. */
export const openForm = (
  organisation: Organisation,
  target: OpenTarget,
  values: FormValues = {},
  keptAt?: Instant,
): Form => {
  const channels = 'chat' in target ? channelChoices(organisation, target.chat) : undefined;
  if (channels?.length === 0) return savedForm('No deals are cleared in this chat. Please ask compliance.');
  return makeForm({
    name: 'deal.open',
    title: 'Clear a deal',
    submit: 'Open the deal',
    context: 'chat' in target ? target : { channel: target.channel, ...(target.public ? { public: 1 } : {}) },
    blocks: [
      { kind: 'text', text: 'A few facts to start with. The questions come next, in a thread of their own.' },
      ...(keptAt === undefined ? [] : keptBlocks(keptAt)),
      ...('channel' in target && target.public ? [{ kind: 'note', text: PUBLIC } as const] : []),
      ...(channels ? channelBlocks(channels, values) : []),
      ...detailBlocks(organisation, values),
    ],
  });
};

export const readOpenForm = (
  values: FormValues,
  organisation: Organisation,
  target: OpenTarget,
): Read<{ channel: string; details: DealDetails }> => {
  const form = reader(values);
  const details = readDetails(form, organisation);
  if ('channel' in target) return form.done({ channel: target.channel, details });
  const channels = clearanceChannelsIn(organisation, target.chat).map(({ id }) => id);
  const channel = form.maybeOne(CHANNEL, channels);
  if (channel === undefined) form.fail(CHANNEL, 'Please choose where it should be cleared.');
  return form.done({ channel: channel ?? '', details });
};

/** `opened`: the details that the form was opened on; without it, it is opened now. */
export const detailsForm = (
  view: DealView,
  values?: FormValues,
  opened: DetailsOpenedOn = detailsOpenedNow(view),
): Form => {
  const typed = values ?? detailValues(view.deal.details, view.organisation);
  const { base, met = [] } = opened;
  return makeForm({
    name: 'deal.details',
    title: 'Correct the details',
    submit: 'Save',
    context: { deal: view.deal.id, ...(base ? { base } : {}), ...(met.length > 0 ? { met } : {}) },
    blocks: withOthers(
      view,
      [
        { kind: 'text', text: 'Votes made on other facts are asked for again.' },
        ...detailBlocks(view.organisation, typed),
        paragraphInput('reason', 'Why do they change?', textOf(typed, 'reason'), {
          hint: `At most ${LONGEST_WHY} characters. Approvers see the reason.`,
        }),
      ],
      met,
    ),
  });
};

/** The form again, on what somebody else corrected since: this person's own corrections are kept. */
export const detailsAgain = (
  view: DealView,
  { details: mine, reason }: { details: DealDetails; reason: string },
  base: Base | undefined,
): Form => {
  const { details, opened } = rebasedDetails(view, mine, base);
  return detailsForm(view, { ...detailValues(details, view.organisation), reason }, opened);
};

export const readDetailsForm = (
  values: FormValues,
  organisation: Organisation,
): Read<{ details: DealDetails; reason: string }> => {
  const form = reader(values);
  const details = readDetails(form, organisation);
  return form.done({
    details,
    reason: form.reason('reason', 'Please say why the details change.', { max: LONGEST_WHY }),
  });
};
