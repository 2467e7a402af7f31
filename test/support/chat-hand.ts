/** A person at the playground without a browser: says, presses, fills in and reads what Slack would show. */

import { randomUUID } from 'node:crypto';
import { initialEntry } from '../../src/playground/page/entries.ts';
import type {
  Block,
  Done,
  Element,
  Entered,
  Entries,
  ShownMessage,
  ShownView,
  Start,
} from '../../src/playground/page/wire.ts';

export const CLEARANCE = 'C0CLEARANCE1';

/** Returns what a person would read, top to bottom. */
export const readBlocks = (blocks: readonly object[] = []): string => {
  const words: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value !== null && typeof value === 'object') {
      const v = value as Record<string, unknown>;
      if (typeof v['text'] === 'string') words.push(v['text']);
      if (typeof v['user_id'] === 'string') words.push(`@${v['user_id']}`);
      for (const [key, inner] of Object.entries(v)) if (key !== 'user_id') walk(inner);
    }
  };
  walk(blocks);
  return words.join(' ');
};

type InputBlock = Extract<Block, { type: 'input' }>;
const inputsOf = (view: ShownView): InputBlock[] => view.blocks.filter((b): b is InputBlock => b.type === 'input');
const inputOf = (view: ShownView, label: string | RegExp): InputBlock => {
  const inputs = inputsOf(view);
  const found = inputs.find((b) =>
    typeof label === 'string' ? b.label.text.includes(label) : label.test(b.label.text),
  );
  if (!found)
    throw new Error(`no input ${String(label)} in ${view.title}: ${inputs.map((b) => b.label.text).join(' | ')}`);
  return found;
};
const actionOf = (element: Element): string => element.action_id ?? '';

/** A message as a person sees it. `ts` is its id in its chat. */
export interface Said {
  ts: string;
  text: string;
}

/** Words or errors that a person gets instead of what they wanted. */
export interface Told {
  error?: string | undefined;
  errors?: Record<string, string> | undefined;
}

export interface Hand {
  /** Their id in their chat. */
  user: string;
  /** Clicks and key-filled fields so far. */
  clicks: number;
  say(text: string, thread?: string): Promise<Told>;
  /** Asks for the form that opens a deal, in the clearance channel. */
  newDeal(): Promise<Told>;
  messages(thread?: string): Promise<Said[]>;
  /** Waits until some message of the channel (or thread) holds the words. */
  reads(words: string | RegExp, thread?: string): Promise<Said>;
  /** Presses a button of the newest message that has it. */
  /** `label`: what it shows, or its spoken name where several show the same: `Answer: Product`. */
  press(
    label: string,
    where?: { thread?: string | undefined; in?: string | RegExp | undefined; channel?: string | undefined },
  ): Promise<Told>;
  /** Messages between this person and the bot. */
  direct(): Promise<Said[]>;
  /** Waits until the bot has told this person the words, in a direct message. */
  readsDirect(words: string | RegExp): Promise<Said>;
  /** Presses a button of the newest direct message that has it. */
  pressDirect(label: string, within?: string | RegExp): Promise<Told>;
  /** Tells whether a form opens within a moment. */
  hasView(): Promise<boolean>;
  noView(): Promise<void>;
  /** Answers the input with that label (or any that matches) in the open form. */
  fill(label: string | RegExp, value: string | string[]): Promise<void>;
  /** Labels of the required choices that are not made yet. */
  unanswered(): Promise<string[]>;
  /** Options of the input with that label. */
  options(label: string | RegExp): Promise<string[]>;
  pressInView(label: string): Promise<Told>;
  closeView(): Promise<void>;
  submit(): Promise<Told>;
  words(): Promise<string>;
  /** Keeps a screenshot, if there is something to see. */
  look(name: string): Promise<void>;
}

export const SAMPLE_FILE = 'Sample evidence';
/** Slack takes a file where Teams takes a link to one: a link's last part is the file's name. */
export const fileNamed = (link: string): string => link.split('/').at(-1) ?? link;

const TIMEOUT_MS = 15_000;
/** The card was redrawn while it was pressed. */
export const REDRAWN = 'This is no longer here.';

