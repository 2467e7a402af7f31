/** Short answers to one person: where a deal stands, what can be typed, a refusal, a notice. */
import type { DealView } from '../../flows/deal/view.ts';
import type { Block, Card, Text } from '../card.ts';
import { moreButton, row, whyButton } from './actions.ts';
import { progressLine, statusLine } from './next-line.ts';
import { dealTone } from './root.ts';
import { dealTitle } from './spans.ts';

export const statusCard = (view: DealView): Card => {
  const progress = progressLine(view);
  return {
    blocks: [
      { kind: 'title', text: dealTitle(view.deal), tone: dealTone(view) },
      { kind: 'text', text: statusLine(view) },
      ...(progress === '' ? [] : [{ kind: 'note', text: progress } satisfies Block]),
      ...row(whyButton(view.deal.id)),
    ],
  };
};

/** `words` is what to type (`/deal`), `does` one plain sentence. */
export interface HelpEntry {
  words: string;
  does: string;
}

export const helpCard = (commands: readonly HelpEntry[]): Card => ({
  blocks: [
    { kind: 'title', text: 'What you can do here' },
    { kind: 'list', items: commands.map(({ words, does }): Text => [{ strong: words }, `: ${does}`]) },
    { kind: 'note', text: 'Clearing a deal here is neither an export licence nor legal advice.' },
  ],
});

/** `text` says what was refused and what to do instead. */
export const refusalCard = (text: Text): Card => ({
  blocks: [
    { kind: 'title', text: 'Not done', tone: 'attention' },
    { kind: 'text', text },
  ],
});

export const noticeCard = (text: Text): Card => ({ blocks: [{ kind: 'text', text }] });

/** "@Clearthread change": a mention cannot open a form, so it answers with the button that can. */
export const changeCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'text', text: ['What would you like to change about ', { strong: dealTitle(view.deal) }, '?'] },
    ...row(moreButton(view.deal.id)),
  ],
});

/** A review card of an earlier round of routing. */
export const replacedCard = (view: DealView): Card => ({
  blocks: [
    { kind: 'title', text: `Earlier review of ${view.deal.id}` },
    {
      kind: 'text',
      text: 'The facts changed or the deal was reopened, so its review started again. The newer card below counts.',
    },
  ],
});
