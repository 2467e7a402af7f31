/** A deal's history: for each event who, when and what, and the values it replaced. */

import type { Answer } from '../../flows/deal/answer-shapes.ts';
import type { Difference } from '../../flows/deal/deal.ts';
import type { DealEvent } from '../../flows/deal/events.ts';
import { evolve } from '../../flows/deal/evolve.ts';
import { noDeal, type DealState } from '../../flows/deal/state.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import type { FlagId, QuestionId, SectionId } from '../../flows/policy/policy.ts';
import type { Readable } from '../cards/worry-words.ts';
import { detailTexts } from '../detail-texts.ts';
import { count, dayWords, decisionWords, groupName, tierWord, voteWords, weightWord } from '../words.ts';
import { answerChanges, change, differenceLines, tally } from './changes.ts';
import { basisTold, isBasisEvent } from './history-basis.ts';
import { askedAgainText, gapLines, gapsText, loweredText } from './history-gaps.ts';
import { carriedLines, DISCARDED, seatLines } from './history-votes.ts';
import { bullet, line, nested, type Line } from './parts.ts';
import { screenedTold } from './screening.ts';
import { isTimeEvent, timeTold } from './time.ts';
import {
  byWords,
  forWords,
  ballotLines,
  askedText,
  dealWords,
  flagTitle,
  instantWords,
  nameOf,
  namesOf,
  questionWords,
  said,
  sectionTitle,
  sectionTitles,
  sourceWords,
  stepLine,
} from './words.ts';

/** One commit of the record, opened. `hash` is the one in the chain. */
export interface RecordedCommit {
  version: number;
  at: string;
  actor: string;
  hash: string;
  events: readonly DealEvent[];
}

interface Told {
  what: string;
  more?: Line[];
  /** No person did this: it followed from the commit's actor's act. */
  followed?: boolean;
  /** The person who acted, where the bot only carried it out. */
  by?: PersonId;
}

/** The deal before an event. `answers`: a section's answers as last given, also where a reopening made them drafts. */
interface Before {
  state: DealState;
  answers: Record<SectionId, Record<QuestionId, Answer>>;
}

const because = (reason: string | undefined): string => (reason?.trim() ? `. Reason: ${reason}` : '');

const fellLines = (view: DealView, flags: readonly FlagId[] = []): Line[] =>
  flags.map((id) => bullet('Red flag that fell', flagTitle(view, id)));

const answered = (view: DealView, before: Before, event: Extract<DealEvent, { type: 'SectionAnswered' }>): Told => {
  const title = sectionTitle(view, event.section);
  const was = before.answers[event.section];
  const given = Object.values(event.answers);
  if (!was) return { what: `answered ${title}: ${tally(given)}` };
  const { lighter } = event;
  const why = lighter ? [bullet('Why it gets lighter', lighter.why), ...fellLines(view, lighter.flags)] : [];
  const more = [...answerChanges(view, was, event.answers), ...why];
  if (more.length === 0) return { what: `confirmed ${title}: nothing was changed` };
  return { what: `changed ${title}: ${count(more.length - why.length, 'difference')}`, more };
};

const sinceApproval = (view: DealView, found: readonly Difference[]): Line[] =>
  found.length === 0
    ? [line('Nothing changed since the approval')]
    : [line(`Since the approval: ${count(found.length, 'difference')}`), ...nested(differenceLines(view, found))];

