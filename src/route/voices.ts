/** `/deal report`: answered before anybody is asked who they are, so that nothing of it is read, recorded or refused. */

import { voicesCard } from '../../blocks/cards/voices.ts';
import type { Organisation } from '../../flows/organisation.ts';
import type { Reply } from '../edge/interaction.ts';

/** The first word decides. What follows it is neither read nor repeated. */
const REPORTS = /^\s*(?:report|grievance|complaint|misuse)(?![-\p{L}\p{N}])/iu;

/** Returns the answer to whoever wants to report, whoever they are; undefined for all other words. */
export const onReportWords = (words: string, organisation: () => Organisation): Reply | undefined =>
  REPORTS.test(words) ? { kind: 'tell', card: voicesCard(organisation().voices) } : undefined;
