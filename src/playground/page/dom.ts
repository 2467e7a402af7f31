/** Elements without markup: every string becomes a text node. */
export type Child = Node | string | undefined | null | false;
type Listener = (event: Event) => void;
export type Props = Record<string, string | number | boolean | undefined | Listener>;

export const el = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return made;
};

export const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lost #${id}.`);
  return found;
};

export const hiddenText = (text: string): HTMLElement => el('span', { class: 'visually-hidden' }, text);

/** Runs something that nobody waits for; its failure goes to the window's error handler. */
export const run = (work: Promise<unknown>): void => {
  work.catch((error: unknown) => reportError(error));
};
