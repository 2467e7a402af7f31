/** Draws an Adaptive Card with the official renderer, and adds the host's part: names for groups, marks for errors. */

import type * as Renderer from 'adaptivecards';
import { el } from '../dom.ts';
import { HOST_CONFIG } from './host-config.ts';
import { markdownHtml } from './markdown.ts';
import type { CardJson } from './wire.ts';

/** From `adaptivecards.js`, which the page loads before this. */
declare const AdaptiveCards: typeof Renderer;

export type CardAction =
  | {
      type: 'Action.Execute' | 'Action.Submit';
      verb?: string;
      data: Record<string, unknown>;
      button: HTMLElement | undefined;
    }
  | { type: 'Action.OpenUrl'; url: string };

export interface DrawnCard {
  element: HTMLElement;
  /** Returns the value of every input with an id; undefined where nothing is entered or chosen. */
  values(): Map<string, string | undefined>;
}

let ready = false;
const setUp = (): void => {
  if (ready) return;
  ready = true;
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownHtml(text);
    result.didProcess = true;
  };
  // "Markdown is supported only for TextBlock and Fact": https://github.com/MicrosoftDocs/msteams-docs/issues/12228
  AdaptiveCards.GlobalSettings.useMarkdownInRadioButtonAndCheckbox = false;
};

const actionOf = (action: Renderer.Action): CardAction | undefined => {
  if (action instanceof AdaptiveCards.OpenUrlAction)
    return action.url === undefined ? undefined : { type: 'Action.OpenUrl', url: action.url };
  const data = (given: Renderer.SubmitActionBase) => ({ data: { ...given.data }, button: given.renderedElement });
  if (action instanceof AdaptiveCards.ExecuteAction)
    return { type: 'Action.Execute', verb: action.verb, ...data(action) };
  return action instanceof AdaptiveCards.SubmitAction ? { type: 'Action.Submit', ...data(action) } : undefined;
};

/** Names a filtered list, a text field in a box: the renderer puts the value in one and the label on the other. */
const nameFiltered = (input: Renderer.ChoiceSetInput): void => {
  const field = input.renderedElement?.querySelector<HTMLInputElement>('input[list]');
  const box = field?.parentElement;
  if (!field || !box) return;
  const chosen = input.choices.find(({ value }) => value === field.value);
  if (chosen?.title !== undefined) field.value = chosen.title;
  for (const name of ['id', 'aria-labelledby']) {
    field.setAttribute(name, box.getAttribute(name) ?? '');
    box.removeAttribute(name);
  }
};

const nameGroup = (input: Renderer.ChoiceSetInput): void => {
  const group = input.renderedElement?.querySelector('.ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect');
  if (!group) return;
  group.setAttribute('role', input.isMultiSelect ? 'group' : 'radiogroup');
  group.setAttribute('aria-label', input.label ?? '');
  // The label names the group; a click on it would choose the first option for somebody who only read it.
  input.renderedElement?.querySelector('label')?.removeAttribute('for');
};

/** Tells whether an item is an error: it has the attention colour; a title with a warning sign is none. */
const isError = (item: Renderer.CardElement): item is Renderer.RichTextBlock =>
  item instanceof AdaptiveCards.RichTextBlock &&
  item.getInlineCount() > 0 &&
  (item.getInlineAt(0) as Renderer.TextRun).effectiveColor === AdaptiveCards.TextColor.Attention;

/** Connects each error with its input, right below it. */
const markErrors = (card: Renderer.AdaptiveCard): void => {
  for (let n = 0; n < card.getItemCount(); n += 1) {
    const item = card.getItemAt(n);
    const line = isError(item) ? item.renderedElement : undefined;
    if (!line) continue;
    line.classList.add('card-error');
    const next = line.nextElementSibling;
    const input = next?.matches('[data-input]') ? next : next?.nextElementSibling;
    if (input?.matches('[data-input]') !== true) continue;
    line.id ||= `error-${crypto.randomUUID()}`;
    for (const field of input.querySelectorAll('input, select, textarea, [role=radiogroup], [role=group]')) {
      field.setAttribute('aria-invalid', 'true');
      field.setAttribute('aria-describedby', line.id);
    }
  }
};

const prepare = (input: Renderer.Input): void => {
  if (input instanceof AdaptiveCards.ChoiceSetInput && input.style === 'filtered')
    input.errorMessage ??= 'Choose one from the list.';
};

const finish = (input: Renderer.Input): void => {
  if (!input.renderedElement) return;
  input.renderedElement.dataset['input'] = input.id ?? '';
  if (!(input instanceof AdaptiveCards.ChoiceSetInput)) return;
  nameFiltered(input);
  nameGroup(input);
};

/** Throws for a card that the renderer cannot draw. */
export const drawCard = (json: CardJson, onAction: (action: CardAction) => void): DrawnCard => {
  setUp();
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(HOST_CONFIG);
  card.onExecuteAction = (action) => {
    const known = actionOf(action);
    if (known) onAction(known);
  };
  card.parse(json);
  const inputs = card.getAllInputs();
  inputs.forEach(prepare);
  const drawn = card.render();
  if (!drawn) throw new Error('The renderer drew nothing.');
  // A form of its own: radio buttons of the same name in two cards would be one group.
  const element = el(
    'form',
    { class: 'card', tabindex: -1, novalidate: true, onsubmit: (event) => event.preventDefault() },
    drawn,
  );
  inputs.forEach(finish);
  markErrors(card);
  return {
    element,
    values: () => {
      const named = inputs.filter((input) => input.id !== undefined);
      return new Map(named.map((input) => [input.id ?? '', input.isSet() ? String(input.value) : undefined]));
    },
  };
};
