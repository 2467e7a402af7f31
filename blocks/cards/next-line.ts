/** The root card's status in words: what is next and who has it. */

import { findingNow } from '../../flows/deal/context/finding.ts';
import { tierShown } from '../../flows/deal/context/tier.ts';
import { sectionProgress, waitingFor, type Waiting } from '../../flows/deal/rights/whose-turn.ts';
import { confirmable } from '../../flows/deal/taking/asked-again.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { WEIGHTS, type Section } from '../../flows/policy/policy.ts';
import type { Span } from '../card.ts';
import { count, dayWords, licenceWord, quoted, sentence, tierWord, weightWord } from '../words.ts';
import { decidedWords, reassessedWords, stillOpen } from './condition-state.ts';
import { hitParts, pendingParts } from './flag-waits.ts';
import { effortOf, toAnswer } from './half-saved.ts';
import { openCounts } from './open-words.ts';
import { people } from './spans.ts';
import { peopleHere } from './stand-ins.ts';
import { goesOnWords, missingWords, stepName } from './steps.ts';

/** `9 questions, about 3 minutes`, or that nothing but a click is left: of a section that is asked for now. */
export const effortWords = (view: DealView, section: Section): string =>
  confirmable(view, section.id) ? '1 click if nothing changed' : effortOf(view, section, toAnswer(view, section.id));

const nextWords = (view: DealView, waiting: Waiting): Span[] => {
  const { deal, policy } = view;
  switch (waiting.for) {
    case 'section': {
      const section = policy.sections.find((s) => s.id === waiting.section);
      if (!section) return ['Next: the open questions.'];
      const what = confirmable(view, section.id) ? `confirm ${section.title} or change it` : `answer ${section.title}`;
      return [`Next: ${what} (${effortWords(view, section)}).`];
    }
    case 'information': {
      const request = deal.requests.find((r) => r.id === waiting.request);
      return request
        ? ['Next: answer ', { person: request.by }, `, who asks: ${quoted(request.question, 300)} That holds the step.`]
        : ['Next: answer what an approver asked.'];
    }
    case 'votes': {
      if (deal.status !== 'deciding') return [];
      const missing = missingWords(view, deal);
      return [`Next: review by ${stepName(view, deal.route, waiting.step)}${missing === '' ? '' : `, ${missing}`}.`];
    }
    case 'scope':
      return ['Next: confirm it or send it back.'];
    case 'finding':
      return ['Next: find out, or send it on.'];
    case 'chief':
      return ['Next: nothing moves until they reopen it.'];
    case 'nothing':
      return [];
    default: {
      const never: never = waiting;
      return never;
    }
  }
};

/** Words for a deal that waits for nobody. */
const restingWords = (view: DealView, inShort: boolean): Span[] => {
  const { deal } = view;
  switch (deal.status) {
    case 'answering': {
      if (deal.scopeSaid) {
        return ['Said to be out of scope. Compliance confirms it, and nobody of compliance is outside the deal.'];
      }
      const finding = findingNow(view);
      const others = waitingFor(view).people.filter((id) => id !== deal.owner);
      return finding
        ? [
            'All questions are answered, but something is not known. ',
            ...(others.length === 0 ? [] : ['Waiting for ', ...people(others), ', who might know. ']),
            `${dayWords(finding.until)}: it goes to its approvers as it is, unless `,
            { person: deal.owner },
            ' finds out or sends it on before.',
          ]
        : ['All questions are answered. Next: the tier and who decides.'];
    }
    case 'deciding':
      return deal.full === undefined
        ? ['Nobody is left who can vote in this step. ', ...nextWords(view, waitingFor(view))]
        : [goesOnWords(view)];
    case 'out of scope': {
      const { exportLicence } = deal.details;
      // What may yet bring it back in scope.
      const isForNow = deal.ownFlags.some(({ status }) => status === 'pending');
      const left = [
        ...stillOpen(view),
        ...(exportLicence === 'pending' || exportLicence === 'not-determined'
          ? [`the export licence is a matter of its own (${licenceWord(exportLicence).toLowerCase()})`]
          : []),
      ];
      return [
        `Out of scope${isForNow ? ' for now' : ''}, on the answers of `,
        { person: deal.by },
        `${isForNow ? '. ' : ': the guidance does not apply to this deal. '}${left.length > 0 ? `Still open: ${left.join('; ')}.` : 'Nothing is left to do unless facts change.'}`,
      ];
    }
    case 'stopped':
      return ['Stopped. Only the chief compliance officer can reopen it, and nobody holds that role now.'];
    case 'decided':
      return decidedWords(view, inShort);
    case 'withdrawn': {
      const left = stillOpen(view);
      const then = left.length > 0 ? `Still open: ${left.join('; ')}.` : 'It stays so unless it is reopened.';
      return ['Withdrawn by ', { person: deal.by }, `. ${then}`];
    }
    default: {
      const never: never = deal;
      return never;
    }
  }
};

/** `Waiting for @counsel-1 (asked 2 days ago). Next: …` `inShort`: in a row among others. */
export const statusLine = (view: DealView, inShort = false): Span[] => {
  const waiting = waitingFor(view);
  const standing = reassessedWords(view);
  if (waiting.people.length === 0 || waiting.for === 'finding')
    return [...(standing === '' ? [] : [standing]), ...restingWords(view, inShort)];
  return [
    `${standing}${waiting.for === 'scope' ? 'Said to be out of scope. ' : ''}Waiting for `,
    ...(waiting.for === 'votes' ? peopleHere(view, waiting.people) : people(waiting.people)),
    ' (asked ',
    { since: view.deal.waitingSince },
    '). ',
    ...nextWords(view, waiting),
  ];
};

/** `7 red flags (3 severe, 2 heavy, 2 moderate)`, `1 red flag (severe)` */
const flagCounts = ({ assessment: { flags } }: DealView): string => {
  const weights = WEIGHTS.toReversed().flatMap((weight) => {
    const many = flags.filter((flag) => flag.weight === weight).length;
    const word = weightWord(weight).toLowerCase();
    return many === 0 ? [] : [flags.length === 1 ? word : `${many} ${word}`];
  });
  return `${count(flags.length, 'red flag')} (${weights.join(', ')})`;
};

/**
 * `Estimated tier: elevated · 1 red flag (severe) · 2 open questions · 3 of 6 sections`: the risk first. Empty when there
 * is nothing to say.
 */
export const progressLine = (view: DealView): string => {
  const { deal, assessment } = view;
  const sections = sectionProgress(view);
  const done = sections.filter((s) => s.done).length;
  const estimating = deal.status === 'answering';
  const parts: string[] = [];
  const tier = tierShown(view);
  if (tier !== undefined && (!estimating || done > 0)) {
    parts.push(`${estimating ? 'Estimated tier' : 'Tier'}: ${tierWord(tier).toLowerCase()}`);
  }
  if (deal.status !== 'out of scope') {
    if (assessment.flags.length > 0) parts.push(flagCounts(view));
    parts.push(...openCounts(view));
    parts.push(...pendingParts(view));
  } else {
    // Whoever is on a list is so of a deal of any scope.
    parts.push(...hitParts(view, true));
  }
  if (estimating) parts.push(`${done} of ${count(sections.length, 'section')}`);
  return parts.map((part, i) => (i === parts.length - 1 ? sentence(part) : part)).join(' · ');
};
