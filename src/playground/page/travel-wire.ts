/** What `POST /playground/clock` takes and answers. */
export interface Travel {
  /** ISO 8601 instant, later than the playground's clock. */
  to: string;
}

export interface Travelled {
  /** What time it is in the playground, ISO 8601. */
  now: string;
  /** Why nobody travelled, in words for the person who asked. */
  error?: string | undefined;
}
