/** Whether compliance confirms that a deal is out of scope. House rule. */

import type { CompiledPolicy, EndUserKind } from './policy.ts';

/**
 * `able`: the product may gather or analyse data about people; so it does unless the catalogue marks it otherwise.
 * `contradicted`: something in the catalogue speaks against the answers.
 */
export const confirmsScope = (
  { confirmScope = 'never' }: Pick<CompiledPolicy, 'confirmScope'>,
  { endUser, able, contradicted }: { endUser: EndUserKind; able: boolean; contradicted: boolean },
): boolean => {
  switch (confirmScope) {
    case 'never':
      return false;
    case 'always':
      return true;
    case 'able':
      return endUser !== 'private' || able || contradicted;
    default: {
      const never: never = confirmScope;
      return never;
    }
  }
};
