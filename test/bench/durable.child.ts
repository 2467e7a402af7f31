/** The bot itself, as a deployment starts it. */

import { readConfig } from '../../src/config/config.ts';
import { createLogger } from '../../src/log.ts';
import { startBot } from '../../src/start.ts';
import { serveMeasures } from './child.ts';

const config = readConfig(process.env);
if ('problem' in config) throw new Error(config.problem);
const bot = await startBot(config, process.env, createLogger(config.logLevel));
serveMeasures(Number(new URL(bot.url).port), () => bot.stop());
