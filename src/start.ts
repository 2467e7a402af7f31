/** The only wiring: from the settings to a running bot. */

import { createBell, createBells } from './bell.ts';
import { chatModes, chatsOn, createChats } from './chats.ts';
import { startCheckpoints } from './checkpoints/checkpoints.ts';
import { publishTo } from './checkpoints/publish.ts';
import { sharedCheckpointKey, signingWarnings } from './checkpoints/signing.ts';
import type { Config } from './config/config.ts';
import { namesakeWarnings } from './config/namesakes.ts';
import { policyFromJson } from './config/policy-file.ts';
import { createDigests, DIGESTS } from './digests/digests.ts';
import { inTime } from './edge/deadline.ts';
import { createRefusals } from './edge/refusals.ts';
import { isDealId } from './ids.ts';
import type { Logger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { logsNewer } from './newer.ts';
import { createDeliver } from './outbox/deliver.ts';
import { createMending } from './outbox/mending.ts';
import { startOutbox } from './outbox/outbox.ts';
import { createLiveCard, createRender } from './outbox/render.ts';
import { createThreadUrl } from './outbox/thread-url.ts';
import { createRouter } from './route/route.ts';
import { openFiles } from './startup/files-in-use.ts';
import { openOps } from './startup/ops.ts';
import { openPlayground } from './startup/playground.ts';
import { checkDeployment, clockWarnings, openStore, openWatchman, storeLocation } from './startup/preconditions.ts';
import type { Seams } from './startup/seams.ts';
import { openServer } from './startup/server.ts';
import { openSigning, siteFor } from './startup/signing.ts';
import { closest, type ByStream } from './streams/by-stream.ts';
import { createDealIndex } from './streams/deal-index.ts';
import { createDeals } from './streams/deals.ts';
import { createEarlierDeals } from './streams/earlier-deals.ts';
import { erasedListIn } from './streams/erased-list.ts';
import { homesOf } from './streams/homes.ts';
import { createPolicies } from './streams/policies.ts';
import { createReadAhead } from './streams/read-ahead.ts';
import { createRegisters, type Registers } from './streams/registers.ts';
import { watchedStore } from './streams/watched-store.ts';
import { startCatchingUp } from './ticker/catch-up.ts';
import { concernsOthers, startOthers } from './ticker/others.ts';
import { startRowCheck } from './ticker/row-check.ts';
import { startSeats } from './ticker/seats.ts';
import { startTicker } from './ticker/ticker.ts';
import { createTicks } from './ticker/ticks.ts';
import { mountAlive, mountReadiness } from './web/health.ts';
import { mountMetrics } from './web/metrics.ts';

export interface Bot {
  /** Such as `http://127.0.0.1:3000`. */
  url: string;
  /** Where health and metrics are served, if at an address of their own. */
  opsUrl: string | undefined;
  /** What the operator should look at, a sentence each. */
  warnings: readonly string[];
  stop(): Promise<void>;
}

/** Time before the chats stop receiving: less than an outbox waits for, longer than an answer usually takes. */
const LAST_ANSWERS_MS = 1500;

/** Closing functions of what was opened so far. */
type Opened = (() => Promise<unknown>)[];

/** Starts the bot. Throws StartProblem, FileProblem or StoreFault with a sentence, and leaves nothing open. */
export const startBot = async (
  config: Config,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  seams: Seams = {},
): Promise<Bot> => {
  const opened: Opened = [];
  try {
    return await start(config, env, logger, seams, opened);
  } catch (error) {
    for (const close of opened.toReversed()) await close();
    throw error;
  }
};

const start = async (
  config: Config,
  env: NodeJS.ProcessEnv,
  logger: Logger,
  { around = (store) => store, standIns = (modes) => modes, filesEveryMs: everyMs }: Seams,
  opened: Opened,
): Promise<Bot> => {
  const files = openFiles(config);
  const { organisation } = files;
  const store = around(await openStore(config, env));
  opened.push(() => store.close());
  await checkDeployment(config, store, env);
  const policies = await createPolicies(store, files.policy(), policyFromJson);

  const { app, port, ...server } = await openServer(config);
  opened.push(server.close);
  const ops = config.ops && (await openOps(config.ops));
  if (ops) opened.push(ops.close);
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
  const site = siteFor(config, port);
  const playground = await openPlayground(app, config, organisation(), url, logger);
  if (playground) opened.push(() => playground.close());
  const machineClock = (): Date => new Date();
  /** Clock of deals, reminders and what is sent. Signatures, tokens and caches use the machine's. */
  const clock = (): Date => new Date(playground ? playground.clock.now() : Date.now());

  const modes = standIns(await chatModes(config, playground?.chats));
  const on = chatsOn(modes);
  // Created first: the parts that ring them are made before the parts that they wake.
  const [outboxBell, tickerBell, othersBell, homesBells] = [createBell(), createBell(), createBell(), createBells()];
  const wakeAll = (): void => [outboxBell, tickerBell, othersBell].forEach((bell) => bell.ring());

  const rows = startRowCheck({
    store,
    logger,
    // Called no earlier than the next time that this function waits: all of them exist by then.
    mend: async (stream) => {
      if (isDealId(stream)) await deals.reschedule(stream);
      else if (stream.startsWith(DIGESTS)) await digests.startAll();
      else await registers.startAll();
    },
    mendMessage: async (row) => {
      await mend(row);
      outboxBell.ring();
    },
  });
  opened.push(() => rows.stop());
  const location = storeLocation(config, env);
  const checkpoints = startCheckpoints({
    store,
    key: () => sharedCheckpointKey(env, location),
    publish: config.checkpoints && publishTo(config.checkpoints),
    clock: machineClock,
    logger,
  });
  opened.push(() => checkpoints.stop());
  const metrics = createMetrics({ store, clock, rowsChanged: rows.changed, signedSize: checkpoints.signedSize });
  const watched = watchedStore(store, { appended: metrics.appended, logger });
  const ahead = createReadAhead();
  const newer = logsNewer(logger);
  const registers = createRegisters({
    store: watched,
    ahead,
    newer,
    policy: () => policies.current,
    organisation,
    rpId: site?.rpId,
    clock,
    // A register's decision may have to be brought to many deals, which the ticker does.
    wake: wakeAll,
  });
  files.compare((await registers.files.now()).state.accounts);
  const deals = createDeals({
    store: watched,
    ahead,
    newer,
    policies,
    organisation: registers.organisation,
    homes: homesOf(organisation, on),
    clock,
    wake: outboxBell.ring,
    happened: (events) => {
      homesBells.ring();
      if (concernsOthers(events)) othersBell.ring();
      ticking.happened(events);
    },
    // The deal's own commit stands: a failure here is made good with the deal's next one.
    recordTeam: (people) =>
      registers.recordTeam(people).catch((error: unknown) => logger.error('training.team-not-seen', { error })),
  });
  const index = createDealIndex({ store, deals, logger, organisation });
  const digests = createDigests({
    store: watched,
    ahead,
    newer,
    deals,
    index,
    policy: () => policies.current,
    organisation,
    registers,
    rowsChanged: rows.changed,
    signed: checkpoints.sign,
    clock,
    logger,
    wake: wakeAll,
  });
  const owed = { deal: deals.owed, register: registers.owed, [DIGESTS]: digests.owed };
  const mend = createMending({ store, owed, logger });
  const ticking = createTicks({
    store: watched,
    deals,
    index,
    registers,
    digests,
    policy: () => policies.current,
    list: erasedListIn(config.dataDir),
    watchman: await openWatchman(config, registers.screening),
    clock,
    logger,
    alone: playground?.alone,
  });
  const { signing, warnings: unsigned } = await openSigning(
    app,
    { site, config, env, policy: policies.current },
    { deals, index, registers, store, organisation, clock, logger },
  );

  const chats = await createChats(modes, {
    organisation,
    store,
    route: createRouter({
      deals,
      registers,
      index,
      digests,
      store,
      organisation,
      ...createEarlierDeals({ index, deals, logger }),
      // Nobody calls this before the chats exist.
      threadUrl: (...asked) => threadUrl(...asked),
      readFile: (...asked) => chats.readFile(...asked),
      clock,
      signing,
      command: config.command,
    }),
    liveCard: createLiveCard(deals),
    happened: homesBells.another,
    refused: createRefusals({ store, clock: machineClock, logger }),
    asked: metrics.asked,
    logger,
    clock: machineClock,
    command: config.command,
    rates: playground ? [] : undefined,
  });
  const threadUrl = createThreadUrl(chats.outlets, organisation);
  mountAlive(app);
  if (ops) mountAlive(ops.app);
  mountReadiness(ops?.app ?? app, {
    on: playground ? ['playground'] : on,
    store: () => store.ping(),
    chats: () => chats.problems(),
    signatures: () => unsigned,
    files: files.problems,
    failedNotices: async () => (await store.outboxBacklog(clock().toISOString())).failed,
  });
  mountMetrics(ops?.app ?? app, metrics);
  opened.push(() => chats.stop());
  await chats.start(app);

  const said: ByStream<Registers['said']> = { register: registers.said, [DIGESTS]: digests.said };
  const delivering = createDeliver({
    outlets: chats.outlets,
    render: createRender({
      deals,
      registers: { said: async (row, read) => closest(said, row.stream)?.(row, read) },
      organisation,
    }),
    deals,
    organisation,
    store,
    clock,
    logger,
  });
  const outbox = startOutbox({
    store,
    ...delivering,
    mend: async (row) => {
      rows.met();
      await mend(row);
    },
    delivered: metrics.delivered,
    clock,
    logger,
    bell: outboxBell,
  });
  const startAll = (): Promise<void> => registers.startAll().then(() => digests.startAll());
  const ticker = startTicker({
    store,
    deals,
    ticks: ticking.ticks,
    startAll,
    organisation: registers.organisation,
    clock,
    logger,
    bell: tickerBell,
    alone: playground?.alone,
  });
  ticking.begin();
  const seats = startSeats({ store, deals, registers, organisation, logger });
  const afterwards = { changed: (): Promise<void> => startAll().then(wakeAll), recorded: seats.wake };
  const following = files.follow({ policies, files: registers.files, ...afterwards, clock, logger, everyMs });
  const others = startOthers({ index, deals, registers, clock, logger, bell: othersBell, alone: playground?.alone });
  const catchingUp = startCatchingUp({ store, logger, wake: outboxBell.ring });
  playground?.clock.watch(wakeAll);
  playground?.begin({ store, policies, registers, organisation, clock, logger, added: afterwards.changed });
  const samples = playground?.layOutSamples({ store, deals, registers, organisation: organisation(), clock, logger });
  logger.info('bot.started', { mode: config.mode, platform: on.join('+'), port, policy: policies.current?.hash });
  return {
    url,
    opsUrl: ops?.url,
    warnings: [
      ...namesakeWarnings(organisation().people),
      ...clockWarnings(store),
      ...signingWarnings(env, location),
      ...unsigned,
    ],
    stop: async () => {
      digests.stop();
      await samples;
      const answered = async (): Promise<void> => {
        // In the playground, messages on their way go to this very server.
        if (!playground) await inTime(server.refuse(), LAST_ANSWERS_MS);
        await chats.stop();
      };
      await Promise.all([
        ...[ticker, ticking, others, seats, catchingUp, rows, checkpoints, outbox, following].map((part) =>
          part.stop(),
        ),
        answered(),
      ]);
      const closed = Promise.all([server.refuse(), ops?.close()]);
      await playground?.close();
      server.endConnections();
      await closed;
      await store.close();
    },
  };
};
