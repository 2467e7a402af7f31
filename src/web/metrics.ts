/** `/metrics`, for Prometheus. It says nothing of any deal or person, but how busy the bot is: restrict its access. */

import type { Express } from 'express';
import type { Metrics } from '../metrics.ts';

export const mountMetrics = (app: Express, { page }: Pick<Metrics, 'page'>): void => {
  app.get('/metrics', async (_req, res) => {
    const { type, text } = await page();
    res.setHeader('content-type', type);
    res.end(text);
  });
};
