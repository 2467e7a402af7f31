/** The one card of a deal's sections in its thread: what is asked and who has it, and what was answered with its red flags. */

import { askedOf } from '../../flows/deal/rights/whose-turn.ts';
import { sectionsTogether } from '../../flows/deal/telling/telling.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { RaisedFlag, Section } from '../../flows/policy/policy.ts';
import type { Block, Card, Text } from '../card.ts';
import { count, dayWords, shorten } from '../words.ts';
import { answerButton, answersButton, handOverButton, row, takeSectionBackButton, whyButton } from './actions.ts';
import { effortOf, askedWithDraft, draftText, toAnswer } from './half-saved.ts';
import { savedBlocks } from './saved-words.ts';
import { flagItem, flagsFrom, holderText } from './section.ts';
import { people } from './spans.ts';

const MOST_FLAGS = 5;
const MOST_OPEN = 5;
/** Of all sections: Slack takes 50 in all. */
const MOST_BLOCKS = 44;

interface Shown {
  section: Section;
  /** Questions to which there is no answer: of a section that was answered, those that came since. */
  fresh: number;
  answered: boolean;
}

const shownOf = (view: DealView): Shown[] => {
  const { deal, policy } = view;
  const asking = new Map(askedOf(view).map(({ section, questions }) => [section.id, questions]));
  const shown = new Set(sectionsTogether(view));
  return policy.sections
    .filter(({ id }) => shown.has(id))
    .map((section) => {
      const given = deal.answers[section.id];
      const asked = asking.get(section.id) ?? [];
      return { section, fresh: asked.filter(({ id }) => !given?.[id]).length, answered: given !== undefined };
    });
};

/** Each flag with the section that raised it, once where several did. */
const flagsBySection = (view: DealView, shown: readonly Shown[]): Map<string, RaisedFlag[]> => {
  const said = new Set<string>();
  return new Map(
    shown.map(({ section }) => {
      const flags = flagsFrom(view, section).filter(({ id }) => !said.has(id));
      for (const { id } of flags) said.add(id);
      return [section.id, flags];
    }),
  );
};

const flagItems = (flags: readonly RaisedFlag[]): Text[] => {
  const more = flags.length - MOST_FLAGS;
  return [
    ...flags.slice(0, MOST_FLAGS).map(flagItem),
    ...(more > 0 ? [`And ${count(more, 'more red flag')}: press Why?`] : []),
  ];
};

const openItems = ({ assessment }: DealView, { questions }: Section): Text[] => {
  const own = new Set(questions.map(({ id }) => id));
  const open = assessment.openQuestions.filter(({ id }) => own.has(id));
  const more = open.length - MOST_OPEN;
  return [
    ...open
      .slice(0, MOST_OPEN)
      .map(({ text, accepted }): Text => [
        { quiet: accepted === true ? 'Accepted as not known: ' : 'Open: ' },
        shorten(text, 150),
      ]),
    ...(more > 0 ? [`And ${count(more, 'more open question')}: press Why?`] : []),
  ];
};

const draftNote = (view: DealView, { id }: Section): string | undefined => {
  if (view.deal.drafts[id] === undefined) return undefined;
  const { asked, filled } = askedWithDraft(view, id);
  return draftText(filled, asked.length);
};

/** Buttons of whoever answers it first, or once more. */
const holderRow = (view: DealView, section: Section): Block[] => {
  const { deal } = view;
  return row(
    answerButton(deal.id, section, 'Answer'),
    handOverButton(deal.id, section),
    deal.handOvers[section.id] !== undefined && takeSectionBackButton(deal.id, section),
  );
};

const askedBlocks = (view: DealView, section: Section): Block[] => {
  const draft = draftNote(view, section);
  return [
    { kind: 'heading', text: section.title },
    { kind: 'text', text: section.intro },
    { kind: 'note', text: `${effortOf(view, section, toAnswer(view, section.id))}.` },
    { kind: 'text', text: [...(draft === undefined ? [] : [`${draft} `]), ...holderText(view, section.id)] },
    ...holderRow(view, section),
  ];
};

