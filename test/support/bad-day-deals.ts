/** Deals brought to where a test needs them, by submitting the bot's own forms. */

import type { DecidingDeal } from '../../flows/deal/state.ts';
import { defaultPolicyFile, loadPolicy } from '../../src/config/policy-file.ts';
import type { Answer, DealRecord, RawValue, RawValues, RawView, Wire } from './bad-day.ts';
import { CLEARANCE } from './chat-hand.ts';
import { PEOPLE } from './playing.ts';

/** A complete answer to each form, by the names of its inputs. */
export type Sections = Readonly<Record<string, RawValues>>;

export const OPENING: RawValues = {
  customer: 'Sample Customer',
  product: 'network-protection',
  destination: 'EE',
  endUserName: 'Sample Agency',
  endUserKind: 'government',
  exportLicence: 'not-determined',
};

/** What a section's answers stand on: of two publishers, as a deal of high risk needs. */
const BASED: RawValues = {
  'b:sources':
    'Sample report, 2026, https://reports.example.org/a\nAnother sample report, 2026, https://news.example.com/b',
};

export const LOW: Sections = {
  scope: { 'q:G1-capability': 'yes' },
  product: { 'all:product-none': 'all', ...BASED },
  'end-user': { 'all:end-user-reviewed': 'all', 'all:end-user-none': 'all', ...BASED },
  laws: { 'all:laws-reviewed': 'all', 'all:laws-none': 'all', ...BASED },
  stakeholders: { 'q:S1': 'Protect the counting of votes.', 'all:stakeholders-none': 'all', ...BASED },
  context: { 'q:G8': 'yes' },
};

const NO_END_USER = [
  'H3-targeted',
  'H4',
  'H5-legitimate',
  'H-RF1',
  'H-RF2',
  'H-RF3-conflict',
  'H-RF4',
  'H-RF5-oversight',
  'H-RF8',
  'H-RF9',
  'K1',
];

/** Answers the end-user section one by one: no, except the named ones. */
export const endUser = (named: RawValues): RawValues => ({
  'all:end-user-reviewed': 'all',
  'all:end-user-none': 'one',
  ...Object.fromEntries(NO_END_USER.map((id) => [`q:${id}`, 'no'])),
  'q:G11': ['privacy'],
  'q:H2-whom': 'The embassy. It knew of nothing.',
  ...BASED,
  ...named,
});

const WEIGHED: Sections = { context: { 'q:G8': 'yes', 'q:G10': 'linked' } };

/** One open question that matters. */
export const ELEVATED: Sections = { ...LOW, ...WEIGHED, 'end-user': endUser({ 'q:H-RF8': 'unknown' }) };
/** A product that collects data on people. */
export const COLLECTS: RawValues = {
  'all:product-none': 'one',
  ...Object.fromEntries(['P2', 'P4', 'P5', 'P6', 'P-RF1', 'P-RF2'].map((id) => [`q:${id}`, 'no'])),
  'q:P1': 'yes',
  ...BASED,
};
/** Such a product, misuse, and people imprisoned. */
export const HIGH: Sections = {
  ...LOW,
  ...WEIGHED,
  product: COLLECTS,
  'end-user': endUser({ 'q:H-RF1': 'yes', 'q:H-RF4': 'yes' }),
};
/** Known repression stops a deal as soon as it is said: nothing is asked after it. */
export const PROHIBITED: Sections = {
  scope: LOW['scope']!,
  product: LOW['product']!,
  'end-user': endUser({ 'q:K1': 'yes' }),
};

export const contextOf = (view: RawView | undefined): Record<string, unknown> => {
  const { context } = JSON.parse(view?.private_metadata ?? '{"context":"{}"}') as { context: string };
  return JSON.parse(context) as Record<string, unknown>;
};

const accepted = (answer: Answer): Answer => {
  if (answer.status !== 200 || answer.errors) throw new Error(`not taken: ${answer.status} ${answer.text}`);
  return answer;
};

export interface Deals {
  /** Opens a deal, answers nothing, and returns its id. */
  open(details?: RawValues): Promise<string>;
  answer(deal: string, section: string, values: RawValues, user?: string): Promise<Answer>;
  /** Opens a deal and answers everything. Where something is not known, the rep sends it on at once. */
  answered(sections: Sections, details?: RawValues): Promise<string>;
  /** The rep waits for nobody who might know, where the deal does. */
  sendOn(deal: string): Promise<void>;
  deciding(deal: string): Promise<DecidingDeal>;
  /** Goes through the review's pages to the last, which is not sent. */
  review(user: string, deal: string, more?: RawValues): Promise<RawView>;
  sign(user: string, view: RawView, at?: { view?: string; hash?: string }): Promise<Answer>;
  /** Throws if the vote is not counted. */
  vote(user: string, deal: string, more?: RawValues): Promise<void>;
}

const RATIONALE = 'The answers and safeguards support this decision.';

