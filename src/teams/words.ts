/** The sentences that only the Teams edge says to people. */

export const SAVED = 'Saved.';
export const DONE = 'Done.';
/** Shown over a form that grew when it was submitted. */
export const MORE_QUESTIONS = 'A few more questions follow from what you chose. Nothing is saved yet.';

/** Teams does not identify the person. Nothing was done. */
export const notChecked = (trace: string): string =>
  `Teams did not say just now who you are, so nothing was done. Please try again. (ref ${trace})`;

export const notKnown = (account: string | undefined, helper: string): string =>
  account === undefined
    ? `Clearthread does not know you. Please sign in to Teams with your work account, or ask ${helper}.`
    : `Clearthread does not know you yet. Ask ${helper} to add your Teams id ${account} to the organisation file.`;
export const ambiguous = (helper: string): string =>
  `Your Teams account could belong to two people in the organisation file, so Clearthread cannot act for you. Ask ${helper} to set it right.`;
export const GUEST = 'Guest accounts cannot work on deals. Please ask a full member of this organisation.';
export const LEFT = 'Your account is not a member here any more, so it cannot work on deals.';
export const FOREIGN = 'Clearthread works only for members of its own organisation.';
export const SHARED =
  'People of other organisations can be in this channel, so Clearthread does not work here. Please use the clearance channel.';

export const NO_FORM =
  'Teams opens a form only after a button. Please use the buttons on the cards, or say “new deal”.';
/** Said where it was asked. */
export const ANSWERED = 'I answered you in our chat.';
/** The reason for the failure is not always known. */
export const PRIVATE_FAILED =
  'I answer this in private, and that did not get through. Please ask again. If Clearthread is not in your own Teams yet, add it first (Apps, Clearthread, Add).';
export const NOT_BOTH_THERE =
  'Clearthread is not in that channel, or you are not. Please choose another, or see that both are added there first.';
/** A message action in a chat to which nobody added the bot. */
export const NOT_HERE = 'Clearthread is not in this chat. Please add it here first, or use the clearance channel.';
