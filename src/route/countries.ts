/** Country alerts and the watch list: issuing, ending, reviewing and listing. */

import type { Form, FormValues } from '../../blocks/card.ts';
import { alertsCard, issueAlertCard } from '../../blocks/cards/countries.ts';
import { watchCard } from '../../blocks/cards/watch.ts';
import { alertContext, countryContext, issueAlertContext, readContext } from '../../blocks/forms/context.ts';
import {
  alertForm,
  endAlertForm,
  lookedForm,
  lookShown,
  readAlertForm,
  readEndAlertForm,
  readLookedForm,
  readWatcherForm,
  watcherForm,
  type AlertMatch,
} from '../../blocks/forms/countries.ts';
import { formatSources } from '../../blocks/forms/lines.ts';
import { countryWords } from '../../blocks/words.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import { countryFirst, countryName } from '../../flows/countries.ts';
import type { CountryAlert } from '../../flows/country-alert.ts';
import type { PersonId } from '../../flows/ids.ts';
import { isOfCompliance } from '../../flows/organisation.ts';
import { own } from '../../flows/own.ts';
import { hasSheets } from '../../flows/policy/sheet-questions.ts';
import { standingAlerts } from '../../flows/registers/countries.ts';
import { mayWatch, watchStanding, type WatchStanding } from '../../flows/registers/watch-list.ts';
import { parsedUrl } from '../../flows/url.ts';
import type { Reply } from '../edge/interaction.ts';
import { countByCountry } from '../ticker/fan-out.ts';
import { isLive } from '../ticker/screening.ts';
import {
  deny,
  gone,
  mistaken,
  refusedForm,
  tell,
  type Desk,
  type OnDeskClick,
  type OnSubmit,
  type Words,
} from './desk.ts';
import { counted, COUNTING, soon } from './lists.ts';
import { toType } from './opening.ts';
import { submitted } from './submit.ts';

const ONLY_COMPLIANCE = 'Only compliance can issue and end country alerts. If you know of a reason for one, tell them.';

const mayNot = (desk: Desk, person: string): Reply | undefined =>
  isOfCompliance(desk.organisation(), person) ? undefined : deny(ONLY_COMPLIANCE);

const today = (desk: Desk, person: string): string =>
  dayIn(desk.clock().toISOString(), calendarOf(desk.organisation(), person));

const HTTPS = 'https://';

