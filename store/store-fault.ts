/** The one error that stores throw for their callers. */

/** A call to the store failed. `outcome: 'unknown'` means that the write may have happened all the same. */
export class StoreFault extends Error {
  readonly code: string;
  readonly outcome: 'not done' | 'unknown';
  constructor(code: string, outcome: 'not done' | 'unknown', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreFault';
    this.code = code;
    this.outcome = outcome;
  }
}

/** Of what one stream, or its policy, is: another try finds the same. */
const LASTING: ReadonlySet<string> = new Set(['damaged', 'erased', 'missing-policy']);

/** Tells whether the store failed in a way that another try may not meet. */
export const isPassing = (error: unknown): boolean => error instanceof StoreFault && !LASTING.has(error.code);
