/** The work on a case: where it stands, and the next step, sealed here to the case's handlers. */

import type { CaseAction } from '../../../../flows/voices/case.ts';
import {
  stepProblem,
  workDue,
  workOf,
  type Known,
  type Step,
  type Taken,
  type Work,
} from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import { seal } from '../../sealing.ts';
import type { Act, ShownCase } from '../wire.ts';
import { ask, Refused, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { base64Of } from './keys.ts';
import { stepForm, type Asked } from './step-forms.ts';
import { placedParts } from './step-words.ts';
import { button, buttons, card, dayWords, form, say, words } from './view.ts';

const LABELS: Record<Asked, string> = {
  finding: 'Say what you make of it',
  hold: 'Consider a hold',
  lifted: 'The hold is lifted',
  investigation: 'Begin an investigation',
  result: 'End the investigation',
  outcome: 'Say the outcome',
  remedy: 'Plan a remedy',
  remedied: 'A remedy is done',
  claim: 'A claim was made',
};

/** A step of each kind that is possible whenever one of its kind is: only its kind is asked about. */
const LIKELY: { [Kind in Asked]: (work: Work) => Step } = {
  finding: () => ({ kind: 'finding', as: 'credible', why: '-' }),
  hold: () => ({ kind: 'hold', infer: '-', help: { asked: false, words: '-' }, why: '-' }),
  lifted: () => ({ kind: 'lifted', words: '-' }),
  investigation: () => ({ kind: 'investigation', who: [], outside: '-', not: [] }),
  result: () => ({ kind: 'result', words: '-', hold: 'keep' }),
  outcome: () => ({ kind: 'outcome', as: 'not', deal: 'nothing', why: '-' }),
  remedy: () => ({ kind: 'remedy', what: '-', who: '' }),
  remedied: ({ remedies }) => ({
    kind: 'remedied',
    remedy: remedies.find(({ done }) => !done)?.number ?? -1,
    words: '-',
  }),
  claim: ({ claim }) => ({ kind: 'claim', stands: !claim, words: '-' }),
};

const KINDS = Object.keys(LABELS) as Asked[];

/** Kinds of steps that can be taken now. */
const possibleSteps = (work: Work): Asked[] =>
  KINDS.filter((kind) => stepProblem(work, LIKELY[kind](work)) === undefined);

export interface Working {
  me: Me;
  taken: readonly Taken[];
  /** Names of those whom it concerns. */
  concerns: readonly string[];
  /** The step that somebody had written when it turned out that they had not seen everything. */
  draft: Step | undefined;
  /** Shows the case anew, and says something. */
  again(said: string, kept?: Step): Promise<void>;
}

const SAME_READERS = 'Other people read that case: its number alone would tell them of this one. Nothing was kept.';

/** What a step leaves to do in chat. The room and the chat share nothing: a person carries it over. */
const inChat = ({ hold, stands, result }: Work): HTMLElement[] => {
  if (!hold?.place || !stands) return [];
  const list = element('dl');
  for (const { label, text } of placedParts(hold.place)) {
    const shown = element('dd', { text, className: 'words' });
    list.append(element('dt', { text: label ?? '' }), shown);
  }
  const lifts = result?.hold === 'lift';
  return [
    card(
      lifts ? 'To lift in chat' : 'To place in chat',
      words(
        lifts
          ? 'Lift it in chat with /deal holds (in Teams: holds), on a day that you choose. Then say so here.'
          : 'Place it in chat with /deal hold (in Teams: hold), if it is not there yet. Only compliance can: if you are not, ask a handler who is. Choose there:',
      ),
      list,
      words(
        'Not right after you were here, and with no number and no word of this case: chat has no way back to this room. Compliance sees that it is planned, and the deals’ owners hear of it on that morning, as of any other hold. If it concerns somebody of compliance, place it on that day itself.',
        'note',
      ),
    ),
  ];
};

const standing = (work: Work): string => {
  const { finding, stands, investigation, result, outcome, remedies, claim } = work;
  if (!finding) return 'Nobody said yet what they make of it.';
  const open = remedies.filter(({ done }) => !done).length;
  return [
    `Found: ${finding.as === 'significant' ? 'credible and significant' : finding.as}.`,
    ...(finding.same === undefined ? [] : [`${finding.same} tells of the same.`]),
    ...(stands ? ['A hold stands.'] : []),
    ...(investigation && !result ? ['An investigation runs.'] : []),
    ...(result && !outcome ? ['The investigation ended.'] : []),
    ...(outcome ? [`Outcome: ${outcome.as === 'not' ? 'not substantiated' : outcome.as}.`] : []),
    ...(open > 0 ? [`Remedies to do: ${open}, the first by ${dayWords(workDue(work) ?? '')}.`] : []),
    ...(claim ? ['A claim stands.'] : []),
  ].join(' ');
};

export const working = (shown: ShownCase, { me, taken, concerns, draft, again }: Working): HTMLElement[] => {
  const work = workOf(taken, concerns);
  const sealed = async (step: Step, recipients: readonly string[]): Promise<string> =>
    base64Of(await seal({ kind: 'step', step }, recipients));

  const actionOf = (step: Step): CaseAction => {
    if (step.kind === 'investigation') {
      return { do: 'investigate', who: step.who.map(({ id }) => id), not: step.not.map(({ id }) => id) };
    }
    const due = workDue(workOf([...taken, { number: shown.messages.length + 1, by: me.id, step }], concerns));
    return { do: 'work', ...(due !== workDue(work) && { due: due ?? null }) };
  };

  const take = async (step: Step, to: ShownCase, action: CaseAction): Promise<void> => {
    const message = { forHandlers: await sealed(step, to.recipients) };
    await ask('act', { id: to.id, events: to.events.length, action, message } satisfies Act);
  };

  /** The other case that tells of the same: the same people read it, so that neither tells anybody of the other. */
  const sameCase = async (id: string): Promise<ShownCase> => {
    const other = await ask<ShownCase>('case', { id });
    const readers = (of: ShownCase): string => of.recipients.toSorted().join();
    if (id === shown.id || readers(other) !== readers(shown)) throw new Refused(SAME_READERS, false);
    return other;
  };

  const keep = async (step: Step): Promise<void> => {
    const problem = stepProblem(work, step, concerns);
    if (problem !== undefined) return say(problem);
    const other = step.kind === 'finding' && step.same !== undefined ? await sameCase(step.same) : undefined;
    try {
      await take(step, shown, actionOf(step));
    } catch (error) {
      if (!(error instanceof Refused) || !error.stale) throw error;
      return again(`${error.message} What you wrote is kept below.`, step);
    }
    const joined =
      other &&
      (await take({ kind: 'joined', other: shown.id }, other, { do: 'work' }).then(
        () => true,
        () => false,
      ));
    await again(joined === false ? `Kept. Please note it in ${other?.id ?? ''} as well.` : 'Kept, for handlers alone.');
  };

  const place = element('div');

  const fill = async (kind: Asked, begun?: Step): Promise<void> => {
    say('');
    const people = kind === 'investigation' ? (await ask<{ people: Known[] }>('people')).people : [];
    const made = stepForm(kind, { work, people, concerns, today: shown.today }, begun);
    const submit = async (): Promise<void> => {
      const step = made.read();
      if (step) await keep(step);
    };
    place.replaceChildren(form('Keep', made.parts, () => trying(submit), button('Not now', choose)));
    made.focus();
  };

  const label = (kind: Asked): string => (kind === 'claim' && work.claim ? 'The claim ended' : LABELS[kind]);

  function choose(): void {
    say('');
    place.replaceChildren(
      buttons(...possibleSteps(work).map((kind) => button(label(kind), () => void trying(() => fill(kind))))),
    );
  }
  choose();
  if (draft && draft.kind !== 'joined') void trying(() => fill(draft.kind as Asked, draft));
  return [card('Where it stands', words(standing(work)), place), ...inChat(work)];
};
