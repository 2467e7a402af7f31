/** All registers, and the organisation of today as they make it. */

import { absenceCard } from '../../blocks/cards/absence.ts';
import { caseRoomCard } from '../../blocks/cards/case-room.ts';
import { channelFactCard } from '../../blocks/cards/channel-review.ts';
import { countriesCard } from '../../blocks/cards/countries.ts';
import { erasuresCard } from '../../blocks/cards/erasures.ts';
import { filesCard } from '../../blocks/cards/files.ts';
import { gapsRegisterCard } from '../../blocks/cards/gaps-register.ts';
import { holdCard } from '../../blocks/cards/hold.ts';
import { indicatorsCard } from '../../blocks/cards/indicators.ts';
import { passkeyCard } from '../../blocks/cards/passkeys.ts';
import { programmeFactCard } from '../../blocks/cards/programme-facts.ts';
import { sheetFactCard } from '../../blocks/cards/sheets.ts';
import { trainingFactCard } from '../../blocks/cards/training-facts.ts';
import { yearlyFactCard } from '../../blocks/cards/yearly-facts.ts';
import type { Instant, PersonId } from '../../flows/ids.ts';
import { knownCountries } from '../../flows/known/countries.ts';
import { knownFiles } from '../../flows/known/files.ts';
import { knownIndicators } from '../../flows/known/indicators.ts';
import { knownProgramme } from '../../flows/known/programme.ts';
import {
  knownAbsences,
  knownCaseRoom,
  knownChannelReview,
  knownErasures,
  knownGaps,
  knownHolds,
  knownPasskeys,
  knownScopes,
  knownTraining,
  knownViews,
} from '../../flows/known/registers.ts';
import { knownScreening } from '../../flows/known/screening.ts';
import { knownSheets } from '../../flows/known/sheets.ts';
import { knownYearly } from '../../flows/known/yearly.ts';
import { SYSTEM, type Organisation, type TrainingHeld } from '../../flows/organisation.ts';
import { programme } from '../../flows/programme/register.ts';
import type { ProgrammeCommand, ProgrammeState } from '../../flows/programme/shapes.ts';
import { absences, type AbsenceCommand, type AbsencesState } from '../../flows/registers/absences.ts';
import { caseRoom } from '../../flows/registers/case-room.ts';
import { channelReview, type ChannelCommand, type ChannelState } from '../../flows/registers/channel-review.ts';
import { countries, type CountriesCommand, type CountriesState } from '../../flows/registers/countries.ts';
import type { ErasuresCommand, ErasuresState } from '../../flows/registers/erasure-shapes.ts';
import { erasures } from '../../flows/registers/erasures.ts';
import { files, type FilesCommand, type FilesState } from '../../flows/registers/files.ts';
import { gaps, type GapsCommand, type GapsState } from '../../flows/registers/gaps.ts';
import type { HoldCommand, HoldsState } from '../../flows/registers/hold-shapes.ts';
import { holds } from '../../flows/registers/holds.ts';
import { indicators, type IndicatorsCommand, type IndicatorsState } from '../../flows/registers/indicators.ts';
import { passkeys, standingKeys, type PasskeyCommand, type PasskeysState } from '../../flows/registers/passkeys.ts';
import { scopes, type ScopesCommand, type ScopesState } from '../../flows/registers/scopes.ts';
import { screeningLists, type ScreeningCommand, type ScreeningState } from '../../flows/registers/screening.ts';
import type { SheetsCommand, SheetsState } from '../../flows/registers/sheet-shapes.ts';
import { sheets } from '../../flows/registers/sheets.ts';
import { trainingHeld } from '../../flows/registers/training/held-back.ts';
import type { TrainingState } from '../../flows/registers/training/state.ts';
import { training, type TrainingCommand } from '../../flows/registers/training/training.ts';
import { views, type ViewsCommand, type ViewsState } from '../../flows/registers/views.ts';
import type { YearlyCommand, YearlyState } from '../../flows/yearly/register-shapes.ts';
import { yearly } from '../../flows/yearly/register.ts';
import type { OwedRows } from '../../store/event-store.ts';
import { exceptNewer } from '../newer.ts';
import { organisationWith } from './organisation-with.ts';
import { openRegister, type OpenRegister, type RegisterNow, type RegisterOptions } from './register.ts';

