/** What the catalogue says that a product can do to people, and the answers that deny it: of a deal, and of a product's sheet. */

import { OTHER_PRODUCT, type Organisation, type Product } from './organisation.ts';
import type { CompiledPolicy, FactValue, Question, QuestionId } from './policy/policy.ts';
import { catalogueNamed } from './product-names.ts';

/** The Guidance's own ids: whether the product can gather, analyse or keep data about people. A question names those it serves. */
const SCOPE_ABILITY = 'G1';
const ABILITIES: readonly string[] = ['P1', 'P2', 'P3', 'P5'];

const ANALYSES = 'P2';
const MAIN: readonly string[] = ['P1', ANALYSES];

type Serving = Pick<Question, 'sources'>;
export const asksScope = ({ sources }: Serving): boolean => sources.includes(SCOPE_ABILITY);
/** Tells whether a question asks what the product can do to people. */
export const isAbility = (question: Serving): boolean =>
  asksScope(question) || question.sources.some((id) => ABILITIES.includes(id));

/** Tells whether a question asks if it gathers or analyses such data itself: what an able product does. */
export const isMainAbility = ({ sources }: Serving): boolean => sources.some((id) => MAIN.includes(id));
const asksAnalysis = ({ sources }: Serving): boolean => sources.includes(ANALYSES);

interface Today {
  policy: Pick<CompiledPolicy, 'sections' | 'ableCategories'>;
  organisation: Pick<Organisation, 'products'>;
}
type Named = Pick<Product, 'id' | 'name'>;

/** Where its id is not in the catalogue any more, the one of its name. */
export const productNamed = (organisation: Today['organisation'], product: Named): Product | undefined => {
  const listed = organisation.products.find(({ id }) => id === product.id);
  return listed ?? (product.id === OTHER_PRODUCT ? undefined : catalogueNamed(organisation, product).same);
};

/**
 * Why a product counts as able until compliance confirms that it is not: the organisation file marks it so, or one that is
 * called much the same, or even that it analyses such data; nobody of the company ever said what it is; or it has a category of
 * such products, and is not marked at all. House rule.
 */
export type HeldAble = 'analyses' | 'marked' | 'unlisted' | 'category';

/** What is said to whoever denies it. */
export const SAID_OF_HELD: Readonly<Record<HeldAble, string>> = {
  analyses: 'The catalogue says that this product analyses data about people.',
  marked: 'The catalogue marks this product as able to gather or analyse data about people.',
  unlisted: 'This product is not in the catalogue, and counts as able to gather or analyse data about people.',
  category: 'In the catalogue this product is among those that can gather or analyse data about people.',
};
export const whyDenied = (held: HeldAble): string => `${SAID_OF_HELD[held]} Please say why it does not here.`;

export const heldAble = ({ policy, organisation }: Today, product: Named): HeldAble | undefined => {
  const listed = productNamed(organisation, product);
  const known = listed ? [listed] : catalogueNamed(organisation, product).alike;
  if (known.some(({ able }) => able === 'analyses')) return 'analyses';
  if (known.some(({ able }) => able === true)) return 'marked';
  if (!listed) return product.id === OTHER_PRODUCT ? 'unlisted' : undefined;
  return listed.able === undefined && policy.ableCategories?.includes(listed.category) ? 'category' : undefined;
};

/**
 * Returns the questions whose answers deny what the product is held to be: both P1 and P2 where each is “no”; P2 alone of one that
 * analyses, whatever it gathers.
 */
export const deniedOf = (
  { policy }: Pick<Today, 'policy'>,
  held: HeldAble,
  isNo: (id: QuestionId) => boolean,
): Question[] => {
  const main = policy.sections.flatMap(({ questions }) => questions.filter(isMainAbility));
  if (main.every(({ id }) => isNo(id))) return main;
  return held === 'analyses' ? main.filter((question) => asksAnalysis(question) && isNo(question.id)) : [];
};

/** Returns what the catalogue says of a product that can gather or analyse data about people. Empty: nothing. */
export const catalogueSaysOf = ({ policy, organisation }: Today, product: Named, it = 'this product'): string[] => {
  const listed = productNamed(organisation, product);
  if (listed) return saysOf(policy, listed, it);
  // One outside it that has the name of one, with a word more or less.
  return catalogueNamed(organisation, product).alike.flatMap((one) =>
    saysOf(policy, one, `“${one.name}”, which is called much the same,`),
  );
};

const saysOf = (policy: Today['policy'], { able, category }: Product, it: string): string[] => [
  ...(able === 'analyses' ? [`The catalogue says that ${it} analyses data about people.`] : []),
  ...(able === true ? [`The catalogue says that ${it} can gather or analyse data about people.`] : []),
  ...(policy.ableCategories?.includes(category) ? [`In the catalogue ${it} is in the category ${category}.`] : []),
];

/**
 * Returns what of the catalogue contradicts these answers: a "no" to G1; or, once P1 and P2 are answered and neither is
 * "yes", a "no" to any of P1, P2, P3 and P5. An able product gathers or analyses, so that a "yes" to P1 or P2 admits it;
 * that it could be used so (P3) or is a part of such a product (P5) says less, and "don't know" says nothing. Of one that is said to
 * analyse, a "no" to P2 alone.
 */
export const catalogueAgainstAnswers = (
  today: Today,
  product: Named,
  answers: Readonly<Record<QuestionId, FactValue | undefined>>,
  it?: string,
): string[] => {
  const questions = today.policy.sections.flatMap((section) => section.questions.filter(isAbility));
  const main = questions.filter(isMainAbility).map(({ id }) => answers[id]);
  const settled = main.every((value) => value !== undefined && value !== 'yes');
  const denied = questions.some((q) => answers[q.id] === 'no' && (asksScope(q) || settled));
  const held = heldAble(today, product);
  const against = denied || (held && deniedOf(today, held, (id) => answers[id] === 'no').length > 0);
  return against ? catalogueSaysOf(today, product, it) : [];
};
