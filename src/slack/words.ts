/** What the Slack edge itself says to people. Everything else comes from the cards and forms. */
import type { Card } from '../../blocks/card.ts';

export const sayCard = (text: string): Card => ({ blocks: [{ kind: 'text', text }] });

/** The outcome of a submitted form is not known in time. */
export const MAYBE_SAVED = "It may be saved. Press again; it can't count twice.";
/** The outcome of a button or of words is not known: each press is an act of its own. */
export const MAYBE_DONE = 'This may have worked. Please look at the thread before you try again.';
/** What was asked for did not come in time, most likely a form; its trigger is gone. */
export const TOO_SLOW = 'This took too long. Please press again.';
export const TOO_SLOW_WORDS = 'This took too long. Please try again.';
/** Stands in a form whose answer came after its submission had to be acknowledged. */
export const SAVED = 'Saved. You can close this window.';

export const somethingWrong = (trace: string): string =>
  `Something went wrong on our side. Nothing you typed is lost if you press again. (ref ${trace})`;

export const notKnown = (user: string, helper: string): string =>
  `Clearthread does not know you yet. Ask ${helper} to add your Slack id ${user} to the organisation file.`;

export const personNotKnown = (user: string, helper: string): string =>
  `Clearthread does not know this person yet. Choose somebody else, or ask ${helper} to add Slack id ${user} to the organisation file.`;

export const GUEST = 'Guest accounts cannot work on deals. Please ask a full member of this workspace.';
export const DEACTIVATED = 'This account is deactivated, so it cannot work on deals.';
export const FOREIGN = 'Clearthread works only for members of its own workspace.';
export const SHARED =
  'This channel is shared with another organisation, so Clearthread does not work here. Please use the clearance channel.';

export const NOT_A_MEMBER = "I'm not in this channel yet. Invite me first: /invite @Clearthread";

export const TOO_LATE = 'Slack did not open the form in time. Please press again.';
export const NO_TRIGGER =
  'Slack opens a form only after a button or a command. Please use the buttons in the thread, or type the command.';
