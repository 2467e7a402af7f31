/** Failures of the connector on request: for tests, never over HTTP. */

import type { RequestHandler } from 'express';

export interface Trouble {
  /** How many of the next calls it affects. */
  times: number;
  answer: 429 | 412 | 500 | 502 | 504 | 'hang';
  /** The call takes effect all the same, and only its answer is lost. */
  done?: boolean | undefined;
  /** The pause of a 429. */
  retryAfterSeconds?: number | undefined;
  /** Only calls with this method; all where absent. */
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
}

const ERRORS = {
  429: { code: 'TooManyRequests', message: 'Too many requests.' },
  412: { code: 'PreconditionFailed', message: 'Precondition failed, please try again.' },
  500: { code: 'InternalServerError', message: 'An error has occurred.' },
  502: { code: 'ServiceError', message: 'Unknown error.' },
  504: { code: 'GatewayTimeout', message: 'The gateway timed out.' },
} as const;

export const createTrouble = (): { next: (trouble: Trouble) => void; handler: RequestHandler } => {
  let coming: Trouble[] = [];
  return {
    next: (trouble) => void coming.push({ ...trouble }),
    handler: (request, response, next) => {
      const trouble = coming.find((t) => t.method === undefined || t.method === request.method);
      if (!trouble) {
        next();
        return;
      }
      trouble.times -= 1;
      coming = coming.filter((t) => t.times > 0);
      const json = response.json.bind(response);
      const fail = (): typeof response => {
        // The caller's deadline must end it.
        if (trouble.answer === 'hang') return response;
        if (trouble.answer === 429) response.set('retry-after', String(trouble.retryAfterSeconds ?? 1));
        response.status(trouble.answer);
        return json({ error: ERRORS[trouble.answer] });
      };
      if (trouble.done !== true) {
        fail();
        return;
      }
      response.json = fail;
      next();
    },
  };
};
