/** The only wiring: from the environment to a running bot. */
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { loadDataKey } from '../store/keys.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { readConfig, type Config } from './config.ts';
import { createDeals } from './handle.ts';
import { createLogger, type Logger } from './log.ts';
import { loadOrganisation, sampleOrganisationFile } from './organisation-file.ts';
import { startOutbox, type Outbox } from './outbox.ts';
import { mountPlayground, playgroundRefusal, type Playground } from './playground/mount.ts';
import { createPolicies } from './policies.ts';
import { defaultPolicyFile, loadPolicy, policyFromJson } from './policy-file.ts';
import { createRender } from './render.ts';
import { createRoute } from './route.ts';
import { createSlack, type Slack } from './slack/slack.ts';
import { mountHealth } from './web/health.ts';

export interface Bot {
  /** `http://127.0.0.1:3000`. */
  url: string;
  stop(): Promise<void>;
}
