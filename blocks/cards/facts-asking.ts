/** Facts around the questions: hand-overs, flags that people raise, information. */

import { isOpen } from '../../flows/deal/context/alerts.ts';
import { holdsOn } from '../../flows/deal/context/holds.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { Section } from '../../flows/policy/policy.ts';
import type { Block, Span, Text } from '../card.ts';
import { dealWords, LONGEST_QUOTED, quoted, quotedSentence, weightWord } from '../words.ts';
import { placeHoldButton } from './actions-desk.ts';
import { answerButton, giveInformationButton, reviewButton, settleFlagButton, whyButton } from './actions.ts';
import { askToSettle, askWhoItIs, settledBefore } from './flag-waits.ts';
import { effortOf, toAnswer } from './half-saved.ts';
import { anotherPartyButton, hitBlocks, listedPartyButton } from './hit-words.ts';
import { likeHeldBlocks } from './hold-words.ts';
import { statusLine } from './next-line.ts';
import { takeQuestionBackButton } from './questions-back.ts';
import { sourceSpans } from './spans.ts';
import type { FactNamed, Told } from './told.ts';
import { worryKinds } from './worry-words.ts';

export const sectionNamed = (view: DealView, id: string): Section | undefined =>
  view.policy.sections.find((s) => s.id === id);

export const handedOverTold = (view: DealView, fact: FactNamed<'section handed over'>, direct: boolean): Told => {
  const { deal } = view;
  const section = sectionNamed(view, fact.section);
  const note = deal.handOvers[fact.section]?.note;
  const title = section?.title ?? 'a section';
  return {
    blocks: [
      {
        kind: 'text',
        text: direct
          ? [{ person: fact.by }, ` thinks you might know the answers to ${title}.`]
          : [{ person: fact.by }, ` handed ${title} to `, { person: fact.to }, '.'],
      },
      ...(note === undefined || note === '' ? [] : [{ kind: 'quote', text: note } satisfies Block]),
      ...(section && direct
        ? [
            { kind: 'text', text: section.intro } satisfies Block,
            {
              kind: 'note',
              text: `${dealWords(deal)} ${effortOf(view, section, toAnswer(view, section.id))}.`,
            } satisfies Block,
          ]
        : []),
    ],
    actions: section && direct ? [answerButton(deal.id, section, 'Answer')] : [],
  };
};

export const sectionTakenBackTold = (view: DealView, fact: FactNamed<'section taken back'>): Told => {
  const title = sectionNamed(view, fact.section)?.title ?? 'a section';
  const now = view.deal.handOvers[fact.section];
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { person: fact.by },
          ...(now ? [` handed ${title} to `, { person: now.to }, ' instead.'] : [` took ${title} back.`]),
          ' You need not answer it any more.',
        ],
      },
    ],
  };
};

/** Somebody on a list may be meant by a party: compliance says who it is, and nobody of the deal team. */
const hitFoundTold = (view: DealView, flag: OwnFlag): Told => {
  const { id } = view.deal;
  const about = flag.like ? likeHeldBlocks(view, flag, false) : hitBlocks(view, flag);
  if (flag.status !== 'pending') return { blocks: about, actions: [whyButton(id)] };
  return {
    blocks: [
      ...about,
      {
        kind: 'text',
        text: [
          ...askWhoItIs(view, flag),
          ...(isOpen(view.deal) ? [' Until then the deal can’t be approved.'] : []),
          ' A name alone is no proof: many people share one.',
        ],
      },
    ],
    actions: [anotherPartyButton(id, flag.id, flag.title), listedPartyButton(id, flag.id, flag.title), whyButton(id)],
  };
};

export const ownFlagRaisedTold = (view: DealView, fact: FactNamed<'own flag raised'>): Told => {
  const { deal } = view;
  const flag = deal.ownFlags.find((f) => f.id === fact.flag);
  if (!flag) return { blocks: [{ kind: 'text', text: 'A red flag was raised.' }] };
  if (flag.hit) return hitFoundTold(view, flag);
  const raised: Block[] = flag.ended
    ? [
        {
          kind: 'text',
          text: `${flag.title}. “Why?” says what it said, to those who may read it. Nobody can approve this deal until a colleague off its team says whether that stands.`,
        },
      ]
    : flag.by === SYSTEM
      ? [
          { kind: 'text', text: `${flag.title}. “Why?” names it to those who may read it.` },
          { kind: 'list', items: worryKinds(view) },
        ]
      : [
          { kind: 'text', text: [{ person: flag.by }, ' raised a red flag of their own:'] },
          { kind: 'quote', text: flag.title },
          ...settledBefore(flag),
        ];
  if (flag.status !== 'pending') {
    return {
      blocks: [...raised, { kind: 'text', text: `It counts as ${weightWord(flag.weight).toLowerCase()}.` }],
      actions: [whyButton(deal.id)],
    };
  }
  // Nobody is a judge in their own case: whoever is on the deal team cannot settle it.
  return {
    blocks: [
      ...raised,
      {
        kind: 'text',
        text: [
          flag.stops
            ? 'Until it is settled, the tier is high at least. '
            : flag.again?.as !== undefined
              ? `Until it is settled it counts as ${weightWord(flag.weight).toLowerCase()}. `
              : 'It does not count yet. ',
          ...askToSettle(view, flag),
        ],
      },
    ],
    actions: [settleFlagButton(deal.id, flag, flag.title)],
  };
};

/** Who lifted the hold of which a flag asked, and so answered it. Undefined in older records. */
export const lifterOf = ({ deal }: DealView, { like }: OwnFlag): PersonId | undefined =>
  like && deal.endedAgainst?.findLast(({ hold }) => hold === like.hold)?.by;

