/** The bot's cards pass the stand-in's checks, or the playground would refuse them. */

import { describe, expect, it } from 'vitest';
import { teamsCard, teamsForm, type TeamsContext } from '../../../blocks/teams/teams.ts';
import { checkCard } from '../../../src/playground/teams-cloud/card-check.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { everyCard, everyForm } from '../../support/every-card.ts';

const { people } = anOrganisation();
const context: TeamsContext = { names: (id) => people.find((p) => p.id === id), people };
const showing = 'a-showing-of-a-form';

describe('every card', () => {
  it.each(everyCard())('%s', (_name, made) => {
    const userIds = Array.from({ length: 60 }, (_, n) => `29:${n}`);
    const card = teamsCard(made, context, { deal: 'D-0000000000', key: 'root', userIds });
    expect(checkCard(card, 'message')).toEqual({ ok: true, card });
  });
});

describe('every form', () => {
  it.each(everyForm())('%s', (_name, made) => {
    const dialog = teamsForm(made, context, { surface: 'dialog', showing });
    expect(checkCard(dialog, 'dialog')).toEqual({ ok: true, card: dialog });
    const card = teamsForm(made, context, { surface: 'card', showing });
    expect(checkCard(card, 'message')).toEqual({ ok: true, card });
  });
});
