/** What the catalogue and the product's sheet say against the answers of a deal. */

import { dayInWords } from '../../calendar.ts';
import { asksScope, catalogueAgainstAnswers, catalogueSaysOf, isAbility, productNamed } from '../../catalogue.ts';
import { sameProduct } from '../../organisation.ts';
import { saysAgainst } from '../../policy/sheet-questions.ts';
import { setApart } from '../../set-apart.ts';
import type { SheetDispute } from '../../sheet.ts';
import { productsEver } from '../formerly.ts';
import { productDisputes, saidOnSheets } from '../sheets/said.ts';
import type { DealView } from '../view.ts';

/** Tells whether the product may be able: so it is unless the organisation file says that it is not. */
export const mayBeAble = ({ deal, organisation }: DealView): boolean =>
  productNamed(organisation, deal.details.product)?.able !== false;

/** Returns what the catalogue says of a product that can gather or analyse data about people. Empty: nothing. */
export const catalogueSays = (view: DealView): string[] => catalogueSaysOf(view, view.deal.details.product);

/** Returns what of the catalogue contradicts these answers of the deal. */
export const catalogueAgainst = (view: DealView, answers: DealView['facts']['answers']): string[] =>
  catalogueAgainstAnswers(view, view.deal.details.product, answers);

/** The same of what the deal was of before: another name is no way around what the catalogue says. */
export const catalogueBefore = (view: DealView): string[] => {
  const { deal, facts } = view;
  const others = productsEver(deal).filter((product) => !sameProduct(product, deal.details.product));
  return others.flatMap((product) =>
    catalogueAgainstAnswers(view, product, facts.answers, `“${setApart(product.name)}”, which it was before,`),
  );
};

/** Returns what the product's sheet says it can do, where the answers say that it can do nothing of that kind. */
export const sheetAgainst = (view: DealView, answers: DealView['facts']['answers']): string[] => {
  const { policy } = view;
  const asked = policy.sections.flatMap(({ questions }) => questions.filter(isAbility));
  if (!asked.some((question) => asksScope(question) && answers[question.id] === 'no')) return [];
  const said = saidOnSheets(view);
  return asked.flatMap(({ id, text }) => {
    const answered = said.get(id);
    if (!answered || !saysAgainst(policy, id, answered.answer.value)) return [];
    const { note } = answered.answer;
    return [`The product sheet says otherwise: “${text}”${note === undefined ? '' : ` It says: “${setApart(note)}”`}`];
  });
};

/**
 * Says that colleagues hold something against the product's sheet: what it is, few may read. How many do, and the last day, are part of
 * it: a confirmation over one dispute is none over the next, also once the first is too old to count.
 */
export const sheetDisputed = (view: DealView): string[] => {
  const { open, left } = productDisputes(view);
  const times = (of: readonly SheetDispute[]): string => {
    const last = of.map(({ at }) => at.slice(0, 10)).reduce((a, b) => (a > b ? a : b));
    return `${of.length === 1 ? '' : ` ${of.length} times, last`} on ${dayInWords(last)}`;
  };
  return [
    ...(open.length > 0 ? [`The product sheet is disputed${times(open)}: somebody may know the product better.`] : []),
    ...(left.length > 0
      ? [`The product sheet was disputed${times(left)}, which is settled: somebody may know the product better.`]
      : []),
  ];
};

/** Returns what the catalogue and the product's sheet say against these answers. */
export const productAgainst = (view: DealView, answers: DealView['facts']['answers']): string[] => [
  ...catalogueAgainst(view, answers),
  ...sheetAgainst(view, answers),
];
