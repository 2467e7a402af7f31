/** What a deal heard of others, with what it hears now. */

import type { HeardGap, HeardOfProduct, HeardWritten, Others } from '../heard-shapes.ts';

const PARTS = ['sale', 'product', 'country', 'named', 'company'] as const;

const latestOfProduct = (
  was: HeardOfProduct | undefined,
  is: HeardOfProduct | undefined,
): HeardOfProduct | undefined => {
  if (!was || !is) return is ?? was;
  const latest: HeardOfProduct = {
    ...was,
    ...is,
    ...(was.at > is.at ? { deal: was.deal, by: was.by, at: was.at } : {}),
  };
  for (const part of PARTS) {
    const [before = '', now = ''] = [was[part], is[part]];
    if (before > now) latest[part] = before;
  }
  return latest;
};

export const withHeard = (known: Others | undefined, news: Others): Others => {
  const { ended = [], otherwise = [], kinds = [], worries = [] } = known ?? {};
  const heard = [...kinds, ...(news.kinds ?? [])];
  const worried = [...worries, ...(news.worries ?? [])];
  const isTold = news.written?.told ?? known?.written?.told;
  const [was, is] = [known?.written, news.written];
  const latest = was && is && was.at > is.at ? was : (is ?? was);
  const written = latest && { ...latest, ...(isTold ? { told: isTold } : {}) };
  const ofProduct = latestOfProduct(known?.ofProduct, news.ofProduct);
  const gaps = [...(known?.gaps ?? []), ...(news.gaps ?? [])];
  return {
    // Of one that was reopened, the graver end.
    ended: [...ended.filter((one) => !news.ended.some(({ deal }) => deal === one.deal)), ...news.ended],
    ...(news.more === undefined ? {} : { more: news.more }),
    otherwise: [...otherwise, ...news.otherwise],
    ...(heard.length > 0 ? { kinds: heard } : {}),
    ...(worried.length > 0 ? { worries: worried } : {}),
    ...(written ? { written } : {}),
    ...(ofProduct ? { ofProduct } : {}),
    ...(gaps.length > 0 ? { gaps } : {}),
  };
};

/** Tells whether that is later than what the deal knows of, or the first that somebody told. */
export const isWrittenSince = (known: Others | undefined, { at, told }: HeardWritten): boolean =>
  at > (known?.written?.at ?? '') || (told === true && !known?.written?.told);

/** The same of what was said of its product. */
export const isSaidOfProductSince = (
  { ofProduct: known }: Partial<Pick<Others, 'ofProduct'>> = {},
  said: HeardOfProduct,
): boolean => said.at > (known?.at ?? '') || PARTS.some((part) => (said[part] ?? '') > (known?.[part] ?? ''));

/** Tells whether the deal knows that, whoever says it and of whichever deal: it asks the question again once. */
export const isGapKnown = (known: Others | undefined, { question }: Pick<HeardGap, 'question'>): boolean =>
  known?.gaps?.some((one) => one.question === question) ?? false;

/** Tells whether something is said against the deal, and not only written elsewhere: whoever looks at it reads that. */
export const saysAgainst = ({ ended, more = 0, otherwise, kinds = [], worries = [] }: Others): boolean =>
  ended.length + more + otherwise.length + kinds.length + worries.length > 0;
