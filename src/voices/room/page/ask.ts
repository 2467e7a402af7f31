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

/** Throws Refused with words for the person, and what the browser throws where it reaches no server. */
export const ask = async <Answer>(path: string, body: object = {}): Promise<Answer> => {
  const response = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Answer | Problem;
  if (response.ok) return answer as Answer;
  const { problem } = answer as Problem;
  if (response.status === 401) over(problem);
  throw new Refused(problem, response.status === 409);
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
