/** What a handler does in a case. Words are sealed here, to the case's handlers and to who reported it. */

import { decideOnCase, FINDINGS, type CaseAction, type Finding } from '../../../../flows/voices/case.ts';
import { element } from '../../../signing/page/draw.ts';
import { seal } from '../../sealing.ts';
import { MOST_WORDS, type Act, type ShownCase } from '../wire.ts';
import { ask, Refused, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { base64Of } from './keys.ts';
import { button, buttons, card, choice, dayWords, field, form, say, words } from './view.ts';

export interface Draft {
  does: Writing;
  text: string;
}

type Writing = 'acknowledge' | 'answer' | 'feedback' | 'note';

const LABELS: Record<CaseAction['do'], string> = {
  acknowledge: 'Say that it arrived',
  answer: 'Write to them',
  feedback: 'Say what came of it',
  note: 'Write a note for handlers',
  find: 'Say what you make of it',
  close: 'Close the case',
  'open again': 'Open the case again',
};

const hintOf = (does: Writing, unsafe: boolean): string => {
  if (does === 'note') return 'Only handlers of this case can read it.';
  return unsafe
    ? 'They said that an answer is not safe for them. It waits here until they open it: write nothing that harms them if somebody else reads it.'
    : 'Only who holds the receipt can read it. Name nobody who could be found by it.';
};

const DONE: Record<CaseAction['do'], string> = {
  acknowledge: 'Sent. They can read it with their receipt.',
  answer: 'Sent. They can read it with their receipt.',
  feedback: 'Sent. They can read it with their receipt.',
  note: 'Kept, for handlers alone.',
  find: 'Kept.',
  close: 'The case is closed.',
  'open again': 'The case is open again.',
};

const MEANINGS: Record<Finding, string> = {
  'false alarm': 'False alarm: nothing of this kind happened',
  'not ours': 'Not ours: it is about another company or product',
  credible: 'Credible: it may well have happened',
  significant: 'Significant: it may well have happened, and somebody is harmed or may be',
};

const draftOf = (does: Writing, { feedbackBy }: ShownCase): string =>
  does === 'acknowledge'
    ? [
        'Thank you for telling us. Your report arrived, and we are reading it.',
        ...(feedbackBy === undefined
          ? []
          : [`By ${dayWords(feedbackBy)} at the latest we tell you here what came of it.`]),
        'If something changes, or if you are not safe, please write to us here.',
      ].join('\n\n')
    : '';

export interface Acting {
  me: Me;
  unsafe: boolean;
  draft: Draft | undefined;
  /** Shows the case anew, and says something. */
  again(said: string, kept?: Draft): Promise<void>;
}

export const whatNext = (shown: ShownCase, { me, unsafe, draft, again }: Acting): HTMLElement => {
  const refusal = (action: CaseAction): string | undefined => {
    const decided = decideOnCase(shown, action, me.id, shown.day);
    return 'refused' in decided ? decided.refused : undefined;
  };
  const act = async (action: CaseAction, message?: Act['message'], kept?: Draft): Promise<void> => {
    const asked: Act = { id: shown.id, events: shown.events.length, action, message };
    try {
      await ask('act', asked);
    } catch (error) {
      if (!(error instanceof Refused) || !error.stale) throw error;
      return again(kept ? `${error.message} Your words are kept below.` : error.message, kept);
    }
    await again(DONE[action.do]);
  };
  const sealed = async (text: string, recipients: readonly string[]): Promise<string> =>
    base64Of(await seal({ kind: 'words', text }, recipients));

  const place = element('div');
  const notNow = (): HTMLButtonElement => button('Not now', choose);

  const write = (does: Writing, begun?: string): void => {
    const { box, parts } = field('textarea', LABELS[does], hintOf(does, unsafe));
    box.maxLength = MOST_WORDS;
    box.value = begun ?? draftOf(does, shown);
    box.dir = 'auto';
    const submit = async (): Promise<void> => {
      const text = box.value.trim();
      if (text === '') {
        say('Please write something first.');
        box.focus();
        return;
      }
      const forHandlers = await sealed(text, shown.recipients);
      const forReporter = does === 'note' ? undefined : await sealed(text, [shown.reporter]);
      await act({ do: does }, { forHandlers, forReporter }, { does, text });
    };
    place.replaceChildren(form(does === 'note' ? 'Keep' : 'Send', parts, () => trying(submit), notNow()));
    box.focus();
    // A draft is read from its beginning.
    if (begun === undefined) box.setSelectionRange(0, 0);
    box.scrollTop = 0;
  };

  const find = (): void => {
    const choices = FINDINGS.map((finding) => ({ finding, ...choice('radio', MEANINGS[finding], 'finding') }));
    const submit = async (): Promise<void> => {
      const chosen = choices.find(({ box }) => box.checked);
      if (chosen) return act({ do: 'find', as: chosen.finding });
      say('Please choose one first.');
      choices[0]?.box.focus();
    };
    const all = element('fieldset', {}, element('legend', { text: LABELS.find }), ...choices.map(({ part }) => part));
    const hint = words('Handlers alone see this. It can change.', 'hint');
    place.replaceChildren(form('Keep', [all, hint], () => trying(submit), notNow()));
    choices[0]?.box.focus();
  };

  const confirm = (does: 'close' | 'open again'): void => {
    const said =
      does === 'close'
        ? words('Nothing is due any more. They can still write, and you can open the case again.')
        : words('You can write to them again.');
    const made = form(LABELS[does], [said], () => trying(() => act({ do: does })), notNow());
    place.replaceChildren(made);
    made.querySelector('button')?.focus();
  };

  const press = (does: CaseAction['do']): void => {
    say('');
    if (does === 'find') find();
    else if (does === 'close' || does === 'open again') confirm(does);
    else write(does);
  };

  function choose(): void {
    say('');
    const actions: CaseAction[] = [
      { do: 'acknowledge' },
      { do: 'answer' },
      { do: 'feedback' },
      { do: 'note' },
      { do: 'find', as: 'credible' },
      { do: 'close' },
      { do: 'open again' },
    ];
    const possible = actions.filter((action) => refusal(action) === undefined);
    const made = possible.map((action) => button(LABELS[action.do], () => press(action.do)));
    if (made[0]) made[0].className = 'primary';
    place.replaceChildren(
      ...(made.length > 0 ? [buttons(...made)] : [words(refusal({ do: 'answer' }) ?? '', 'quiet')]),
      ...(possible.some((action) => action.do === 'feedback') && refusal({ do: 'close' }) !== undefined
        ? [words('To close the case, say first what came of it.', 'hint')]
        : []),
    );
    made[0]?.focus();
  }
  choose();
  // Even where it can't be sent any more, it is theirs to copy.
  if (draft) write(draft.does, draft.text);
  return card('What next', place);
};
