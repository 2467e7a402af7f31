/** What the record shows of the company's programme by itself: figures of deals, training, countries, channel and reports. Guidance: G9. */

import type { ProgrammeShown, YearDecided } from '../../blocks/cards/programme-standing.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { Day } from '../../flows/ids.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { coverageOf } from '../../flows/programme/coverage.ts';
import { channelDue } from '../../flows/registers/channel-review.ts';
import { trainingStanding } from '../../flows/registers/training/standing.ts';
import { watchStanding } from '../../flows/registers/watch-list.ts';
import type { YearlyState } from '../../flows/yearly/register-shapes.ts';
import { inSlices } from '../bell.ts';
import { guidance } from '../config/guidance-file.ts';
import type { Desk } from './desk.ts';

const YEARS = 3;

interface Counted {
  years: YearDecided[];
  conditions: { all: number; overdue: number };
  conflicts: DealSummary[];
}

/** Walks over all deals, a few at a time. */
export const countDeals = async (all: Iterable<{ summary: DealSummary }>, today: Day): Promise<Counted> => {
  const running = Number(today.slice(0, 4));
  const years = Array.from({ length: YEARS }, (_, n): YearDecided => ({
    year: running - n,
    decided: 0,
    conditions: 0,
    declined: 0,
  }));
  const counted: Counted = { years, conditions: { all: 0, overdue: 0 }, conflicts: [] };
  const rest = inSlices();
  for (const { summary } of all) {
    const resting = rest();
    if (resting) await resting;
    const { decision, conditions = [], ownPart } = summary;
    const year = decision && years.find((one) => one.year === Number(decision.at.slice(0, 4)));
    if (year) {
      year.decided += 1;
      if (decision.outcome === 'declined') year.declined += 1;
      if (decision.outcome === 'approved with conditions') year.conditions += 1;
    }
    counted.conditions.all += conditions.length;
    counted.conditions.overdue += conditions.filter(({ due, state }) => state !== 'accepted' && due < today).length;
    if (ownPart !== undefined) counted.conflicts.push(summary);
  }
  return counted;
};

const policyShown = ({ name, version, sections, flagNames }: CompiledPolicy): ProgrammeShown['policy'] => ({
  name,
  version,
  questions: sections.flatMap(({ questions }) => questions).length,
  flags: flagNames.length,
});

const lastReport = ({ years }: YearlyState): ProgrammeShown['reports']['last'] => {
  const last = Math.max(...Object.keys(years).map(Number));
  const report = years[last];
  return report && { year: last, on: report.at.slice(0, 10) };
};

/** Throws StoreFault. */
export const programmeShown = async (desk: Desk, policy: CompiledPolicy): Promise<ProgrammeShown> => {
  const { registers } = desk;
  const now = desk.clock().toISOString();
  const [all, organisation, training, channel, countries, yearly] = await Promise.all([
    desk.index(),
    registers.organisation(),
    registers.training.now(),
    registers.channelReview.now(),
    registers.countries.now(),
    registers.yearly.now(),
  ]);
  const today = dayIn(now, calendarOf(organisation));
  const { years, conditions, conflicts } = await countDeals(all, today);
  const watched = watchStanding(countries.state, { organisation, policy }, now);
  const due = channelDue(channel.state, policy.reminders.channelReview, organisation);
  const { reviewed } = channel.state;
  const last = lastReport(yearly.state);
  const reportBy = policy.yearlyReport?.reportBy;
  return {
    ...(policy.training ? { training: trainingStanding(training.state, organisation, policy, now).counts } : {}),
    policy: policyShown(policy),
    covered: coverageOf(guidance, policy),
    years,
    conditions,
    watched: { countries: watched.length, inTime: watched.filter(({ overdue }) => !overdue).length },
    channel: {
      ...(organisation.voices?.address === undefined ? {} : { address: organisation.voices.address }),
      ...(reviewed ? { reviewedOn: reviewed.on } : {}),
      ...(due === undefined ? {} : { due }),
    },
    reports: {
      ...(last ? { last } : {}),
      ...(reportBy === undefined ? {} : { due: `${today.slice(0, 4)}-${reportBy}` }),
    },
    conflicts: conflicts.length,
  };
};
