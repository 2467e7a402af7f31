/** Red flags: tells whether one is raised, and how heavy it is in this deal's context. */

import { compileCondition, type Indexes, type Test, type Weighed } from './conditions.ts';
import { WEIGHTS, type RaisedFlag, type TraceLine, type Weight } from './policy.ts';
import type { FlagDocument } from './schema.ts';

type Modifier = RaisedFlag['modifiers'][number];
const MODERATE = WEIGHTS.indexOf('moderate');

export interface FlagRule {
  id: string;
  title: string;
  /** Index into WEIGHTS, or -1 where the flag is not raised. */
  weigh(deal: Weighed): number;
  show(deal: Weighed, weight: number): Shown;
}

export interface Shown {
  flag: RaisedFlag;
  line: TraceLine;
}

export const flagRule = (
  { id, title, why, citation, weight, when, modifiers, safeguards }: FlagDocument,
  indexes: Indexes,
  weighty: ReadonlySet<string>,
  /** The citation is for the flag, not for its weight, which is ours. Older policies keep their lines as they were. */
  citedFirst = false,
): FlagRule => {
  const raised = compileCondition(when, indexes);
  const base = WEIGHTS.indexOf(weight);
  const shifts: { test: Test; by: number; modifier: Modifier }[] = modifiers.map((m) => ({
    test: compileCondition(m.when, indexes).test,
    by: m.effect === 'heavier' ? 1 : -1,
    modifier: { id: m.id, text: m.text, effect: m.effect },
  }));

  const because = (deal: Weighed): string[] => {
    if ('question' in when) return [when.question];
    const ids = new Set<string>();
    raised.because(deal, ids);
    return [...ids];
  };

  const drawn = (now: Weight, reasons: readonly string[], applied: readonly Modifier[]): Shown => {
    const how = applied.map((m) => ` ${m.effect === 'heavier' ? 'Heavier' : 'Lighter'}: ${m.text}`).join('');
    const start = now === weight ? now : `${now} here, from ${weight}`;
    return {
      flag: {
        id,
        title,
        why,
        citation,
        weight: now,
        baseWeight: weight,
        because: reasons,
        modifiers: applied,
        safeguards,
      },
      line: {
        id,
        text: citedFirst ? `${title} (${citation}): ${start}.${how}` : `${title}: ${start} (${citation}).${how}`,
      },
    };
  };
  // A flag looks the same wherever the same answers raised it and the same modifiers hold.
  const shown = new Map<string, Shown>();

  return {
    id,
    title,
    weigh: (deal) => {
      if (!raised.test(deal)) return -1;
      let index = base;
      for (const shift of shifts) if (shift.test(deal)) index += shift.by;
      if (index >= WEIGHTS.length) index = WEIGHTS.length - 1;
      // A "yes" must not be lighter than "don't know", which is at least elevated on a weighty question.
      if (index < MODERATE && because(deal).some((question) => weighty.has(question))) return MODERATE;
      return index < 0 ? 0 : index;
    },
    show: (deal, index) => {
      const reasons = because(deal);
      let key = '';
      for (const shift of shifts) key += shift.test(deal) ? '1' : '0';
      if (!('question' in when)) key += reasons.join(' ');
      const known = shown.get(key);
      if (known) return known;
      const made = drawn(
        WEIGHTS[index]!,
        reasons,
        shifts.filter((shift) => shift.test(deal)).map((s) => s.modifier),
      );
      shown.set(key, made);
      return made;
    },
  };
};
