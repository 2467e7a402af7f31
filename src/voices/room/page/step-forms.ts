/** The forms of a case's steps. Each reads a step from what was typed, or says at which field something is missing. */

import { HOLD_STOPS, type HoldStop } from '../../../../flows/hold.ts';
import { FINDINGS, type Finding } from '../../../../flows/voices/case.ts';
import { plusDays } from '../../../../flows/voices/days.ts';
import {
  barred,
  FOR_THE_DEAL,
  OUTCOMES,
  type CaseOutcome,
  type ForTheDeal,
  type Known,
  type Step,
  type Work,
} from '../../../../flows/voices/steps.ts';
import { dayField, line, long, peopleField, radios, ticks, type Field } from './step-fields.ts';
import { DEAL_WORDS, FINDING_WORDS, OUTCOME_WORDS, STOP_WORDS, WHY } from './step-words.ts';
import { say } from './view.ts';

export type Asked = Exclude<Step['kind'], 'joined'>;

export interface StepForm {
  parts: Node[];
  /** Undefined where it said what is missing. */
  read(): Step | undefined;
  focus(): void;
}

export interface Around {
  work: Work;
  people: readonly Known[];
  /** Names of those whom it concerns, by who reported it. */
  concerns: readonly string[];
  today: string;
}

type Begun<Kind extends Step['kind']> = Extract<Step, { kind: Kind }> | undefined;

const missing = (field: Field<unknown>, problem: string): undefined => {
  say(problem);
  field.focus();
};

const wordsOf = <Value extends string>(all: readonly Value[], texts: Record<Value, string>): Record<Value, string> =>
  Object.fromEntries(all.map((one) => [one, texts[one]])) as Record<Value, string>;

const finding = (begun: Begun<'finding'>): StepForm => {
  const as = radios<Finding>('What do you make of it?', wordsOf(FINDINGS, FINDING_WORDS), begun?.as);
  const why = long('Why?', WHY.finding, begun?.why);
  const same = line(
    'Does another case tell of the same?',
    'Its number, if you like: C-… Only of a case that the same people read.',
    begun?.same,
  );
  return {
    parts: [as.part, why.part, same.part],
    read: () => {
      const chosen = as.value();
      if (chosen === undefined) return missing(as, 'Please choose one first.');
      if (why.value() === '') return missing(why, 'Please say why, for the other handlers.');
      const other = same.value().toUpperCase();
      return { kind: 'finding', as: chosen, why: why.value(), ...(other === '' ? {} : { same: other }) };
    },
    focus: as.focus,
  };
};

const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** A working day of the next two weeks, by chance: a rule could be counted back to the day of the report. */
export const drawnDay = (today: string, random: () => number = Math.random): string => {
  const days = Array.from({ length: 14 }, (_, i) => plusDays(today, i + 1)).filter(isWorkday);
  return days[Math.floor(random() * days.length)] ?? plusDays(today, 1);
};

const byChance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

const DAYS_UNTIL_REVIEW = 30;

const YES_NO = { yes: 'Yes', no: 'No' };

