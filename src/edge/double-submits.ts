/** Gives one answer to a form that is sent twice while the first press is in progress. */

export interface Pending<Outcome> {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  /** The turn of this showing: `latest` is the trace of the press that gets a late answer. */
  turn: { latest: string };
}

/** One showing of one form to one person, and the typed values. */
export interface Submission {
  showing: string;
  /** The same text for the same content. */
  content: string;
}

interface InHand<Outcome> {
  content: string;
  outcome: Promise<Outcome>;
  turn: { latest: string };
}

/**
 * Creates the guard. Another press while the first is in progress gets the first one's answer. Other content waits for
 * it and is then submitted: an edit is kept after what it changes.
 */
export const createDoubleSubmits = <Outcome>() => {
  /** The newest submission of each showing. */
  const inHand = new Map<string, InHand<Outcome>>();
  /** `sent` undefined: each act is its own. `decide` never rejects, and is told whether it had to wait for another. */
  return (
    sent: Submission | undefined,
    trace: string,
    decide: (waited: boolean) => Promise<Outcome>,
  ): Pending<Outcome> => {
    if (!sent) return { outcome: decide(false), turn: { latest: trace } };
    const { showing, content } = sent;
    const before = inHand.get(showing);
    const turn = before?.turn ?? { latest: trace };
    turn.latest = trace;
    if (before?.content === content) return before;
    const outcome = before ? before.outcome.then(() => decide(true)) : decide(false);
    const asked = { content, outcome, turn };
    inHand.set(showing, asked);
    void outcome.finally(() => {
      if (inHand.get(showing) === asked) inHand.delete(showing);
    });
    return asked;
  };
};
