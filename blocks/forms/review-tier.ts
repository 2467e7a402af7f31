/** A deal's tier on the first page of its review. */

import type { DecidingDeal } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FormBlock } from '../card.ts';
import { contributionText } from '../cards/contribution.ts';
import { flagNote, forNowWords, stepWords } from '../cards/risk-picture.ts';
import { capital, sentence, shorten, tierMeaning, tierWord } from '../words.ts';

/** The tier, each step to it, and what would lower it. “Why?” has the table. */
export const tierBlocks = (view: DealView, deal: DecidingDeal): FormBlock[] => {
  const { rule, trace, placed } = view.assessment;
  const harm = contributionText(view);
  const told = placed ? stepWords(view).map((text) => shorten(text, 300)) : [];
  const ruleText = placed ? undefined : trace.find((line) => line.id === rule)?.text;
  // The steps say why it is that tier, and what a tier means in general stands on the cards.
  const meaning = forNowWords(view) ?? (told.length > 0 ? undefined : sentence(capital(tierMeaning(deal.tier))));
  // Later voters read how others weighed the flags.
  const note = [
    ...(placed && deal.votes.length > 0 ? [] : [flagNote(view.policy)]),
    ...(placed ? ['House rule: the table (“Why?”).'] : []),
  ];
  return [
    { kind: 'heading', text: `Tier: ${tierWord(deal.tier)}` },
    ...(meaning === undefined ? [] : [{ kind: 'text', text: meaning } as const]),
    ...(ruleText === undefined ? [] : [{ kind: 'text', text: `The rule: ${sentence(ruleText)}` } as const]),
    ...(told.length === 0 ? [] : [{ kind: 'list', items: told } as const]),
    ...(harm === undefined ? [] : [{ kind: 'text', text: harm } as const]),
    ...(note.length === 0 ? [] : [{ kind: 'note', text: note.join(' ') } as const]),
  ];
};