const hitSettledTold = (view: DealView, flag: OwnFlag): Told => {
  const { deal } = view;
  const isThem = flag.status === 'admitted';
  const lifter = lifterOf(view, flag);
  const by: Span = flag.settledBy === undefined ? 'Compliance' : { person: flag.settledBy };
  const said: Text =
    flag.settledBy === SYSTEM
      ? flag.like
        ? lifter === undefined
          ? 'That hold is over:'
          : ['That hold is over: ', { person: lifter }, ' lifted it. Nobody needs to say any more whether it is them:']
        : 'What was found on a list is over:'
      : [by, ' says: ', { strong: isThem ? 'it is them' : 'it is another party' }, '.'];
  const held = holdsOn(view).length > 0;
  return {
    blocks: [
      { kind: 'text', text: said },
      { kind: 'quote', text: flag.title },
      ...(flag.reason === undefined || flag.reason === ''
        ? []
        : [{ kind: 'text', text: `Reason: ${quotedSentence(flag.reason, LONGEST_QUOTED)}` } satisfies Block]),
      ...(isThem
        ? [
            {
              kind: 'text',
              text: held
                ? 'It counts as a severe red flag. The deal is on hold.'
                : 'It counts as a severe red flag. Compliance can put the deal or the party on hold: then nobody can approve it.',
            } satisfies Block,
          ]
        : flag.settledBy === SYSTEM
          ? []
          : [
              {
                kind: 'note',
                text: flag.like
                  ? 'It stays so until the name, its part or country changes, or that name is put on hold anew.'
                  : 'It stays so until the name, its country or that entry of the list changes.',
              } satisfies Block,
            ]),
    ],
    actions: [...(isThem && !held ? [placeHoldButton(deal.id)] : []), whyButton(deal.id)],
  };
};

const flagFrom = ({ by, ended }: OwnFlag): Span[] =>
  ended
    ? ['The flag of what was ended']
    : by === SYSTEM
      ? ['The flag of another deal']
      : ['The flag that ', { person: by }, ' raised'];

export const ownFlagSettledTold = (view: DealView, fact: FactNamed<'own flag settled'>): Told => {
  const flag = view.deal.ownFlags.find((f) => f.id === fact.flag);
  if (!flag) return { blocks: [{ kind: 'text', text: 'A raised flag was settled.' }] };
  if (flag.hit) return hitSettledTold(view, flag);
  const outcome = flag.status === 'dismissed' ? 'dismissed' : `admitted as ${weightWord(flag.weight).toLowerCase()}`;
  return {
    blocks: [
      { kind: 'text', text: [...flagFrom(flag), ' was ', { strong: outcome }, ':'] },
      { kind: 'quote', text: flag.title },
      ...(flag.reason === undefined || flag.reason === ''
        ? []
        : [{ kind: 'text', text: `Reason: ${quotedSentence(flag.reason, LONGEST_QUOTED)}` } satisfies Block]),
    ],
    actions: [whyButton(view.deal.id)],
  };
};

export const informationAskedTold = (view: DealView, fact: FactNamed<'information asked'>, direct: boolean): Told => {
  const { deal } = view;
  const request = deal.requests.find((r) => r.id === fact.request);
  if (!request) return { blocks: [{ kind: 'text', text: 'An approver asked for information.' }] };
  return {
    blocks: [
      {
        kind: 'text',
        text: direct
          ? [{ person: request.by }, ' needs to know before voting:']
          : [{ person: deal.owner }, ': ', { person: request.by }, ' needs to know before voting:'],
      },
      { kind: 'quote', text: request.question },
      ...(direct
        ? []
        : [{ kind: 'note', text: 'It holds the step until it is answered or taken back.' } satisfies Block]),
    ],
    actions: [
      giveInformationButton(deal.id, request.id, request.question),
      ...(direct ? [] : [takeQuestionBackButton(deal.id, request.id, request.question)]),
    ],
  };
};

export const informationTakenBackTold = (view: DealView, fact: FactNamed<'information taken back'>): Told => {
  const { deal } = view;
  const request = deal.requests.find((r) => r.id === fact.request);
  if (!request?.takenBack) return { blocks: [{ kind: 'text', text: 'A question of an approver was taken back.' }] };
  const { by, reason } = request.takenBack;
  return {
    blocks: [
      {
        kind: 'text',
        text:
          by === request.by
            ? [{ person: by }, ' took a question back. It needs no answer any more:']
            : [{ person: by }, ' took back a question of ', { person: request.by }, '. It needs no answer any more:'],
      },
      { kind: 'quote', text: request.question },
      ...(reason === undefined
        ? []
        : [{ kind: 'text', text: `Reason: ${quotedSentence(reason, LONGEST_QUOTED)}` } satisfies Block]),
      { kind: 'text', text: statusLine(view) },
    ],
    actions: deal.status === 'deciding' ? [reviewButton(deal.id, deal.step)] : [],
  };
};

export const informationGivenTold = (view: DealView, fact: FactNamed<'information given'>): Told => {
  const { deal } = view;
  const request = deal.requests.find((r) => r.id === fact.request);
  if (!request?.answer) return { blocks: [{ kind: 'text', text: 'The information was given.' }] };
  const { by, text, sources } = request.answer;
  const cited = sourceSpans(sources, 5);
  return {
    blocks: [
      {
        kind: 'text',
        text: [{ person: request.by }, ': ', { person: by }, ` answered ${quoted(request.question, LONGEST_QUOTED)}`],
      },
      { kind: 'quote', text },
      ...(cited.length === 0 ? [] : [{ kind: 'note', text: ['Sources: ', ...cited] } satisfies Block]),
    ],
    actions: deal.status === 'deciding' ? [reviewButton(deal.id, deal.step)] : [],
  };
};
