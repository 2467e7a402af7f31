/** One message: its author, its words, its card as this person sees it, and the bot's private answers. */

import { avatar } from '../avatar.ts';
import { el, released, run } from '../dom.ts';
import { menuButton, type MenuItem } from '../menu.ts';
import { firstText, startOf } from '../start-of.ts';
import { toast } from '../toast.ts';
import { showDialog } from './dialog.ts';
import { lookAt } from './look-at.ts';
import { notice } from './notice.ts';
import { act, addressOf, ask } from './session.ts';
import { cardSurface } from './surface.ts';
import type { CardJson, ShownActivity, TeamsDone } from './wire.ts';

export interface ActivityView {
  element: HTMLElement;
  update(activity: ShownActivity): void;
}

const TIME = { hour: '2-digit', minute: '2-digit' } as const;

const byLine = ({ author, at, edited }: ShownActivity): HTMLElement[] => {
  const date = new Date(at);
  return [
    el('strong', {}, author.name),
    ...(author.bot ? [el('span', { class: 'app' }, 'APP')] : []),
    el('time', { datetime: at, title: date.toLocaleString() }, date.toLocaleTimeString([], TIME)),
    ...(edited ? [el('span', { class: 'when' }, 'Edited')] : []),
  ];
};

/** The bot's messages begin with their card. */
export const startOfActivity = ({ text, card, at }: ShownActivity): string =>
  startOf(text === '' ? firstText(card) : text, new Date(at));

const copyLink = async ({ conversation, id }: ShownActivity): Promise<void> => {
  const url = new URL(addressOf(conversation, id), location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    toast('Link copied.');
  } catch {
    toast(url);
  }
};

/** No version: this person's card is not drawn yet. */
const PENDING = -1;

/** The one message action of the app's manifest. */
const ACTION = 'Start a clearance from this message';

/** Draws a message. `holdEnd` is called before its card changes; it returns a function to call after that. */
export const activityView = (first: ShownActivity, holdEnd: () => () => void): ActivityView => {
  let now = first;
  /** The version of the card on this person's screen. */
  let drawn: number | undefined;
  let answers = 0;
  /** The drawn card is the answer to a press. */
  let answering = false;
  const by = el('div', { class: 'by' });
  const words = el('p', { class: 'words' });
  const notices = el('div', { class: 'notices' });

  const done = ({ error, message, card, dialog }: TeamsDone): void => {
    if (error !== undefined) toast(error);
    if (message !== undefined) notices.replaceChildren(notice(message));
    answers += 1;
    answering = true;
    if (card) surface.show(card);
    answering = false;
    if (dialog !== undefined) showDialog(dialog);
    // It was edited while the press was on its way.
    if (drawn !== now.version) run(draw());
  };
  const surface = cardSurface({
    on: () => ({ kind: 'activity', conversation: now.conversation, activity: now.id }),
    done,
    drawn: (card, before) => {
      if (answering && lookAt(card, before)) element.scrollIntoView({ block: 'start' });
    },
  });

  /** Fetches the person's own card, which replaces everybody's. */
  const own = async ({ conversation, id, card }: ShownActivity): Promise<CardJson | undefined> => {
    if (card?.['refresh'] === undefined) return card;
    try {
      const { card: personal } = await ask<{ card?: CardJson | null }>('personal', { conversation, activity: id });
      return personal ?? card;
    } catch {
      return card;
    }
  };
  async function draw(): Promise<void> {
    const wanted = now;
    const known = answers;
    if (drawn === undefined) surface.show(wanted.card);
    drawn = wanted.version;
    const card = await own(wanted);
    await released(surface.element);
    // Newer answers, and cards after a press meanwhile, come by themselves.
    if (wanted.version !== now.version) return;
    if (surface.busy()) drawn = PENDING;
    // The answer to a press meanwhile may be newer than this.
    else if (known !== answers) return draw();
    else {
      const atEnd = holdEnd();
      surface.show(card);
      atEnd();
    }
  }

  const messageAction = async (): Promise<void> =>
    done(await act('message-action', { conversation: now.conversation, activity: now.id }));
  const items = (): MenuItem[] => [
    { label: 'Copy link', choose: () => run(copyLink(now)) },
    { label: ACTION, choose: () => run(messageAction()) },
  ];
  const element = el(
    'article',
    { class: 'message', 'data-id': first.id },
    avatar(first.author),
    el('div', { class: 'content' }, by, el('div', { class: 'body' }, words, surface.element), notices),
    el('div', { class: 'tools' }, menuButton('More options', `More options: ${startOfActivity(first)}`, '⋯', items)),
  );

  const update = (activity: ShownActivity): void => {
    // An answer of the server that a newer event has overtaken.
    if (activity.version < now.version) return;
    now = activity;
    const at = new Date(activity.at).toLocaleTimeString([], TIME);
    element.setAttribute('aria-label', `${activity.author.name}, ${at}`);
    by.replaceChildren(...byLine(activity));
    words.textContent = activity.text;
    words.hidden = activity.text === '';
    if (activity.version !== drawn && !surface.busy()) run(draw());
  };
  update(first);
  return { element, update };
};