export interface SlackHand extends Hand {
  reads(words: string | RegExp, thread?: string): Promise<ShownMessage>;
  /** Waits until a message of that channel holds the words. */
  readsIn(channel: string, words: string | RegExp): Promise<Said>;
  sayIn(channel: string, text: string): Promise<Told>;
  /** The direct message between this person and the bot. */
  directMessage: string;
  /** The form on their screen. */
  view(): Promise<ShownView>;
}

export const createHand = (base: string, user: string): SlackHand => {
  const tab = randomUUID();
  const entered = new Map<string, Entries>();

  const get = async <T>(path: string, query: Record<string, string>): Promise<T> => {
    const response = await fetch(`${base}/playground/ui/${path}?${new URLSearchParams(query).toString()}`);
    return (await response.json()) as T;
  };
  const post = async (path: string, body: object): Promise<Done> => {
    const response = await fetch(`${base}/playground/ui/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: base },
      body: JSON.stringify({ user, tab, ...body }),
    });
    return (await response.json()) as Done;
  };
  const upload = async (name: string): Promise<string> => {
    const response = await fetch(`${base}/playground/ui/file?${new URLSearchParams({ user, tab, name }).toString()}`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: base },
      body: SAMPLE_FILE,
    });
    return ((await response.json()) as { id: string }).id;
  };
  const until = async <T>(what: string, find: () => Promise<T | undefined>): Promise<T> => {
    const end = Date.now() + TIMEOUT_MS;
    for (;;) {
      const found = await find();
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };

  const messages = (thread?: string, channel = CLEARANCE): Promise<ShownMessage[]> =>
    get('messages', { user, channel, ...(thread === undefined ? {} : { thread }) });
  const reads = (words: string | RegExp, thread?: string, channel?: string): Promise<ShownMessage> =>
    until(`a message with ${String(words)}`, async () =>
      (await messages(thread, channel)).findLast((m) => {
        const text = `${m.text} ${readBlocks(m.blocks)}`;
        return typeof words === 'string' ? text.includes(words) : words.test(text);
      }),
    );
  const stack = (): Promise<ShownView[]> => get('views', { user, tab });
  const view = (): Promise<ShownView> => until('a modal', async () => (await stack()).at(-1));

  /** Values of the modal: its initial ones, and those entered since. */
  const entriesOf = (shown: ShownView): Entries => {
    const typed = entered.get(shown.id) ?? {};
    return Object.fromEntries(
      inputsOf(shown).map((b) => {
        const block = b.block_id ?? '';
        const action = actionOf(b.element);
        return [block, { [action]: typed[block]?.[action] ?? initialEntry(b.element) }];
      }),
    );
  };

  const personNamed = async (name: string): Promise<string> => {
    const { people } = await get<Start>('start', { user });
    const found = people.find((p) => p.name === name);
    if (!found) throw new Error(`no person ${name}`);
    return found.id;
  };

  const hand: SlackHand = {
    user,
    clicks: 0,
    newDeal: () => hand.say('/deal'),
    sayIn: (channel, text) => post('say', { channel, text }),
    say: (text, thread) => post('say', { channel: CLEARANCE, text, ...(thread === undefined ? {} : { thread }) }),
    messages: (thread) => messages(thread),
    directMessage: `D${user.slice(1)}`,
    view,
    readsIn: (channel, words) => reads(words, undefined, channel),
    reads: (words, thread) => reads(words, thread),
    direct: async () =>
      (await messages(undefined, hand.directMessage)).map(({ ts, text, blocks }) => ({
        ts,
        text: `${text} ${readBlocks(blocks)}`,
      })),
    readsDirect: (words) => reads(words, undefined, hand.directMessage),
    pressDirect: (label, within) => hand.press(label, { channel: hand.directMessage, in: within }),
    press: async (label, { thread, in: within, channel = CLEARANCE } = {}) => {
      const found = await until(`a button ${label}`, async () => {
        for (const message of (await messages(thread, channel)).toReversed()) {
          const text = `${message.text} ${readBlocks(message.blocks)}`;
          if (within !== undefined && !(typeof within === 'string' ? text.includes(within) : within.test(text)))
            continue;
          for (const block of message.blocks ?? []) {
            if (block.type !== 'actions') continue;
            const button = block.elements.find(
              (e) => e.type === 'button' && (e.text.text === label || e.accessibility_label === label),
            );
            if (button?.type === 'button') return { message, block, button };
          }
        }
        return undefined;
      });
      const done = await post('click', {
        container: { kind: 'message', channel: found.message.channel, ts: found.message.ts },
        block: found.block.block_id ?? '',
        action: actionOf(found.button),
        value: null,
        entries: {},
      });
      // The card was redrawn during the press: look again, as a person does. It counts once, however busy the machine.
      if (done.error === REDRAWN) return hand.press(label, { thread, in: within, channel });
      hand.clicks += 1;
      return done;
    },
    hasView: () => view().then(() => true),
    noView: () => until('no modal', async () => ((await stack()).length === 0 ? true : undefined)).then(() => {}),
    unanswered: async () => {
      const shown = await view();
      const entries = entriesOf(shown);
      return inputsOf(shown)
        .filter((b) => b.optional !== true && 'options' in b.element)
        .filter((b) => {
          const value = entries[b.block_id ?? '']?.[actionOf(b.element)];
          return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
        })
        .map((b) => b.label.text);
    },
    options: async (label) => {
      const { element } = inputOf(await view(), label);
      return 'options' in element ? (element.options ?? []).map((o) => o.text.text) : [];
    },
    closeView: async () => {
      const shown = await view();
      await post('close', { view: shown.id, all: true });
      await hand.noView();
    },
    fill: async (label, value) => {
      const shown = await view();
      const input = inputOf(shown, label);
      const { element } = input;
      const block = input.block_id ?? '';
      const action = actionOf(element);
      hand.clicks += element.type === 'plain_text_input' ? 0 : 1;
      const put = async (): Promise<Entered> => {
        if (element.type === 'external_select') {
          const { options } = await post('suggest', {
            container: { kind: 'view', view: shown.id },
            block,
            action,
            query: String(value),
          });
          const option = options?.[0];
          if (!option) throw new Error(`no suggestion for ${String(value)}`);
          return { value: option.value, label: option.text.text };
        }
        if (element.type === 'users_select') return personNamed(String(value));
        if (element.type === 'file_input') return [await upload(fileNamed(String(value)))];
        if (!('options' in element) || !element.options) return value;
        const one = (text: string): string => {
          const option =
            element.options?.find((o) => o.text.text === text) ??
            element.options?.find((o) => o.text.text.startsWith(text));
          if (!option) throw new Error(`no option ${text} in: ${element.options?.map((o) => o.text.text).join(' | ')}`);
          return option.value;
        };
        return Array.isArray(value) ? value.map(one) : one(value);
      };
      const given = await put();
      const typed = entered.get(shown.id) ?? {};
      entered.set(shown.id, { ...typed, [block]: { [action]: given } });
      if (input.dispatch_action) {
        const done = await post('click', {
          container: { kind: 'view', view: shown.id },
          block,
          action,
          value: given,
          entries: entriesOf(shown),
        });
        if (done.error) throw new Error(done.error);
      }
    },
    pressInView: async (label) => {
      const shown = await view();
      for (const block of shown.blocks) {
        if (block.type !== 'actions') continue;
        const button = block.elements.find((e) => e.type === 'button' && e.text.text === label);
        if (!button) continue;
        hand.clicks += 1;
        return post('click', {
          container: { kind: 'view', view: shown.id },
          block: block.block_id ?? '',
          action: actionOf(button),
          value: null,
          entries: entriesOf(shown),
        });
      }
      throw new Error(`no button ${label} in ${shown.title}`);
    },
    submit: async () => {
      const shown = await view();
      hand.clicks += 1;
      const done = await post('submit', { view: shown.id, entries: entriesOf(shown) });
      // The next page of the same modal starts with the values that the bot gave it.
      if (!done.errors && !done.error) entered.delete(shown.id);
      return done;
    },
    words: async () => {
      const shown = await view();
      const labels = inputsOf(shown).map((b) => b.label.text);
      return `${shown.title} ${readBlocks(shown.blocks)} ${labels.join(' ')}`;
    },
    look: async () => {},
  };
  return hand;
};
