/**
 * Reasons of holds that say nothing of who spoke (rule 8 of the design; item C10 of the Guidance): a hold may stem from a
 * report of misuse, and its reason is read by the deal team. The rule is the same for all holds, so that it points to none.
 */

/** What says that somebody complained or reported, in the languages of chats that we know of. */
const SPOKE =
  /(?<!\p{L})(?:complain|complaint|grievance|whistle[\s-]?blow|informant|tip[\s-]?off|denounc|hot[\s-]?line|ombuds|beschwerde|hinweisgeb|meldestelle|plainte|lanceu[rs]+e? d.alerte|denuncia|klokkenluid|case[\s-]?room)/u;

/** The number of a case in the case room. */
const CASE = /(?<![\p{L}\p{N}])c-[a-z0-9]{8,}/u;

/** Tells whether a text says that somebody spoke, or names a case. */
export const tellsOfReport = (text: string): boolean => {
  const plain = text.normalize('NFKC').toLowerCase();
  return SPOKE.test(plain) || CASE.test(plain);
};

export const TELLS_OF_REPORT =
  'This could show that somebody spoke to the company. Please say only what is looked at, such as “We check how it is used.”';