/** Values for a page of the review: the named ones, else those already there, else a plain choice. */
const filled = (view: RawView, more: RawValues): RawValues => {
  const values: Record<string, RawValue> = {};
  for (const { type, block_id: name, optional, element } of view.blocks) {
    if (type !== 'input' || name === undefined) continue;
    const options = element?.options?.map((o) => o.value) ?? [];
    const given = more[name];
    const kept = element?.initial_value ?? element?.initial_option?.value;
    if (given !== undefined) values[name] = given;
    else if (kept !== undefined) values[name] = kept;
    else if (name.startsWith('f:')) values[name] = 'uphold';
    else if (name === 'flags') values[name] = 'all';
    else if (name === 'outcome') values[name] = 'approve';
    else if (name === 'rationale') values[name] = RATIONALE;
    else if (!optional && options[0] !== undefined) values[name] = options[0];
  }
  return values;
};

/** Inputs of a review's first page, whichever flags it shows: an error needs a place. */
const FLAG_INPUTS = [
  'flags',
  ...(loadPolicy(defaultPolicyFile).document as { flags: { id: string }[] }).flags.map(({ id }) => `f:${id}`),
];

/** Opinions on the first page's flags: its inputs are known by their errors. */
const judged = (missing: readonly string[], more: RawValues): RawValues => {
  const own = Object.entries(more).filter(([name]) => name.startsWith('f:') || name.startsWith('r:'));
  return {
    ...Object.fromEntries(missing.map((name) => [name, name === 'flags' ? 'all' : 'uphold'])),
    ...(own.length === 0 ? {} : { flags: 'each', ...Object.fromEntries(own) }),
  };
};

/** The tick of a voter's first vote on a deal. */
export const declared = ({ blocks }: RawView): RawValues =>
  blocks.some(({ block_id: name }) => name === 'noStake') ? { noStake: ['none'] } : {};

export const createDeals = (wire: Wire, record: DealRecord): Deals => {
  let opened = 0;
  const deals: Deals = {
    open: async (details = {}) => {
      // Deals with one end-user hear of each other.
      opened += 1;
      const values = { ...OPENING, endUserName: `${String(OPENING['endUserName'])} ${opened}`, ...details };
      const answer = accepted(
        await wire.submit(PEOPLE.rep, {
          form: 'deal.open',
          context: { channel: CLEARANCE, shown: Object.keys(values) },
          values,
        }),
      );
      return String(contextOf(answer.view)['deal']);
    },
    answer: (deal, section, values, user = PEOPLE.rep) =>
      wire.submit(user, {
        form: 'deal.section',
        context: { deal, section, shown: Object.keys(values), ...(values['q:K1'] === 'yes' ? { sure: 1 } : {}) },
        values,
      }),
    answered: async (sections, details) => {
      const deal = await deals.open(details);
      for (const [section, values] of Object.entries(sections)) accepted(await deals.answer(deal, section, values));
      await deals.sendOn(deal);
      return deal;
    },
    sendOn: async (deal) => {
      const state = await record.state(deal);
      if (state.status !== 'answering' || !state.finding) return;
      accepted(await wire.press(PEOPLE.rep, { name: 'deal.send-on', value: deal }));
    },
    deciding: async (deal) => {
      const state = await record.state(deal);
      if (state.status !== 'deciding') throw new Error(`${deal} is ${state.status}`);
      return state;
    },
    review: async (user, deal, more = {}) => {
      const { step, route, ownFlags } = await deals.deciding(deal);
      const inputs = [...FLAG_INPUTS, ...ownFlags.map(({ id }) => `f:${id}`)];
      let context: unknown = { deal, step, page: 1, factsHash: route.factsHash };
      // A person who reviewed it before on other facts presses Review again, as the thread asks.
      const first = await wire.submit(user, { form: 'deal.review', context, inputs });
      if (!first.errors && contextOf(accepted(first).view)['factsHash'] !== route.factsHash) {
        await wire.press(user, { name: 'deal.review', value: `${deal}/${step}` });
      }
      let values: RawValues = {};
      for (let page = 0; page < 14; page += 1) {
        const answer = await wire.submit(user, { form: 'deal.review', context, values, inputs });
        if (answer.errors && page < 3) {
          values = { ...values, ...judged(Object.keys(answer.errors), more) };
          continue;
        }
        const { view, text } = accepted(answer);
        if (!view || view.callback_id !== 'deal.review') throw new Error(`no review: ${text}`);
        if (view.title.text === 'Review: confirm') return view;
        context = contextOf(view);
        values = filled(view, more);
        // A chosen outcome changes the page: errors of inputs that it hides come back with the page that has them.
        if (view.title.text === 'Review: your decision') values = { rationale: RATIONALE, ...values, ...more };
      }
      throw new Error('the review has no end');
    },
    sign: (user, view, at = {}) =>
      wire.submit(user, { form: 'deal.review', context: contextOf(view), values: declared(view), ...at }),
    vote: async (user, deal, more) => {
      let answer = await deals.sign(user, await deals.review(user, deal, more));
      // What another deal says came in that moment: whoever votes reads it, and signs then.
      if (answer.text.includes(' since you began'))
        answer = await deals.sign(user, await deals.review(user, deal, more));
      if (answer.status !== 200 || answer.text !== '') throw new Error(`not counted: ${answer.text}`);
    },
  };
  return deals;
};
