/** Slack's reasons to refuse a message or a view, written down a second time, without looking at `blocks/limits.ts`. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };

const isFields = (json: unknown): json is Fields => typeof json === 'object' && json !== null && !Array.isArray(json);
const list = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);
export const text = (json: Json | undefined): string => (typeof json === 'string' ? json : '');

/** Every object in a tree, the tree's own root too. */
export function* objectsIn(json: unknown): Generator<Fields> {
  if (Array.isArray(json)) for (const item of json) yield* objectsIn(item);
  else if (isFields(json)) {
    yield json;
    for (const value of Object.values(json)) yield* objectsIn(value);
  }
}

const KEYS: Record<string, string[]> = {
  header: ['type', 'text'],
  context: ['type', 'elements'],
  divider: ['type'],
  image: ['type', 'slack_file', 'alt_text'],
  actions: ['type', 'elements'],
  rich_text: ['type', 'elements'],
  rich_text_section: ['type', 'elements'],
  rich_text_quote: ['type', 'elements'],
  rich_text_list: ['type', 'elements', 'style'],
  text: ['type', 'text', 'style'],
  user: ['type', 'user_id'],
  link: ['type', 'url', 'text'],
  date: ['type', 'timestamp', 'format', 'fallback'],
  plain_text: ['type', 'text', 'emoji'],
  button: ['type', 'action_id', 'text', 'value', 'url', 'style', 'accessibility_label'],
  input: ['type', 'block_id', 'label', 'element', 'optional', 'hint', 'dispatch_action'],
  plain_text_input: ['type', 'action_id', 'multiline', 'initial_value', 'placeholder', 'max_length', 'min_length'],
  radio_buttons: ['type', 'action_id', 'options', 'initial_option'],
  checkboxes: ['type', 'action_id', 'options', 'initial_options'],
  static_select: ['type', 'action_id', 'options', 'initial_option', 'placeholder'],
  external_select: ['type', 'action_id', 'min_query_length', 'initial_option', 'placeholder'],
  datepicker: ['type', 'action_id', 'initial_date'],
  file_input: ['type', 'action_id', 'max_files'],
  users_select: ['type', 'action_id', 'initial_user', 'placeholder'],
  home: ['type', 'callback_id', 'private_metadata', 'blocks'],
  modal: ['type', 'callback_id', 'title', 'submit', 'close', 'private_metadata', 'blocks'],
};

const PLAIN_MAX: Record<string, number> = {
  title: 24,
  submit: 24,
  close: 24,
  label: 2000,
  hint: 2000,
  placeholder: 150,
  description: 75,
};

const within = (value: string, max: number, what: string, min = 1): string[] =>
  value.length >= min && value.length <= max ? [] : [`${what}: ${value.length} characters, allowed ${min} to ${max}`];

const counted = (items: Json[], max: number, what: string): string[] =>
  items.length >= 1 && items.length <= max ? [] : [`${what}: ${items.length} items, allowed 1 to ${max}`];

const options = (element: Fields, max: number): string[] => {
  const all = list(element['options']).filter(isFields);
  const initial = [element['initial_option'], ...list(element['initial_options'])].filter(isFields);
  return [
    ...counted(all, max, text(element['type'])),
    ...all.flatMap((o) => within(text(o['value']), 150, 'option value')),
    ...initial
      .filter((i) => !all.some((o) => JSON.stringify(o) === JSON.stringify(i)))
      .map(() => 'an initial option is none of the options'),
  ];
};

