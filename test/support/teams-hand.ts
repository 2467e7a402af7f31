/** A person in the playground's Teams without a browser: says, presses, fills in and reads what Teams would show. */

import { randomUUID } from 'node:crypto';
import type {
  CardJson,
  Pressed,
  ShownActivity,
  ShownDialog,
  TeamsDone,
  TeamsPerson,
  TeamsStart,
} from '../../src/playground/page/teams/wire.ts';
import { MORE_QUESTIONS } from '../../src/teams/words.ts';
import {
  buttonsOf,
  errorsIn,
  inputsOf,
  readCard,
  submitOf,
  isCalled,
  nthOf,
  type CardButton,
  type CardInput,
} from './adaptive-reading.ts';
import { REDRAWN, type Hand, type Said, type Told } from './chat-hand.ts';

export const TEAMS_CLEARANCE = '19:dealclearance@thread.tacv2';
const NEW_DEAL = '@Clearthread new deal';
const TIMEOUT_MS = 15_000;
const VIEW_MS = 4000;
const MOST_GROWTHS = 6;

/** Place of a form: in a dialog, or in place of a card. */
interface View {
  on: Pressed['on'];
  title: string;
  card: CardJson;
}

export interface TeamsHand extends Hand {
  /** The chat between this person and the bot. */
  personalChat(): Promise<string>;
  messagesIn(conversation: string): Promise<Said[]>;
  sayIn(conversation: string, text: string): Promise<Told>;
  /** Waits until a message of that conversation holds the words. */
  readsIn(conversation: string, words: string | RegExp): Promise<Said>;
  /** The message as this person sees it: its card, or their own in its place. */
  sees(message: string): Promise<CardJson | undefined>;
  /** Uses "Start a clearance from this message". */
  messageAction(message: string): Promise<Told>;
}

const holds = (text: string, words: string | RegExp): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

const choiceIn = (input: CardInput, text: string): string => {
  const choices = input.choices ?? [];
  const found =
    choices.find(({ title }) => title === text) ??
    choices.find(({ title }) => title.startsWith(text)) ??
    choices.find(({ title }) => title.toLowerCase().includes(text.toLowerCase()));
  if (!found) throw new Error(`no option ${text} in: ${choices.map(({ title }) => title).join(' | ')}`);
  return found.value;
};

const inputWith = (card: CardJson, label: string | RegExp): CardInput | undefined =>
  inputsOf(card).find((input) => holds(input.label, label));

