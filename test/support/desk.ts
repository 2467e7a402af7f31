/** The route on a store of its own, with the sample policy: called as a chat would call it. */

import type { Form, FormValues } from '../../blocks/card.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { DIGESTS, type Digests } from '../../src/digests/digests.ts';
import { NOT_READ_HERE, type ReadFile } from '../../src/edge/file-read.ts';
import type { Interaction, Place, Reply, Router } from '../../src/edge/interaction.ts';
import { silentLogger, type Logger } from '../../src/log.ts';
import type { Desk } from '../../src/route/desk.ts';
import { createRouter } from '../../src/route/route.ts';
import { isWrittenSince } from '../../src/route/written.ts';
import type { Watchman } from '../../src/screening/watchman.ts';
import { createSigning } from '../../src/signing/signing.ts';
import type { Site } from '../../src/signing/verify.ts';
import { createDealIndex } from '../../src/streams/deal-index.ts';
import { createDeals, type Deals } from '../../src/streams/deals.ts';
import { createEarlierDeals } from '../../src/streams/earlier-deals.ts';
import { erasedListIn } from '../../src/streams/erased-list.ts';
import { createReadAhead } from '../../src/streams/read-ahead.ts';
import { createErasing, type Erasing } from '../../src/ticker/erasing.ts';
import { createFanOut, type FanOuts } from '../../src/ticker/fan-out.ts';
import { createScreening, type Screening } from '../../src/ticker/screening.ts';
import { createSweep } from '../../src/ticker/ticker.ts';
import type { EventStore } from '../../store/event-store.ts';
import { aDeal, anOrganisation, aPolicy } from './deal-builders.ts';
import { unchangeable } from './frozen.ts';
import { digestsOn, registersOn } from './registers.ts';
import { sqliteFolder, type SqliteFolder } from './sqlite.ts';

/** An interaction without the members that all of them share. */
type Asked<T = Interaction> = T extends Interaction ? Omit<T, 'person' | 'place' | 'cause' | 'trace'> : never;

export interface AtDesk {
  folder: SqliteFolder;
  store: EventStore;
  deals: Deals;
  digests: Digests;
  desk: Desk;
  route: Router;
  spreading: FanOuts;
  erasing: Erasing;
  screening: Screening;
  /** Each call is an act of its own unless it names its cause. */
  ask(person: string, asked: Asked, place?: Place, cause?: string): Promise<Reply>;
  submit(person: string, form: string, context: object, values: FormValues): Promise<Reply>;
  /** Opens a deal of `rep-1` and returns its id. */
  openDeal(): Promise<string>;
  /** Answers every section: `changed` replaces single answers. */
  answerAll(deal: string, changed?: Readonly<Record<string, string>>): Promise<void>;
  /** Moves time to an ISO 8601 instant; whatever is due on the way is told once. */
  travel(to: string): Promise<void>;
  /** Moves time to an ISO 8601 instant while the bot is down: nothing that is due is told. */
  downUntil(to: string): void;
  /** Counts the commits in all streams. */
  commits(): Promise<number>;
  end(): Promise<void>;
}

const ANSWERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scope: { G1: 'yes' },
  product: { P1: 'no', P2: 'no', P4: 'common' },
  record: { 'H-RF1': 'no', 'H-RF3': 'no', 'H-RF5': 'no' },
};

/** The form of a reply. Throws where it has none. */
export const formIn = (reply: Reply): Form => {
  if (reply.kind !== 'form') throw new Error(`no form: ${JSON.stringify(reply)}`);
  return reply.form;
};

