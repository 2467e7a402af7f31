/**
 * A made-up company's year: thirty people at their work in chat, holds for every reason, and reports. What really happened is
 * here; what of it can be seen is in records.ts.
 */

/** As the record names it in the clear. */
export const HOLDS_STREAM = 'register:holds';

export const DAYS = 364;
export const DAY_MS = 86_400_000;
/** A Monday. */
export const START = Date.parse('2027-01-04T00:00:00.000Z');
const PEOPLE = 30;
/** The first of the thirty: nobody reports to themselves. */
export const HANDLERS = 3;
const DEALS = 40;
/** Beside those that a report leads to, in a year. */
const ORDINARY_HOLDS = 4;

export interface Person {
  id: string;
  /** Acts on a working day. */
  rate: number;
  /** Of their texts, in bytes. */
  length: number;
  away: { from: number; until: number };
}

/** What a bot keeps one commit of. */
export interface Act {
  /** Milliseconds since 1970. */
  at: number;
  person: string;
  stream: string;
  bytes: number;
}

export interface Step {
  day: number;
  by: number;
  kind: 'acknowledged' | 'answered' | 'worked' | 'feedback' | 'closed';
  bytes: number;
}

export interface Report {
  /** From 0, and when on it. */
  day: number;
  at: number;
  by: string;
  bytes: number;
  named: boolean;
  /** A handler whom it concerns. */
  ticks: number | undefined;
  additions: { day: number; bytes: number }[];
  steps: Step[];
}

export interface Plan {
  people: Person[];
  teams: Record<string, string[]>;
  acts: Act[];
  reports: Report[];
  /** Who asked chat for the address of the page, and when: a few of those who report, and others. */
  asked: { at: number; person: string }[];
}

export interface Habits {
  /** Reports in a year. */
  reports: number;
  /** Share of reports by somebody on the team of the deal that they are about. */
  onTeam: number;
  /** Share of reports on a day at work, shortly after an act in chat. */
  atWork: number;
}

type Random = () => number;

const between = (random: Random, from: number, until: number): number => from + Math.floor(random() * (until - from));
const one = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const poisson = (random: Random, mean: number): number => {
  const limit = Math.exp(-mean);
  let [count, product] = [0, random()];
  while (product > limit) {
    count += 1;
    product *= random();
  }
  return count;
};
const lengthBy = (random: Random, usual: number): number =>
  Math.round(usual * Math.exp((random() + random() - 1) * 1.2));
export const isWorkday = (day: number): boolean => day % 7 < 5;
/** In office hours, of which everybody has their own. */
const timeOn = (random: Random, day: number): number =>
  START + day * DAY_MS + Math.floor((8 + random() * 9) * 3_600_000);
export const nextWorkday = (day: number): number => (isWorkday(day) ? day : nextWorkday(day + 1));

/** A working day of the two weeks after, as the case room draws it. */
const drawn = (random: Random, today: number): number =>
  one(random, Array.from({ length: 14 }, (_, n) => today + n + 1).filter(isWorkday));