export interface Registers {
  absences: OpenRegister<AbsencesState, AbsenceCommand>;
  holds: OpenRegister<HoldsState, HoldCommand>;
  training: OpenRegister<TrainingState, TrainingCommand>;
  channelReview: OpenRegister<ChannelState, ChannelCommand>;
  countries: OpenRegister<CountriesState, CountriesCommand>;
  scopes: OpenRegister<ScopesState, ScopesCommand>;
  gaps: OpenRegister<GapsState, GapsCommand>;
  sheets: OpenRegister<SheetsState, SheetsCommand>;
  erasures: OpenRegister<ErasuresState, ErasuresCommand>;
  passkeys: OpenRegister<PasskeysState, PasskeyCommand>;
  files: OpenRegister<FilesState, FilesCommand>;
  views: OpenRegister<ViewsState, ViewsCommand>;
  screening: OpenRegister<ScreeningState, ScreeningCommand>;
  indicators: OpenRegister<IndicatorsState, IndicatorsCommand>;
  yearly: OpenRegister<YearlyState, YearlyCommand>;
  programme: OpenRegister<ProgrammeState, ProgrammeCommand>;
  /** The organisation as it is today: its file, and what the registers say. */
  organisation(): Promise<Organisation>;
  /** Today's policy, which says what training is needed. */
  policy: RegisterOptions['policy'];
  /** Throws if no register has that stream. */
  tick(stream: string, dueAt: Instant): Promise<void>;
  /** Runs at each start: the files may have changed. */
  startAll(): Promise<void>;
  /** Records that something happened on a deal of theirs. Writes only news. */
  recordTeam(people: readonly PersonId[]): Promise<void>;
  said: OpenRegister<unknown, never>['said'];
  /** Rows that a commit owes; undefined if there is none, or no such register. */
  owed(stream: string, version: number): Promise<OwedRows | undefined>;
}

/** A register without commits has no version to record; one of a newer version, the last that was understood. */
const versionsOf = (read: Readonly<Record<string, { upTo: number }>>): Record<string, string> =>
  Object.fromEntries(Object.entries(read).flatMap(([name, { upTo }]) => (upTo === 0 ? [] : [[name, String(upTo)]])));

/** Remembers the last of them: most acts find all as the one before did. */
const latestOf = <Given extends readonly unknown[], Made>(make: (...given: Given) => Made) => {
  let latest: { given: Given; made: Made } | undefined;
  return (...given: Given): Made => {
    if (!latest || given.some((each, n) => each !== latest?.given[n])) latest = { given, made: make(...given) };
    return latest.made;
  };
};

type OfState<State> = Pick<OpenRegister<State, never>, 'stream' | 'remembered' | 'read'>;

type Together<States extends readonly unknown[]> = { [N in keyof States]: RegisterNow<States[N]> };

/** Current states, with one look at the store if nobody wrote since. */
const together = async <const States extends readonly unknown[]>(
  store: Pick<RegisterOptions['store'], 'moved'>,
  ...all: { [N in keyof States]: OfState<States[N]> }
): Promise<Together<States>> => {
  const registers: readonly OfState<unknown>[] = all;
  const known = registers.map((register) => register.remembered());
  const versions = registers.flatMap(({ stream }, n) => {
    const version = known[n]?.version;
    return version === undefined ? [] : [[stream, version] as const];
  });
  const looking: string[] | Promise<string[]> = versions.length === 0 ? [] : store.moved(Object.fromEntries(versions));
  const [moved, ...fresh] = await Promise.all([
    looking,
    ...registers.map((each, n) => (known[n] ? undefined : each.read())),
  ]);
  const now = registers.map(async (each, n) => (moved.includes(each.stream) ? each.read() : (fresh[n] ?? known[n])));
  return (await Promise.all(now)) as unknown as Together<States>;
};

/** For a register that tells nobody. */
const untold = (): never => {
  throw new Error('this register has no messages');
};

/** A person's place on a deal is checked at most this often. */
const SEEN_AGAIN_MS = 24 * 3_600_000;

export interface RegistersOptions extends RegisterOptions {
  /** The host of Clearthread's own address, to which passkeys belong; undefined: it has none. */
  rpId?: string | undefined;
}

