/** A chat's answers about people and channels, kept so that not every press asks again. */

const KEEP_MS = 5 * 60_000;
/** Somebody who was dismissed this morning must not go on pressing because the chat does not answer. */
const BELIEVE_MS = 15 * 60_000;
const MOST = 5000;

interface CacheOptions<Asked, Answer> {
  key: (asked: Asked) => string;
  clock: () => Date;
  /** How long an answer is used without asking again, in milliseconds. */
  keepMs?: number;
  /** How long the last answer is trusted while no new one can be had, in milliseconds. */
  believeMs?: number;
  /** Returns false for answers that must be asked again at once. */
  keep?: (answer: Answer) => boolean;
}

/** Remembers answers, for five minutes unless told otherwise. Throws the error of `ask` where no earlier answer can be used. */
export const cached = <Asked, Answer>(
  ask: (asked: Asked) => Promise<Answer>,
  { key, clock, keep = () => true, keepMs = KEEP_MS, believeMs = BELIEVE_MS }: CacheOptions<Asked, Answer>,
): ((asked: Asked) => Promise<Answer>) => {
  const kept = new Map<string, { answer: Answer; at: number }>();
  return async (asked) => {
    const name = key(asked);
    const found = kept.get(name);
    const now = clock().getTime();
    if (found && now - found.at < keepMs) return found.answer;
    try {
      const answer = await ask(asked);
      if (kept.size >= MOST) kept.clear();
      if (keep(answer)) kept.set(name, { answer, at: now });
      else kept.delete(name);
      return answer;
    } catch (error) {
      if (found && now - found.at < believeMs) return found.answer;
      throw error;
    }
  };
};
