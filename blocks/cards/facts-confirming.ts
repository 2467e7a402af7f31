/** Facts of what a second person confirms: the scope said, sent back; and of the authority that was notified. */

import { confirmers, whoConfirmsScope } from '../../flows/deal/rights/confirmers.ts';
import { scopeSaidOf } from '../../flows/deal/said/scope.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { Block } from '../card.ts';
import { endsOf, LONGEST_SAID } from '../words.ts';
import {
  answerButton,
  authorityButton,
  confirmLighterButton,
  confirmScopeButton,
  raiseFlagButton,
  whyButton,
} from './actions.ts';
import { aboutBlocks } from './confirm.ts';
import { sectionNamed } from './facts-asking.ts';
import { statusLine } from './next-line.ts';
import { authorityBlocks, lighterSaidBlocks, scopeSaidBlocks } from './said-words.ts';
import { people } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

export const scopeSaidTold = (view: DealView): Told => {
  const { deal } = view;
  const said = scopeSaidOf(deal);
  if (!said) return { blocks: [{ kind: 'text', text: 'This deal was said to be out of scope.' }] };
  const who = whoConfirmsScope(view);
  return {
    title: 'Said to be out of scope',
    tone: said.contradicts.length > 0 ? 'attention' : undefined,
    blocks: [
      ...aboutBlocks(view),
      ...scopeSaidBlocks(view),
      {
        kind: 'text',
        text: [...(who.length === 0 ? ['Compliance'] : people(who)), ': please confirm it, or send it back.'],
      },
    ],
    actions: [confirmScopeButton(deal.id), raiseFlagButton(deal.id)],
  };
};

export const scopeRefusedTold = (view: DealView): Told => {
  const { deal, policy } = view;
  const section = sectionNamed(view, policy.scopeSection);
  const { scopeRefused } = deal;
  if (!scopeRefused) return { blocks: [{ kind: 'text', text: 'Compliance sent the scope back.' }] };
  return {
    title: 'Sent back',
    blocks: [
      { kind: 'text', text: [{ person: scopeRefused.by }, ' does not confirm that this deal is out of scope:'] },
      { kind: 'quote', text: endsOf(scopeRefused.reason, LONGEST_SAID) },
      { kind: 'text', text: [{ person: deal.owner }, ': please answer the scope questions again.'] },
    ],
    actions: section ? [answerButton(deal.id, section, 'Answer')] : [],
  };
};

export const authorityNotedTold = (view: DealView): Told => ({
  title: 'Authority',
  blocks: authorityBlocks(view),
  actions: [whyButton(view.deal.id)],
});

export const lighterSaidTold = (view: DealView): Told => {
  const { deal } = view;
  if (!view.lighterSaid) return { blocks: [{ kind: 'text', text: 'Changes made this deal lighter.' }] };
  const who = confirmers(view);
  return {
    title: 'Changes to confirm',
    tone: 'attention',
    blocks: [
      ...aboutBlocks(view),
      ...lighterSaidBlocks(view),
      {
        kind: 'text',
        text: [...(who.length === 0 ? ['Compliance'] : people(who)), ': please confirm it, or send it back.'],
      },
    ],
    actions: [confirmLighterButton(deal.id), whyButton(deal.id)],
  };
};

export const lighterSettledTold = (view: DealView, { confirmed, by }: FactNamed<'lighter settled'>): Told => {
  const { deal } = view;
  const reason = confirmed ? undefined : deal.lighterRefused?.reason;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { person: by },
          confirmed
            ? ' confirmed the changes that make this deal lighter.'
            : ' sent the changes back, so what was said before counts again:',
        ],
      },
      ...(reason === undefined ? [] : [{ kind: 'quote', text: endsOf(reason, LONGEST_SAID) } satisfies Block]),
      { kind: 'text', text: statusLine(view) },
    ],
    actions: [whyButton(deal.id)],
  };
};

/** Reminders of these. */
export const lighterWaitsTold = (view: DealView): Told => ({ ...lighterSaidTold(view), title: 'Waits for compliance' });

export const scopeWaitsTold = (view: DealView): Told => ({ ...scopeSaidTold(view), title: 'Waits for compliance' });

export const authorityWaitsTold = (view: DealView): Told => ({
  title: 'The authority is to be notified',
  tone: 'attention',
  blocks: authorityBlocks(view),
  actions: [authorityButton(view.deal.id), whyButton(view.deal.id)],
});
