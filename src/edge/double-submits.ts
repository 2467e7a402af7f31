/** One answer for a form that was sent twice while the first press is worked on. */

export interface Pending<Outcome> {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  /** Of this showing: `latest` is the trace of the press that gets the answer if it comes late. */
  turn: { latest: string };
}

/** One showing of one form to one person, and what was typed into it. */
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
 * Who presses again while the first press is worked on gets the answer of the first. Other content waits for it and is
 * then asked for itself: an edit is kept after what it changes.
 */
export const createDoubleSubmits = <Outcome>() => {
  /** The newest of each showing. */
  const inHand = new Map<string, InHand<Outcome>>();
  /** `sent` undefined: each act is its own. `decide` never rejects, and hears whether it had to wait for another. */
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
