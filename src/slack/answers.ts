/** Turns a neutral reply into Slack's: an acknowledgement with or without a body, and calls to its Web API. */

import type { WebClient } from '@slack/web-api';
import { hasPicture, withoutPictures, type Card, type Form } from '../../blocks/card.ts';
import { clip, SLACK } from '../../blocks/limits.ts';
import { slackOption } from '../../blocks/slack/form.ts';
import { slackMessage, type People } from '../../blocks/slack/slack.ts';
import { plainLine } from '../../blocks/text.ts';
import type { GivenFile, Place, Reply } from '../edge/interaction.ts';
import { sayCard } from '../edge/words.ts';
import type { Logger } from '../log.ts';
import { slackCode } from './faults.ts';
import { placeOfAct } from './interactions.ts';
import type { SlackAct, SlackView } from './payloads.ts';
import { createPictures } from './pictures.ts';
import type { Respond } from './receiver.ts';
import { homeView, newShowing, shownView, viewContext } from './views.ts';
import { FILE, FILE_NOT_TAKEN, FILE_SENT, fileNotMade, NO_TRIGGER, PICTURE_SENT, SAVED, TOO_LATE } from './words.ts';

export interface AnswerOptions {
  /** For messages without a deadline. */
  client: WebClient;
  /** For calls within a trigger's life: 2 s, no retries, no queue behind other calls. */
  quick: WebClient;
  people: People;
  logger: Logger;
}

export interface Answers {
  /** Acknowledges, and carries out the reply. */
  reply(act: SlackAct, reply: Reply, respond: Respond, trace: string): Promise<void>;
  /** Acknowledges, and tells the person why nothing happened. Values typed in a form stay. */
  refuse(act: SlackAct, words: string, respond: Respond, trace: string): Promise<void>;
  /** Does what is still possible with a reply after the acknowledgement had to go out without it; never throws. */
  late(act: SlackAct, reply: Reply, trace: string): Promise<void>;
}

const ERROR_WORDS = 500;
/** Names the form that only shows an answer. */
const TOLD = 'desk.told';
/** The view has changed since: https://docs.slack.dev/surfaces/modals#handling_race_conditions */
const CHANGED = 'hash_conflict';

const inputNames = (view: SlackView): string[] =>
  view.blocks.flatMap((b) => (b.type === 'input' && b.block_id !== undefined ? [b.block_id] : []));

/** Moves errors to inputs: Slack drops an error whose block id is not in the view, so those go to the first input. */
const onInputs = (names: readonly string[], errors: Record<string, string>): Record<string, string> => {
  const placed = new Map<string, string>();
  for (const [name, words] of Object.entries(errors)) {
    const target = names.includes(name) ? name : names[0];
    if (target === undefined) continue;
    const before = placed.get(target);
    placed.set(target, clip(plainLine(before === undefined ? words : `${before} ${words}`), ERROR_WORDS));
  }
  return Object.fromEntries(placed);
};

const joined = (errors: Record<string, string>): string => Object.values(errors).join(' ');

/** A press that can still open something: its trigger lives for three seconds. */
type Pressed = Extract<SlackAct, { kind: 'press' | 'press at home' | 'press in view' }>;

const isPressed = (act: SlackAct): act is Pressed =>
  act.kind === 'press' || act.kind === 'press at home' || act.kind === 'press in view';

/** Tells whether whoever pressed would not see a message: it lands in a thread that may be closed, or behind a form or page. */
const needsSeeing = (act: SlackAct, refused: boolean): act is Pressed =>
  isPressed(act) && (refused || (act.kind === 'press' && act.onRoot));

/** A card as a form that only shows it. */
const shownForm = ({ blocks }: Card): Form => ({
  name: TOLD,
  title: 'Clearthread',
  close: 'Close',
  context: '',
  blocks: blocks.map((block) => (block.kind === 'title' ? { kind: 'heading', text: block.text } : block)),
});

const said = (view: SlackView, words: string): Form => ({
  name: view.callback_id,
  title: view.title?.text ?? 'Clearthread',
  close: 'Close',
  context: viewContext(view)?.context ?? '',
  blocks: [{ kind: 'text', text: words }],
});

