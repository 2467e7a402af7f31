/** Old cards keep their buttons: whatever is pressed or sent, when nothing of it is left, has an answer that both chats can draw. */

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Form } from '../../../blocks/card.ts';
import { slackView } from '../../../blocks/slack/slack.ts';
import { teamsForm } from '../../../blocks/teams/form.ts';
import type { Reply } from '../../../src/edge/interaction.ts';
import { atDesk, type AtDesk } from '../../support/desk.ts';

const source = readFileSync(new URL('../../../src/route/route.ts', import.meta.url), 'utf8');
const NAMES = [...new Set(Array.from(source.matchAll(/'([a-z]+\.[a-z-]+)':/g), ([, name = '']) => name))];
const PEOPLE = ['rep-1', 'compliance-1', 'senior-1', 'chief-1'];

let at: AtDesk;
let deal: string;
beforeEach(async () => {
  at = atDesk();
  deal = await at.openDeal();
});
afterEach(() => at.end());

const formOf = (reply: Reply): Form | undefined =>
  reply.kind === 'form' ? reply.form : reply.kind === 'errors' ? reply.form?.() : undefined;

/** Throws where a chat would refuse it. */
const draw = (form: Form): void => {
  slackView(form, () => undefined);
  teamsForm(
    form,
    { people: [{ id: 'rep-1', name: 'Sample Rep' }], names: () => undefined },
    { surface: 'dialog', showing: 'showing-1' },
  );
};

it('is drawn for everybody', async () => {
  expect(NAMES.length).toBeGreaterThan(60);
  let drawn = 0;
  const wrong: string[] = [];
  for (const name of NAMES) {
    for (const person of PEOPLE) {
      const asked = [
        ...['', 'x', deal, `${deal}/0`, `${deal}/product`, '1'].map(
          (value) => ({ kind: 'click', name, value }) as const,
        ),
        ...['{}', JSON.stringify({ deal }), '{"facts":""}', '{"erasure":"x"}'].map(
          (context) => ({ kind: 'submit', form: name, context, values: {} }) as const,
        ),
      ];
      for (const one of asked) {
        try {
          const form = formOf(await at.ask(person, one));
          if (!form) continue;
          draw(form);
          drawn += 1;
        } catch (error) {
          wrong.push(`${JSON.stringify(one)} by ${person}: ${String(error)}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(drawn).toBeGreaterThan(100);
});
