/** Request and response of `POST /playground/clock`. */

export interface Travel {
  /** ISO 8601 instant, later than the playground's clock. */
  to: string;
}

export interface Travelled {
  /** The time in the playground, ISO 8601. */
  now: string;
  /** Why nobody travelled, in words for the person who asked. */
  error?: string | undefined;
}