const hold = (begun: Begun<'hold'>, { today }: Around): StepForm => {
  const infer = long('Who could find out from a hold who spoke?', WHY.infer, begun?.infer);
  const helps = radios('Does help from outside serve?', YES_NO, begun && (begun.help.asked ? 'yes' : 'no'), WHY.help);
  const helpWords = long('Whose help, or why not?', undefined, begun?.help.words);
  const place = radios('Is anything put on hold?', YES_NO, begun && (begun.place ? 'yes' : 'no'), WHY.hold);
  const why = long('Why not?', undefined, begun?.why);
  const on = long('Which deals, or which end-user?', 'As chat names them: D-…, or a name.', begun?.place?.on);
  const stop = ticks<HoldStop>('What is stopped?', wordsOf(HOLD_STOPS, STOP_WORDS), begun?.place?.stop);
  const reason = line('Reason', WHY.reason, begun?.place?.reason);
  const day = dayField('From which day', WHY.day, begun?.place?.day ?? drawnDay(today, byChance), plusDays(today, 1));
  const review = dayField(
    'Look at it again by',
    undefined,
    begun?.place?.review ?? plusDays(today, 14 + DAYS_UNTIL_REVIEW),
    plusDays(today, 2),
  );
  const shown = (): void => {
    why.part.hidden = place.value() !== 'no';
    for (const { part } of [on, stop, reason, day, review]) part.hidden = place.value() !== 'yes';
  };
  place.part.addEventListener('change', shown);
  shown();
  return {
    parts: [infer, helps, helpWords, place, why, on, stop, reason, day, review].map(({ part }) => part),
    read: () => {
      if (infer.value() === '') return missing(infer, 'Please write first who could find out who spoke.');
      const asked = helps.value();
      if (asked === undefined) return missing(helps, 'Please say whether help from outside serves.');
      if (helpWords.value() === '') return missing(helpWords, 'Please say whose help, or why not.');
      const help = { asked: asked === 'yes', words: helpWords.value() };
      const placed = place.value();
      if (placed === undefined) return missing(place, 'Please say whether anything is put on hold.');
      const read = { kind: 'hold' as const, infer: infer.value(), help, why: why.value() };
      if (placed === 'no') return why.value() === '' ? missing(why, 'Please say why not.') : read;
      if (on.value() === '') return missing(on, 'Please say which deals, or which end-user.');
      if (stop.value().length === 0) return missing(stop, 'Please choose what to stop.');
      if (reason.value() === '') return missing(reason, 'Please write the reason that stands in chat.');
      if (day.value() <= today) return missing(day, 'Please choose a day after today.');
      if (review.value() <= day.value())
        return missing(review, 'Please choose a day after the one on which it begins.');
      return {
        ...read,
        place: {
          on: on.value(),
          stop: stop.value(),
          reason: reason.value(),
          day: day.value(),
          review: review.value(),
        },
      };
    },
    focus: infer.focus,
  };
};

const investigation = (begun: Begun<'investigation'>, { people, concerns }: Around): StepForm => {
  const theirs = people.filter((one) => barred([one], [], concerns).length > 0);
  const not = peopleField(
    'Who works on these deals, or is somebody whom it concerns?',
    'Look the deals’ teams up as you always do, and name everybody of them.',
    people,
    begun?.not ?? theirs,
  );
  const who = peopleField('Who investigates?', WHY.investigation, people, begun?.who ?? [], (one) =>
    barred([one], not.value() ?? [], concerns).length > 0
      ? `${one.name} is of the deals, or it concerns them: somebody else has to investigate.`
      : undefined,
  );
  const outside = line('Somebody from outside, too?', 'Names, and whom they work for.', begun?.outside);
  return {
    parts: [not.part, who.part, outside.part],
    read: () => {
      const excluded = not.value();
      const chosen = excluded && who.value();
      if (!excluded || !chosen) return undefined;
      if (chosen.length === 0 && outside.value() === '') return missing(who, 'Please say who investigates.');
      const [wrong] = barred(chosen, excluded, concerns);
      if (wrong) {
        return missing(who, `${wrong.name} is of the deals, or it concerns them: somebody else has to investigate.`);
      }
      return { kind: 'investigation', who: chosen, outside: outside.value(), not: excluded };
    },
    focus: not.focus,
  };
};

const result = (begun: Begun<'result'>, { work }: Around): StepForm => {
  const found = long('What did it find?', WHY.result, begun?.words);
  const then = radios('What becomes of the hold?', { lift: 'It is lifted', keep: 'It stays' }, begun?.hold);
  return {
    parts: [found.part, ...(work.stands ? [then.part] : [])],
    read: () => {
      if (found.value() === '') return missing(found, 'Please write what it found.');
      const chosen = work.stands ? then.value() : undefined;
      if (work.stands && chosen === undefined) return missing(then, 'Please say whether the hold is lifted or stays.');
      return { kind: 'result', words: found.value(), ...(chosen && { hold: chosen }) };
    },
    focus: found.focus,
  };
};

