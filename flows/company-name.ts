/** What people call a company, where its whole name has more. House rule. */

import { endUserKeys, lookWords } from './end-user.ts';
import { COMPANY_WORDS } from './name-words.ts';

const FORMS: ReadonlySet<string> = new Set(lookWords(COMPANY_WORDS));
const IN_BRACKETS = /\s*[(（[][^)）\]]*[)）\]]/gu;

/** Returns a name without what stands in brackets, and without its legal form at the end. Whole where nothing else is left. */
export const shortCompany = (name: string): string => {
  const words = name.replace(IN_BRACKETS, '').trim().split(/\s+/u);
  const last = words.findLastIndex((word) => lookWords(word).some((one) => !FORMS.has(one)));
  return last < 0 ? name : words.slice(0, last + 1).join(' ');
};

/** As `endUserKeys`, of the name and of what people call the company: two are one where they share one. */
export const companyKeys = (name: string): string[] => [
  ...new Set([...endUserKeys(name), ...endUserKeys(shortCompany(name))].filter((key) => key !== '')),
];
