/** Counsel's notes: who writes them, what they say, and how long they hold. */

import { describe, expect, it } from 'vitest';
import { counselNotes } from '../../../flows/registers/counsel.ts';
import { countries, type CountriesCommand, type CountriesState } from '../../../flows/registers/countries.ts';
import { basisContext } from '../../support/basis-deals.ts';

const context = basisContext();
const MONDAY = '2027-03-01T09:00:00.000Z';
const note = (more: Partial<Extract<CountriesCommand, { type: 'NoteLaws' }>> = {}): CountriesCommand => ({
  type: 'NoteLaws',
  country: 'NO',
  looked: ' Who may listen in. ',
  ...more,
});
const judge = (actor: string, command: CountriesCommand, at = MONDAY, state: CountriesState = countries.none) =>
  countries.decide(command, state, { actor, at, id: `id-${at}` }, context);
const after = (state: CountriesState, at = MONDAY, actor = 'counsel-1', command = note()): CountriesState => {
  const decided = judge(actor, command, at, state);
  if (decided.kind === 'refused') throw new Error(decided.refusal.text);
  return decided.events.reduce(countries.evolve, state);
};

describe('counsel’s note', () => {
  it('holds twelve months, to the day', () => {
    expect(judge('counsel-1', note())).toMatchObject({
      kind: 'accepted',
      events: [
        {
          type: 'LawsNoted',
          by: 'counsel-1',
          note: { country: 'NO', looked: 'Who may listen in.', until: '2028-03-01' },
        },
      ],
    });
  });

  it.each(['rep-1', 'compliance-1', 'chief-1', 'senior-1', 'nobody-1'])('is not %s’s to write', (actor) => {
    expect(judge(actor, note())).toMatchObject({ kind: 'refused', refusal: { code: 'not allowed' } });
  });

  it('names a country that there is, and says what was looked at', () => {
    expect(judge('counsel-1', note({ country: 'XX' }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not valid', about: 'country' },
    });
    expect(judge('counsel-1', note({ looked: '  ' }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'not valid', about: 'note' },
    });
  });

  it('is one for each country: the latest, which reaches the deals there', () => {
    const first = after(countries.none);
    const again = after(first, '2027-06-01T09:00:00.000Z', 'senior-2');
    const both = after(again, '2027-06-02T09:00:00.000Z', 'counsel-1', note({ country: 'SE' }));
    expect(counselNotes(both).map(({ country, by, until }) => [country, by, until])).toEqual([
      ['NO', 'senior-2', '2028-06-01'],
      ['SE', 'counsel-1', '2028-06-02'],
    ]);
    expect(Object.values(both.spreads).map(({ what }) => what.of)).toEqual(['laws', 'laws', 'laws']);
    expect(counselNotes(countries.none)).toEqual([]);
  });

  it('of one’s own that still counts and says something else is read before another takes its place, and kept', () => {
    const first = after(countries.none);
    const [last] = counselNotes(first);
    const JUNE = '2027-06-01T09:00:00.000Z';
    const other = (over?: string) => note({ looked: 'The data act alone.', ...(over === undefined ? {} : { over }) });
    expect(judge('counsel-1', other(''), JUNE, first)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'facts changed', text: expect.stringContaining('Your last note on this country still counts') },
    });
    expect(after(first, JUNE, 'counsel-1', other(last?.id)).lawsBefore).toMatchObject([
      { note: { id: last?.id }, by: 'counsel-1' },
    ]);
    const sourced = after(first, JUNE, 'counsel-1', note({ source: { name: 'Opinion: do not sell' }, over: last?.id }));
    expect(judge('counsel-1', note({ over: '' }), JUNE, sourced)).toMatchObject({ kind: 'refused' });
    // The same once more, or once the last is over, says nothing else.
    expect(after(first, JUNE, 'counsel-1', note({ over: '' }))).not.toHaveProperty('lawsBefore');
    expect(after(first, '2028-03-02T09:00:00.000Z', 'counsel-1', other(''))).not.toHaveProperty('lawsBefore');
  });

  it('is told to compliance where approved deals go, or where it takes the place of another', () => {
    const toldOf = (state: CountriesState, by: string, command = note()) => {
      const judged = judge(by, command, '2027-06-01T09:00:00.000Z', state);
      const events = judged.kind === 'accepted' ? judged.events : [];
      return events.flatMap((event) => countries.tell(event, countries.evolve(state, event), context, state));
    };
    expect(toldOf(countries.none, 'counsel-1')).toEqual([]);
    const counted = countries.evolve(countries.none, {
      type: 'DealsCounted',
      at: '2027-05-01T09:00:00.000Z',
      by: 'system',
      deals: { NO: 2 },
    });
    const [[fact, to] = []] = toldOf(counted, 'counsel-1');
    expect(fact).toMatchObject({ fact: 'laws noted anew', note: { country: 'NO' }, deals: 2 });
    expect(to).toEqual(expect.arrayContaining([expect.objectContaining({ person: 'compliance-1' })]));
    const first = after(countries.none);
    const over = counselNotes(first)[0]?.id;
    expect(
      toldOf(first, 'senior-2', note({ looked: 'A decree makes buyers give it all to the state.', over })),
    ).toMatchObject([[{ deals: 0, before: { id: over } }, expect.anything()]]);
  });
});
