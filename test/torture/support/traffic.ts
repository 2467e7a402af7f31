/** A working day at a bot's door: clicks that come by the clock, whether earlier ones were answered or not. */

import { randomUUID } from 'node:crypto';
import { MAYBE_DONE, MAYBE_SAVED, TOO_SLOW, TOO_SLOW_WORDS } from '../../../src/edge/words.ts';
import { contextOf, declared, LOW, OPENING } from '../../support/bad-day-deals.ts';
import { signed, TEAM, type Answer, type RawValues, type RawView, type Submission } from '../../support/bad-day.ts';
import { PEOPLE } from '../../support/playing.ts';
import type { Company } from './bot-process.ts';
import { must } from './script.ts';

export type Kind = 'answer' | 'vote' | 'new deal' | 'form' | 'view' | 'command';

/** Share among a hundred clicks. */
const MIX: Readonly<Record<Kind, number>> = { answer: 36, form: 22, view: 14, command: 14, 'new deal': 10, vote: 4 };

/** `maybe`: told that it may be saved, or that it took too long. `trouble`: told that something went wrong. */
export type Told = 'taken' | 'maybe' | 'trouble' | 'refused' | 'nothing';

export interface Click {
  kind: Kind;
  /** Time from its scheduled sending to its answer. */
  ms: number;
  status: number;
  text: string;
  told: () => Told;
  /** Only for acts that are kept: the cause in the record, and the same press once more. */
  kept: { deal: () => string; cause: string; again: () => Promise<void> } | undefined;
}

const CLEARED: readonly string[] = Object.keys(LOW);
const WRONG = 'Something went wrong';

const toldBy = (text: string): Told => {
  if ([MAYBE_SAVED, MAYBE_DONE, TOO_SLOW, TOO_SLOW_WORDS].some((words) => text.includes(words))) return 'maybe';
  return text.includes(WRONG) ? 'trouble' : 'taken';
};

interface OpenDeal {
  deal: string;
  next: number;
}

export interface Stock {
  open: number;
  votes: number;
}

export interface Traffic {
  /** That many a second for that long. Resolves when all are answered. */
  run(perSecond: number, ms: number): Promise<Click[]>;
  /** One act of a person. */
  one(kind: Kind): Promise<Click>;
}

