/** One share of the years, on a separate core. */

import { parentPort, workerData } from 'node:worker_threads';
import { live, type Share } from '../support/years.ts';
import { chance } from './support/script.ts';

parentPort?.postMessage(live(workerData as Share, chance));
