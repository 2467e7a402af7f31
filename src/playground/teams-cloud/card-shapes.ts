/** The shapes of an Adaptive Card 1.5: https://adaptivecards.io/explorer/ and its 1.5.0 JSON schema. */

interface Shape {
  needs: string;
  may: string;
}

const ELEMENT = 'type id requires isVisible fallback height separator spacing';
const INPUT = `${ELEMENT} errorMessage isRequired label value`;
const ACTION = 'type id requires title iconUrl style fallback tooltip isEnabled mode';
const BOX = 'selectAction style verticalContentAlignment bleed backgroundImage minHeight rtl';

export const ELEMENTS: Readonly<Record<string, Shape>> = {
  TextBlock: {
    needs: 'text',
    may: `${ELEMENT} color fontType horizontalAlignment isSubtle maxLines size weight wrap style`,
  },
  RichTextBlock: { needs: 'inlines', may: `${ELEMENT} horizontalAlignment` },
  Image: { needs: 'url', may: `${ELEMENT} altText backgroundColor horizontalAlignment selectAction size style width` },
  ImageSet: { needs: 'images', may: `${ELEMENT} imageSize` },
  Media: { needs: 'sources', may: `${ELEMENT} poster altText` },
  ActionSet: { needs: 'actions', may: ELEMENT },
  Container: { needs: 'items', may: `${ELEMENT} ${BOX}` },
  ColumnSet: { needs: '', may: `${ELEMENT} columns selectAction style bleed minHeight horizontalAlignment` },
  FactSet: { needs: 'facts', may: ELEMENT },
  Table: {
    needs: '',
    may: `${ELEMENT} columns rows firstRowAsHeader showGridLines gridStyle horizontalCellContentAlignment verticalCellContentAlignment`,
  },
  'Input.Text': { needs: 'id', may: `${INPUT} isMultiline maxLength placeholder regex style inlineAction` },
  'Input.Number': { needs: 'id', may: `${INPUT} max min placeholder` },
  'Input.Date': { needs: 'id', may: `${INPUT} max min placeholder` },
  'Input.Time': { needs: 'id', may: `${INPUT} max min placeholder` },
  'Input.Toggle': { needs: 'id title', may: `${INPUT} valueOff valueOn wrap` },
  'Input.ChoiceSet': { needs: 'id choices', may: `${INPUT} isMultiSelect style placeholder wrap` },
};

export const ACTIONS: Readonly<Record<string, Shape>> = {
  'Action.Execute': { needs: 'verb', may: `${ACTION} data associatedInputs` },
  'Action.Submit': { needs: '', may: `${ACTION} data associatedInputs` },
  'Action.OpenUrl': { needs: 'url', may: ACTION },
  'Action.ShowCard': { needs: 'card', may: ACTION },
  'Action.ToggleVisibility': { needs: 'targetElements', may: ACTION },
};

/** Members with one possible place; their type need not be named. */
export const PARTS = {
  AdaptiveCard: {
    needs: '',
    // `msteams` is Teams' own: https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
    may: `type version refresh authentication body actions selectAction fallbackText backgroundImage minHeight rtl speak lang verticalContentAlignment $schema msteams`,
  },
  Column: { needs: '', may: `${ELEMENT} items width ${BOX}` },
  TableColumnDefinition: { needs: '', may: 'type width horizontalCellContentAlignment verticalCellContentAlignment' },
  TableRow: { needs: '', may: 'type cells style horizontalCellContentAlignment verticalCellContentAlignment' },
  TableCell: { needs: 'items', may: `type ${BOX}` },
  TextRun: {
    needs: 'text',
    may: 'type color fontType highlight isSubtle italic selectAction size strikethrough underline weight',
  },
  Fact: { needs: 'title value', may: 'type' },
  'Input.Choice': { needs: 'title value', may: 'type' },
  MediaSource: { needs: 'url mimeType', may: 'type' },
} satisfies Readonly<Record<string, Shape>>;

export type Part = keyof typeof PARTS;

const BOX_STYLE = 'default emphasis good attention warning accent';
const SIDES = 'left center right';
const HEIGHTS = 'top center bottom';

/** Words that a property takes, whatever the element. */
export const WORDS: Readonly<Record<string, string>> = {
  color: 'default dark light accent good warning attention',
  fontType: 'default monospace',
  weight: 'default lighter bolder',
  spacing: 'default none small medium large extralarge padding',
  mode: 'primary secondary',
  associatedInputs: 'auto none',
  gridStyle: BOX_STYLE,
  imageSize: 'auto stretch small medium large',
  horizontalAlignment: SIDES,
  verticalContentAlignment: HEIGHTS,
  horizontalCellContentAlignment: SIDES,
  verticalCellContentAlignment: HEIGHTS,
};

const SIZES = 'default small medium large extralarge';

/** Words that depend on the element. */
export const WORDS_OF: Readonly<Record<string, string>> = {
  'TextBlock.size': SIZES,
  'TextRun.size': SIZES,
  'Image.size': 'auto stretch small medium large',
  'TextBlock.style': 'default heading',
  'Image.style': 'default person',
  'Input.Text.style': 'text tel url email password',
  // `filtered`: https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/dynamic-search
  'Input.ChoiceSet.style': 'compact expanded filtered',
  ...Object.fromEntries(
    ['Container', 'Column', 'ColumnSet', 'TableRow', 'TableCell'].map((t) => [`${t}.style`, BOX_STYLE]),
  ),
  ...Object.fromEntries(Object.keys(ACTIONS).map((t) => [`${t}.style`, 'default positive destructive'])),
};

export const FLAGS = new Set(
  'wrap isSubtle separator isVisible isMultiline isMultiSelect isRequired isEnabled bleed rtl highlight italic strikethrough underline firstRowAsHeader showGridLines'.split(
    ' ',
  ),
);

export const TEXTS = new Set(
  'id text title label errorMessage placeholder tooltip url altText verb lang speak fallbackText minHeight mimeType valueOn valueOff regex'.split(
    ' ',
  ),
);
