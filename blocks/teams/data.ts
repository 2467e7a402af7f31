/** The data that our actions bring back from Teams, under one key. A client can change all of it: never trusted. */

import { z } from 'zod';

/** The key in `Action.Submit.data` and `Action.Execute.data`; no input of ours has this name. */
export const OURS = 'clearthread';

/** The form that an action belongs to. */
const held = z.object({
  /** Names the handler: `deal.open`. */
  name: z.string().min(1).max(100),
  context: z.string().max(3000),
  /** Names one showing of one form: another press is the same act. */
  showing: z.string().min(8).max(100),
  /** Names of the inputs that it showed. */
  inputs: z.array(z.string().min(1).max(255)).max(200),
  /** Those of them whose value is a list (`a,b`). */
  lists: z.array(z.string().min(1).max(255)).max(200),
});

export const ours = z.discriminatedUnion('do', [
  /** A button of a card. */
  z.object({ do: z.literal('click'), name: z.string().min(1).max(100), value: z.string().max(2000) }),
  /** A button inside a form; its inputs come along. */
  z.object({ do: z.literal('press'), name: z.string().min(1).max(100), value: z.string().max(2000), form: held }),
  z.object({ do: z.literal('submit'), form: held }),
  /** A card on which this person has something of their own is being shown to them. */
  z.object({ do: z.literal('look'), deal: z.string().min(1).max(100), key: z.string().min(1).max(300) }),
]);

export type Ours = z.infer<typeof ours>;
export type HeldForm = z.infer<typeof held>;
