/** The official renderer, set up like Teams: six actions a set, Markdown in TextBlocks and facts, none in choices. */

import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

const require = createRequire(import.meta.url);
const { JSDOM } = require('jsdom') as { JSDOM: new (html: string) => { window: Window & typeof globalThis } };
const { window } = new JSDOM('');
// Not Vitest's own jsdom: that replaces Node's URL, which this repository needs to find its files.
Object.assign(globalThis, { window, document: window.document });
for (const name of Object.getOwnPropertyNames(window).filter((own) => own.startsWith('HTML'))) {
  Object.defineProperty(globalThis, name, { value: Reflect.get(window, name) });
}
/** jsdom has no layout, so it has no `innerText`. */
Object.defineProperty(window.HTMLElement.prototype, 'innerText', {
  get(this: HTMLElement) {
    return this.textContent;
  },
  set(this: HTMLElement, text: string) {
    this.textContent = text;
  },
});
/** What the renderer does to a style, kept as it is: jsdom parses each value, and writes all of them out anew. */
class Style {
  [name: string]: unknown;
  removeProperty(name: string): void {
    delete this[name];
  }
}
const styles = new WeakMap<HTMLElement, Style>();
Object.defineProperty(window.HTMLElement.prototype, 'style', {
  get(this: HTMLElement) {
    const style = styles.get(this) ?? new Style();
    styles.set(this, style);
    return style;
  },
});

// Its lib/ is written for bundlers; Node can load dist/.
const official = require('adaptivecards/dist/adaptivecards.js') as typeof AdaptiveCards;

/** Enough of Markdown to see whether a person's text becomes markup. */
const markdown = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/_([^_]+)_/g, '<em>$1</em>')
    .replace(/^[-*] (.*)$/gm, '<li>$1</li>');

official.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};

export interface Drawn {
  element: HTMLElement;
  /** The renderer's complaints while reading or checking the card. */
  complaints: string[];
}

/** `choices`: renders Markdown in the titles of choices too, which Teams does not do. */
export const draw = (json: object, { choices = false } = {}): Drawn => {
  official.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = choices;
  const card = new official.AdaptiveCard();
  card.hostConfig = new official.HostConfig({ actions: { maxActions: 6 }, supportsInteractivity: true });
  const context = new official.SerializationContext(official.Versions.v1_5);
  card.parse(structuredClone(json), context);
  const element = card.render();
  if (!element) throw new Error('nothing was drawn');
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const checks = card.validateProperties().validationEvents.map((event) => event.message);
  return { element, complaints: [...events, ...checks] };
};

/** Returns all readable text, with the contents of inputs. */
export const read = (element: HTMLElement): string => {
  const typed = [...element.querySelectorAll<HTMLInputElement>('input, textarea')].map((input) => input.value);
  return [element.textContent, ...typed].join('\n');
};
