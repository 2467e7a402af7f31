/** Both chats show the same: every card and form of the builders, through both renderers, against the neutral model. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Action, Block, Card, Choice, Form, FormBlock, Input, Text } from '../../blocks/card.ts';
import { sinceWords, spansOf } from '../../blocks/fallback.ts';
import { isInput } from '../../blocks/forms/inputs.ts';
import { slackMessage, slackView, type People } from '../../blocks/slack/slack.ts';
import type { CardElement } from '../../blocks/teams/adaptive-card.ts';
import { teamsCard, teamsForm, type AdaptiveCard, type TeamsContext } from '../../blocks/teams/teams.ts';
import { notHere } from '../../blocks/words.ts';
import { anOrganisation } from '../support/deal-builders.ts';
import { everyCard, everyForm } from '../support/every-card.ts';
import { bodyOf, slackShown, teamsShown, type Shown } from '../support/shown.ts';

const { people } = anOrganisation();
const slackPeople: People = (id) => people.find((p) => p.id === id || p.slack === id);
const context: TeamsContext = { names: (id) => people.find((p) => p.id === id), people };
const nameOf = (id: string): string => slackPeople(id)?.name ?? notHere(id);

type Chat = 'slack' | 'teams';
interface Expected {
  blocks: readonly (Block | FormBlock)[];
  form?: Form;
  /** The title, if it has to be drawn: a dialog and a modal have a title bar of their own. */
  title?: string;
  errors?: Record<string, string>;
}

/** White space marks the line breaks of each chat. A word joiner is Teams' way to keep brackets from being a link. */
const squeezed = (text: string): string => text.replace(/[\s\u2060]+/gu, '');

const textPieces = (text: Text): string[] =>
  spansOf(text).flatMap((span) => {
    if (typeof span === 'string') return [span];
    if ('strong' in span) return [span.strong];
    if ('quiet' in span) return [span.quiet];
    if ('person' in span) return [nameOf(span.person)];
    if ('since' in span) return [sinceWords(span.since)];
    const { url, text: words } = span.link;
    return [words, words.includes(new URL(url).host) ? '' : new URL(url).host];
  });

const SLACK_OPTION = 75;
const choiceWords = ({ label, description }: Choice): string =>
  description === undefined ? label : `${label}: ${description}`;
const tooLong = ({ label, description = '' }: Choice): boolean =>
  label.length > SLACK_OPTION || description.length > SLACK_OPTION;
const optionsOf = ({ control }: Input): readonly Choice[] => ('options' in control ? control.options : []);

const inputPieces = (input: Input, chat: Chat, errors: Record<string, string>): string[] => [
  // Slack puts errors under its inputs by itself, if the answer to a submission names them.
  ...(chat === 'teams' ? [errors[input.name] ?? ''] : []),
  // Slack cuts an option at 75 characters, so its full text is above its input.
  ...(chat === 'slack' ? optionsOf(input).filter(tooLong).map(choiceWords) : []),
  input.label,
  // Files are links in Teams, and it says so.
  (chat === 'teams' && input.control.type === 'files' ? input.control.links : input.hint) ?? '',
];

const blockPieces = (block: Block | FormBlock, chat: Chat, errors: Record<string, string>): string[] => {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return [block.text];
    case 'text':
    case 'quote':
    case 'note':
      return textPieces(block.text);
    case 'picture':
      return [block.alt];
    case 'list':
      return block.items.flatMap(textPieces);
    case 'facts':
      return block.facts.flatMap(({ label, value }) => [label, ...textPieces(value)]);
    case 'input':
      return inputPieces(block, chat, errors);
    case 'divider':
    case 'actions':
      return [];
    default: {
      const never: never = block;
      return never;
    }
  }
};

/** Pieces one after the other. */
const missingWords = (pieces: readonly string[], { words }: Pick<Shown, 'words'>): string[] => {
  const shown = squeezed(words);
  let at = 0;
  return pieces.map(squeezed).flatMap((piece) => {
    const found = shown.indexOf(piece, at);
    if (found < 0) return [`not shown: ${piece}`];
    at = found + piece.length;
    return [];
  });
};

const valueOf = ({ control }: Input, chat: Chat): string | undefined => {
  switch (control.type) {
    case 'checkboxes':
      return control.initial && control.initial.length > 0 ? control.initial.join(',') : undefined;
    case 'search':
      return control.initial?.value;
    case 'files':
      // Slack keeps the files of a refused form itself, and takes no preset.
      return chat === 'slack' ? undefined : control.initial;
    case 'person':
      // Slack has its own ids for people; both show their names.
      return control.initial === undefined ? undefined : chat === 'slack' ? nameOf(control.initial) : control.initial;
    default:
      return control.initial;
  }
};