/** Opens the deals that the day needs; the line is healthy meanwhile. */
export const startTraffic = async (
  { api, wire, deals }: Pick<Company, 'api' | 'wire' | 'deals'>,
  channels: readonly string[],
  stock: Stock,
  random: () => number,
): Promise<Traffic> => {
  /** A busy machine may be slow even here. */
  const sure = async (user: string, given: Submission): Promise<Answer> => {
    const same = { ...given, view: `V${randomUUID()}`, hash: randomUUID() };
    for (let tries = 1; ; tries += 1) {
      const answer = await wire.submit(user, same);
      if (answer.status === 200 && toldBy(answer.text) === 'taken') return answer;
      must(tries < 20, `a ${given.form} was not taken beforehand: ${answer.text}`);
    }
  };
  let turn = 0;
  const channel = (): string => channels[(turn += 1) % channels.length] ?? '';
  const open = async (): Promise<OpenDeal> => {
    const answer = await sure(PEOPLE.rep, {
      form: 'deal.open',
      context: { channel: channel(), shown: Object.keys(OPENING) },
      values: OPENING,
    });
    return { deal: String(contextOf(answer.view)['deal']), next: 0 };
  };
  const answering: OpenDeal[] = [];
  const votes: { deal: string; page: RawView }[] = [];
  const shown: string[] = [];

  const sectionOf = ({ deal, next }: OpenDeal): Submission => {
    const section = CLEARED[next] ?? '';
    const values: RawValues = LOW[section] ?? {};
    return { form: 'deal.section', context: { deal, section, shown: Object.keys(values) }, values };
  };
  const reviewed = async (deal: string): Promise<RawView> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await deals.review(PEOPLE.compliance, deal);
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  };
  const prepared = async (): Promise<void> => {
    while (votes.length + pending < stock.votes) {
      pending += 1;
      const deal = await open();
      for (; deal.next < CLEARED.length; deal.next += 1) await sure(PEOPLE.rep, sectionOf(deal));
      votes.push({ deal: deal.deal, page: await reviewed(deal.deal) });
      pending -= 1;
    }
    while (answering.length < stock.open) {
      const deal = await open();
      answering.push(deal);
      shown.push(deal.deal);
    }
  };
  let pending = 0;
  await Promise.all(Array.from({ length: 6 }, prepared));

  /** Forms opened for a trigger, and words said in a thread: each call is checked once. */
  const opened = new Set<unknown>();
  const said = new Map<unknown, string>();
  let looked = 0;
  const look = (): void => {
    for (; looked < api.calls.length; looked += 1) {
      const { method, args } = api.calls[looked] ?? { method: '', args: {} };
      if (method === 'views.open') {
        const view = JSON.stringify(args['view']);
        // An answer that only says something is no form.
        if (view.includes('"callback_id":"desk.told"')) said.set(args['trigger_id'], view);
        else opened.add(args['trigger_id']);
      }
      if (method !== 'chat.postEphemeral' && method !== 'chat.postMessage') continue;
      const thread = args['thread_ts'];
      said.set(thread, `${said.get(thread) ?? ''} ${String(args['text'])} ${JSON.stringify(args['blocks'])}`);
    }
  };
  const formFor = (trigger: string): boolean => {
    look();
    return opened.has(trigger);
  };
  const saidIn = (thread: string): string => {
    look();
    return said.get(thread) ?? '';
  };

  const bare = { status: 0, text: '', told: (): Told => 'nothing' };

  /** The same form, sent as often as needed. */
  const submitting = (
    kind: Kind,
    user: string,
    given: Submission,
    deal: (answer: Answer) => string,
    taken: (deal: string) => void,
  ): (() => Promise<Omit<Click, 'ms'>>) => {
    const same = { ...given, view: `V${randomUUID()}`, hash: randomUUID() };
    let known = '';
    let last: Answer | undefined;
    const told = (): Told => {
      if (!last || last.status !== 200) return 'nothing';
      const by = toldBy(last.text);
      return by === 'taken' && last.errors ? 'refused' : by;
    };
    const send = async (): Promise<void> => {
      last = undefined;
      last = await wire.submit(user, same);
      if (told() !== 'taken' || known !== '') return;
      known = deal(last);
      taken(known);
    };
    const kept = { deal: () => known, cause: `view:${same.view}:${same.hash}`, again: send };
    return async () => {
      await send();
      return { kind, status: last?.status ?? 0, text: last?.text ?? '', told, kept };
    };
  };

  const acts: Record<Kind, () => () => Promise<Omit<Click, 'ms'>>> = {
    answer: () => {
      const item = answering.shift();
      if (!item) throw new Error('there are too few deals to answer');
      return submitting(
        'answer',
        PEOPLE.rep,
        sectionOf(item),
        () => item.deal,
        (deal) => item.next + 1 < CLEARED.length && answering.push({ deal, next: item.next + 1 }),
      );
    },
    vote: () => {
      const { deal, page } = votes.shift() ?? {};
      if (deal === undefined || !page) throw new Error('there are too few deals to vote on');
      const given = { form: 'deal.review', context: contextOf(page), values: declared(page) };
      return submitting(
        'vote',
        PEOPLE.compliance,
        given,
        () => deal,
        () => {},
      );
    },
    'new deal': () =>
      submitting(
        'new deal',
        PEOPLE.rep,
        { form: 'deal.open', context: { channel: channel(), shown: Object.keys(OPENING) }, values: OPENING },
        (answer) => String(contextOf(answer.view)['deal']),
        (deal) => answering.push({ deal, next: 0 }),
      ),
    form: () => pressing('form', 'deal.answer', '/product'),
    view: () => pressing('view', 'deal.why', ''),
    command: () => {
      const trigger = randomUUID();
      api.triggers.add(trigger);
      const words = [`status ${anyDeal()}`, 'help', ''][Math.floor(random() * 3)] ?? '';
      return async () => {
        const fields = { command: '/deal', text: words, user_id: PEOPLE.rep, team_id: TEAM, trigger_id: trigger };
        const body = new URLSearchParams({ ...fields, channel_id: channels[0] ?? '' }).toString();
        const { status, text } = await wire.send(signed(body));
        const told = (): Told => (text !== '' ? toldBy(text) : formFor(trigger) ? 'taken' : 'nothing');
        return { kind: 'command', status, text, told, kept: undefined };
      };
    },
  };
  const anyDeal = (): string => shown[Math.floor(random() * shown.length)] ?? '';
  const pressing = (kind: Kind, name: string, arg: string): (() => Promise<Omit<Click, 'ms'>>) => {
    const trigger = randomUUID();
    const thread = `1700000000.${randomUUID()}`;
    api.triggers.add(trigger);
    const press = { name, value: `${anyDeal()}${arg}`, thread, trigger, channel: channels[0] };
    return async () => {
      const { status, text } = await wire.press(PEOPLE.rep, press);
      const told = (): Told => {
        if (formFor(trigger)) return 'taken';
        const said = `${saidIn(thread)}${saidIn(trigger)}`;
        return said === '' ? 'nothing' : toldBy(said);
      };
      return { kind, status, text, told, kept: undefined };
    };
  };

  const at = async (kind: Kind, due: number): Promise<Click> => {
    const send = acts[kind]();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const click = await send().catch(() => ({ ...bare, kind, kept: undefined }));
    return { ...click, ms: performance.now() - due };
  };
  const kinds = Object.entries(MIX).flatMap(([kind, share]) => Array.from({ length: share }, () => kind as Kind));

  return {
    one: (kind) => at(kind, performance.now()),
    run: async (perSecond, ms) => {
      const clicks: Promise<Click>[] = [];
      const started = performance.now();
      for (let n = 0; (n * 1000) / perSecond < ms; n += 1) {
        const due = started + (n * 1000) / perSecond;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        const wanted = kinds[Math.floor(random() * kinds.length)] ?? 'view';
        // An act that is out of stock is not waited for.
        const kind =
          (wanted === 'answer' && answering.length === 0) || (wanted === 'vote' && votes.length === 0)
            ? 'new deal'
            : wanted;
        clicks.push(at(kind, due));
      }
      return Promise.all(clicks);
    },
  };
};
