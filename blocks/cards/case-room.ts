/** What handlers of reports, and the chief, are told without a case and with one: always the same words, and no link. */

import type { CaseRoomFact } from '../../flows/registers/case-room.ts';
import type { Card } from '../card.ts';

const WORDS: Record<CaseRoomFact['fact'], string> = {
  look: 'Please look at the case room.',
  'ask whether they look': 'Please ask the handlers of the case room whether one of them looks at it this week.',
};

export const caseRoomCard = ({ fact }: CaseRoomFact): Card => ({ blocks: [{ kind: 'text', text: WORDS[fact] }] });
