/** Knows when a form in the Slack pane has answered: it follows the page's requests, its events and its form. */

import type { Page } from 'playwright-core';

/** Nothing has moved for that long: a form that the bot leaves alone says nothing. */
const STILL_MS = 120;
/** For that long after the bot's answer to a change was drawn. */
const DRAWN_MS = 30;
const LOOK_MS = 20;
const WAIT = 20_000;
const WAIT_UNTIL_THERE = 60_000;

interface Watched {
  /** Requests under way. */
  busy: number;
  /** When the last request began, when the form was last sent by the server, and when anything last moved. */
  askedAt: number;
  sentAt: number;
  movedAt: number;
  settledAt: number;
}

/** Begins with each page that is loaded from now on. */
export const watchForm = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const watched: Watched = { busy: 0, askedAt: 0, sentAt: 0, movedAt: 0, settledAt: 0 };
    Object.assign(window, { watched });
    const moved = (): number => (watched.movedAt = performance.now());
    const { fetch } = window;
    window.fetch = async (...asked) => {
      const path = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
      if (!/\/ui\/(click|submit|close|suggest|file)\b/.test(path)) return fetch(...asked);
      watched.busy += 1;
      watched.askedAt = moved();
      return fetch(...asked).finally(() => {
        watched.busy -= 1;
        moved();
      });
    };
    window.EventSource = class extends EventSource {
      constructor(...of: ConstructorParameters<typeof EventSource>) {
        super(...of);
        this.addEventListener('message', ({ data }: MessageEvent<string>) => {
          if ((JSON.parse(data) as { kind: string }).kind === 'views') watched.sentAt = moved();
        });
      }
    };
    document.addEventListener('DOMContentLoaded', () => {
      const modal = document.getElementById('modal');
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      if (modal) new MutationObserver(moved).observe(modal, all);
    });
  });

interface Awaited {
  /** After a change in a field, which the bot answers once if at all. */
  change?: boolean;
  /** There is a form, first. */
  open?: boolean;
  /** First it is gone, or another one than with these words. */
  otherThan?: string;
}

/**
 * Waits until the form has answered: nothing is busy, and nothing has moved for a moment. The page looks by itself: each
 * question to it costs the browser more than what it answers.
 */
export const formSettled = (page: Page, { change = false, open = false, otherThan }: Awaited = {}): Promise<void> =>
  page.evaluate(
    async ({ still, drawn, look, most, mostUntilThere, isOpen, words }) => {
      const until = async (what: string, ms: number, met: () => boolean): Promise<void> => {
        for (const end = performance.now() + ms; !met(); await new Promise((resolve) => setTimeout(resolve, look)))
          if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
      };
      await until('a form', mostUntilThere, () => {
        const box = document.getElementById('modal');
        if (isOpen) return box?.hasAttribute('open') === true;
        if (words === undefined || !box?.hasAttribute('open')) return true;
        return box.innerText !== words && !box.querySelector('[aria-busy=true]');
      });
      const { watched } = window as unknown as { watched: Watched };
      await until('the answer to a form', most, () => {
        if (watched.busy > 0 || document.querySelector('#modal [aria-busy=true]')) return false;
        if (watched.movedAt > watched.settledAt) {
          const wanted = watched.sentAt > watched.askedAt && watched.askedAt > watched.settledAt ? drawn : still;
          if (performance.now() - watched.movedAt <= wanted) return false;
        }
        watched.settledAt = performance.now();
        return true;
      });
    },
    {
      still: STILL_MS,
      drawn: change ? DRAWN_MS : STILL_MS,
      look: LOOK_MS,
      most: WAIT,
      mostUntilThere: WAIT_UNTIL_THERE,
      isOpen: open,
      words: otherThan,
    },
  );

/** Tells whether there is a form in that time. */
export const formOpens = (page: Page, ms: number): Promise<boolean> =>
  page.evaluate(
    async ([look, most]) => {
      const isOpen = (): boolean => document.querySelector('#modal[open]') !== null;
      for (const end = performance.now() + most; !isOpen(); await new Promise((resolve) => setTimeout(resolve, look)))
        if (performance.now() > end) return false;
      return true;
    },
    [LOOK_MS, ms] as const,
  );
