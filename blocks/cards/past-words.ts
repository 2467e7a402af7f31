/** What officers said of a deal's product or country, and others went over since, for whoever judges the deal. */

import { refusedOnSheets } from '../../flows/deal/sheets/said.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Text } from '../card.ts';
import { refusedText } from './sheet-words.ts';

/** Why lighter answers of the sheets were not confirmed. */
export const pastItems = (view: DealView): Text[] => refusedOnSheets(view).map((one) => refusedText(view.policy, one));
