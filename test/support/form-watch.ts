/** Knows when a form in the Slack pane has answered: it follows the page's requests, its events and its form. */

import type { Page } from 'playwright-core';

/** Nothing has moved for that long: a form that the bot leaves alone says nothing. */
const STILL_MS = 120;
/** For that long after the bot's answer to a change was drawn. */
const DRAWN_MS = 30;
const LOOK_MS = 20;
const WAIT = 20_000;

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

/**
 * Waits until the form has answered: nothing is busy, and nothing has moved for a moment. `change`: after a change in a
 * field, which the bot answers once if at all.
 */
export const formSettled = async (page: Page, change = false): Promise<void> => {
  await page.waitForFunction(
    ([still, drawn]) => {
      const { watched } = window as unknown as { watched: Watched };
      if (watched.busy > 0 || document.querySelector('#modal [aria-busy=true]')) return false;
      if (watched.movedAt > watched.settledAt) {
        const wanted = watched.sentAt > watched.askedAt && watched.askedAt > watched.settledAt ? drawn : still;
        if (performance.now() - watched.movedAt <= wanted) return false;
      }
      watched.settledAt = performance.now();
      return true;
    },
    [STILL_MS, change ? DRAWN_MS : STILL_MS] as const,
    { polling: LOOK_MS, timeout: WAIT },
  );
};
