/** A year of working days with two bots on one store, of which either may be away or start anew at any time. */

import { describe, expect, it } from 'vitest';
import { SYSTEM } from '../../../flows/organisation.ts';
import { anOrganisation } from '../../support/deal-builders.ts';
import { registersOn } from '../../support/registers.ts';
import { numbersFrom } from '../../support/screening.ts';
import { sqliteFolder } from '../../support/sqlite.ts';

const ZONE = 'America/New_York';
const HOLIDAYS = ['2026-12-25', '2027-01-01', '2027-07-05', '2027-11-25', '2028-01-03'];
const STREAM = 'register:case-room';
const HANDLERS = ['compliance-1', 'counsel-1'];

const clockOf = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});
/** Day, hour and weekday there, by the platform and none of our own. */
const there = (at: number): { day: string; hour: number; works: boolean } => {
  const parts = Object.fromEntries(clockOf.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const works = !['Sat', 'Sun'].includes(parts['weekday'] ?? '') && !HOLIDAYS.includes(day);
  return { day, hour: Number(parts['hour']), works };
};

const aYear = async (seed: number) => {
  const random = numbersFrom(seed);
  const folder = sqliteFolder();
  const organisation = anOrganisation({
    timeZone: ZONE,
    holidays: HOLIDAYS,
    voices: { authorities: [], handlers: HANDLERS },
  });
  let now = Date.parse('2026-11-27T20:00:00Z');
  const clock = (): Date => new Date(now);
  const store = folder.open();
  const start = () => {
    // A bot of its own remembers nothing of the one before it.
    const registers = registersOn(store, () => organisation, clock);
    return { registers, begin: () => registers.startAll() };
  };
  const bots = [start(), start()];
  await Promise.all(bots.map(({ begin }) => begin()));
  const expected = new Set<string>();
  const end = Date.parse('2027-11-27T20:00:00Z');
  let away = 0;
  while (now < end) {
    now += Math.floor((0.5 + 7 * random()) * 3_600_000);
    // Now and then both are away for days.
    if (random() < 0.01) {
      now += Math.floor(96 * random() * 3_600_000);
      away += 1;
    }
    const awake = bots.map((_, n) => n).filter(() => random() < 0.8);
    for (const n of awake) {
      if (random() > 0.1) continue;
      const made = start();
      bots[n] = made;
      await made.begin();
    }
    const due = await store.due('register', clock().toISOString(), 10);
    // Both may see the same as due, and act at once.
    await Promise.all(
      awake.flatMap((n) => due.map(async ({ stream, nextDueAt }) => bots[n]?.registers.tick(stream, nextDueAt ?? ''))),
    );
    const { day, hour, works } = there(now);
    if (awake.length > 0 && works && hour >= 9) expected.add(day);
  }
  const commits = await store.read(STREAM);
  const said = commits.flatMap(({ at, actor, body }) =>
    body.notices.map((notice) => ({
      at,
      actor,
      ...(notice as unknown as { target: { person: string }; fact: object }),
    })),
  );
  await store.close();
  await folder.remove();
  return { said, expected: [...expected].filter((day) => day > '2026-11-27'), away };
};

describe('a year of working days', () => {
  it('miss none and double none', async () => {
    const { said, expected, away } = await aYear(1);
    expect(expected.length).toBeGreaterThan(220);
    expect(away).toBeGreaterThan(1);
    for (const handler of HANDLERS) {
      const days = said.filter(({ target }) => target.person === handler).map(({ at }) => there(Date.parse(at)).day);
      expect(days).toEqual(expected);
    }
    const weeks = said.filter(({ target }) => target.person === 'chief-1').map(({ at }) => at);
    expect(weeks.length).toBeGreaterThan(48);
    expect(weeks.length).toBeLessThan(54);
    expect(new Set(said.map(({ fact }) => JSON.stringify(fact))).size).toBe(2);
    expect(said.every(({ actor, at }) => actor === SYSTEM && there(Date.parse(at)).hour >= 9)).toBe(true);
  });
});