export const createRegisters = (options: RegistersOptions): Registers => {
  const away = openRegister(absences, knownAbsences, absenceCard, options);
  const held = openRegister(holds, knownHolds, holdCard, options);
  const trained = openRegister(training, knownTraining, trainingFactCard, options);
  const channel = openRegister(channelReview, knownChannelReview, channelFactCard, options);
  const watched = openRegister(countries, knownCountries, countriesCard, options);
  const confirmed = openRegister(scopes, knownScopes, untold, options);
  const open = openRegister(gaps, knownGaps, gapsRegisterCard, options);
  const filled = openRegister(sheets, knownSheets, sheetFactCard, options);
  const forgotten = openRegister(erasures, knownErasures, erasuresCard, options);
  const keys = openRegister(passkeys, knownPasskeys, passkeyCard, options);
  const read = openRegister(
    files,
    knownFiles,
    (fact, _, { organisation, ...around }) => filesCard(fact, organisation, around),
    options,
  );
  const saved = openRegister(views, knownViews, untold, options);
  const listed = openRegister(screeningLists, knownScreening, untold, options);
  const measured = openRegister(indicators, knownIndicators, indicatorsCard, options);
  const reminded = openRegister(caseRoom, knownCaseRoom, caseRoomCard, options);
  const reported = openRegister(yearly, knownYearly, yearlyFactCard, options);
  const kept = openRegister(programme, knownProgramme, programmeFactCard, options);
  const all = [
    away,
    held,
    trained,
    channel,
    watched,
    confirmed,
    open,
    filled,
    forgotten,
    keys,
    read,
    saved,
    listed,
    measured,
    reminded,
    reported,
    kept,
  ];
  const of = (stream: string) => all.find((register) => register.stream === stream);

  let known: { key: string; training: TrainingHeld | undefined } | undefined;
  const keptBack = ({ state, version }: { state: TrainingState; version: number }): TrainingHeld | undefined => {
    const [organisation, policy] = [options.organisation(), options.policy()];
    const key = `${version} ${organisation.hash} ${policy?.hash}`;
    if (known?.key !== key) {
      const now = options.clock().toISOString();
      known = { key, training: trainingHeld(state, organisation, policy?.training, now) };
    }
    return known.training;
  };

  const organisationNow = latestOf(
    (
      file: Organisation,
      heldBack: TrainingHeld | undefined,
      day: string,
      absent: RegisterNow<AbsencesState>,
      stopped: RegisterNow<HoldsState>,
      taught: RegisterNow<TrainingState>,
      alerted: RegisterNow<CountriesState>,
      scoped: RegisterNow<ScopesState>,
      accepted: RegisterNow<GapsState>,
      sheeted: RegisterNow<SheetsState>,
      screened: RegisterNow<ScreeningState>,
      placed: RegisterNow<FilesState>,
      keyed: RegisterNow<PasskeysState>,
      asked: RegisterNow<ProgrammeState>,
    ): Organisation => ({
      ...organisationWith(
        file,
        {
          absences: absent.state,
          holds: stopped.state,
          countries: alerted.state,
          scopes: scoped.state,
          gaps: accepted.state,
          sheets: sheeted.state,
          screening: screened.state,
          files: placed.state,
          programme: asked.state,
        },
        heldBack,
        day,
      ),
      registers: versionsOf({
        absences: absent,
        holds: stopped,
        training: taught,
        countries: alerted,
        scopes: scoped,
        gaps: accepted,
        sheets: sheeted,
        screening: screened,
        files: placed,
        passkeys: keyed,
        programme: asked,
      }),
    }),
  );

  const seen = new Map<PersonId, number>();

  return {
    absences: away,
    holds: held,
    training: trained,
    channelReview: channel,
    policy: options.policy,
    countries: watched,
    scopes: confirmed,
    gaps: open,
    sheets: filled,
    erasures: forgotten,
    passkeys: keys,
    files: read,
    views: saved,
    screening: listed,
    indicators: measured,
    yearly: reported,
    programme: kept,
    organisation: async () => {
      const [absent, stopped, taught, alerted, scoped, accepted, sheeted, screened, placed, keyed, asked] =
        await together(options.store, away, held, trained, watched, confirmed, open, filled, listed, read, keys, kept);
      const now = options.clock().toISOString();
      const today = organisationNow(
        options.organisation(),
        keptBack(taught),
        now.slice(0, 10),
        ...([absent, stopped, taught, alerted, scoped, accepted, sheeted, screened, placed, keyed, asked] as const),
      );
      const { rpId } = options;
      return rpId === undefined ? today : { ...today, passkeys: { rpId, keys: standingKeys(keyed.state, rpId, now) } };
    },
    tick: async (stream, dueAt) => {
      const register = of(stream);
      if (!register) throw new Error('there is no such register');
      await register.tick(dueAt);
    },
    startAll: async () => {
      for (const register of all) await register.start();
    },
    recordTeam: async (people) => {
      if (!options.policy()?.training?.courses.some((course) => course.for.dealTeam)) return;
      const now = options.clock().getTime();
      const news = people.filter((id) => now - (seen.get(id) ?? 0) > SEEN_AGAIN_MS);
      if (news.length === 0) return;
      const cause = `team:${news.toSorted().join(',')}:${new Date(now).toISOString()}`;
      await trained.handle({ type: 'SeeTeams', people: news }, { actor: SYSTEM, cause }).catch(exceptNewer);
      for (const id of news) seen.set(id, now);
    },
    said: async (row, deals) => of(row.stream)?.said(row, deals),
    owed: async (stream, version) => of(stream)?.owed(version),
  };
};