/** Cuts such letters off both ends, in one pass: a pattern that looks for the end of many spaces takes seconds. */
const trimmed = (text: string, before: RegExp, after: RegExp): string => {
  let [from, to] = [0, text.length];
  while (from < to && before.test(text.charAt(from))) from += 1;
  while (to > from && after.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
};

/** Reads `Norway Elections were called off, https://…`: the link at the end is the source, the rest the reason. */
const typed = (text: string): FormValues => {
  const found = countryFirst(text);
  if (!found) return text.trim() === '' ? {} : { why: text.trim() };
  const last = found.rest.split(/\s/u).at(-1) ?? '';
  const linkAt = last.indexOf(HTTPS);
  const link = linkAt < 0 || last.length === linkAt + HTTPS.length ? undefined : last.slice(linkAt);
  const said = link === undefined ? found.rest : found.rest.slice(0, -link.length);
  const host = link === undefined ? undefined : parsedUrl(link)?.host;
  const why = trimmed(said, /[\s,:;.]/u, /[\s,;]/u);
  return {
    country: found.code,
    ...(why === '' ? {} : { why }),
    ...(host === undefined ? {} : { source: `${host}, ${link}` }),
  };
};

/** Answers `/deal alert COUNTRY why, source` with the form, filled in from those words. */
export const onAlertWords = (desk: Desk, act: Words): Reply => {
  const no = mayNot(desk, act.person);
  if (no) return no;
  const said = act.words.trim().replace(/^\S+\s*/u, '');
  return act.canOpen
    ? { kind: 'form', form: alertForm({ today: today(desk, act.person) }, typed(said)) }
    : { kind: 'tell', card: issueAlertCard(said) };
};

const pageOf = (value: string): number => {
  const page = Number(value);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
};

export const onAlertsWords = async (desk: Desk, { person }: Pick<Words, 'person'>, page = 1): Promise<Reply> =>
  mayNot(desk, person) ?? { kind: 'tell', card: alertsCard((await desk.registers.countries.now()).state, page) };

export const onAlerts: OnDeskClick = (desk, { person, value }) => onAlertsWords(desk, { person }, pageOf(value));

export const onAlert: OnDeskClick = (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: alertForm({ today: today(desk, person) }, typed(value)) };

const matchOf = async (desk: Desk, country: string): Promise<AlertMatch> => {
  const there = (await desk.index()).filter(({ destination }) => destination === country);
  const { state } = await desk.registers.countries.now();
  return {
    country,
    approved: there.filter(({ approved }) => approved).length,
    open: there.filter(({ approved, open }) => open && !approved).length,
    outOfScope: there.filter(({ outOfScope }) => outOfScope).length,
    standing: standingAlerts(state).filter((alert) => alert.country === country).length,
  };
};

export const onAlertSubmit: OnSubmit = async (desk, { context, values, person, cause, place }) => {
  const target = readContext(issueAlertContext, context);
  const no = mayNot(desk, person);
  if (!target || no) return no ?? gone();
  const form = (match?: AlertMatch): Form => alertForm({ match, today: today(desk, person) }, values);
  const read = readAlertForm(values);
  if (!read.ok) return mistaken(context, read.errors, () => form());
  const { country } = read.value;
  // The number of affected deals is shown once before the alert is issued, and again for another country.
  if (target.seen !== country) {
    const match = await counted(desk, matchOf(desk, country));
    if (match === 'late') return mistaken(context, { country: COUNTING }, () => form());
    return { kind: 'form', form: form(match), again: true };
  }
  const outcome = await desk.registers.countries.handle(
    { type: 'IssueAlert', ...read.value },
    { actor: person, cause },
  );
  if (outcome.kind === 'refused') return refusedForm(outcome.refusal, 'why', () => form());
  return tell(
    `The alert for ${countryWords(country)} stands and is on its way to its deals. To see how far it is: ${toType(desk, place, 'alerts')}`,
  );
};

const standing = async (desk: Desk, id: string): Promise<CountryAlert | undefined> =>
  own((await desk.registers.countries.now()).state.alerts, id);

const endAlert = async (desk: Desk, alert: CountryAlert | undefined, values: FormValues = {}): Promise<Form> =>
  endAlertForm(alert, values, alert && (await looksAt(desk, alert.country)));

export const onEndAlert: OnDeskClick = async (desk, { person, value }) =>
  mayNot(desk, person) ?? { kind: 'form', form: await endAlert(desk, await standing(desk, value)) };

/** Everybody on the team of a live deal that it is about: one with that destination, or that shows it still. */
const teamOf = async (desk: Desk, { id, country }: CountryAlert): Promise<PersonId[]> => {
  const about = (await desk.index()).filter(
    (deal) => isLive(deal) && (deal.destination === country || deal.warned.includes(id)),
  );
  return [...new Set(about.flatMap(({ team, digest }) => [...team, ...(digest?.recused ?? [])]))];
};

export const onEndAlertSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(alertContext, context);
    const no = mayNot(desk, person);
    return !target || no ? (no ?? gone()) : { id: target.alert, alert: await standing(desk, target.alert) };
  },
  form: ({ desk, alert, values }) => endAlert(desk, alert, values),
  read: readEndAlertForm,
  send: async ({ desk, id, alert }, value, ask) =>
    desk.registers.countries.handle(
      { type: 'EndAlert', alert: id, ...value, team: alert ? await teamOf(desk, alert) : [] },
      ask,
    ),
  refusedAt: 'reason',
  next: () =>
    tell('The alert is ended. Deals no longer show it; the reassessments that it asked for are still to be done.'),
});

