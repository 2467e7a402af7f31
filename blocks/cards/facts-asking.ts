/** The facts around the questions: hand-overs, flags of people's own, information, and a deal's endings and new starts. */
import { waitingFor } from '../../flows/deal/next.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { membersOf } from '../../flows/organisation.ts';
import type { Section } from '../../flows/policy/policy.ts';
import type { Action, Block } from '../card.ts';
import { dealWords, sectionEffort, sentence, weightWord } from '../words.ts';
import {
  answerButton,
  giveInformationButton,
  reopenButton,
  reviewButton,
  settleFlagButton,
  whyButton,
} from './actions.ts';
import { statusLine } from './next-line.ts';
import { ruleText } from './root.ts';
import { people, sourceSpans } from './spans.ts';
import type { FactNamed, Told } from './told.ts';

const sectionNamed = (view: DealView, id: string): Section | undefined => view.policy.sections.find((s) => s.id === id);

export const handedOverTold = (view: DealView, fact: FactNamed<'section handed over'>, direct: boolean): Told => {
  const { deal, policy, facts } = view;
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
              text: `${dealWords(deal)} ${sectionEffort(section, policy.questionsFor(section.id, facts))}.`,
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

export const ownFlagRaisedTold = (view: DealView, fact: FactNamed<'own flag raised'>): Told => {
  const { deal, organisation } = view;
  const flag = deal.ownFlags.find((f) => f.id === fact.flag);
  if (!flag) return { blocks: [{ kind: 'text', text: 'A red flag was raised.' }] };
  const raised: Block[] = [
    { kind: 'text', text: [{ person: flag.by }, ' raised a red flag of their own:'] },
    { kind: 'quote', text: flag.title },
  ];
  if (flag.status !== 'pending') {
    return {
      blocks: [...raised, { kind: 'text', text: `It counts as ${weightWord(flag.weight).toLowerCase()}.` }],
      actions: [whyButton(deal.id)],
    };
  }
  // Nobody is a judge in their own case: compliance on the deal team cannot settle it.
  const compliance = membersOf(organisation, organisation.roles.compliance).filter((p) => !deal.team.includes(p));
  return {
    blocks: [
      ...raised,
      {
        kind: 'text',
        text: [
          'It does not count yet. ',
          ...(compliance.length === 0 ? ['Compliance'] : people(compliance)),
          ': please admit or dismiss it.',
        ],
      },
    ],
    actions: [settleFlagButton(deal.id, flag.id, flag.title)],
  };
};

export const ownFlagSettledTold = (view: DealView, fact: FactNamed<'own flag settled'>): Told => {
  const flag = view.deal.ownFlags.find((f) => f.id === fact.flag);
  if (!flag) return { blocks: [{ kind: 'text', text: 'A raised flag was settled.' }] };
  const outcome = flag.status === 'dismissed' ? 'dismissed' : `admitted as ${weightWord(flag.weight).toLowerCase()}`;
  return {
    blocks: [
      { kind: 'text', text: ['The flag that ', { person: flag.by }, ' raised was ', { strong: outcome }, ':'] },
      { kind: 'quote', text: flag.title },
      ...(flag.reason === undefined || flag.reason === ''
        ? []
        : [{ kind: 'text', text: `Reason: ${sentence(flag.reason)}` } satisfies Block]),
    ],
    actions: [whyButton(view.deal.id)],
  };
};

export const stoppedTold = (view: DealView): Told => {
  const { deal, organisation } = view;
  const chief = membersOf(organisation, organisation.roles.chief);
  return {
    title: 'Stopped',
    tone: 'stop',
    blocks: [
      {
        kind: 'text',
        text: deal.status === 'stopped' ? ruleText(view, deal.rule) : 'A rule of the policy stopped this deal.',
      },
      {
        kind: 'text',
        text:
          chief.length === 0
            ? 'Only the chief compliance officer can reopen it.'
            : ['Only ', ...people(chief), ' can reopen it.'],
      },
    ],
    actions: [whyButton(deal.id), reopenButton(deal.id)],
  };
};

export const detailsCorrectedTold = (view: DealView): Told => {
  const { lastCorrection } = view.deal;
  if (!lastCorrection) return { blocks: [{ kind: 'text', text: 'The details of the deal were corrected.' }] };
  return {
    blocks: [
      {
        kind: 'text',
        text: [{ person: lastCorrection.by }, ' corrected the details of the deal. The first card shows them.'],
      },
      { kind: 'text', text: `Reason: ${sentence(lastCorrection.reason)}` },
    ],
  };
};

export const outOfScopeTold = (view: DealView): Told => {
  const { deal } = view;
  return {
    title: 'Out of scope',
    blocks:
      deal.status === 'out of scope'
        ? [
            {
              kind: 'text',
              text: ['On the answers of ', { person: deal.by }, ', the guidance does not apply to this deal:'],
            },
            { kind: 'list', items: deal.reasons.map(sentence) },
            { kind: 'note', text: 'If facts change, reopen it. The export licence is a separate question.' },
          ]
        : [{ kind: 'text', text: 'The guidance does not apply to this deal.' }],
    actions: [reopenButton(deal.id), whyButton(deal.id)],
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
    ],
    actions: [giveInformationButton(deal.id, request.id, request.question)],
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
      { kind: 'text', text: [{ person: request.by }, ': ', { person: by }, ` answered “${request.question}”`] },
      { kind: 'quote', text },
      ...(cited.length === 0 ? [] : [{ kind: 'note', text: ['Sources: ', ...cited] } satisfies Block]),
    ],
    actions: deal.status === 'deciding' ? [reviewButton(deal.id, deal.step)] : [],
  };
};

