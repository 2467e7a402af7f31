/** Saved views of the board: named once, shared by compliance, deleted by any of them. */

import { describe, expect, it } from 'vitest';
import { savedViews, views, type ViewsCommand, type ViewsState } from '../../../flows/registers/views.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const context = { organisation: anOrganisation(), policy: undefined };
let n = 0;
const decide = (command: ViewsCommand, state: ViewsState = views.none, actor = 'compliance-1') =>
  views.decide(
    command,
    state,
    { actor, at: '2027-03-12T09:00:00.000Z', id: `${(n += 1)}`, cause: 'x' } as never,
    context,
  );
const after = (state: ViewsState, ...commands: readonly [ViewsCommand, actor?: string][]): ViewsState =>
  commands.reduce((now, [command, actor]) => {
    const decided = decide(command, now, actor);
    if (decided.kind === 'refused') throw new Error(decided.refusal.text);
    return decided.events.reduce((s, event) => views.evolve(s, event), now);
  }, state);
const save = (name: string, query = 'tier:high'): ViewsCommand => ({ type: 'SaveView', name, query });
const refused = (command: ViewsCommand, state?: ViewsState, actor?: string): string => {
  const decided = decide(command, state, actor);
  return decided.kind === 'refused' ? decided.refusal.text : 'accepted';
};

describe('a view', () => {
  it('is saved with who and when, in the order of names, and deleted by a colleague', () => {
    const state = after(views.none, [save(' Vietnam,  high ')], [save('älter', 'year:2026'), 'chief-1']);
    expect(savedViews(state).map(({ name, query, by }) => [name, query, by])).toEqual([
      ['älter', 'year:2026', 'chief-1'],
      ['Vietnam, high', 'tier:high', 'compliance-1'],
    ]);
    const [first] = savedViews(state);
    const less = after(state, [{ type: 'DeleteView', view: first?.id ?? '' }]);
    expect(savedViews(less).map(({ name }) => name)).toEqual(['Vietnam, high']);
    expect(refused({ type: 'DeleteView', view: first?.id ?? '' }, less)).toContain('deleted already');
    expect(refused({ type: 'DeleteView', view: 'constructor' }, less)).toContain('deleted already');
  });

  it('needs a name of its own, some filters and a person of compliance', () => {
    const state = after(views.none, [save('High')]);
    expect(refused(save(' '))).toContain('give it a name');
    expect(refused(save('x'.repeat(61)))).toContain('at most 60');
    expect(refused(save('hïgh'), state)).toContain('Another view has this name');
    expect(refused(save('!!'), after(state, [save('??')]))).toBe('accepted');
    expect(refused(save('??'), after(state, [save('??')]))).toContain('Another view has this name');
    expect(refused(save('New', '  '), state)).toContain('filters first');
    for (const actor of ['rep-1', 'senior-1', 'counsel-1', 'system'])
      expect(refused(save('New'), state, actor)).toContain('Only compliance');
  });

  it('is one of forty at most', () => {
    const many = after(views.none, ...Array.from({ length: 40 }, (_, i): [ViewsCommand] => [save(`View ${i}`)]));
    expect(refused(save('One more'), many)).toContain('delete one first');
  });
});