export const planOf = (random: Random, { reports, onTeam, atWork }: Habits): Plan => {
  const people = Array.from({ length: PEOPLE }, (_, n): Person => {
    const away = between(random, 0, DAYS - 20);
    return {
      id: `p-${n}`,
      rate: 0.03 + 0.5 * random() ** 2,
      length: 200 + 3000 * random() ** 2,
      away: { from: away, until: away + between(random, 7, 20) },
    };
  });
  const others = people.slice(HANDLERS);
  const teams = Object.fromEntries(
    Array.from({ length: DEALS }, (_, n) => {
      const team = new Set(Array.from({ length: between(random, 2, 5) }, () => one(random, others).id));
      return [`D-${String(n).padStart(6, '0')}`, [...team]];
    }),
  );
  const deals = Object.keys(teams);
  const ofPerson = new Map(people.map(({ id }) => [id, deals.filter((deal) => teams[deal]?.includes(id))]));
  const acts: Act[] = [];
  for (const person of people) {
    const own = ofPerson.get(person.id) ?? [];
    for (let day = 0; day < DAYS; day += 1) {
      if (!isWorkday(day) || (day >= person.away.from && day < person.away.until)) continue;
      for (let left = poisson(random, person.rate); left > 0; left -= 1) {
        const stream = own.length > 0 && random() < 0.8 ? one(random, own) : one(random, deals);
        acts.push({ at: timeOn(random, day), person: person.id, stream, bytes: lengthBy(random, person.length) });
      }
    }
  }
  /** Placed in chat by somebody of compliance, for a later day; a morning's commit of the bot's follows. */
  const hold = (day: number, deal: string, from: number): void => {
    const by = one(random, people.slice(0, HANDLERS));
    acts.push({ at: timeOn(random, day), person: by.id, stream: HOLDS_STREAM, bytes: lengthBy(random, 300) });
    if (from >= DAYS) return;
    const morning = START + from * DAY_MS + 9 * 3_600_000;
    for (const stream of [HOLDS_STREAM, deal]) acts.push({ at: morning, person: 'system', stream, bytes: 400 });
  };
  for (let left = poisson(random, ORDINARY_HOLDS); left > 0; left -= 1) {
    const day = nextWorkday(between(random, 0, DAYS - 2));
    if (day < DAYS) hold(day, one(random, deals), random() < 0.5 ? day + 1 : drawn(random, day));
  }

  const asked: Plan['asked'] = [];
  const made = Array.from({ length: reports }, (): Report => {
    const author = one(random, others);
    const own = ofPerson.get(author.id) ?? [];
    const mine = acts.filter(({ person }) => person === author.id);
    const works = random() < atWork && mine.length > 0 ? one(random, mine) : undefined;
    const at = works ? works.at + between(random, 10, 60) * 60_000 : START + Math.floor(random() * (DAYS - 1) * DAY_MS);
    const day = Math.min(DAYS - 1, Math.floor((at - START) / DAY_MS));
    if (random() < 0.5) asked.push({ at: at - between(random, 1, 48) * 3_600_000, person: author.id });
    const steps: Step[] = [];
    const step = (kind: Step['kind'], on: number, usual: number): number => {
      const when = nextWorkday(on);
      if (when < DAYS)
        steps.push({ kind, day: when, by: between(random, 0, HANDLERS), bytes: lengthBy(random, usual) });
      return when;
    };
    const read = step('acknowledged', day + between(random, 0, 7), 400);
    if (random() < 0.6) step('answered', read + between(random, 0, 10), 300);
    const additions: Report['additions'] = [];
    for (let left = poisson(random, 0.8); left > 0; left -= 1) {
      const when = day + between(random, 1, 40);
      if (when < DAYS) additions.push({ day: when, bytes: lengthBy(random, author.length) });
    }
    const found = step('worked', read + between(random, 1, 15), 300);
    if (random() < 0.3) {
      const considered = step('worked', found + between(random, 0, 4), 600);
      // A person carries it over, not right after.
      const placed = nextWorkday(considered + between(random, 0, 3));
      const about = random() < onTeam && own.length > 0 ? one(random, own) : one(random, deals);
      if (placed < DAYS) hold(placed, about, drawn(random, placed));
    }
    const told = step('feedback', found + between(random, 20, 70), 500);
    step('closed', told + between(random, 1, 20), 200);
    return {
      day,
      at,
      by: author.id,
      bytes: lengthBy(random, author.length),
      named: random() < 0.3,
      ticks: random() < 0.1 ? between(random, 0, HANDLERS) : undefined,
      additions,
      steps: steps.toSorted((a, b) => a.day - b.day),
    };
  });
  // The curious.
  for (let left = poisson(random, 3); left > 0; left -= 1)
    asked.push({ at: timeOn(random, between(random, 0, DAYS)), person: one(random, people).id });
  return { people, teams, acts: acts.toSorted((a, b) => a.at - b.at), reports: made, asked };
};
