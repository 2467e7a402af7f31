/** The message box: it suggests, sends on Enter and gives back text that could not be sent. */

import { el, hiddenText, run } from './dom.ts';
import { toast } from './toast.ts';

export interface Hint {
  label: string;
  about: string;
  /** The box's text once the hint is chosen. */
  text: string;
}

export interface Composer {
  element: HTMLElement;
  fill(text: string): void;
}

export interface Typing {
  hints: (text: string) => Hint[];
  send: (text: string) => Promise<{ error?: string | undefined }>;
}

export const composer = (id: string, label: string, { hints: hintsFor, send: sent }: Typing): Composer => {
  const listId = `${id}-hints`;
  let hints: Hint[] = [];
  let active = 0;
  const box = el('textarea', {
    id,
    rows: 1,
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    'aria-controls': listId,
    maxlength: 40_000,
  });
  const list = el('ul', { class: 'hints', role: 'listbox', id: listId, 'aria-label': 'Suggestions', hidden: true });
  const send = el('button', { type: 'submit', class: 'primary' }, 'Send', hiddenText(`: ${label}`));

  const fit = (): void => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  };
  const drawHints = (): void => {
    const [only] = hints;
    list.hidden =
      hints.length === 0 ||
      (hints.length === 1 && only?.text.trim() === box.value.trim() && !box.value.startsWith('/'));
    list.replaceChildren(
      ...hints.map((hint, n) =>
        el(
          'li',
          {
            role: 'option',
            id: `${listId}-${n}`,
            'aria-selected': String(n === active),
            onmousedown: (event) => event.preventDefault(),
            onclick: () => choose(hint),
          },
          el('strong', {}, hint.label),
          el('span', { class: 'description' }, hint.about),
        ),
      ),
    );
    if (list.hidden) box.removeAttribute('aria-activedescendant');
    else box.setAttribute('aria-activedescendant', `${listId}-${active}`);
  };
  const update = (): void => {
    hints = hintsFor(box.value);
    active = 0;
    fit();
    drawHints();
  };
  const fill = (text: string): void => {
    box.value = text;
    update();
    box.focus();
  };
  const choose = (hint: Hint): void => {
    fill(hint.text);
    hints = [];
    drawHints();
  };
  const submit = async (): Promise<void> => {
    const text = box.value;
    if (text.trim() === '' || send.getAttribute('aria-busy') === 'true') return;
    fill('');
    send.setAttribute('aria-busy', 'true');
    const done = await sent(text);
    send.removeAttribute('aria-busy');
    if (done.error === undefined) return;
    toast(done.error);
    // A failed send must not lose the typed text.
    if (box.value === '') fill(text);
  };

  box.addEventListener('input', update);
  box.addEventListener('blur', () => {
    list.hidden = true;
  });
  box.addEventListener('keydown', (event) => {
    const open = !list.hidden;
    const hint = hints[active];
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      active = (active + (event.key === 'ArrowDown' ? 1 : -1) + hints.length) % hints.length;
      drawHints();
    } else if (
      open &&
      hint &&
      (event.key === 'Tab' || (event.key === 'Enter' && hint.text.trim() !== box.value.trim()))
    )
      choose(hint);
    else if (open && event.key === 'Escape') {
      hints = [];
      drawHints();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) run(submit());
    else return;
    event.preventDefault();
  });
  const form = el(
    'form',
    {
      class: 'composer',
      onsubmit: (event) => {
        event.preventDefault();
        run(submit());
      },
    },
    list,
    box,
    send,
  );
  return { element: form, fill };
};