/** Describes an event, to follow `Name: `; in words that need no other page. */
const told = (view: DealView, before: Before, event: DealEvent, readable?: Readable): Told => {
  const opened = before.state.status === 'none' ? undefined : before.state;
  if (isTimeEvent(event)) return timeTold(view, opened, event);
  if (isBasisEvent(event)) return basisTold(view, event, readable);
  switch (event.type) {
    case 'DealOpened':
      return {
        what: `opened the deal${event.owner === event.by ? '' : ` for ${nameOf(view, event.owner)}`} under the policy ${event.policy}`,
        more: detailTexts(event.details).map(({ label, text }) => bullet(label, text)),
      };
    case 'DetailsCorrected': {
      const was = opened ? detailTexts(opened.details) : [];
      const more = detailTexts(event.details).flatMap(({ label, text }, i) =>
        was[i]?.text === text ? [] : [change(label, was[i]?.text ?? 'not said', text)],
      );
      return {
        what: `corrected the deal’s details${because(event.reason)}`,
        more: [...more, ...fellLines(view, event.fell)],
      };
    }
    case 'SectionSavedForLater':
      return {
        what: `saved ${sectionTitle(view, event.section)} for later, with ${count(Object.keys(event.answers).length, 'answer')} so far`,
      };
    case 'SectionAnswered':
      return answered(view, before, event);
    case 'SectionHandedOver': {
      const { to, note } = event.handOver;
      return {
        what: `handed ${sectionTitle(view, event.section)} to ${nameOf(view, to)}${note?.trim() ? `. Note: ${note}` : ''}`,
      };
    }
    case 'HandOverEnded': {
      const holder = opened?.handOvers[event.section]?.to;
      return { what: `took ${sectionTitle(view, event.section)} back${holder ? ` from ${nameOf(view, holder)}` : ''}` };
    }
    case 'FoundOutOfScope':
      return {
        followed: true,
        what: `the deal is out of scope. ${event.reasons.join('; ')}`,
        more: event.confirmed?.deal
          ? [
              bullet(
                'Rests on',
                `the confirmation by ${nameOf(view, event.confirmed.by)} on ${dealWords(event.confirmed.deal, readable)}`,
              ),
            ]
          : [],
      };
    case 'ScopeSaid':
      return {
        followed: true,
        what: `the deal is said to be out of scope, and compliance is asked. ${event.reasons.join('; ')}`,
        more: [
          ...(event.why === undefined ? [] : [bullet('What is different since it was sent back', event.why)]),
          ...event.contradicts.map((text) => bullet('Against it', text)),
          bullet('Rests on facts', event.factsHash),
        ],
      };
    case 'ScopeConfirmed':
      return {
        what: 'confirmed that the deal is out of scope',
        more: event.keeps
          ? [bullet('Stands for this product, kind of end-user and country until', dayWords(event.keeps.until))]
          : [],
      };
    case 'ScopeRefused':
      return { what: `sent it back: not confirmed as out of scope${because(event.reason)}` };
    case 'LighterConfirmed':
      return { what: `confirmed the changes that make the deal lighter${loweredText(event)}` };
    case 'LighterRefused':
      return { what: `sent the changes that make the deal lighter back${because(event.reason)}` };
    case 'AuthorityNoted':
      return { what: `said of the notice to the authority: ${event.note}` };
    case 'FoundInScope':
      return { followed: true, what: `the deal is in scope. ${event.reasons.join('; ')}` };
    case 'PartyScreened':
      return { followed: true, ...screenedTold(event) };
    case 'FlagRaised':
      return {
        what: `raised a flag: ${event.title}`,
        more: [
          bullet(
            'Counts',
            event.pending ? 'not before compliance admits it' : `at once, as ${weightWord(event.weight).toLowerCase()}`,
          ),
        ],
      };
    case 'FlagAdmitted':
      return {
        what: `admitted the flag ${said(flagTitle(view, event.flag))} as ${weightWord(event.weight).toLowerCase()}${because(event.reason)}`,
      };
    case 'FlagDismissed':
      return { what: `dismissed the flag ${said(flagTitle(view, event.flag))}${because(event.reason)}` };
    case 'GapsAccepted':
      return {
        ...(event.from ? { by: event.from.by } : {}),
        what: `${gapsText(view, event)}${because(event.reason)}`,
        more: gapLines(view, event),
      };
    case 'GapsTakenBack':
      return { what: `${gapsText(view, event)}${because(event.reason)}`, more: gapLines(view, event) };
    case 'FindingOut':
      return {
        followed: true,
        what: `something is not known, so who might know is asked until ${instantWords(event.until)}`,
      };
    case 'FindOutNudged':
      return { what: 'reminded the owner and whoever might know that the deal goes on soon' };
    case 'SentOn':
      return { what: 'sent the deal on with what is not known' };
    case 'DealRouted':
      return {
        followed: true,
        what: `tier ${tierWord(event.tier)}, by the rule ${event.rule}; the deal goes to its approvers`,
        more: [
          ...event.route.steps.map((step, i) => stepLine(view, step, i)),
          ...event.route.shortfalls.map((s) =>
            line(
              `Step ${s.step + 1} can’t be completed: ${groupName(view.organisation, s.group)} must give ${s.needed} and can give ${s.available}`,
            ),
          ),
          ...differenceLines(view, event.differences ?? []),
          ...(event.sinceApproval ? sinceApproval(view, event.sinceApproval) : []),
          bullet('Rests on facts', event.route.factsHash),
        ],
      };
    case 'DealStopped':
      return {
        followed: true,
        what: `the rule ${event.rule} of the policy prohibits the deal, so it stopped`,
        more: [
          ...(event.because ?? []).map((id) => bullet('Because of', questionWords(view.policy.question(id), id))),
          ...(event.notify ? [line('The authority is to be notified')] : []),
        ],
      };
    case 'VoteCast':
      return {
        what: `voted in step ${event.step + 1}${forWords(view, event)}: ${voteWords(event.ballot.outcome)}`,
        more: [
          ...ballotLines(view, event.ballot),
          bullet('Made on facts', event.factsHash),
          ...(event.signature ? [bullet('Signed with the passkey', event.signature.key)] : []),
        ],
      };
    case 'VoteTakenBack':
      return { what: `took the vote in step ${event.step + 1} back${because(event.reason)}` };
    case 'Recused': {
      const lost = opened?.status === 'deciding' ? opened.votes.filter(({ by }) => event.voters?.includes(by)) : [];
      return {
        what: `recused themself from the deal${because(event.reason)}`,
        more: lost.map((vote) =>
          bullet('No longer counts', `the vote of ${byWords(view, vote)} in step ${vote.step + 1}`),
        ),
      };
    }
    case 'VotesVoided':
      return {
        followed: true,
        what: `${DISCARDED[event.because ?? 'changed']}, so these votes no longer count: ${event.voters.map((by) => byWords(view, { by, for: event.seats?.[by] })).join(event.seats ? '; ' : ', ')}`,
        more: [
          ...differenceLines(view, event.differences),
          ...(event.discarded ?? []).flatMap((v) => carriedLines(view, v)),
        ],
      };
    case 'HeardElsewhere':
      return { what: `told compliance of ${count(event.deals.length, 'settled deal')} that hear of this one` };
    case 'SeatsNoted':
      return { what: 'noted that another organisation file counts', more: seatLines(view, event) };
    case 'InformationTakenBack': {
      const question = opened?.requests.find((r) => r.id === event.request)?.question;
      return { what: `took a question back${question ? `: ${said(question)}` : ''}${because(event.reason)}` };
    }
    case 'InformationAsked':
      return { what: `asked for information in step ${event.step + 1}: ${said(event.question)}` };
    case 'InformationGiven': {
      const question = opened?.requests.find((r) => r.id === event.request)?.question;
      return {
        what: `answered ${question ? said(question) : 'a question'}: ${said(event.text)}`,
        more: event.sources.map((s) => bullet('Source', sourceWords(s))),
      };
    }
    case 'QuestionsReopened':
      return {
        followed: true,
        what: `further questions apply, so these sections are open: ${sectionTitles(view, event.sections)}`,
      };
    case 'StepCompleted':
      return {
        followed: true,
        what: `step ${event.step + 1} (${groupName(view.organisation, event.group)}) is complete: ${event.outcome}${event.without?.length ? `; away, and not waited for: ${namesOf(view, event.without)}` : ''}`,
      };
    case 'DealDecided':
      return {
        followed: true,
        what: `the deal is decided: ${decisionWords(event.outcome)}, tier ${tierWord(event.tier)}`,
        more: event.conditions.map((c) => bullet('Condition', askedText(view, c))),
      };
    case 'DealWithdrawn':
      return { what: `withdrew the deal${because(event.reason)}` };
    case 'DealReopened':
      return {
        what: `reopened the deal${because(event.reason)}`,
        more: event.askAgain.length > 0 ? [bullet('Asked again', sectionTitles(view, event.askAgain))] : [],
      };
    case 'OwnerReassigned':
      return {
        what: `gave the deal to ${nameOf(view, event.to)}${opened ? `, from ${nameOf(view, opened.owner)}` : ''}${because(event.reason)}`,
      };
    case 'FlagsAskedAgain':
    case 'LighterAskedAgain':
      return { followed: true, what: askedAgainText(event) };
    case 'Nudged':
      return { what: `reminded ${namesOf(view, event.people)}` };
    case 'RecordExported':
      return { what: 'exported the record' };
    default: {
      const never: never = event;
      return never;
    }
  }
};

const next = ({ state, answers }: Before, event: DealEvent): Before => ({
  state: evolve(state, event),
  answers: event.type === 'SectionAnswered' ? { ...answers, [event.section]: event.answers } : answers,
});

/** `commits`: the whole record, oldest first. */
export const history = (view: DealView, commits: readonly RecordedCommit[], readable?: Readable): Line[] => {
  const lines: Line[] = [];
  let before: Before = { state: noDeal, answers: {} };
  for (const { version, hash, events } of commits) {
    for (const event of events) {
      const { what, more = [], followed, by = event.by } = told(view, before, event, readable);
      const who = followed ? `in consequence of what ${nameOf(view, by)} did` : nameOf(view, by);
      lines.push(line(`${version}. ${instantWords(event.at)}, ${who}: ${what}`), ...nested(more));
      before = next(before, event);
    }
    lines.push(...nested([bullet(`Hash of commit ${version}`, hash)]));
  }
  return lines;
};
