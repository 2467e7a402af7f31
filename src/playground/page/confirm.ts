import { byId, el } from './dom.ts';
import { drawText } from './text.ts';
import type { Confirm } from './wire.ts';

/** Asks before an element acts. */
export const confirmed = (confirm: Confirm | undefined): Promise<boolean> => {
  if (!confirm) return Promise.resolve(true);
  const dialog = byId('confirm') as HTMLDialogElement;
  return new Promise((resolve) => {
    const answer = (yes: boolean): void => {
      dialog.close(yes ? 'yes' : 'no');
    };
    dialog.replaceChildren(
      el('h2', { id: 'confirm-title' }, confirm.title.text),
      drawText(confirm.text),
      el(
        'div',
        { class: 'buttons' },
        el('button', { type: 'button', onclick: () => answer(false) }, confirm.deny.text),
        el(
          'button',
          { type: 'button', class: confirm.style === 'danger' ? 'danger' : 'primary', onclick: () => answer(true) },
          confirm.confirm.text,
        ),
      ),
    );
    dialog.returnValue = 'no';
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
    dialog.showModal();
  });
};
