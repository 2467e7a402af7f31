/** The sentences that only the Slack edge says to people. */

/** Shown in a form whose answer came after its submission had to be acknowledged. */
export const SAVED = 'Saved. You can close this window.';

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

export const FILE = 'Here is the file that you asked for.';
export const PICTURE_SENT = 'It stands in your direct messages with me, with a picture.';
export const FILE_SENT = 'The file is in your direct messages with me.';
export const fileNotMade = (trace: string): string =>
  `The file could not be made. Please try again; if that does not help, tell the people who run Clearthread this number: ${trace}`;
/** Most likely the scope `files:write` is missing: the app was made from an older manifest. */
export const FILE_NOT_TAKEN =
  'Slack did not take the file. The people who run Clearthread can paste the newest manifest and install the app again.';
