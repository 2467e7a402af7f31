/** The process: reads the settings, starts the bot, prints where it runs, and ends with it. */

import { StoreFault } from '../store/event-store.ts';
import { readConfig } from './config/config.ts';
import { FileProblem } from './config/yaml-file.ts';
import { createLogger } from './log.ts';
import { startBot } from './start.ts';
import { StartProblem } from './startup/preconditions.ts';

const sentenceOf = (error: unknown): string | undefined =>
  error instanceof StartProblem || error instanceof FileProblem || error instanceof StoreFault
    ? error.message
    : undefined;

/** Writes for the person at the terminal; everything else is JSON lines on stdout. */
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Passkeys need a name in the address line. */
const named = (url: string): string => url.replace('//127.0.0.1:', '//localhost:');

const main = async (): Promise<void> => {
  const config = readConfig(process.env);
  if ('problem' in config) {
    say(config.problem);
    process.exitCode = 1;
    return;
  }
  const logger = createLogger(config.mode === 'playground' && !process.env['LOG_LEVEL'] ? 'warn' : config.logLevel);
  try {
    const bot = await startBot(config, process.env, logger);
    say(
      config.mode === 'playground'
        ? `The playground is open: ${named(bot.url)}`
        : `Clearthread is running on ${bot.url}`,
    );
    if (bot.opsUrl !== undefined) say(`Health and metrics: ${bot.opsUrl}/readyz and ${bot.opsUrl}/metrics`);
    for (const warning of bot.warnings) say(warning);
    let stopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (stopping) process.exit(1);
      stopping = true;
      logger.info('bot.stopping', { signal });
      setTimeout(() => process.exit(1), 10_000).unref();
      void bot.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error('bot.stop-failed', { error });
          process.exit(1);
        },
      );
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  } catch (error) {
    say(sentenceOf(error) ?? (error instanceof Error ? error.message : 'The bot could not start.'));
    logger.error('bot.not-started', { error });
    process.exit(1);
  }
};

await main();
