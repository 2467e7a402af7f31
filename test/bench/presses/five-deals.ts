/**
 * Five typical deals, each in a company that has answered nothing before, and in one with a sheet of the product and a brief of the
 * country: how many answers are the deal team's own, and how often the rep
 * clicks after the opening: options that are chosen, buttons, forms that are sent.
 */

import type { EndUserKind, FactValue, QuestionId } from '../../../flows/policy/policy.ts';
import type { SheetOf } from '../../../flows/sheet.ts';
import { defaultPolicyFile, loadPolicy } from '../../../src/config/policy-file.ts';
import { atDesk } from '../../support/desk.ts';
import { FINE, givenAll, MILD } from '../../support/sheets.ts';
import { CHANNEL, company } from './company.ts';
import { createHands } from './hand.ts';
import type { Plan } from './market.ts';
import { createRep } from './rep.ts';

type Truth = Readonly<Record<QuestionId, FactValue>>;

interface Typical {
  called: string;
  product: string;
  country: string;
  kind: EndUserKind;
  intermediary?: boolean;
  /** What is not as good as can be, by who knows it. */
  ofProduct: Truth;
  ofCountry: Truth;
  ofDeal: Truth;
}

const TYPICAL: readonly Typical[] = [
  {
    called: 'network protection for an agency, all good',
    product: 'network-protection',
    country: 'AQ',
    kind: 'government',
    ofProduct: {},
    ofCountry: {},
    ofDeal: {},
  },
  {
    called: 'data analytics for a company close to a ministry',
    product: 'data-analytics',
    country: 'BV',
    kind: 'private',
    ofProduct: { P2: 'yes', P6: 'yes' },
    ofCountry: {},
    ofDeal: { G2: 'yes' },
  },
  {
    called: 'cameras for an agency, weak oversight there',
    product: 'camera-recorder',
    country: 'HM',
    kind: 'government',
    ofProduct: { P1: 'yes', P6: 'yes' },
    ofCountry: { 'H-RF5-oversight': 'yes', 'L-RF7': 'yes' },
    ofDeal: {},
  },
  {
    called: 'trackers for a state’s company, by a reseller',
    product: 'location-tracker',
    country: 'TF',
    kind: 'state-tied',
    intermediary: true,
    ofProduct: { P1: 'yes', P6: 'yes' },
    ofCountry: {},
    ofDeal: { S3: 'yes' },
  },
  {
    called: 'recognition of faces for police',
    product: 'facial-recognition',
    country: 'GS',
    kind: 'security',
    ofProduct: { P1: 'yes', P2: 'yes', P6: 'yes', 'P-RF1': 'yes' },
    ofCountry: { 'H-RF2': 'yes', 'L-RF7': 'yes' },
    ofDeal: { H4: 'yes' },
  },
];

export interface Asked {
  /** Answers that stand on no sheet and no brief. */
  own: number;
  /** Of a sheet or a brief, confirmed. */
  taken: number;
  /** Of the rep, after the opening. */
  clicks: number;
}

const REP = 'rep-1';

const asked = async (typical: Typical, once: boolean): Promise<Asked> => {
  const policy = loadPolicy(defaultPolicyFile).compiled;
  const organisation = company();
  const at = atDesk({ organisation, policy });
  try {
    await at.desk.registers.startAll();
    const { product, country, ofProduct, ofCountry, ofDeal } = typical;
    const save = async (by: string, on: SheetOf, answers: Truth): Promise<void> => {
      const command = { type: 'SaveSheet', on, from: 0, answers: givenAll(answers) } as const;
      const outcome = await at.desk.registers.sheets.handle(command, { actor: by, cause: on.of });
      if (outcome.kind === 'refused') throw new Error(outcome.refusal.text);
    };
    if (once) {
      const { name = product } = organisation.products.find(({ id }) => id === product) ?? {};
      await save('compliance-1', { of: 'product', product, name }, { ...MILD, ...ofProduct });
      await save('counsel-1', { of: 'country', country }, { ...FINE, ...ofCountry });
    }
    const clicks: number[] = [];
    const hands = createHands(at, { platform: 'slack', channel: CHANNEL }, (_person, _act, _words, choices) => {
      clicks.push(1 + choices);
    });
    const plan: Plan = {
      number: 1,
      rep: REP,
      product,
      country,
      kind: typical.kind,
      intermediary: typical.intermediary ?? false,
      licence: 'not-needed',
      truth: { ...ofProduct, ...ofCountry, ...ofDeal },
      asked: false,
      conditions: 0,
      renewedSoon: false,
    };
    const view = await at.deals.view(await createRep(policy).open(hands(REP), plan));
    if (view?.deal.status !== 'deciding') throw new Error(`${typical.called}: ${view?.deal.status}`);
    const answers = Object.values(view.deal.answers).flatMap((section) => Object.values(section));
    const taken = answers.filter(({ basis }) => basis?.sheet !== undefined).length;
    // The first two are the command, and the form that opens the deal.
    return { own: answers.length - taken, taken, clicks: clicks.slice(2).reduce((sum, count) => sum + count, 0) };
  } finally {
    await at.end();
  }
};

export interface Compared {
  called: string;
  before: Asked;
  after: Asked;
}

export const fiveDeals = async (): Promise<Compared[]> => {
  const all: Compared[] = [];
  for (const typical of TYPICAL)
    all.push({ called: typical.called, before: await asked(typical, false), after: await asked(typical, true) });
  return all;
};

const fewer = (before: number, after: number): string => `${Math.round((100 * (after - before)) / before)} %`;

export const fiveDealsReport = async (): Promise<string[]> => {
  const all = await fiveDeals();
  const sum = (of: (one: Compared) => number): number => all.reduce((total, one) => total + of(one), 0);
  const [before, after] = [sum((one) => one.before.own), sum((one) => one.after.own)];
  const [clicked, clicks] = [sum((one) => one.before.clicks), sum((one) => one.after.clicks)];
  return [
    '',
    'Five typical deals without anything answered before, then with a product sheet and a country brief in place',
    ...all.map(
      (one) =>
        `  ${one.called.padEnd(48)} own answers ${one.before.own} → ${one.after.own} (${one.after.taken} confirmed), clicks of the rep ${one.before.clicks} → ${one.after.clicks}`,
    ),
    `  all five: own answers ${fewer(before, after)} (aim: -50 %), clicks ${fewer(clicked, clicks)}`,
  ];
};
