/** Wall clocks and working hours, computed a second time: by the platform's calendar, minute by minute where needed. */
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** The wall clock of a zone at an instant, as if it were UTC. */
const read = (at: number, timeZone: string): number => {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  const [, day, month, year, hour, minute, second] =
    /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/u.exec(format.format(at))?.map(Number) ?? [];
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + (at % 1000);
};

/** No zone changes its clocks within a quarter of an hour of UTC. */
export const wallOf = (at: number, timeZone: string): number => {
  const quarter = at - (at % (HOUR / 4));
  const zone = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, zone);
  const known = zone.get(quarter) ?? read(quarter, timeZone) - quarter;
  zone.set(quarter, known);
  return at + known;
};

/** The instant at which a wall clock between 09:00 and 17:00 shows that. No zone changes its clocks then. */
const instantOf = (wall: number, zone: string): number => {
  const first = wall - (wallOf(wall, zone) - wall);
  return wall - (wallOf(first, zone) - first);
};

export interface Clock {
  zone: string;
  holidays: readonly string[];
}

/** Days since 1970, a Thursday. */
const numberOf = (wall: number): number => Math.floor(wall / DAY);
const off = new WeakMap<readonly string[], ReadonlySet<number>>();

const works = (wall: number, { holidays }: Clock): boolean => {
  const closed = off.get(holidays) ?? new Set(holidays.map((day) => numberOf(Date.parse(day))));
  off.set(holidays, closed);
  const day = numberOf(wall);
  return ((day + 4) % 7) % 6 !== 0 && !closed.has(day);
};

export const businessDaysLater = (since: number, days: number, clock: Clock): number => {
  let wall = wallOf(since, clock.zone);
  const day = (w: number): number => w - (w % DAY);
  if (!works(wall, clock) || wall % DAY >= 17 * HOUR) {
    do wall = day(wall) + DAY;
    while (!works(wall, clock));
  }
  wall = Math.max(wall, day(wall) + 9 * HOUR);
  for (let left = days; left > 0; left -= 1) {
    do wall += DAY;
    while (!works(wall, clock));
  }
  return instantOf(wall, clock.zone);
};

export const morning = (day: number, clock: Clock): number => {
  let wall = day;
  while (!works(wall, clock)) wall += DAY;
  return instantOf(wall + 9 * HOUR, clock.zone);
};