const inputProblems = (input: Input, chat: Chat, shown: Shown): string[] => {
  const { name } = input;
  const found = shown.inputs[name];
  if (!found) return [`no input ${name}`];
  const wanted = valueOf(input, chat);
  // Slack's input for files has no room for one.
  const takesFiles = input.control.type === 'files' && chat === 'slack';
  const placeholder = 'placeholder' in input.control && !takesFiles ? input.control.placeholder : undefined;
  const options = optionsOf(input);
  const shownOptions = found.options ?? [];
  return [
    // Slack says "(optional)" by itself.
    ...(chat === 'teams' && found.label.endsWith(' (optional)') !== (input.optional === true)
      ? [`${name}: optional or not?`]
      : []),
    ...(found.value === wanted ? [] : [`${name}: ${found.value} for ${wanted}`]),
    ...(found.placeholder === placeholder ? [] : [`${name}: placeholder ${found.placeholder}`]),
    ...options.flatMap((option) => {
      const there = shownOptions.find(({ value }) => value === option.value);
      if (!there) return [`${name}: no option ${option.value}`];
      if (chat === 'slack' && tooLong(option)) return [];
      return squeezed(there.words) === squeezed(choiceWords(option)) ? [] : [`${name}: ${there.words}`];
    }),
    // Slack looks countries up while a person types.
    ...(chat === 'teams' && input.control.type === 'search' && shownOptions.length < 200
      ? [`${name}: no choices`]
      : []),
    ...(chat === 'teams' && input.control.type === 'person' && shownOptions.length < people.length
      ? [`${name}: no people`]
      : []),
  ];
};

const buttonProblems = (actions: readonly Action[], form: Form | undefined, shown: Shown): string[] => {
  const wanted = [
    ...actions.map(({ name, value, label, url }) => ({
      label,
      name: url === undefined ? name : 'link',
      // A link needs no value: its press is not handled.
      value: url === undefined ? value : '',
      url,
    })),
    ...(form?.submit === undefined ? [] : [{ label: form.submit, name: form.name, value: '', url: undefined }]),
  ];
  const found = shown.buttons.map((b) => JSON.stringify(b.url === undefined ? b : { ...b, value: '' }));
  return wanted.flatMap((b) =>
    found.includes(JSON.stringify({ label: b.label, name: b.name, value: b.value, url: b.url }))
      ? []
      : [`no button ${b.label} (${b.name} ${b.value})`],
  );
};

/** Parts that a rendered card leaves out. */
const problems = ({ blocks, form, title = '', errors = {} }: Expected, chat: Chat, shown: Shown): string[] => {
  const inputs = form?.blocks.filter(isInput) ?? [];
  const elsewhere = Object.entries(errors).filter(([name]) => !inputs.some((input) => input.name === name));
  const count = Object.keys(errors).length;
  const first =
    chat === 'teams' && count > 0
      ? [count === 1 ? '1 thing needs a look' : `${count} things need a look`, ...elsewhere.map(([, words]) => words)]
      : [];
  const grows =
    chat === 'teams' && inputs.some((input) => input.reactive) ? ['Some answers bring a further question'] : [];
  const pieces = [title, ...first, ...blocks.flatMap((block) => blockPieces(block, chat, errors)), ...grows];
  const dividers = blocks.filter((block) => block.kind === 'divider').length;
  return [
    ...missingWords(pieces, shown),
    ...inputs.flatMap((input) => inputProblems(input, chat, shown)),
    ...buttonProblems(
      blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : [])),
      form,
      shown,
    ),
    ...(shown.dividers === dividers ? [] : [`${shown.dividers} dividers for ${dividers}`]),
  ];
};

const slackCard = (card: Card): Shown => slackShown(slackMessage(card, slackPeople).blocks, slackPeople);
const slackForm = (form: Form): Shown => {
  const view = slackView(form, slackPeople);
  return slackShown(
    view.blocks,
    slackPeople,
    view.submit === undefined ? undefined : { label: view.submit.text, name: view.callback_id },
  );
};

const SHOWING = 'showing-1';
/** An error on every input, and one of an input that is not there. */
const errorsOf = (form: Form): Record<string, string> =>
  Object.fromEntries([
    ...form.blocks.filter(isInput).map(({ name }) => [name, `Please look at ${name} again.`]),
    ['elsewhere', 'Somebody else was faster.'],
  ]);

/** Elements whose absence no problem would report. */
const unnoticed = (card: AdaptiveCard, look: (less: AdaptiveCard) => string[]): unknown[] => {
  const body = bodyOf(card);
  return body.filter((_, i) => look({ ...card, body: body.toSpliced(i, 1) }).length === 0);
};