/** The watch list as it is now, with freshly counted deals. */
const watched = async (desk: Desk): Promise<WatchStanding[]> => {
  const { countries } = desk.registers;
  const { state } = await countries.now();
  return watchStanding(state, countries.context(), desk.clock().toISOString(), countByCountry(await desk.index()));
};

const watchFor = async (desk: Desk, person: PersonId, page: number): Promise<Reply> => {
  const { registers } = desk;
  const policy = registers.policy();
  const briefs = policy && hasSheets(policy, 'country') ? (await registers.sheets.now()).state.sheets : undefined;
  const watching = { reader: person, organisation: desk.organisation(), briefs, now: desk.clock().toISOString() };
  return { kind: 'tell', card: watchCard(await watched(desk), watching, page) };
};

export const onWatchWords = (desk: Desk, act: Pick<Words, 'person' | 'place'>, page = 1): Promise<Reply> =>
  soon(desk, act, 'watch', watchFor(desk, act.person, page));

export const onWatch: OnDeskClick = (desk, { person, place, value }) =>
  onWatchWords(desk, { person, place }, pageOf(value));

const looksAt = async (desk: Desk, country: string) => own((await desk.registers.countries.now()).state.watch, country);

const entry = async (desk: Desk, country: string): Promise<WatchStanding | undefined> =>
  (await watched(desk)).find((one) => one.country === country);

const NOT_WATCHING = 'Only the person who watches this country, and compliance, can say that they looked.';

export const onLooked: OnDeskClick = async (desk, { person, value }) => {
  const { state } = await desk.registers.countries.now();
  if (countryName(value) === undefined || !mayWatch(desk.organisation(), state, value, person)) {
    return deny(NOT_WATCHING);
  }
  return { kind: 'form', form: lookedForm(value, own(state.watch, value)) };
};

export const onLookedSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(countryContext, context);
    if (!target) return gone();
    const { country, seen } = target;
    const { state } = await desk.registers.countries.now();
    if (!mayWatch(desk.organisation(), state, country, person)) return deny(NOT_WATCHING);
    return { country, seen, looks: own(state.watch, country) };
  },
  form: ({ country, looks, values, seen }) => lookedForm(country, looks, values, seen),
  read: readLookedForm,
  // What a colleague found meanwhile is read first.
  older: async ({ country, looks, values, seen, person }) =>
    seen !== undefined && lookShown(looks) !== seen && looks?.looked?.by !== person
      ? lookedForm(country, looks, values, seen)
      : undefined,
  send: ({ desk, country }, value, ask) =>
    desk.registers.countries.handle({ type: 'SayLooked', country, ...value }, ask),
  refusedAt: 'note',
  next: (_, { desk, person, country }, { found, note, source }) => {
    if (found === 'nothing new') return tell(`Saved. Thank you for looking at ${countryWords(country)}.`);
    if (!isOfCompliance(desk.organisation(), person)) return tell('Saved. Compliance hears of it now.');
    const filled = { country, why: note, ...(source ? { source: formatSources([source]) } : {}) };
    return { kind: 'form', form: alertForm({ today: today(desk, person) }, filled) };
  },
});

export const onWatcher: OnDeskClick = async (desk, { person, value }) => {
  const no = mayNot(desk, person);
  if (no || countryName(value) === undefined) return no ?? gone();
  return { kind: 'form', form: watcherForm(value, await entry(desk, value)) };
};

export const onWatcherSubmit = submitted({
  about: async (desk, { context, person }) => {
    const target = readContext(countryContext, context);
    const no = mayNot(desk, person);
    if (!target || no) return no ?? gone();
    const { country } = target;
    return { country, before: await entry(desk, country) };
  },
  form: ({ country, before, values }) => watcherForm(country, before, values),
  read: (values, { desk }) => readWatcherForm(values, desk.organisation()),
  send: ({ desk, country }, value, ask) =>
    desk.registers.countries.handle({ type: 'AssignWatcher', country, ...value }, ask),
  refusedAt: 'watcher',
  next: (_, { country }) => tell(`Saved. They are told that they watch ${countryWords(country)}.`),
});
