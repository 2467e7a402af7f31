/** Letting in a handler who came after a case, or has a new key. This browser looks for itself whom the case concerns. */

import { isTicked, type Ticked } from '../../../../flows/voices/reading.ts';
import { element } from '../../../signing/page/draw.ts';
import type { AskLetIn, CanBeLetIn, NewKey, ShownCase } from '../wire.ts';
import { ask, Refused, trying } from './ask.ts';
import type { Me } from './entering.ts';
import { openingOf, tickedIn, type Opening } from './opening.ts';
import { button, buttons, card, choice, form, say, words } from './view.ts';

const concernsThem = ({ name }: { name: string }): string =>
  `This report concerns ${name}, by the word of whoever sent it. Nothing was given to them.`;

/** Throws Refused where the server does not take it, or where the report says that it concerns them. */
const letIn = async (
  shown: ShownCase,
  other: CanBeLetIn,
  opening: Opening,
  ticked: readonly Ticked[],
): Promise<void> => {
  if (isTicked(ticked, other)) throw new Refused(concernsThem(other), false);
  const { id, events, messages } = shown;
  const keys = await opening.keysFor(other.recipient);
  const asked: AskLetIn = { id, events: events.length, messages: messages.length, reader: other.id, keys };
  await ask('let-in', asked);
};

const UNKNOWN =
  'A part of this case can’t be opened with your key, so nobody here can see whom it concerns. Nothing was given. Please ask another handler.';

/** Everything that was written by who reported it, opened, to see whom it concerns. */
const tickedBy = async (shown: ShownCase, opening: Opening): Promise<Ticked[]> => {
  const found: Ticked[] = [];
  for (const { number, by, sealed } of shown.messages) {
    if (by !== undefined) continue;
    const value = await opening.open(String(number), sealed).catch(() => {
      throw new Refused(UNKNOWN, false);
    });
    found.push(...tickedIn(value));
  }
  return found;
};

/** In a case: one at a time, once it was read. `again` shows the case anew, and says something. */
export const lettingIn = (
  shown: ShownCase,
  opening: Opening,
  again: (said: string) => Promise<void>,
): HTMLElement | undefined => {
  if (shown.canBeLetIn.length === 0) return undefined;
  const place = element('div');
  const consider = (other: CanBeLetIn): void => {
    const { box, part } = choice(
      'checkbox',
      `I read this case. It does not concern ${other.name}, or anybody close to them.`,
    );
    const submit = async (): Promise<void> => {
      if (!box.checked) {
        say('Please tick this first, if it is so.');
        box.focus();
        return;
      }
      try {
        await letIn(shown, other, opening, await tickedBy(shown, opening));
      } catch (error) {
        if (!(error instanceof Refused) || !error.stale) throw error;
        return again(error.message);
      }
      await again(`${other.name} can read this case now.`);
    };
    say('');
    place.replaceChildren(form(`Let ${other.name} in`, [part], () => trying(submit), button('Not now', choose)));
    box.focus();
  };
  function choose(): void {
    say('');
    place.replaceChildren(
      buttons(...shown.canBeLetIn.map((other) => button(`Let ${other.name} read it…`, () => consider(other)))),
    );
  }
  choose();
  return card(
    'Who can’t read it yet',
    words('They came later, so that its author could not say whether it concerns them; or they have a new key.'),
    place,
  );
};

/** Cases of somebody with a new key, all at once: they could read them before. */
export const newKeyCard = ({ id, name, cases }: NewKey, me: Me, back: () => Promise<void>): HTMLElement => {
  const count = cases.length === 1 ? '1 case' : `${cases.length} cases`;
  const submit = async (): Promise<void> => {
    let [done, kept] = [0, 0];
    for (const one of cases) {
      say(`One moment: ${done + kept + 1} of ${cases.length}…`);
      try {
        const shown = await ask<ShownCase>('case', { id: one });
        const other = shown.canBeLetIn.find((each) => each.id === id);
        const opening = await openingOf(shown, me);
        if (!other) throw new Refused('', false);
        await letIn(shown, other, opening, await tickedBy(shown, opening));
        done += 1;
      } catch {
        // The others go on; what is left is offered again.
        kept += 1;
      }
    }
    await back();
    const left = kept === 0 ? '' : ` ${kept} could not be sealed: please press again, or open them.`;
    say(`${name} can read ${done === 1 ? '1 case' : `${done} cases`} with the new key.${left}`);
  };
  return card(
    `${name} has a new key`,
    words(
      `What was sealed to the lost key can’t be read with the new one. You can read ${count} of it, as ${name} could.`,
    ),
    form(`Seal ${count} to ${name}`, [], () => trying(submit)),
  );
};
