/** What the record shows of the company's programme by itself: figures of deals, training, countries, channel and reports. Guidance: G9. */

import type { ProgrammeShown } from '../../blocks/cards/programme-standing.ts';
import { calendarOf, dayIn } from '../../flows/calendar.ts';
import type { DealSummary } from '../../flows/lists/summary.ts';
import type { Today } from '../../flows/lists/waits.ts';
import type { CompiledPolicy } from '../../flows/policy/policy.ts';
import { countingDeals, type CountedDeals } from '../../flows/programme/counting.ts';
import { coverageOf } from '../../flows/programme/coverage.ts';
import { channelDue } from '../../flows/registers/channel-review.ts';
import { trainingStanding } from '../../flows/registers/training/standing.ts';
import { watchStanding } from '../../flows/registers/watch-list.ts';
import type { YearlyState } from '../../flows/yearly/register-shapes.ts';
import { inSlices } from '../bell.ts';
import { guidance } from '../config/guidance-file.ts';
import type { Desk } from './desk.ts';

/** Walks over all deals, a few at a time. */
export const countDeals = async (all: Iterable<{ summary: DealSummary }>, today: Today): Promise<CountedDeals> => {
  const { add, counted } = countingDeals(today, dayIn(today.now, calendarOf(today.organisation)));
  const rest = inSlices();
  for (const { summary } of all) {
    const resting = rest();
    if (resting) await resting;
    add(summary);
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
  const { years, conditions, conflicts } = await countDeals(all, { organisation, now });
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
