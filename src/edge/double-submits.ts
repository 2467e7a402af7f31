/** Gives one answer to a form that is sent twice while the first press is in progress. */

export interface Pending<Outcome> {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  /** The turn of this showing: `latest` is the trace of the press that gets a late answer. */
  turn: { latest: string };
  /** Called when the person was answered without the outcome. */
  notTold(): void;
}

/** One showing of one form to one person, and the typed values. */
export interface Submission {
  showing: string;
  /** The same text for the same content. */
  content: string;
}

interface InHand<Outcome> extends Pending<Outcome> {
  content: string;
  untold: boolean;
  /** True once the outcome is there. */
  isOver: boolean;
}

/** A person who was told "it may be saved" presses again at once. Longer, and what it says may be over. */
const KEPT_MS = 10_000;

/**
 * Creates the guard. Another press while the first is in progress gets the first one's answer. Other content waits for
 * it and is then submitted: an edit is kept after what it changes. An answer that came too late is given to the next
 * press of the same: deciding again takes longer still, so that a slow store would never let anybody hear it.
 * `keeps` tells which answers.
 */
export const createDoubleSubmits = <Outcome>(keeps: (outcome: Outcome) => boolean) => {
  /** The newest submission of each showing. */
  const inHand = new Map<string, InHand<Outcome>>();

  const drop = (showing: string, asked: InHand<Outcome>): void => {
    if (inHand.get(showing) === asked) inHand.delete(showing);
  };

  const settled = (showing: string, asked: InHand<Outcome>, outcome: Outcome): void => {
    asked.isOver = true;
    if (asked.untold && keeps(outcome)) setTimeout(() => drop(showing, asked), KEPT_MS).unref();
    else drop(showing, asked);
  };

  /** `sent` undefined: each act is its own. `decide` never rejects, and is told whether it had to wait for another. */
  return (
    sent: Submission | undefined,
    trace: string,
    decide: (waited: boolean) => Promise<Outcome>,
  ): Pending<Outcome> => {
    if (!sent) return { outcome: decide(false), turn: { latest: trace }, notTold: () => {} };
    const { showing, content } = sent;
    const before = inHand.get(showing);
    const turn = before?.turn ?? { latest: trace };
    turn.latest = trace;
    if (before?.content === content) {
      if (before.isOver) drop(showing, before);
      return before;
    }
    const outcome = before ? before.outcome.then(() => decide(true)) : decide(false);
    const asked: InHand<Outcome> = {
      content,
      outcome,
      turn,
      untold: false,
      isOver: false,
      notTold: () => {
        asked.untold = true;
      },
    };
    inHand.set(showing, asked);
    void outcome.then((then) => settled(showing, asked, then));
    return asked;
  };
};
