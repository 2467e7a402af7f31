/** The case room's page: who is in it, and until when. Everything that was opened is gone with the page. */

import { byId } from '../../../signing/page/draw.ts';
import { hasPasskeys } from '../../../signing/page/passkey.ts';
import { ask, Refused, signedInWith, trying, whenOver } from './ask.ts';
import { showCase } from './case.ts';
import { showNames, takeInvitation, withoutPasskeys, type Me } from './entering.ts';
import { showOverview } from './overview.ts';
import { button, say, show, words } from './view.ts';

/** As long as the server waits. */
const IDLE_MS = 30 * 60_000;
const LOOK_EVERY_MS = 15_000;
const STAY_EVERY_MS = 5 * 60_000;

const END_WORDS = 'You were not here for half an hour, so the room was locked. What you had not sent is gone.';

let used = Date.now();
let stayed = Date.now();
let watch: ReturnType<typeof setInterval> | undefined;

/** Forgets who is in, and everything on the screen. */
const lock = (said: string): void => {
  clearInterval(watch);
  watch = undefined;
  signedInWith('');
  byId('leave').replaceChildren();
  // At once, whether the server answers or not.
  show('Sign in', words(said));
  void trying(() => showNames(enter, said));
};

const leave = async (): Promise<void> => {
  await ask('leave').catch(() => {});
  location.reload();
};

/** Typing a long answer is being here, too. */
const look = (): void => {
  const now = Date.now();
  if (now - used > IDLE_MS) lock(END_WORDS);
  else if (used > stayed && now - stayed > STAY_EVERY_MS) {
    stayed = now;
    void ask('stay').catch(() => {});
  }
};

function enter(me: Me): void {
  used = stayed = Date.now();
  watch = setInterval(look, LOOK_EVERY_MS);
  byId('leave').replaceChildren(button('Leave', () => void leave()));
  const list = (): Promise<void> => trying(() => showOverview(me, open));
  const open = (id: string): void => {
    void trying(async () => {
      await showCase(id, me, () => history.back());
      // No address says which case: the browser keeps a history.
      history.pushState(null, '');
    });
  };
  window.onpopstate = () => void (watch === undefined ? undefined : list());
  void list();
}

const start = async (): Promise<void> => {
  for (const event of ['keydown', 'pointerdown']) {
    window.addEventListener(event, () => {
      used = Date.now();
    });
  }
  // A page that the browser kept would come back with what was opened in it.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  // The same page may get an invitation.
  window.addEventListener('hashchange', () => location.reload());
  whenOver(lock);
  if (!hasPasskeys()) return withoutPasskeys();
  const invitation = new URLSearchParams(location.hash.slice(1)).get('invite');
  try {
    await (invitation === null ? showNames(enter) : takeInvitation(invitation, enter));
  } catch (error) {
    const refused = error instanceof Refused;
    show(
      refused ? 'Not any more' : 'That did not work',
      words(refused ? error.message : 'Please load this page again in a moment.'),
    );
    say('');
  }
};

void start();