/** `Product: answered by @rep-1 on 3 May 2027. 1 red flag.` */
const answeredBlocks = (
  view: DealView,
  { section, fresh }: Shown,
  { flags, isOpen, pressed }: { flags: readonly RaisedFlag[]; isOpen: boolean; pressed: boolean },
): Block[] => {
  const { deal } = view;
  const given = Object.values(deal.answers[section.id] ?? {});
  const at = given.map((answer) => answer.at).reduce((a, b) => (a > b ? a : b), '');
  const more = isOpen && fresh > 0;
  const items = [...flagItems(flags), ...openItems(view, section)];
  const draft = draftNote(view, section);
  const handed = deal.handOvers[section.id] !== undefined;
  return [
    {
      kind: 'text',
      text: [
        { strong: `${section.title}: ${more ? 'more to answer' : 'answered'}` },
        ...(given.length === 0 ? [] : [' by ', ...people([...new Set(given.map(({ by }) => by))])]),
        ...(at === '' ? [] : [`, ${dayWords(at)}`]),
        '.',
        ...(more ? [` ${count(fresh, 'more question')} now ${fresh === 1 ? 'applies' : 'apply'}. `] : []),
        ...(draft === undefined ? [] : [` ${draft} `]),
        ...(more || handed ? holderText(view, section.id) : []),
      ],
    },
    ...savedBlocks(view, section.id),
    ...(items.length === 0 ? [] : [{ kind: 'list', items } satisfies Block]),
    ...(more ? holderRow(view, section) : []),
    ...row(
      pressed && isOpen && !more && answerButton(deal.id, section, 'Change'),
      pressed && isOpen && !more && handed && takeSectionBackButton(deal.id, section),
      pressed && answersButton(deal.id, section, 'All answers'),
    ),
  ];
};

const blocksOf = (view: DealView, shown: readonly Shown[], isOpen: boolean, pressed: boolean): Block[][] => {
  const flags = flagsBySection(view, shown);
  return shown.map((each) =>
    each.answered
      ? answeredBlocks(view, each, { flags: flags.get(each.section.id) ?? [], isOpen, pressed })
      : askedBlocks(view, each.section),
  );
};

/** The sections that fit: of very many, those that are answered have no buttons of their own, and the last are counted. */
const fitting = (view: DealView, shown: readonly Shown[], isOpen: boolean): Block[] => {
  const whole = blocksOf(view, shown, isOpen, true);
  const all = whole.flat().length <= MOST_BLOCKS ? whole : blocksOf(view, shown, isOpen, false);
  let room = MOST_BLOCKS;
  const kept = all.filter((blocks) => (room -= blocks.length) >= 0);
  const more = all.length - kept.length;
  return [
    ...kept.flat(),
    ...(more > 0 ? [{ kind: 'note', text: `And ${count(more, 'more section')}.` } satisfies Block] : []),
  ];
};

/** What holds of all sections, once: that nothing was raised, and what a change does. */
const endNote = ({ deal, assessment }: DealView, shown: readonly Shown[], asks: boolean): Block[] => {
  const clean = assessment.flags.length === 0 && shown.some(({ answered }) => answered);
  const lines = [
    ...(clean ? [`None of these answers raised a red flag${asks ? ', so far' : ''}.`] : []),
    ...(deal.status === 'deciding' ? ['A changed answer voids the votes made on it.'] : []),
  ];
  return lines.length === 0 ? [] : [{ kind: 'note', text: lines.join(' ') }];
};

/** Of a deal that is not reassessed: then each section has its own card, with what was said before. */
export const answersCard = (view: DealView): Card => {
  const { deal } = view;
  const isOpen = deal.status === 'answering' || deal.status === 'deciding';
  const shown = shownOf(view).filter(({ answered }) => answered || isOpen);
  const asks = isOpen && shown.some(({ answered, fresh }) => !answered || fresh > 0);
  return {
    blocks: [
      { kind: 'title', text: asks ? 'Questions' : 'Answers' },
      ...(shown.length === 0
        ? [{ kind: 'text', text: 'Nothing was answered.' } satisfies Block]
        : [...fitting(view, shown, isOpen), ...endNote(view, shown, asks)]),
      ...row(whyButton(deal.id)),
    ],
  };
};
