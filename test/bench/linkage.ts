/** Attackers with every record and no key name who reported, and when: how often they are right, beside blind guesses. */

import type { Found } from '../support/linkage/attackers.ts';
import { gain, linked } from '../support/linkage/linkage.ts';
import type { Habits } from '../support/linkage/plans.ts';
import { LEAKS, measureSizes } from '../support/linkage/records.ts';

const REPORTS = [1, 3, 10];
const SEED = 20261128;

const PEOPLE: readonly { who: string; habits: Omit<Habits, 'reports'> }[] = [
  { who: 'reports come at any time, about any deal', habits: { onTeam: 0, atWork: 0 } },
  { who: 'each within an hour of an act of theirs in chat', habits: { onTeam: 0, atWork: 1 } },
  { who: 'each about a deal of their own team', habits: { onTeam: 1, atWork: 0 } },
];

/** The minute of a report says something where its author was in chat shortly before. */
const LEAKING = LEAKS.map((leak) => ({ leak, atWork: leak === 'the minute is kept' ? 1 : 0 }));

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
const said = (found: Found): string =>
  `${percent(found.attacker)} right, blind ${percent(found.chance)}: ${gain(found).toFixed(1)} points (${found.guesses} guesses)`;

export const linkageBench = async (companies = 1000): Promise<string[]> => {
  const sizes = await measureSizes();
  const lines = [`Linkage: ${companies} companies of 30 people for each line, a year each (aim: at most 2 points)`];
  for (const { who, habits } of PEOPLE) {
    lines.push(`  ${who}:`);
    for (const reports of REPORTS) {
      const { person, day } = linked(sizes, { companies, seed: SEED + reports, habits: { reports, ...habits } });
      lines.push(`    ${String(reports).padStart(2)} a year: the person ${said(person)}; the day ${said(day)}`);
    }
  }
  lines.push('  the same attackers where something leaks, 3 a year:');
  for (const { leak, atWork } of LEAKING) {
    const asked = { companies: Math.ceil(companies / 4), seed: SEED, habits: { reports: 3, onTeam: 0, atWork } };
    const [tight, leaky] = [linked(sizes, asked), linked(sizes, { ...asked, leak })];
    lines.push(
      `    ${leak}: the person ${percent(leaky.person.attacker)} right, without it ${percent(tight.person.attacker)}; the day ${percent(leaky.day.attacker)}, without it ${percent(tight.day.attacker)}`,
    );
  }
  return lines;
};