const outcome = (begun: Begun<'outcome'>): StepForm => {
  const as = radios<CaseOutcome>('What is the outcome?', wordsOf(OUTCOMES, OUTCOME_WORDS), begun?.as, WHY.outcome);
  const deal = radios<ForTheDeal>('What does it mean for the deals?', wordsOf(FOR_THE_DEAL, DEAL_WORDS), begun?.deal);
  const why = long('Why?', undefined, begun?.why);
  return {
    parts: [as.part, deal.part, why.part],
    read: () => {
      const [chosen, means] = [as.value(), deal.value()];
      if (chosen === undefined) return missing(as, 'Please choose the outcome first.');
      if (means === undefined) return missing(deal, 'Please say what it means for the deals.');
      if (why.value() === '') return missing(why, 'Please say why.');
      return { kind: 'outcome', as: chosen, deal: means, why: why.value() };
    },
    focus: as.focus,
  };
};

const remedy = (begun: Begun<'remedy'>, { today }: Around): StepForm => {
  const what = long('What makes it good, or why does nothing?', WHY.remedy, begun?.what);
  const who = line('By whom?', undefined, begun?.who);
  const by = dayField('Until which day?', 'Empty: nothing is done, for the reason above.', begun?.by, today);
  return {
    parts: [what.part, who.part, by.part],
    read: () => {
      if (what.value() === '') return missing(what, 'Please write what makes it good, or why nothing does.');
      if (by.value() === '') return { kind: 'remedy', what: what.value(), who: who.value() };
      if (who.value() === '') return missing(who, 'Please say who does it.');
      return { kind: 'remedy', what: what.value(), who: who.value(), by: by.value() };
    },
    focus: what.focus,
  };
};

const remedied = (begun: Begun<'remedied'>, { work }: Around): StepForm => {
  const open = work.remedies.filter(({ done }) => !done);
  const options = Object.fromEntries(open.map(({ number, what }) => [String(number), what]));
  const which = radios('Which is done?', options, begun ? String(begun.remedy) : undefined);
  const how = long('What was done, and did it help?', undefined, begun?.words);
  return {
    parts: [which.part, how.part],
    read: () => {
      const chosen = which.value();
      if (chosen === undefined) return missing(which, 'Please choose one first.');
      if (how.value() === '') return missing(how, 'Please write what was done.');
      return { kind: 'remedied', remedy: Number(chosen), words: how.value() };
    },
    focus: which.focus,
  };
};

const inWords = (
  label: string,
  begun: string | undefined,
  hint: string | undefined,
  made: (text: string) => Step,
): StepForm => {
  const box = long(label, hint, begun);
  return {
    parts: [box.part],
    read: () => (box.value() === '' ? missing(box, 'Please write something first.') : made(box.value())),
    focus: box.focus,
  };
};

export const stepForm = (kind: Asked, around: Around, begun?: Step): StepForm => {
  const as = <Kind extends Step['kind']>(one: Kind): Begun<Kind> =>
    begun?.kind === one ? (begun as Begun<Kind>) : undefined;
  switch (kind) {
    case 'finding':
      return finding(as('finding'));
    case 'hold':
      return hold(as('hold'), around);
    case 'lifted':
      return inWords('What was said in chat, and when?', as('lifted')?.words, undefined, (text) => ({
        kind: 'lifted',
        words: text,
      }));
    case 'investigation':
      return investigation(as('investigation'), around);
    case 'result':
      return result(as('result'), around);
    case 'outcome':
      return outcome(as('outcome'));
    case 'remedy':
      return remedy(as('remedy'), around);
    case 'remedied':
      return remedied(as('remedied'), around);
    case 'claim':
      return inWords(
        around.work.claim ? 'How did it end?' : 'What is claimed, and where?',
        as('claim')?.words,
        WHY.claim,
        (text) => ({ kind: 'claim', stands: !around.work.claim, words: text }),
      );
    default: {
      const never: never = kind;
      return never;
    }
  }
};