/** One element, each time without one of its members. */
const lessOf = (element: CardElement): CardElement[] => {
  switch (element.type) {
    case 'ActionSet':
      return element.actions.map((_, i) => ({ ...element, actions: element.actions.toSpliced(i, 1) }));
    case 'Input.ChoiceSet':
    case 'Input.Text':
    case 'Input.Date': {
      const { value, ...empty } = element;
      return [
        { ...element, label: 'Another question' },
        ...(value === undefined ? [] : [empty]),
        ...(element.type === 'Input.ChoiceSet' && element.choices.length < 20
          ? element.choices.map((_, i) => ({ ...element, choices: element.choices.toSpliced(i, 1) }))
          : []),
      ];
    }
    default:
      return [];
  }
};

/** Members of an element whose absence no problem would report. */
const unnoticedWithin = (card: AdaptiveCard, look: (less: AdaptiveCard) => string[]): unknown[] => {
  const body = bodyOf(card);
  return body.flatMap((element, i) =>
    lessOf(element).filter((less) => look({ ...card, body: body.toSpliced(i, 1, less) }).length === 0),
  );
};

describe.each(everyCard())('%s card', (_name, card) => {
  const expected: Expected = { blocks: card.blocks };

  it('shows in Slack all that it says', () => {
    expect(problems(expected, 'slack', slackCard(card))).toEqual([]);
  });

  it('shows in Teams all that it says', () => {
    expect(problems(expected, 'teams', teamsShown(teamsCard(card, context)))).toEqual([]);
  });

  it('could not lose an element without anybody noticing', () => {
    expect(unnoticed(teamsCard(card, context), (less) => problems(expected, 'teams', teamsShown(less)))).toEqual([]);
    const { blocks } = slackMessage(card, slackPeople);
    const without = (i: number): Shown => slackShown(blocks.toSpliced(i, 1), slackPeople);
    expect(blocks.filter((_, i) => problems(expected, 'slack', without(i)).length === 0)).toEqual([]);
  });

  it('says the same in words where it cannot be drawn', () => {
    const words = String(teamsCard(card, context)['fallbackText']);
    expect(
      missingWords(
        card.blocks.flatMap((block) => blockPieces(block, 'teams', {})),
        { words },
      ),
    ).toEqual([]);
  });
});

const withPicture = everyCard().filter(([, { blocks }]) => blocks.some(({ kind }) => kind === 'picture'));
it.each(withPicture)('%s card shows its picture in both chats', (_name, card) => {
  const expected: Expected = { blocks: card.blocks };
  const { blocks } = slackMessage(card, slackPeople, () => 'F0SAMPLE1');
  expect(blocks.filter(({ type }) => type === 'image')).toHaveLength(1);
  expect(problems(expected, 'slack', slackShown(blocks, slackPeople))).toEqual([]);
  const drawn = teamsCard(card, context, undefined, () => 'data:image/png;base64,AAAA');
  expect(bodyOf(drawn).filter(({ type }) => type === 'Image')).toHaveLength(1);
  expect(problems(expected, 'teams', teamsShown(drawn))).toEqual([]);
});

describe.each(everyForm())('%s form', (_name, form) => {
  const plain: Expected = { blocks: form.blocks, form };

  it('asks in Slack all that it asks', () => {
    expect(problems(plain, 'slack', slackForm(form))).toEqual([]);
  });

  it('asks in a Teams dialog all that it asks', () => {
    const dialog = teamsForm(form, context, { surface: 'dialog', showing: SHOWING });
    expect(problems(plain, 'teams', teamsShown(dialog))).toEqual([]);
  });

  it('asks on a Teams card all that it asks, under its title, with what is wrong', () => {
    const errors = errorsOf(form);
    const expected: Expected = { ...plain, title: form.title, errors };
    const card = teamsForm(form, context, { surface: 'card', showing: SHOWING, errors });
    expect(problems(expected, 'teams', teamsShown(card))).toEqual([]);
    const look = (less: AdaptiveCard): string[] => problems(expected, 'teams', teamsShown(less));
    expect(unnoticed(card, look)).toEqual([]);
    expect(unnoticedWithin(card, look)).toEqual([]);
  });
});

describe('the builders', () => {
  const from = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  /** Names of cards and forms; `readOpenForm` reads one back, and `makeForm` builds them. */
  const BUILDER = /^export const ((?!read|make)\w+(?:Card|Form))\b/gm;
  const builders = ['cards', 'forms'].flatMap((folder) =>
    readdirSync(new URL(`../../blocks/${folder}/`, import.meta.url)).flatMap((file) =>
      [...from(`../../blocks/${folder}/${file}`).matchAll(BUILDER)].map(([, name = '']) => name),
    ),
  );

  it('are all walked here', () => {
    expect(builders.length).toBeGreaterThan(25);
    const walked =
      'every-board every-card every-erasure every-gap every-home every-list every-passkey every-programme every-sheet every-training every-yearly'
        .split(' ')
        .map((file) => from(`../support/${file}.ts`))
        .join('\n');
    expect(builders.filter((name) => !new RegExp(`\\b${name}\\(`).test(walked))).toEqual([]);
  });
});