export const createTeamsHand = (base: string, user: string): TeamsHand => {
  const tab = randomUUID();
  /** The form in a card's place that this person is filling in, as it was drawn last. */
  let at: View | undefined;
  /** The thread that they work in. */
  let workingIn: string | undefined;
  /** Values entered in the open form, by the input's id; a redrawn form has its own values. */
  let entered: { card: string; values: Record<string, string> } = { card: '', values: {} };

  const get = async <T>(path: string, query: Record<string, string> = {}): Promise<T> => {
    const asked = new URLSearchParams({ user, tab, ...query }).toString();
    return (await (await fetch(`${base}/playground/teams/ui/${path}?${asked}`)).json()) as T;
  };
  const post = async (path: string, body: object): Promise<TeamsDone> => {
    const response = await fetch(`${base}/playground/teams/ui/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ user, tab, ...body }),
    });
    return (await response.json()) as TeamsDone;
  };
  const until = async <T>(what: string, find: () => Promise<T | undefined>, ms = TIMEOUT_MS): Promise<T> => {
    const end = Date.now() + ms;
    for (;;) {
      const found = await find();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };

  const activities = (conversation: string, thread?: string): Promise<ShownActivity[]> =>
    get('messages', { conversation, ...(thread === undefined ? {} : { thread }) });
  const textOf = ({ text, card }: ShownActivity): string => `${text} ${readCard(card)}`;
  const saidOf = (activity: ShownActivity): Said => ({ ts: activity.id, text: textOf(activity) });
  /** Their own card, or the one that everybody sees. */
  const seen = async ({ conversation, id, card }: ShownActivity): Promise<CardJson | undefined> => {
    if (card?.['refresh'] === undefined) return card;
    return (await get<{ card?: CardJson }>('personal', { conversation, activity: id })).card ?? card;
  };
  const readsIn = (conversation: string, words: string | RegExp, thread?: string): Promise<Said> =>
    until(`a message with ${String(words)}`, async () => {
      const found = (await activities(conversation, thread)).findLast((a) => holds(textOf(a), words));
      return found && saidOf(found);
    });

  const openView = async (): Promise<View | undefined> => {
    const dialog = await get<ShownDialog | null>('dialog');
    if (dialog) return { on: { kind: 'dialog', dialog: dialog.id }, title: dialog.title, card: dialog.card };
    return at && submitOf(at.card) ? at : undefined;
  };

  /** The next card down the thread that waits for this person, as they would look for it. */
  const goOn = async (): Promise<View | undefined> => {
    if (workingIn === undefined) return undefined;
    const people = await get<TeamsPerson[]>('people');
    const me = people.find(({ id }) => id === user)?.name ?? user;
    for (const activity of await activities(TEAMS_CLEARANCE, workingIn)) {
      const card = await seen(activity);
      if (!card) continue;
      const on = { kind: 'activity' as const, conversation: activity.conversation, activity: activity.id };
      if (submitOf(card)) {
        at = { on, title: '', card };
        return at;
      }
      const answers = buttonsOf(card).filter(({ title }) => title === 'Answer');
      const answer = answers[nthOf(readCard(card), me)];
      if (!answer || !readCard(card).includes(`${me} has it`)) continue;
      await act({ on, title: '', card }, answer);
      return openView();
    }
    return undefined;
  };
  const view = (): Promise<View> => until('a form', async () => (await openView()) ?? (await goOn()));

  const typedIn = ({ card }: View): Record<string, string> => {
    const key = JSON.stringify(card);
    if (entered.card !== key) entered = { card: key, values: {} };
    return entered.values;
  };
  const valuesOf = (shown: View): Record<string, string> => {
    const given = inputsOf(shown.card).map(({ id, value }) => [id, typedIn(shown)[id] ?? value ?? '']);
    return Object.fromEntries(given.filter(([, value]) => value !== ''));
  };

  /** Presses, with the card's inputs merged in as Teams does. */
  const act = async (shown: View, { type, verb, data }: CardButton): Promise<TeamsDone> => {
    if (type === 'Action.OpenUrl') throw new Error('a link is no action');
    hand.clicks += 1;
    const merged = { ...data, ...valuesOf(shown) };
    const done = await post('act', {
      on: shown.on,
      action: { type, ...(verb === undefined ? {} : { verb }), data: merged },
    });
    if (done.card) at = { ...shown, card: done.card };
    return done;
  };
  const told = ({ error, card, dialog }: TeamsDone): Told => {
    const errors = errorsIn(card ?? dialog?.card);
    return {
      ...(error === undefined ? {} : { error }),
      ...(errors.length === 0 ? {} : { errors: { form: errors.join(' / ') } }),
    };
  };
  const pressIn = async (shown: View, title: string): Promise<TeamsDone> => {
    const found = buttonsOf(shown.card).find((button) => button.title === title);
    if (!found) throw new Error(`no button ${title} in ${shown.title} ${readCard(shown.card)}`);
    return act(shown, found);
  };
  const submitOnce = async (): Promise<TeamsDone> => {
    const shown = await view();
    return pressIn(shown, submitOf(shown.card)?.title ?? 'Save');
  };

  const inputIn = async (label: string | RegExp): Promise<{ shown: View; input: CardInput }> => {
    const shown = await view();
    const input = inputWith(shown.card, label);
    if (input) return { shown, input };
    // A form in Teams grows when it is sent.
    await submitOnce();
    const grown = await view();
    const there = inputWith(grown.card, label);
    if (there) return { shown: grown, input: there };
    const labels = inputsOf(grown.card).map((i) => i.label);
    throw new Error(`no input ${String(label)} in ${grown.title} ${readCard(grown.card)}: ${labels.join(' | ')}`);
  };

  const hand: TeamsHand = {
    user,
    clicks: 0,
    sayIn: async (conversation, text) => told(await post('say', { conversation, text })),
    say: async (text, thread) =>
      told(await post('say', { conversation: TEAMS_CLEARANCE, text, ...(thread === undefined ? {} : { thread }) })),
    newDeal: async () => {
      const said = await hand.say(NEW_DEAL);
      if (said.error !== undefined) return said;
      const mine = (await activities(TEAMS_CLEARANCE)).findLast((a) => a.author.id === user && a.text === NEW_DEAL);
      return hand.press('New deal', { thread: mine?.id });
    },
    messages: async (thread) => (await activities(TEAMS_CLEARANCE, thread)).map(saidOf),
    reads: (words, thread) => readsIn(TEAMS_CLEARANCE, words, thread),
    direct: async () => hand.messagesIn(await hand.personalChat()),
    readsDirect: async (words) => readsIn(await hand.personalChat(), words),
    pressDirect: async (label, within) => hand.press(label, { channel: await hand.personalChat(), in: within }),
    messagesIn: async (conversation) => (await activities(conversation)).map(saidOf),
    readsIn,
    personalChat: async () => {
      const { conversations } = await get<TeamsStart>('start');
      return conversations.find(({ kind }) => kind === 'personal')?.id ?? '';
    },
    sees: async (message) => {
      const all = await Promise.all([activities(TEAMS_CLEARANCE), activities(TEAMS_CLEARANCE, message)]);
      const found = all.flat().find(({ id }) => id === message);
      return found && seen(found);
    },
    messageAction: async (activity) => told(await post('message-action', { conversation: TEAMS_CLEARANCE, activity })),
    press: async (label, { thread, in: within, channel = TEAMS_CLEARANCE } = {}) => {
      const found = await until(`a button ${label}`, async () => {
        for (const activity of (await activities(channel, thread)).toReversed()) {
          const card = await seen(activity);
          if (!card || (within !== undefined && !holds(`${textOf(activity)} ${readCard(card)}`, within))) continue;
          const on = { kind: 'activity' as const, conversation: channel, activity: activity.id };
          const shown = { on, title: '', card };
          const button = buttonsOf(card).find((one) => isCalled(one, label));
          if (button) return { shown, button };
          // The form behind the button is shown already, for this person.
          const isIt = within !== undefined || readCard(card).startsWith(label);
          if (submitOf(card) && isIt) return { shown, button: undefined };
        }
        return undefined;
      });
      workingIn = thread;
      at = found.button ? undefined : found.shown;
      if (!found.button) return {};
      const done = await act(found.shown, found.button);
      if (done.error !== REDRAWN) return told(done);
      // The card was redrawn during the press: look again, as a person does. It counts once, however busy the machine.
      hand.clicks -= 1;
      return hand.press(label, { thread, in: within, channel });
    },
    hasView: () =>
      until('a form', openView, VIEW_MS).then(
        () => true,
        () => false,
      ),
    noView: async () => {
      await until('no form', async () => ((await openView()) === undefined ? true : undefined));
    },
    unanswered: async () => {
      const shown = await view();
      const values = valuesOf(shown);
      return inputsOf(shown.card)
        .filter(({ id, choices, label }) => choices && !label.endsWith('(optional)') && values[id] === undefined)
        .map(({ label }) => label);
    },
    options: async (label) => ((await inputIn(label)).input.choices ?? []).map(({ title }) => title),
    fill: async (label, value) => {
      const { shown, input } = await inputIn(label);
      hand.clicks += input.choices ? 1 : 0;
      const texts = Array.isArray(value) ? value : [value];
      typedIn(shown)[input.id] = input.choices ? texts.map((t) => choiceIn(input, t)).join(',') : texts.join();
    },
    pressInView: async (label) => told(await pressIn(await view(), label)),
    submit: async () => {
      for (let n = 0; n < MOST_GROWTHS; n += 1) {
        const done = await submitOnce();
        const grew = readCard(done.card ?? done.dialog?.card).includes(MORE_QUESTIONS);
        // Prefilled values are sent once more.
        if (!grew || (await hand.unanswered()).length > 0) return told(done);
      }
      throw new Error('the form grows without an end');
    },
    words: async () => {
      const { title, card } = await view();
      return `${title} ${readCard(card)}`;
    },
    closeView: async () => {
      await post('close-dialog', {});
      at = undefined;
    },
    look: async () => {},
  };
  return hand;
};