export const createAnswers = ({ client, quick, people, logger }: AnswerOptions): Answers => {
  const pictures = createPictures(client, logger);

  /** Returns the channel of the person's own conversation with the bot. */
  const direct = async (user: string, card: Card): Promise<string> => {
    const { channel } = await client.conversations.open({ users: user });
    const id = channel?.id;
    if (id === undefined) throw new Error('Slack opened no conversation');
    await pictures.with(card, (taken) =>
      client.chat.postMessage({ channel: id, ...slackMessage(card, people, taken), unfurl_links: false }),
    );
    return id;
  };

  /** A picture is a file, and stands in the person's own conversation with the bot; never throws. */
  const giveCard = async (act: SlackAct, card: Card, trace: string): Promise<void> => {
    try {
      const channel = await direct(act.user, card);
      if (placeOfAct(act)?.channel !== channel) await say(act, sayCard(PICTURE_SENT), trace);
    } catch (error) {
      logger.warn('slack.card-not-taken', { trace, code: slackCode(error), error });
      await say(act, withoutPictures(card), trace);
    }
  };

  const sayAt = async (place: Place, user: string, card: Card): Promise<void> => {
    const thread = place.thread === undefined ? {} : { thread_ts: place.thread };
    const message = { channel: place.channel, ...thread, ...slackMessage(card, people) };
    if (place.direct) await client.chat.postMessage({ ...message, unfurl_links: false });
    else await client.chat.postEphemeral({ ...message, user });
  };

  /** Never throws: the page stays as it was, and is drawn again when it is opened again. */
  const publish = async (act: Extract<SlackAct, { kind: 'home' }>, card: Card, trace: string): Promise<void> => {
    try {
      await quick.views.publish({ user_id: act.user, view: homeView(card, people, placeOfAct(act)) });
    } catch (error) {
      logger.warn('slack.home-not-published', { trace, code: slackCode(error), error });
    }
  };

  /** Tells this person only; never throws. */
  const say = async (act: SlackAct, card: Card, trace: string): Promise<void> => {
    if (act.kind === 'home') return publish(act, card, trace);
    const place = placeOfAct(act);
    try {
      if (!place) return void (await direct(act.user, card));
      await sayAt(place, act.user, card).catch(async (error: unknown) => {
        // The bot or the person is not in that channel, or the thread is gone.
        logger.info('slack.say-elsewhere', { trace, code: slackCode(error) });
        await direct(act.user, card);
      });
    } catch (error) {
      logger.warn('slack.say-failed', { trace, code: slackCode(error), error });
    }
  };

  /** Gives a file in the person's own conversation with the bot; never throws. */
  const giveFile = async (act: SlackAct, { name, content }: GivenFile, trace: string): Promise<void> => {
    let file: Buffer;
    try {
      file = Buffer.from(await content());
    } catch (error) {
      logger.error('file.not-made', { trace, error });
      return say(act, sayCard(fileNotMade(trace)), trace);
    }
    try {
      const { channel } = await client.conversations.open({ users: act.user });
      if (channel?.id === undefined) throw new Error('Slack opened no conversation');
      await client.filesUploadV2({
        channel_id: channel.id,
        file,
        filename: name,
        initial_comment: FILE,
      });
      if (placeOfAct(act)?.channel !== channel.id) await say(act, sayCard(FILE_SENT), trace);
    } catch (error) {
      logger.warn('slack.file-not-taken', { trace, code: slackCode(error), error });
      await say(act, sayCard(FILE_NOT_TAKEN), trace);
    }
  };

  /** Opens a form, over the one that was pressed in. `instead`: what can be said as well, where its trigger has ended. */
  const open = async (
    act: SlackAct & { trigger: string },
    form: Form,
    respond: Respond,
    trace: string,
    instead?: Card,
  ) => {
    const shown = { trigger_id: act.trigger, view: shownView(form, people, placeOfAct(act), newShowing()) };
    // Together: the trigger and the acknowledgement both have three seconds.
    const [opened] = await Promise.allSettled([
      act.kind === 'press in view' ? quick.views.push(shown) : quick.views.open(shown),
      respond(),
    ]);
    if (opened.status === 'fulfilled') return;
    const code = slackCode(opened.reason);
    if (instead) {
      logger.info('slack.said-instead', { trace, code });
      return say(act, instead, trace);
    }
    logger.warn('slack.form-not-opened', { trace, code, form: form.name });
    // A view that Slack calls wrong is our fault, and pressing again does not mend it.
    if (code === 'invalid_arguments' || code.startsWith('invalid_block')) throw opened.reason;
    await say(act, sayCard(TOO_LATE), trace);
  };

  /** Returns the next view. `again`: the same form, grown or with its mistakes; else the next form in the same view. */
  const nextView = (before: SlackView, form: Form, again: boolean) => {
    const held = viewContext(before);
    const kept = again && form.name === before.callback_id ? held?.showing : undefined;
    return shownView(form, people, held?.place, kept ?? newShowing());
  };

  const update = async (act: SlackAct & { view: SlackView }, form: Form, respond: Respond, trace: string) => {
    const view = nextView(act.view, form, act.kind === 'change');
    await respond();
    const to = { view_id: act.view.id, view };
    try {
      await quick.views.update({ ...to, hash: act.view.hash });
    } catch (error) {
      const code = slackCode(error);
      if (code !== CHANGED) throw error;
      logger.info('slack.form-changed-meanwhile', { trace, form: form.name });
      // A newer change brings its own update. A button must respond, and its form is as new as the data it was built
      // from.
      if (act.kind === 'press in view') await quick.views.update(to);
    }
  };

  const showErrors = async (view: SlackView, errors: Record<string, string>, respond: Respond): Promise<void> => {
    const names = inputNames(view);
    if (names.length > 0) return respond({ response_action: 'errors', errors: onInputs(names, errors) });
    const form = said(view, joined(errors));
    await respond({ response_action: 'update', view: nextView(view, form, true) });
  };

  /** Updates the view. That works after a submission was acknowledged; only a trigger has no second chance. */
  const moveOn = async (view: SlackView, form: Form, again: boolean, trace: string): Promise<void> => {
    try {
      await quick.views.update({ view_id: view.id, view: nextView(view, form, again) });
    } catch (error) {
      // Most likely it was closed in the meantime. What was saved is in the thread.
      logger.info('slack.late-form-not-shown', { trace, code: slackCode(error), form: form.name, error });
    }
  };

  /** `refused`: nothing happened of what was asked. */
  const tell = async (act: SlackAct, card: Card, respond: Respond, trace: string, refused = false): Promise<void> => {
    if (hasPicture(card) && act.kind !== 'home' && act.kind !== 'suggest') {
      await respond();
      return giveCard(act, card, trace);
    }
    if (act.kind === 'command') {
      // In the acknowledgement itself: it needs no membership of the channel.
      return respond({ response_type: 'ephemeral', ...slackMessage(card, people) });
    }
    if (act.kind === 'suggest') return respond({ options: [] });
    if (needsSeeing(act, refused)) return open(act, shownForm(card), respond, trace, card);
    // An event without acknowledgement comes again: another process makes up for one that died before it answered.
    if (act.kind !== 'said' && act.kind !== 'home') await respond();
    await say(act, card, trace);
  };

  const showForm = async (
    act: SlackAct,
    { form, again = false }: Extract<Reply, { kind: 'form' }>,
    respond: Respond,
    trace: string,
  ): Promise<void> => {
    switch (act.kind) {
      case 'command':
      case 'shortcut':
      case 'press':
      case 'press at home':
        return open(act, form, respond, trace);
      case 'press in view':
      case 'change':
        return update(act, form, respond, trace);
      case 'submit':
        return respond({ response_action: 'update', view: nextView(act.view, form, again) });
      case 'said':
      case 'home':
        return tell(act, sayCard(NO_TRIGGER), respond, trace);
      case 'suggest':
        return respond({ options: [] });
      default: {
        const never: never = act;
        return never;
      }
    }
  };

  return {
    late: async (act, reply, trace) => {
      if (reply.kind === 'tell')
        return hasPicture(reply.card) ? giveCard(act, reply.card, trace) : say(act, reply.card, trace);
      if (reply.kind === 'file') return giveFile(act, reply.file, trace);
      if (act.kind !== 'submit') return;
      if (reply.kind === 'form') return moveOn(act.view, reply.form, reply.again ?? false, trace);
      if (reply.kind === 'done') return moveOn(act.view, said(act.view, SAVED), false, trace);
    },
    reply: async (act, reply, respond, trace) => {
      switch (reply.kind) {
        case 'done':
          return act.kind === 'suggest' ? respond({ options: [] }) : respond();
        case 'form':
          return showForm(act, reply, respond, trace);
        case 'errors':
          if (act.kind === 'submit') return showErrors(act.view, reply.errors, respond);
          return tell(act, sayCard(joined(reply.errors)), respond, trace, true);
        case 'tell':
          return tell(act, reply.card, respond, trace, reply.refused);
        case 'file':
          await respond();
          return giveFile(act, reply.file, trace);
        case 'options':
          if (act.kind !== 'suggest') return respond();
          return respond({ options: reply.options.slice(0, SLACK.options.menu).map(slackOption) });
        default: {
          const never: never = reply;
          return never;
        }
      }
    },
    refuse: async (act, words, respond, trace) => {
      if (act.kind !== 'submit') return tell(act, sayCard(words), respond, trace, true);
      await showErrors(act.view, { [inputNames(act.view)[0] ?? '']: words }, respond);
    },
  };
};