const ofType = (object: Fields): string[] => {
  switch (object['type']) {
    case 'header':
      return within(text((object['text'] as Fields)['text']), 150, 'header');
    case 'context':
      return counted(list(object['elements']), 10, 'context');
    case 'actions':
      return counted(list(object['elements']), 25, 'actions');
    case 'image':
      return [
        ...within(text(object['alt_text']), 2000, 'alt_text'),
        ...(/^F[A-Z0-9]+$/.test(text((object['slack_file'] as Fields)['id'])) ? [] : ['an image without a file']),
      ];
    case 'rich_text':
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_list':
      return counted(list(object['elements']), 1000, text(object['type']));
    case 'text':
    case 'plain_text':
      return within(text(object['text']), 3000, text(object['type']));
    case 'user':
      return /^[UW][A-Z0-9]+$/.test(text(object['user_id'])) ? [] : ['a user element without a user id'];
    case 'date':
      return [
        ...(Number.isSafeInteger(object['timestamp']) ? [] : ['a date without whole seconds']),
        ...(/^\{[a-z_]+\}$/.test(text(object['format'])) ? [] : ['a date without a format']),
        ...within(text(object['fallback']), 3000, 'date fallback'),
      ];
    case 'link':
      return [...within(text(object['url']), 3000, 'link'), ...within(text(object['text']), 3000, 'link text')];
    case 'button':
      return [
        ...within(text(object['action_id']), 255, 'action_id'),
        ...within(text((object['text'] as Fields)['text']), 75, 'button text'),
        ...within(text(object['value']), 2000, 'button value', 0),
        ...within(text(object['accessibility_label']), 75, 'accessibility_label', 0),
        ...within(text(object['url']), 3000, 'button url', 0),
      ];
    case 'input':
      return within(text(object['block_id']), 255, 'block_id');
    case 'plain_text_input':
      return within(text(object['initial_value']), Number(object['max_length'] ?? 3000), 'initial_value', 0);
    case 'radio_buttons':
    case 'checkboxes':
      return options(object, 10);
    case 'static_select':
      return options(object, 100);
    case 'modal':
      return [
        ...counted(list(object['blocks']), 100, 'view'),
        ...within(text(object['private_metadata']), 3000, 'private_metadata', 0),
        ...within(text(object['callback_id']), 255, 'callback_id', 0),
        ...(list(object['blocks']).some((b) => isFields(b) && b['type'] === 'input') && object['submit'] === undefined
          ? ['a view with inputs and no submit']
          : []),
      ];
    case 'home':
      return [
        ...within(JSON.stringify(object['blocks']), 250_000, 'home'),
        ...(list(object['blocks']).length > 100 ? ['home: more than 100 blocks'] : []),
        ...within(text(object['private_metadata']), 3000, 'private_metadata', 0),
      ];
    default:
      return [];
  }
};

const same = (ids: string[], what: string): string[] => (new Set(ids).size === ids.length ? [] : [`${what} twice`]);

const common = (tree: unknown): string[] => {
  const objects = [...objectsIn(tree)];
  const typed = objects.filter((o) => o['type'] !== undefined);
  return [
    ...typed.flatMap(ofType),
    ...typed.flatMap((o) => {
      const keys = KEYS[text(o['type'])];
      if (!keys) return [`unknown type ${text(o['type'])}`];
      return Object.keys(o)
        .filter((k) => !keys.includes(k))
        .map((k) => `${text(o['type'])} has a field ${k}`);
    }),
    ...objects.flatMap((o) =>
      Object.entries(PLAIN_MAX).flatMap(([key, max]) =>
        isFields(o[key]) ? within(text((o[key] as Fields)['text']), max, key) : [],
      ),
    ),
    ...objects
      .filter((o) => o['type'] === undefined && o['value'] !== undefined)
      .flatMap((o) =>
        isFields(o['text']) ? within(text(o['text']['text']), 75, 'option text') : ['an option without text'],
      ),
    ...same(
      objects.filter((o) => o['type'] === 'button').map((o) => text(o['action_id'])),
      'the same action_id',
    ),
    ...same(
      objects.filter((o) => o['type'] === 'input').map((o) => text(o['block_id'])),
      'the same block_id',
    ),
  ];
};

const allText = (tree: unknown): number =>
  [...objectsIn(tree)].reduce((sum, o) => sum + (typeof o['text'] === 'string' ? o['text'].length : 0), 0);

/** Complaints about a message's blocks; empty if Slack takes them. */
export const messageProblems = (blocks: unknown): string[] => [
  ...(Array.isArray(blocks) ? counted(blocks as Json[], 50, 'message') : ['blocks is no list']),
  ...common(blocks),
  ...(allText(blocks) > 12_000 ? [`msg_blocks_too_long: ${allText(blocks)}`] : []),
];

/** Complaints about what is published as somebody's home. */
export const homeProblems = (view: unknown): string[] => [
  ...(isFields(view) && view['type'] === 'home' ? [] : ['this is no home']),
  ...common(view),
];

export const viewProblems = (view: unknown): string[] => common(view);
