/** Asks the server. The token that says who is signed in is held here alone, until the page is left. */

import { passkeyProblem } from '../../../signing/page/passkey.ts';
import type { Problem } from '../wire.ts';
import { say } from './view.ts';

/** Said by the server, for the person. */
export class Refused extends Error {
  override name = 'Refused';
  /** Something happened meanwhile. */
  readonly stale: boolean;
  constructor(words: string, stale: boolean) {
    super(words);
    this.stale = stale;
  }
}

let token: string | undefined;
let over = (_words: string): void => {};

export const signedInWith = (made: string): void => {
  token = made;
};

/** What happens once the server knows nobody here any more. */
export const whenOver = (then: (words: string) => void): void => {
  over = then;
};

const sent = (path: string, body: object): Promise<Response> =>
  fetch(`/api/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });

const refused = ({ problem }: Problem, status: number): Refused => {
  if (status === 401) over(problem);
  return new Refused(problem, status === 409);
};

/** Throws Refused with words for the person, and what the browser throws where it reaches no server. */
export const ask = async <Answer>(path: string, body: object = {}): Promise<Answer> => {
  const response = await sent(path, body);
  const answer = (await response.json()) as Answer | Problem;
  if (response.ok) return answer as Answer;
  throw refused(answer as Problem, response.status);
};

/** As `ask`, for what is no JSON. */
export const askBytes = async (path: string, body: object): Promise<ReadableStream<Uint8Array>> => {
  const response = await sent(path, body);
  if (!response.ok || !response.body) throw refused((await response.json()) as Problem, response.status);
  return response.body;
};

/** Runs what a press does, and says what stood in its way. */
export const trying = async (does: () => Promise<void>): Promise<void> => {
  try {
    await does();
  } catch (error) {
    const offline = 'The case room does not answer. Nothing is lost: please press again in a moment.';
    say(error instanceof Refused ? error.message : (passkeyProblem(error) ?? offline));
  }
};