export const atDesk = ({
  organisation = anOrganisation(),
  policy = aPolicy(),
  store: given,
  folder = sqliteFolder(),
  site,
  listDeadlineMs,
  readFile = async () => NOT_READ_HERE,
  watchman,
  logger = silentLogger,
}: {
  organisation?: Organisation;
  policy?: CompiledPolicy;
  store?: EventStore;
  folder?: SqliteFolder;
  site?: Site;
  listDeadlineMs?: number;
  readFile?: ReadFile;
  watchman?: Watchman;
  logger?: Logger;
} = {}): AtDesk => {
  const store = unchangeable(given ?? folder.open());
  let now = '2027-03-01T09:00:00.000Z';
  const clock = (): Date => new Date(now);
  const policies = { current: policy, get: async () => policy };
  const ahead = createReadAhead();
  const registers = registersOn(
    store,
    () => organisation,
    clock,
    () => policy,
    ahead,
    site?.rpId,
  );
  const deals = createDeals({
    store,
    policies,
    organisation: registers.organisation,
    homes: (home) => [{ home, mirror: undefined }],
    clock,
    wake: () => {},
    ahead,
    recordTeam: registers.recordTeam,
  });
  const index = createDealIndex({ store, deals, logger: silentLogger, organisation: () => organisation });
  // A slow machine must not change what a page shows.
  const earlierDeals = createEarlierDeals({ index, deals, logger: silentLogger, deadlineMs: 60_000 });
  const screening = createScreening({ store, deals, registers, index, watchman, logger });
  const spreading = createFanOut({ registers, screening, deals, index, clock });
  const erasing = createErasing({
    store,
    deals,
    index,
    registers,
    policy: () => policy,
    list: erasedListIn(folder.dir),
    clock,
    logger: silentLogger,
  });
  const digests = digestsOn(store, deals, () => organisation, clock);
  const desk: Desk = {
    deals,
    registers,
    index,
    digests,
    store,
    organisation: () => organisation,
    ...earlierDeals,
    readFile,
    threadUrl: async (stream) => `https://sample.slack.com/archives/${stream}`,
    clock,
    // Long enough for a slow machine, where a test is not about it.
    listDeadlineMs: listDeadlineMs ?? 60_000,
    command: '/deal',
    ...(site
      ? {
          signing: createSigning({
            site,
            deals,
            registers,
            store,
            clock,
            logger: silentLogger,
            organisation: () => organisation,
            dataKey: Buffer.alloc(32, 7),
            writtenSince: (...asked) => isWrittenSince({ index, deals, registers }, ...asked),
          }),
        }
      : {}),
  };
  const route = createRouter(desk);
  const ticks = {
    deal: deals.tick,
    register: registers.tick,
    [registers.holds.stream]: spreading.tickHolds,
    [registers.countries.stream]: spreading.tickCountries,
    [registers.sheets.stream]: spreading.tickSheets,
    [registers.screening.stream]: spreading.tickScreening,
    [registers.erasures.stream]: erasing.tick,
    [DIGESTS]: digests.tick,
  };
  const sweep = createSweep({ store, ticks, clock, logger: silentLogger });
  let acts = 0;
  const next = (): string => `act-${(acts += 1)}`;
  const at: AtDesk = {
    folder,
    store,
    digests,
    deals,
    desk,
    route,
    spreading,
    screening,
    erasing,
    // The rest of an act is the same for every kind, which TypeScript does not see through a union.
    ask: (person, asked, place, cause = next()) =>
      route({ ...asked, person, place, cause, trace: 'T' } as unknown as Interaction),
    submit: (person, form, context, values) =>
      at.ask(person, { kind: 'submit', form, context: JSON.stringify(context), values }),
    openDeal: async () => {
      const [home] = organisation.clearanceChannels;
      const outcome = await deals.open(
        { type: 'OpenDeal', home: { platform: 'slack', channel: home?.id ?? '' }, details: aDeal().details },
        { actor: 'rep-1', cause: next() },
      );
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
      return outcome.view.deal.id;
    },
    answerAll: async (deal, changed = {}) => {
      const owner = (await deals.view(deal))?.deal.owner ?? 'rep-1';
      for (const [section, answers] of Object.entries(ANSWERS)) {
        const values = Object.entries(answers).map(([id, value]) => [`q:${id}`, changed[id] ?? value]);
        const reply = await at.submit(owner, 'deal.section', { deal, section }, Object.fromEntries(values));
        if (reply.kind === 'errors') throw new Error(JSON.stringify(reply.errors));
      }
    },
    travel: async (to) => {
      now = to;
      await sweep();
    },
    downUntil: (to) => {
      now = to;
    },
    commits: async () => (await store.heads()).reduce((sum, { version }) => sum + version, 0),
    end: () => folder.remove(),
  };
  return at;
};
