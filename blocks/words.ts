/** The words that cards and forms share, so that each thing has one name everywhere. */

import { dayInWords, isDay } from '../flows/calendar.ts';
import { countryName } from '../flows/countries.ts';
import type { DealDetails, Decision, ExportLicence, ValueBand, VoteOutcome } from '../flows/deal/deal.ts';
import type { OpenedDeal } from '../flows/deal/state.ts';
import { endsOf, endsWithQuotes, shorten } from '../flows/ends-of.ts';
import type { Day, Instant, GroupId, PersonId } from '../flows/ids.ts';
import { OPERATOR, OTHER_PRODUCT, SYSTEM, type Organisation } from '../flows/organisation.ts';
import type { EndUserKind, FactValue, Question, Section, Tier, Weight } from '../flows/policy/policy.ts';
import { setApart } from '../flows/set-apart.ts';

export { endsOf, endsWithQuotes, shorten };

const TIER_WORDS: Record<Tier, { word: string; meaning: string }> = {
  low: { word: 'Low', meaning: 'the answers show little that could harm people' },
  elevated: { word: 'Elevated', meaning: 'warning signs or open questions need a closer look' },
  high: { word: 'High', meaning: 'serious warning signs, so the deal needs strong reasons and safeguards' },
  prohibited: { word: 'Prohibited', meaning: 'a rule of the policy forbids this deal' },
};
export const tierWord = (tier: Tier): string => TIER_WORDS[tier].word;
/** Returns one line without a full stop, to follow the tier's word. */
export const tierMeaning = (tier: Tier): string => TIER_WORDS[tier].meaning;

export const WEIGHT_WORDS: Record<Weight, string> = {
  light: 'Light',
  moderate: 'Moderate',
  heavy: 'Heavy',
  severe: 'Severe',
};
export const weightWord = (weight: Weight): string => WEIGHT_WORDS[weight];

/** A flag's citation is for the flag alone: the Guidance gives no weights, and leaves the rest to each company. */
export const HOUSE_RULES =
  'Weights, what makes them heavier or lighter, tiers, routes and numbers of approvers are house rules.';

const ANSWER_WORDS: Readonly<Record<string, string>> = {
  yes: 'Yes',
  no: 'No',
  unknown: "Don't know",
  'not-applicable': 'Not applicable',
};
/** Returns `Yes`, `Don't know`, an option's label, several labels, or the text as given. */
export const answerWords = (question: Question | undefined, value: FactValue): string => {
  const one = (v: string): string => question?.options.find((o) => o.value === v)?.label ?? ANSWER_WORDS[v] ?? v;
  if (typeof value === 'string') return one(value);
  return value.length === 0 ? 'None of these' : value.map(one).join(', ');
};