export const withdrawnTold = (view: DealView): Told => {
  const { deal } = view;
  return {
    title: 'Withdrawn',
    blocks:
      deal.status === 'withdrawn'
        ? [
            { kind: 'text', text: [{ person: deal.by }, ' withdrew this deal.'] },
            { kind: 'quote', text: deal.reason },
          ]
        : [{ kind: 'text', text: 'This deal was withdrawn.' }],
    actions: [reopenButton(deal.id)],
  };
};

export const reopenedTold = (view: DealView): Told => {
  const { lastReopened } = view.deal;
  return {
    title: 'Reopened',
    blocks: [
      ...(lastReopened
        ? [
            { kind: 'text', text: [{ person: lastReopened.by }, ' reopened this deal.'] } satisfies Block,
            { kind: 'quote', text: lastReopened.reason } satisfies Block,
          ]
        : []),
      { kind: 'text', text: statusLine(view) },
    ],
  };
};

export const ownerReassignedTold = (view: DealView, fact: FactNamed<'owner reassigned'>): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: fact.by }, ' made ', { person: fact.to }, ' the owner of this deal.'] },
    { kind: 'quote', text: fact.reason },
    { kind: 'text', text: statusLine(view) },
  ],
});

/** The button that does what is waited for. */
const waitedForButtons = (view: DealView): Action[] => {
  const { deal } = view;
  const waiting = waitingFor(view);
  switch (waiting.for) {
    case 'section': {
      const section = sectionNamed(view, waiting.section);
      return section ? [answerButton(deal.id, section, 'Answer')] : [];
    }
    case 'information': {
      const request = deal.requests.find((r) => r.id === waiting.request);
      return request ? [giveInformationButton(deal.id, request.id, request.question)] : [];
    }
    case 'votes':
      return [reviewButton(deal.id, waiting.step)];
    case 'chief':
      return [reopenButton(deal.id)];
    case 'nothing':
      return [];
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

export const nudgedTold = (view: DealView, fact: FactNamed<'nudged'>): Told => ({
  blocks: [
    { kind: 'text', text: [{ person: fact.by }, ' sends a friendly reminder.'] },
    { kind: 'text', text: statusLine(view) },
  ],
  actions: waitedForButtons(view),
});
