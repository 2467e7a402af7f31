/** Teams' settings for drawing cards. Colours are the page's own variables: light and dark need no second drawing. */

const tones = (name: string) => ({ default: `var(--${name})`, subtle: `var(--${name}-soft)` });

const foregroundColors = {
  default: { default: 'var(--ink)', subtle: 'var(--soft)' },
  dark: { default: 'var(--ink)', subtle: 'var(--soft)' },
  light: { default: 'var(--soft)', subtle: 'var(--soft)' },
  accent: tones('card-accent'),
  good: tones('card-good'),
  warning: tones('card-warning'),
  attention: tones('card-attention'),
};

const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

/** At most six actions of a set: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference */
export const HOST_CONFIG = {
  hostCapabilities: {},
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  fontTypes: {
    default: {
      fontFamily: 'inherit',
      fontSizes: { small: 13, default: 15, medium: 16, large: 19, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: 'ui-monospace, monospace',
      fontSizes: { small: 12, default: 14, medium: 15, large: 18, extraLarge: 22 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
  },
  spacing: { small: 5, default: 9, medium: 16, large: 22, extraLarge: 30, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 40, medium: 80, large: 160 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--sunk)'),
    accent: container('var(--sunk)'),
    good: container('var(--sunk)'),
    attention: container('var(--sunk)'),
    warning: container('var(--sunk)'),
  },
  inputs: {
    label: { inputSpacing: 'small', requiredInputs: { weight: 'bolder' }, optionalInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention', size: 'small', weight: 'bolder' },
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  textBlock: { headingLevel: 2 },
};
