/** Answers of `GET /playground/year` and `POST /playground/year`. */

export interface SampleYear {
  /** The year before the playground's own. */
  year: number;
  state: 'none' | 'adding' | 'there' | 'failed';
  done: number;
  /** Of so many deals. */
  all: number;
  /** Why there is none, in words for the person who asked. */
  error?: string | undefined;
}
