/** Where people type: messages, mentions and slash commands. */
import { el, run } from './dom.ts';
import { act, session } from './session.ts';
import { toast } from './toast.ts';
import type { Say } from './wire.ts';

interface Hint {
  label: string;
  about: string;
  /** What stands in the box when it is chosen. */
  text: string;
}

export interface Composer {
  element: HTMLElement;
  /** Puts text into the box, ready to be sent. */
  fill(text: string): void;
}

const hintsFor = (text: string): Hint[] => {
  const command = /^\/\S*$/.exec(text);
  if (command) {
    return session.start.commands
      .filter((known) => known.command.startsWith(text))
      .map(({ command: name, hint }) => ({ label: name, about: hint, text: `${name} ` }));
  }
  const mention = /(?:^|\s)@(\S*)$/.exec(text);
  if (!mention) return [];
  const typed = (mention[1] ?? '').toLowerCase();
  return session.start.people
    .filter((p) => !p.deactivated && p.name.toLowerCase().startsWith(typed))
    .slice(0, 8)
    .map(({ name, bot }) => ({
      label: `@${name}`,
      about: bot ? 'app' : '',
      text: `${text.slice(0, text.length - typed.length)}${name} `,
    }));
};

export const composer = (id: string, label: string, place: () => Pick<Say, 'channel' | 'thread'>): Composer => {
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
  const send = el('button', { type: 'submit', class: 'primary' }, 'Send');

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
    const done = await act<Say>('say', { ...place(), text });
    send.removeAttribute('aria-busy');
    if (done.error === undefined) return;
    toast(done.error);
    // What was typed is not lost with a failed send.
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
