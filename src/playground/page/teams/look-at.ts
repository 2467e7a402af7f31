/** Moves the focus after a card has changed under a person's press. */

const FIELD = 'input, select, textarea';

/** Finds the chosen one of radio buttons, as the Tab key would; else the first field. */
const fieldIn = (place: Element): HTMLElement | null =>
  place.querySelector<HTMLElement>('input[type=radio]:checked') ?? place.querySelector<HTMLElement>(FIELD);

const closest = (
  card: HTMLElement,
  before: ReadonlySet<string>,
): [shown: Element, field: HTMLElement | null] | undefined => {
  const wrong = card.querySelector('.card-error');
  const invalid = card.querySelector<HTMLElement>('[aria-invalid] input, :is(input, select, textarea)[aria-invalid]');
  if (wrong) return [wrong, invalid];
  const inputs = [...card.querySelectorAll<HTMLElement>('[data-input]')];
  const isKnown = (input: HTMLElement): boolean => before.has(input.dataset['input'] ?? '');
  const added = inputs.some(isKnown) ? inputs.find((input) => !isKnown(input)) : undefined;
  return added && [added, fieldIn(added)];
};

/**
 * Focuses the first error, or the first question that was not there before; else the first field of a new page.
 * `before` holds the ids of the previous inputs. Returns whether the card starts a new page.
 */
export const lookAt = (card: HTMLElement, before: ReadonlySet<string>): boolean => {
  const found = closest(card, before);
  if (found) {
    const [shown, field] = found;
    field?.focus({ preventScroll: true });
    shown.scrollIntoView({ block: 'center' });
    return false;
  }
  if (card.querySelector('[data-input]') && before.size > 0) {
    const same = [...card.querySelectorAll<HTMLElement>('[data-input]')].some((i) =>
      before.has(i.dataset['input'] ?? ''),
    );
    if (same) return false;
  }
  const input = card.querySelector('[data-input]');
  const first = input && fieldIn(input);
  // A list of suggestions that opens by itself would cover the form.
  const target = first?.hasAttribute('list') === false ? first : card.querySelector<HTMLElement>('.card');
  target?.focus({ preventScroll: true });
  return true;
};
