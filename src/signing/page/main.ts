/** One page, one press: shows what a link is for, and asks the person's passkey. */

import { byId, draw, element } from './draw.ts';
import { hasPasskeys, makeWith, passkeyProblem, signWith } from './passkey.ts';
import type { Shown } from './wire.ts';

/** The fragment goes to no server by itself. */
const token = location.hash.slice(1);

const say = (words: string): void => {
  byId('status').textContent = words;
};

const ask = async (path: 'look' | 'finish', body: object): Promise<Shown> => {
  const response = await fetch(`/passkey/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...body }),
  });
  return (await response.json()) as Shown;
};

const button = (text: string, press: () => void, primary = false): HTMLButtonElement => {
  const made = element('button', { text, ...(primary ? { className: 'primary' } : {}) });
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
};

const copyLink = async (): Promise<void> => {
  try {
    await navigator.clipboard.writeText(location.href);
    say('Copied. Open it in your browser within the ten minutes.');
  } catch {
    say('It can’t be copied here. Please copy the address line yourself.');
  }
};

const copyButton = (): HTMLButtonElement => button('Copy link', () => void copyLink());

const heading = (title: string, good = false): void => {
  const h1 = byId('title');
  h1.textContent = title;
  h1.classList.toggle('good', good);
  document.title = `${title} · Clearthread`;
};

const show = (shown: Shown, moved: boolean): void => {
  heading(shown.title, shown.does === 'nothing' && shown.good);
  byId('content').replaceChildren(...draw(shown.blocks));
  byId('actions').replaceChildren();
  say('');
  if (shown.does !== 'nothing') offer(shown);
  // After a press the reader hears what came of it.
  if (moved) byId('title').focus();
};

/** Said before anybody types or presses anything. */
const withoutPasskeys = (): void => {
  heading('This window can’t use passkeys');
  byId('content').replaceChildren(
    element('p', {
      text: 'Apps often show pages in a window of their own, which has no passkeys. Nothing is lost: copy the link and open it in your browser, on this device or another one of yours.',
    }),
  );
  byId('actions').replaceChildren(copyButton());
};

const NO_WINDOW = 'If no window opened, copy the link into your browser.';

const offer = (shown: Exclude<Shown, { does: 'nothing' }>): void => {
  const content = byId('content');
  let typed: HTMLInputElement | undefined;
  if (shown.input) {
    typed = element('input', { id: 'typed' });
    typed.autocomplete = 'off';
    typed.spellcheck = false;
    typed.maxLength = 40;
    typed.setAttribute('aria-describedby', 'typed-hint');
    const label = element('label', { text: shown.input.label });
    label.htmlFor = 'typed';
    content.append(label, typed, element('p', { id: 'typed-hint', className: 'hint', text: shown.input.hint }));
  }
  if (shown.text !== undefined) {
    const signs = element('pre', { text: shown.text });
    signs.tabIndex = 0;
    content.append(element('details', {}, element('summary', { text: 'Exactly what is signed' }), signs));
  }
  const press = async (): Promise<void> => {
    if (typed && typed.value.replace(/[\s-]/g, '').length !== 12) {
      say('Please type all 12 characters first.');
      typed.focus();
      return;
    }
    go.disabled = true;
    say('Your device asks you now…');
    try {
      const credential = shown.does === 'sign' ? await signWith(shown.options) : await makeWith(shown.options);
      say('One moment…');
      show(await ask('finish', { credential, ...(typed ? { typed: typed.value } : {}) }), true);
    } catch (error) {
      go.disabled = false;
      say(`${passkeyProblem(error) ?? 'That did not work. Please press again.'} ${NO_WINDOW}`);
      if (!byId('actions').contains(copy)) byId('actions').append(copy);
      go.focus();
    }
  };
  const go = button(shown.button, () => void press(), true);
  const copy = copyButton();
  typed?.addEventListener('input', () => say(''));
  typed?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') void press();
  });
  byId('actions').replaceChildren(go);
};

const start = async (): Promise<void> => {
  if (!hasPasskeys()) {
    withoutPasskeys();
    return;
  }
  try {
    show(await ask('look', {}), false);
  } catch {
    heading('That did not work');
    say('Clearthread does not answer. Please load this page again in a moment.');
  }
};

// The same page may get another link.
window.addEventListener('hashchange', () => location.reload());
void start();
