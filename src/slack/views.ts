/** A view's `private_metadata`, which Slack returns with everything that happens in it. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Card, Form } from '../../blocks/card.ts';
import { CardFault, SLACK } from '../../blocks/limits.ts';
import type { HomeView, ModalView } from '../../blocks/slack/block-kit.ts';
import { slackHome, slackView, type People } from '../../blocks/slack/slack.ts';
import type { Place } from '../edge/interaction.ts';
import type { SlackView } from './payloads.ts';

const id = z.string().max(255);
const metadata = z.object({
  context: z.string(),
  place: z.object({ channel: id, thread: id.optional(), direct: z.boolean().optional() }).optional(),
  showing: id.optional(),
});

export interface Held {
  /** The form's own. */
  context: string;
  /** Where the first form of this view was asked for. */
  place: Place | undefined;
  /**
   * Names one showing of one form. A form that is drawn again while somebody fills it in keeps it; the next form, or
   * the same one opened once more, has a new one. Absent in a view that none of our forms was put into.
   */
  showing: string | undefined;
}

export const newShowing = (): string => randomUUID();

/** A payload's view is parsed several times on its way. */
const known = new WeakMap<SlackView, { held: Held | undefined }>();

/** Reads what `shownView` put in; undefined for a view that is none of ours. */
export const viewContext = (view: SlackView): Held | undefined => {
  const found = known.get(view) ?? { held: readContext(view) };
  known.set(view, found);
  return found.held;
};

const readContext = (view: SlackView): Held | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(view.private_metadata);
  } catch {
    return undefined;
  }
  const parsed = metadata.safeParse(json);
  if (!parsed.success) return undefined;
  const { context, place, showing } = parsed.data;
  return { context, place: place && { platform: 'slack', ...place }, showing };
};

/** Draws a form with its metadata. Throws CardFault for a form that its builder made impossible. */
export const shownView = (form: Form, people: People, place: Place | undefined, showing: string): ModalView => {
  const private_metadata = JSON.stringify({ context: form.context, place, showing });
  if (private_metadata.length > SLACK.view.privateMetadata) {
    throw new CardFault('context-too-long', `The context of the form ${form.name} is longer than Slack keeps.`);
  }
  return { ...slackView(form, people, place), private_metadata };
};

/** Draws a person's page. `place`: their conversation with the bot, which its buttons act in. */
export const homeView = (card: Card, people: People, place: Place | undefined): HomeView => ({
  ...slackHome(card, people),
  private_metadata: JSON.stringify({ context: '', place }),
});

/**
 * Names a submission. One showing of a form is submitted once, however often its button is pressed: a reactive input
 * redraws the view and so changes its hash, and an earlier press may be saved already. Without a showing the hash is
 * used.
 */
export const submitCause = (view: SlackView): string => `view:${view.id}:${viewContext(view)?.showing ?? view.hash}`;
