/** What `policy check` finds. */

export interface PolicyProblem {
  /** An error keeps the policy from being used; a warning doesn't. */
  severity: 'error' | 'warning';
  /** Where in the document: `['flags', 3, 'weight']`. */
  path: readonly (string | number)[];
  /** The problem and its remedy. */
  message: string;
}

export type PolicyWarning = PolicyProblem & { severity: 'warning' };
