/** What somebody of the deal team says of the parties, and whoever sells the deal says otherwise. */

import type { DealDetails } from '../../flows/deal/deal.ts';
import { TOKEN, inMiddle, givesAll, handsOver, movesOn, type Play } from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';
import { MILD, SHEET_SOURCE } from './sheets.ts';

const by = 'product-1';

const replaced =
  (change: (now: DealDetails) => DealDetails) =>
  async (play: Play): Promise<void> => {
    await play.gives('rep-1', 'scope');
    await handsOver(play, 'scope');
    const before = (await play.view()).deal.details;
    await play.corrects(by, change, 'I saw the order.');
    await play.corrects('rep-1', () => before, 'It was a slip.');
    await movesOn(play);
  };

const HILL = `Bright Hill ${TOKEN}`;

const disputed = async (play: Play): Promise<void> => {
  const on = (await play.view()).deal.details.product;
  const answers = Object.fromEntries(
    Object.entries(MILD).map(([question, value]) => [question, { value, sources: [SHEET_SOURCE] }]),
  );
  const of = { of: 'product' as const, product: on.id, name: on.name };
  await play.register(
    ({ sheets }, ask) => sheets.handle({ type: 'SaveSheet', on: of, from: 0, answers }, ask),
    'compliance-2',
  );
  const sheet = `product:${on.id}`;
  await play.register(
    ({ sheets }, ask) => sheets.handle({ type: 'DisputeSheet', sheet, questions: ['P1'], reason: inMiddle(900) }, ask),
    'senior-2',
  );
  await givesAll(play);
};

export const OF_DETAILS: Readonly<Record<string, Row>> = {
  'kind, replaced': {
    by,
    or: /security/i,
    says: replaced((now) => ({ ...now, endUser: { ...now.endUser, kind: 'security' } })),
  },
  'destination, replaced': { by, or: /Sweden/, says: replaced((now) => ({ ...now, destination: 'SE' })) },
  'product, replaced': { by, says: replaced((now) => ({ ...now, product: { id: 'other', name: `Gauge ${TOKEN}` } })) },
  'customer, replaced': { by, says: replaced((now) => ({ ...now, customer: HILL })) },
  'end-user, replaced': { by, says: replaced((now) => ({ ...now, endUser: { ...now.endUser, name: HILL } })) },
  'between, replaced': {
    by,
    says: replaced((now) => ({ ...now, intermediaries: [...now.intermediaries, { name: HILL, role: 'reseller' }] })),
  },
  'sheet disputed': { by: 'senior-2', says: disputed },
};
