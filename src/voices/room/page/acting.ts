/** What a handler does in a case. Words are sealed here, to the case's handlers and to who reported it. */

import { decideOnCase, type CaseAction } from '../../../../flows/voices/case.ts';
import { countOf } from '../../../../flows/voices/counting.ts';
import { closingProblem, type Work } from '../../../../flows/voices/steps.ts';
import { element } from '../../../signing/page/draw.ts';
import { seal } from '../../sealing.ts';
import { MOST_WORDS, type Act, type ShownCase } from '../wire.ts';
import { ask, Refused, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { base64Of } from './keys.ts';
import type { Safe } from './report.ts';
import { WHY } from './step-words.ts';
import { button, buttons, card, choice, dayWords, field, form, say, words } from './view.ts';

export interface Draft {
  does: Writing;
  text: string;
}

type Writing = 'acknowledge' | 'answer' | 'feedback' | 'ask' | 'note';

/** What is done here; the steps of its work are in working.ts. */
type Doing = Writing | 'close' | 'open again';

const LABELS: Record<Doing, string> = {
  acknowledge: 'Say that it arrived',
  answer: 'Write to them',
  feedback: 'Say what came of it',
  ask: 'Ask how it went on for them',
  note: 'Write a note for handlers',
  close: 'Close the case',
  'open again': 'Open the case again',
};

/** What is sent only where that is safe for them. */
const isLater = (does: Writing): does is 'feedback' | 'ask' => does === 'feedback' || does === 'ask';

const hintOf = (does: Writing, safe: Safe): string => {
  if (does === 'note') return 'Only handlers of this case can read it.';
  if (isLater(does)) return does === 'ask' ? WHY.ask : WHY.feedback;
  return safe === 'no'
    ? 'They said that an answer is not safe for them. It waits here until they open it: write nothing that harms them if somebody else reads it.'
    : 'Only who holds the receipt can read it. Name nobody who could be found by it.';
};

const DONE: Record<Doing, string> = {
  acknowledge: 'Sent. They can read it with their receipt.',
  answer: 'Sent. They can read it with their receipt.',
  feedback: 'Sent. They can read it with their receipt.',
  ask: 'Sent. They can read it with their receipt.',
  note: 'Kept, for handlers alone.',
  close: 'The case is closed.',
  'open again': 'The case is open again.',
};

const WITHHELD = 'Kept, for handlers alone. Nothing was sent, since that is not safe for them.';
const NOT_SENT =
  'They said that an answer is not safe for them. What you write is kept for handlers alone, and nothing is sent.';

const SURE: Record<Safe, string | undefined> = {
  yes: undefined,
  no: 'They wrote since that an answer here is safe for them: send it.',
  unsaid: 'They did not say whether an answer here is safe. I wrote nothing that harms them if somebody else reads it.',
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
    : does === 'ask'
      ? 'We would like to know how you are. Did anybody harm you, threaten you or treat you worse since you wrote to us? You can answer here.'
      : '';

export interface Acting {
  me: Me;
  safe: Safe;
  work: Work;
  draft: Draft | undefined;
  /** Shows the case anew, and says something. */
  again(said: string, kept?: Draft): Promise<void>;
}

export const whatNext = (shown: ShownCase, { me, safe, work, draft, again }: Acting): HTMLElement => {
  const refusal = (action: CaseAction): string | undefined => {
    const decided = decideOnCase(shown, action, me.id, shown.day);
    return 'refused' in decided ? decided.refused : undefined;
  };
  const act = async (
    action: CaseAction & { do: Doing },
    message?: Act['message'],
    kept?: Draft,
    done = DONE[action.do],
  ): Promise<void> => {
    const asked: Act = { id: shown.id, events: shown.events.length, action, message };
    try {
      await ask('act', asked);
    } catch (error) {
      if (!(error instanceof Refused) || !error.stale) throw error;
      return again(kept ? `${error.message} Your words are kept below.` : error.message, kept);
    }
    await again(done);
  };
  const sealed = async (value: object, recipients: readonly string[]): Promise<string> =>
    base64Of(await seal(value, recipients));

  const place = element('div');
  const notNow = (): HTMLButtonElement => button('Not now', choose);

  const write = (does: Writing, begun?: string): void => {
    const { box, parts } = field('textarea', LABELS[does], hintOf(does, safe));
    box.maxLength = MOST_WORDS;
    box.value = begun ?? draftOf(does, shown);
    box.dir = 'auto';
    const question = isLater(does) ? SURE[safe] : undefined;
    const sure = question === undefined ? undefined : choice('checkbox', question);
    const submit = async (): Promise<void> => {
      const text = box.value.trim();
      if (text === '') {
        say('Please write something first.');
        box.focus();
        return;
      }
      if (sure && safe === 'unsaid' && !sure.box.checked) {
        say('Please tick this first, if it is so.');
        sure.box.focus();
        return;
      }
      const withheld = sure !== undefined && !sure.box.checked;
      const said = { kind: 'words', text };
      const forHandlers = await sealed(withheld ? { ...said, withheld } : said, shown.recipients);
      // As long as the words would be, so that the store can't tell who must not be answered.
      const toThem = withheld ? { kind: 'nothing', text: ' '.repeat(new TextEncoder().encode(text).length) } : said;
      const forReporter = does === 'note' ? undefined : await sealed(toThem, [shown.reporter]);
      await act({ do: does }, { forHandlers, forReporter }, { does, text }, withheld ? WITHHELD : DONE[does]);
    };
    const all = [...parts, ...(sure ? [sure.part] : [])];
    const notSent = words(NOT_SENT, 'late');
    const made = form(does === 'note' ? 'Keep' : 'Send', [notSent, ...all], () => trying(submit), notNow());
    const go = made.querySelector('button');
    const relabel = (): void => {
      const isSent = safe !== 'no' || !sure || sure.box.checked;
      notSent.hidden = isSent;
      if (go && does !== 'note') go.textContent = isSent ? 'Send' : 'Keep';
    };
    sure?.box.addEventListener('change', relabel);
    relabel();
    place.replaceChildren(made);
    box.focus();
    // A draft is read from its beginning.
    if (begun === undefined) box.setSelectionRange(0, 0);
    box.scrollTop = 0;
  };

  const confirm = (does: 'close' | 'open again'): void => {
    const said =
      does === 'close'
        ? words('Nothing is due any more. They can still write, and you can open the case again.')
        : words('You can write to them again.');
    const submit = async (): Promise<void> => {
      if (does === 'open again') return act({ do: does });
      const count = countOf(shown, work);
      if (count) await act({ do: does }, { forHandlers: await sealed({ kind: 'count', count }, shown.recipients) });
    };
    const made = form(LABELS[does], [said], () => trying(submit), notNow());
    place.replaceChildren(made);
    made.querySelector('button')?.focus();
  };

  const press = (does: Doing): void => {
    say('');
    if (does === 'close' || does === 'open again') confirm(does);
    else write(does);
  };

  function choose(): void {
    say('');
    const actions: (CaseAction & { do: Doing })[] = [
      { do: 'acknowledge' },
      { do: 'answer' },
      { do: 'feedback' },
      { do: 'ask' },
      { do: 'note' },
      { do: 'close' },
      { do: 'open again' },
    ];
    const open = closingProblem(work, { by: me.id, readers: shown.recipients.length });
    const possible = actions.filter(
      (action) => refusal(action) === undefined && (action.do !== 'close' || open === undefined),
    );
    const made = possible.map((action) => button(LABELS[action.do], () => press(action.do)));
    if (made[0]) made[0].className = 'primary';
    place.replaceChildren(
      ...(made.length > 0 ? [buttons(...made)] : [words(refusal({ do: 'answer' }) ?? '', 'quiet')]),
      ...(possible.some((action) => action.do === 'feedback') && refusal({ do: 'close' }) !== undefined
        ? [words('To close the case, say first what came of it.', 'hint')]
        : open !== undefined && refusal({ do: 'close' }) === undefined
          ? [words(`To close the case: ${open}`, 'hint')]
          : []),
    );
    made[0]?.focus();
  }
  choose();
  // Even where it can't be sent any more, it is theirs to copy.
  if (draft) write(draft.does, draft.text);
  return card('What next', place);
};