/** `1 question`, `3 questions`. */
export const count = (n: number, one: string, many: string = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `2`, `2 and 4`, `2, 4 and 8` */
export const listWords = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const SECONDS_A_QUESTION = 20;
const sectionMinutes = (questions: number): number => Math.max(1, Math.round((questions * SECONDS_A_QUESTION) / 60));

/** `9 questions, about 3 minutes; 1 click if none applies`. `questions` are those that apply. */
export const sectionEffort = (section: Section, questions: readonly Question[]): string => {
  const base = `${count(questions.length, 'question')}, about ${count(sectionMinutes(questions.length), 'minute')}`;
  const asked = new Set(questions.map((q) => q.id));
  const shortcuts = section.checklists
    .map(({ answer, questions: ids }) => ({ answer, covers: ids.filter((id) => asked.has(id)).length }))
    .filter(({ covers }) => covers > 1);
  const whole = shortcuts.find(({ covers }) => covers === asked.size);
  if (whole) return `${base}; 1 click if ${whole.answer === 'no' ? 'none applies' : 'all apply'}`;
  const covered = shortcuts.reduce((sum, { covers }) => sum + covers, 0);
  return covered === 0 ? base : `${base}; ${covered} of them can go in ${count(shortcuts.length, 'click')}`;
};

/** `12 March 2027` for a day (`yyyy-MM-dd`), or for an instant its day in UTC. */
export const dayWords = (day: Day | Instant): string => {
  const said = day.slice(0, 10);
  return isDay(said) ? dayInWords(said) : day;
};

export const countryWords = (code: string): string => countryName(code) ?? code;

/** Text that somebody typed, set apart: it cannot end its own quotation marks. */
export const quoted = (text: string, max: number): string => `“${endsOf(setApart(text), max)}”`;

/** What somebody said against a deal, where others decide on it: longer texts lose their middle. */
export const LONGEST_SAID = 1000;

/** What a form takes as a reason, with room to spare. */
export const LONGEST_QUOTED = 3000;

/** The same in full, as long as a form takes it. */
export const quotedWhole = (text: string, max: number): string => `“${whole(setApart(text), max)}”`;

/** The same of a sentence or a few. */
export const quotedSentence = (text: string, max: number): string => `“${sentence(endsOf(setApart(text), max))}”`;

/** The product's name; one that somebody typed says so, however it is called. */
export const productWords = ({ id, name }: DealDetails['product'], max = 100): string =>
  id === OTHER_PRODUCT ? `${quoted(name, max)} (not in the catalogue)` : shorten(name, max);

/** `“Sample Ministry” (government)`: a name that says another kind is no kind. */
export const endUserWords = ({ name, kind }: DealDetails['endUser'], max: number): string =>
  `${quoted(name, max)} (${endUserKindWords(kind)})`;

/**
 * `“Sample Ministry”, Norway · customer “Sample Networks”`: a deal has this one name wherever it is shown, without the customer
 * where that is the end-user.
 */
export const dealNames = ({ customer, endUser, destination }: DealDetails, most: number): string => {
  const isSame = customer.trim() === endUser.name.trim();
  return `${quoted(endUser.name, most)}, ${countryWords(destination)}${isSame ? '' : ` · customer ${quoted(customer, most)}`}`;
};

/** Names a deal for people who did not open it: `Product for End-user, Norway (D-7K3QXM).` */
export const dealWords = ({ id, details }: Pick<OpenedDeal, 'id' | 'details'>): string =>
  `${productWords(details.product)} for ${quoted(details.endUser.name, 200)}, ${countryWords(details.destination)} (${id}).`;

export const LICENCE_WORDS: Record<ExportLicence, string> = {
  'not-needed': 'Not needed',
  pending: 'Pending',
  granted: 'Granted',
  'not-determined': 'Not determined',
};
/** The bare label, for an option in a form. */
export const licenceWord = (licence: ExportLicence): string => LICENCE_WORDS[licence];
export const NO_LICENCE = 'clearance is not a licence';
export const licenceWords = (licence: ExportLicence): string => `${LICENCE_WORDS[licence]} (${NO_LICENCE})`;
export const NOT_A_LICENCE = 'This is not an export licence.';

export const VALUE_BAND_WORDS: Record<ValueBand, string> = {
  'under-50k': 'Under 50,000',
  '50k-250k': '50,000 to 250,000',
  '250k-1m': '250,000 to 1 million',
  '1m-10m': '1 to 10 million',
  'over-10m': 'Over 10 million',
};
export const valueBandWords = (band: ValueBand): string => VALUE_BAND_WORDS[band];

export const END_USER_KIND_WORDS: Record<EndUserKind, string> = {
  government: 'government agency',
  security: 'security, police or intelligence service',
  'state-tied': 'state-owned or closely tied to the state',
  private: 'private',
  unknown: 'kind not known',
};
/** Returns the kind in lower case, to stand in brackets after the end-user's name. */
export const endUserKindWords = (kind: EndUserKind): string => END_USER_KIND_WORDS[kind];

const DETAIL_WORDS: Readonly<Record<keyof DealDetails, string>> = {
  customer: 'Customer',
  product: 'Product',
  destination: 'Destination',
  endUser: 'End-user',
  intermediaries: 'Intermediaries',
  valueBand: 'Value',
  expectedSigning: 'Expected signing',
  exportLicence: 'Export licence',
};
const isDetail = (name: string): name is keyof DealDetails => Object.hasOwn(DETAIL_WORDS, name);
export const detailWords = (name: string): string => (isDetail(name) ? DETAIL_WORDS[name] : name);

const VOTE_WORDS: Record<VoteOutcome, string> = {
  approve: 'Approve',
  'approve-with-conditions': 'Approve with conditions',
  decline: 'Decline',
};
export const voteWords = (outcome: VoteOutcome): string => VOTE_WORDS[outcome];

const DECISION_WORDS: Record<Decision['outcome'], string> = {
  approved: 'Approved',
  'approved with conditions': 'Approved with conditions',
  declined: 'Declined',
};
export const decisionWords = (outcome: Decision['outcome']): string => DECISION_WORDS[outcome];

export const groupName = (organisation: Organisation, id: GroupId): string =>
  organisation.groups.find((g) => g.id === id)?.name ?? id;

/** Shows whole what may be typed; what is stored from before can be longer. */
export const whole = (text: string, most: number): string => {
  const letters = [...text.replace(/\s+/gu, ' ').trim()];
  return letters.length <= most
    ? letters.join('')
    : `${letters.slice(0, most).join('').trimEnd()}… (the dossier has all of it)`;
};

/** Ends the text in a full stop, once. */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  return /[.!?…]”?$/u.test(trimmed) ? trimmed : `${trimmed}.`;
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Somebody who is not in the organisation file: an id says nothing to whoever reads a card. */
export const notHere = (id: PersonId): string =>
  id === SYSTEM ? 'Clearthread' : id === OPERATOR ? 'the operator' : 'somebody who left';
