/** Finds the pressed button of a card: only buttons on the card, with their own data, can be pressed. */

import { isDeepStrictEqual } from 'node:util';
import type { CardJson, Pressed } from '../page/teams/wire.ts';

type Node = Record<string, unknown>;
type PressedAction = Pressed['action'];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

interface Found {
  actions: Node[];
  inputs: Set<string>;
}

/** Members that hold no buttons, whatever is written in them. */
const CLOSED = new Set(['data', 'refresh', 'authentication', 'msteams']);

const collect = (value: unknown, found: Found): Found => {
  if (Array.isArray(value)) {
    for (const each of value) collect(each, found);
  } else if (isNode(value)) {
    const { type, id } = value;
    if (type === 'Action.Execute' || type === 'Action.Submit') found.actions.push(value);
    if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string') found.inputs.add(id);
    for (const [name, inside] of Object.entries(value)) if (!CLOSED.has(name)) collect(inside, found);
  }
  return found;
};

/** Tells whether data is the action's own, with values of the card's inputs laid over it and nothing else. */
const isMerged = (own: Node, inputs: ReadonlySet<string>, given: Node): boolean =>
  Object.entries(own).every(([key, value]) => inputs.has(key) || isDeepStrictEqual(value, given[key])) &&
  Object.entries(given).every(
    ([key, value]) => Object.hasOwn(own, key) || (inputs.has(key) && typeof value === 'string'),
  );

/** Returns the pressed action as on the card; undefined where the card has no such button. */
export const pressedOn = (card: CardJson, pressed: PressedAction): { id: string | undefined } | undefined => {
  const { actions, inputs } = collect(card, { actions: [], inputs: new Set() });
  const found = actions.find((action) => {
    const own = isNode(action['data']) ? action['data'] : {};
    const { associatedInputs } = action;
    const takesInputs = typeof associatedInputs !== 'string' || associatedInputs.toLowerCase() !== 'none';
    return (
      action['type'] === pressed.type &&
      action['verb'] === pressed.verb &&
      action['isEnabled'] !== false &&
      isMerged(own, takesInputs ? inputs : new Set(), pressed.data)
    );
  });
  return found && { id: typeof found['id'] === 'string' ? found['id'] : undefined };
};

export const refreshOf = (
  card: CardJson | undefined,
): { verb: string; data: Node; id: string | undefined; userIds: readonly unknown[] } | undefined => {
  const refresh = card?.['refresh'];
  const action = isNode(refresh) ? refresh['action'] : undefined;
  if (!isNode(refresh) || !isNode(action) || typeof action['verb'] !== 'string') return undefined;
  const { verb, id } = action;
  return {
    verb,
    data: isNode(action['data']) ? action['data'] : {},
    id: typeof id === 'string' ? id : undefined,
    userIds: Array.isArray(refresh['userIds']) ? (refresh['userIds'] as unknown[]) : [],
  };
};
