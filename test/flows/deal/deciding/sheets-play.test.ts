/**
 * A property of product sheets and country briefs: whatever the deal team does, in whatever order, no answer that a sheet of the
 * deal's product or country contradicts counts for it until compliance confirms that.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { decide } from '../../../../flows/deal/decide.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { replay } from '../../../../flows/deal/evolve.ts';
import { countedFacts } from '../../../../flows/deal/said/lighter.ts';
import { saidOnSheets } from '../../../../flows/deal/sheets/said.ts';
import { noDeal, type DealState } from '../../../../flows/deal/state.ts';
import { dealView, type DealView } from '../../../../flows/deal/view.ts';
import { isLighterThan } from '../../../../flows/policy/sheet-questions.ts';
import type { Sheet } from '../../../../flows/sheet.ts';
import { answerPicture, openPicture, pictureContext, weighed } from '../../../support/picture-deal.ts';
import { runs } from '../../../support/runs.ts';
import { sheetDealContext } from '../../../support/sheet-deals.ts';
import { COUNTRY, FINE, MILD, PRODUCT, sheetOrganisation, sheetPlay } from '../../../support/sheets.ts';
import { voteOf } from '../../../support/story.ts';

const SHEETS: readonly Sheet[] = sheetPlay()
  .save('product-1', PRODUCT, { ...MILD, P1: 'yes', P5: 'yes' })
  .save('counsel-1', COUNTRY, { ...FINE, 'H-RF2': 'yes', 'L-RF2': 'yes' })
  .all();
const OVER: readonly Sheet[] = SHEETS.map((sheet) => ({ ...sheet, until: '2027-02-20' }));

const contextOf = (sheets: readonly Sheet[]): DealContext =>
  sheetDealContext(sheets, {
    products: [...sheetOrganisation().products, { id: 'shield', name: 'Sample Shield', category: 'Weather' }],
    counselNotes: pictureContext().organisation.counselNotes,
  });

const PRODUCTS = [
  { id: 'analytics', name: 'Sample Analytics' },
  { id: 'shield', name: 'Sample Shield' },
  { id: 'other', name: 'Sample Analytics Pro' },
];
const SECTIONS = ['scope', 'product', 'end-user', 'laws', 'stakeholders', 'context'];

/** Made from the view of that moment; undefined: there is nothing of the kind to do. */
type Make = (view: DealView) => [actor: string, command: DealCommand];

const why = 'It was a mistake';
const answer =
  (section: string, actor: string, given: 'no' | 'unknown', reason: boolean): Make =>
  () => {
    const [, command] = answerPicture(section, given === 'no' ? {} : { P1: 'unknown', 'H-RF2': 'unknown' });
    return [actor, { ...command, ...(reason ? { why } : {}) } as DealCommand];
  };
const steps: fc.Arbitrary<Make> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(...SECTIONS)
      .chain((section) =>
        fc
          .tuple(
            fc.constantFrom('rep-1', 'product-1'),
            fc.constantFrom('no' as const, 'unknown' as const),
            fc.boolean(),
          )
          .map(([actor, given, reason]) => answer(section, actor, given, reason)),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...PRODUCTS), fc.constantFrom('NO', 'SE'))
      .map(([product, destination]): Make => ({ deal }) => [
        'rep-1',
        { type: 'CorrectDetails', details: { ...deal.details, product, destination }, reason: why },
      ]),
  },
  fc.constant<Make>(() => ['rep-1', { type: 'HandOverSection', section: 'product', to: 'product-1' }]),
  fc.constantFrom(...SECTIONS).map((section): Make => () => ['rep-1', { type: 'ConfirmSection', section }]),
  fc.constant<Make>(() => ['rep-1', { type: 'Withdraw', reason: 'They think about it' }]),
  fc.constant<Make>(() => ['rep-1', { type: 'Reopen', reason: 'They ask again' }]),
  fc.constant<Make>(() => ['rep-1', { type: 'ReportChange', what: 'service', why: 'A module for faces' }]),
  fc.constant<Make>(() => ['rep-1', { type: 'StartReassessment' }]),
  fc.constant<Make>(() => ['rep-1', { type: 'SendOn' }]),
  {
    weight: 3,
    arbitrary: fc.constant<Make>(({ lighterSaid }) => [
      'compliance-1',
      { type: 'RefuseLighter', asOf: lighterSaid?.at ?? '', reason: 'The sheet is right' },
    ]),
  },
  fc.constantFrom('compliance-1', 'compliance-2', 'senior-1', 'counsel-1').map((voter): Make => (view) => [
    voter,
    voteOf(view, weighed),
  ]),
);

describe('whatever the deal team does', () => {
  it('no milder answer than a sheet’s counts while compliance confirmed nothing', () => {
    const seen = { waiting: 0, decided: 0, worse: 0 };
    fc.assert(
      fc.property(
        fc.array(steps, { minLength: 8, maxLength: 40 }),
        fc.boolean(),
        fc.boolean(),
        (script, over, first) => {
          const context = contextOf(over ? OVER : SHEETS);
          let state: DealState = noDeal;
          let n = 0;
          const log: string[] = [];
          const at = (): string => new Date(Date.parse('2027-03-01T09:00:00.000Z') + n * 60_000).toISOString();
          const view = (): DealView => {
            if (state.status === 'none') throw new Error('no deal');
            return dealView(state, context.policy, context.organisation, at());
          };
          const run = (actor: string, command: DealCommand): void => {
            n += 1;
            const decided = decide(command, state, { actor, at: at(), id: `id${n}` }, context);
            if (decided.kind === 'accepted') state = replay(decided.events, state);
            const what =
              'section' in command
                ? command.section
                : 'details' in command
                  ? `${command.details.product.id} ${command.details.destination}`
                  : '';
            const came = decided.kind === 'accepted' ? decided.events.map((event) => event.type).join('+') : 'refused';
            log.push(`${actor} ${command.type} ${what}: ${came}`);
          };
          const [, open] = openPicture('government', first ? 'NO' : 'SE');
          if (typeof open === 'function' || open.type !== 'OpenDeal') throw new Error('no opening');
          run('rep-1', { ...open, details: { ...open.details, product: PRODUCTS[first ? 0 : 1]! } });
          // A deal that gets somewhere: all sections in order, then whatever comes.
          for (const section of SECTIONS) run(...answer(section, 'rep-1', 'no', n % 2 === 0)(view()));
          run('compliance-1', { type: 'SendOn' });
          run('compliance-1', voteOf(view(), weighed));
          for (const make of script) {
            const [actor, command] = make(view());
            run(actor, command);
            const now = view();
            const counted = countedFacts(now).answers;
            // What waits for compliance holds every approval, and the heavier of before and now counts until then.
            const isApproved = now.deal.status === 'decided' && now.deal.decision.outcome !== 'declined';
            for (const [id, { answer: said }] of saidOnSheets(now)) {
              const value = counted[id];
              if (value === undefined || (now.lighterSaid && !isApproved)) continue;
              if (isLighterThan(context.policy, id, said.value, value)) {
                throw new Error(
                  `${id}: ${String(value)} counts, and the sheet says ${String(said.value)}, after\n${log.join('\n')}`,
                );
              }
              seen.worse += 1;
            }
            seen.waiting += Number(now.lighterSaid !== undefined);
            seen.decided += Number(now.deal.status === 'decided');
          }
        },
      ),
      { numRuns: runs(50) },
    );
    // Plays in which nothing happened would prove nothing.
    expect(seen.worse).toBeGreaterThan(400);
    expect(seen.waiting).toBeGreaterThan(80);
    expect(seen.decided).toBeGreaterThan(20);
  });
});
