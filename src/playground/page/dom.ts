/** Creates elements without markup: every string becomes a text node. */

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

/**
 * Makes `wanted` the children of an element. What stays isn't moved: a moved field loses focus and half-typed words.
 */
export const arrange = (parent: Element, wanted: readonly Element[]): void => {
  const stays = new Set(wanted);
  for (const child of Array.from(parent.children)) if (!stays.has(child)) child.remove();
  for (const [n, node] of wanted.entries())
    if (parent.children[n] !== node) parent.insertBefore(node, parent.children[n] ?? null);
};

/** Like `arrange`, but nodes that look the same stay: a press, an open list and the keyboard focus survive. */
export const redraw = (parent: Element, wanted: readonly Element[]): void => {
  const before = [...parent.children];
  const drawn = wanted.map((node, n) => {
    const there = before[n];
    if (there?.isEqualNode(node)) return there;
    if (!(there instanceof HTMLUListElement) || !(node instanceof HTMLUListElement)) return node;
    redraw(there, [...node.children]);
    return there;
  });
  arrange(parent, drawn);
};

const LOOK_MS = 50;

/** Tells whether somebody presses something in there; by the keyboard, only the focused element is active. */
export const isPressed = (element: Element): boolean =>
  element.matches(':active') || element.querySelector(':active') !== null;

/**
 * Resolves once nobody presses anything in there. A press ends on the node on which it began: a button that is drawn
 * again under the finger is never clicked.
 */
export const released = async (element: Element): Promise<void> => {
  while (isPressed(element)) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
};

/** Runs something that nobody waits for; its failure goes to the window's error handler. */
export const run = (work: Promise<unknown>): void => {
  work.catch((error: unknown) => reportError(error));
};

/** Scrolls a list from its end back to where a message begins that it cannot show whole: it is read from there. */
export const fromItsStart = (list: HTMLElement, node: HTMLElement | undefined): void => {
  if (!node) return;
  const above = node.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (above < 0) list.scrollTop += above;
};
