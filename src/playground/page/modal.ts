/** The top of the modal stack, drawn so that typed values stay when the app changes the view. */

import { brokenBlocks, drawBlock, elementsIn } from './blocks.ts';
import { arrange, byId, el, released, run } from './dom.ts';
import { act } from './session.ts';
import { keepEntries, type Surface } from './surface.ts';
import { watchUnsaved, whenDismissed } from './unsaved.ts';
import type { Close, Entries, ShownView, Submit } from './wire.ts';

const dialog = byId('modal') as HTMLDialogElement;
const unsaved = watchUnsaved(dialog);
/** Entries by view id: a view below the top keeps its values. */
const typed = new Map<string, Entries>();
let drawn: { id: string; nodes: Map<string, { json: string; node: HTMLElement }> } | undefined;
let surface: Surface | undefined;

const problem = el('p', { class: 'error', role: 'alert', hidden: true });
const body = el('div', { class: 'modal-body' });
const title = el('h2', { id: 'modal-title' });
const footer = el('div', { class: 'buttons' });
const cross = el(
  'button',
  { type: 'button', class: 'quiet', 'aria-label': 'Dismiss form', onclick: () => run(close(true)) },
  '×',
);
const form = el(
  'form',
  {
    novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      run(submit());
    },
  },
  body,
  problem,
  footer,
);
dialog.append(el('header', {}, title, cross), form);

const clearError = (event: Event): void => {
  const block = event.target instanceof Element ? event.target.closest('[data-block-id]') : null;
  const error = block?.querySelector<HTMLElement>('.error');
  if (error) {
    error.hidden = true;
    error.textContent = '';
  }
  block?.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
};
body.addEventListener('input', clearError);
body.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[role=option]')) clearError(event);
});

const complain = (text: string | undefined): void => {
  problem.hidden = text === undefined;
  problem.textContent = text ?? '';
};

async function close(all: boolean): Promise<void> {
  if (!drawn || !(await unsaved.mayLeave()) || !drawn) return;
  const { error } = await act<Close>('close', { view: drawn.id, all });
  complain(error);
}

const showErrors = (errors: Record<string, string>): void => {
  let first: HTMLElement | undefined;
  for (const block of body.querySelectorAll<HTMLElement>('[data-block-id]')) {
    const error = errors[block.dataset['blockId'] ?? ''];
    const place = block.querySelector<HTMLElement>('.error');
    if (!place) continue;
    place.hidden = error === undefined;
    place.textContent = error ?? '';
    const field = block.querySelector<HTMLElement>('input, select, textarea');
    if (error === undefined) field?.removeAttribute('aria-invalid');
    else {
      field?.setAttribute('aria-invalid', 'true');
      first ??= field ?? undefined;
    }
  }
  first?.focus();
};

async function submit(): Promise<void> {
  if (!drawn || !surface) return;
  const button = footer.querySelector('button[type=submit]');
  if (button?.getAttribute('aria-busy') === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  complain(undefined);
  showErrors({});
  const { error, errors } = await act<Submit>('submit', { view: drawn.id, entries: surface.entries });
  button?.removeAttribute('aria-busy');
  complain(error);
  if (errors) showErrors(errors);
}

const draw = (view: ShownView): void => {
  const same = drawn?.id === view.id;
  const before = same && drawn ? drawn.nodes : new Map<string, { json: string; node: HTMLElement }>();
  const active = document.activeElement;
  const caret =
    active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement ? active.selectionStart : null;
  const focused = same && body.contains(active) ? active?.id : undefined;
  const inFooter = footer.contains(active);
  const scrolled = body.scrollTop;
  const entries = keepEntries(typed.get(view.id) ?? {}, elementsIn(view.blocks));
  typed.set(view.id, entries);
  // Kept nodes hold the surface: it stays, its entries change.
  surface = same && surface ? surface : { id: view.id, container: { kind: 'view', view: view.id }, entries, complain };
  surface.entries = entries;
  const nodes = new Map<string, { json: string; node: HTMLElement }>();
  title.textContent = view.title;
  try {
    const onto = surface;
    const shown = view.blocks.map((block, n) => {
      const key = block.block_id ?? String(n);
      const json = JSON.stringify(block);
      const known = before.get(key);
      const node = known?.json === json ? known.node : drawBlock(onto, block);
      nodes.set(key, { json, node });
      return node;
    });
    arrange(body, shown);
  } catch (error) {
    body.replaceChildren(brokenBlocks(error));
    reportError(error);
  }
  footer.replaceChildren(
    el('button', { type: 'button', onclick: () => run(close(false)) }, view.close),
    ...(view.submit === undefined ? [] : [el('button', { type: 'submit', class: 'primary' }, view.submit)]),
  );
  drawn = { id: view.id, nodes };
  unsaved.shows(view.id);
  if (!dialog.open) dialog.showModal();
  // An app may put a whole new page into the same view.
  const kept = [...nodes].filter(([key, { node }]) => before.get(key)?.node === node);
  if (!same || kept.length === 0) {
    if (same) unsaved.saved(view.id);
    complain(undefined);
    const first =
      body.querySelector<HTMLElement>('[autofocus]') ?? body.querySelector<HTMLElement>('input, select, textarea');
    // A form is read from its top: a field further down must not scroll it there, and a list of suggestions that opens by
    // itself would cover it. The title is in the focus then, and what follows is read aloud after it.
    body.scrollTop = 0;
    const isBelow = first && first.getBoundingClientRect().bottom > body.getBoundingClientRect().bottom;
    const reads = isBelow || first?.getAttribute('role') === 'combobox';
    (reads ? title : (first ?? footer.querySelector('button')))?.focus({ preventScroll: true });
    return;
  }
  body.scrollTop = scrolled;
  if (inFooter) footer.querySelector<HTMLElement>('button:last-child')?.focus();
  if (focused === undefined || focused === '') return;
  const again = document.getElementById(focused);
  if (again === active) return;
  again?.focus({ preventScroll: true });
  if (
    caret !== null &&
    (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement) &&
    again.type !== 'date'
  )
    again.setSelectionRange(caret, caret);
};

title.tabIndex = -1;

let opener: Element | null = null;

let turn = 0;

/** Shows the stack, bottom first. An empty one closes the dialog and gives the focus back. */
export const showStack = async (stack: readonly ShownView[]): Promise<void> => {
  turn += 1;
  const mine = turn;
  await released(dialog);
  if (turn !== mine) return;
  const ids = new Set(stack.map((view) => view.id));
  for (const id of typed.keys()) if (!ids.has(id)) typed.delete(id);
  const top = stack.at(-1);
  if (top) {
    if (!dialog.open) opener = document.activeElement;
    draw(top);
    return;
  }
  drawn = undefined;
  surface = undefined;
  unsaved.shows(undefined);
  if (!dialog.open) return;
  dialog.close();
  body.replaceChildren();
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
};

// The server decides what Escape closes.
whenDismissed(dialog, () => close(false));
