/** Who approves a yearly report, for whom, and who is still waited for. House rule: nobody approves words that they wrote. */

import { mayLend } from '../deal/rights/seats.ts';
import type { GroupId, Instant, PersonId } from '../ids.ts';
import {
  counselGroup,
  inGroup,
  isAuditor,
  isCounsel,
  isOfCompliance,
  membersOf,
  person as personOf,
  type Absence,
  type Organisation,
} from '../organisation.ts';
import { approverGroup } from '../policy/approver-group.ts';
import { delegatorsOf, isBarred } from '../registers/absences.ts';
import type { RegisterContext } from '../registers/register.ts';
import type { SentYear, YearDraft, YearVote } from './register-shapes.ts';

type Groups = Pick<Organisation, 'groups' | 'roles'>;

/**
 * Returns the groups of which one person each approves. Where the policy does not say: the chief, and counsel if the
 * company has that group. Empty: nobody is asked, by the policy's word.
 */
export const approverGroups = ({ policy, organisation }: RegisterContext): GroupId[] => {
  const said = policy?.yearlyReport?.approvers;
  if (said === 'none') return [];
  if (said) return [...new Set(said.map((name) => approverGroup(organisation, name)))];
  const counsel = counselGroup(organisation);
  const usual = [organisation.roles.chief, ...(organisation.groups.some(({ id }) => id === counsel) ? [counsel] : [])];
  return [...new Set(usual)];
};

type Parts = Pick<YearDraft, 'text' | 'sent' | 'complaints'>;

/** Everybody who wrote what the words are now, handed complaints over, or sent them. */
export const authorsOf = ({ text, sent, complaints }: Parts): PersonId[] => [
  ...new Set([
    ...Object.values(text?.authors ?? {}).flat(),
    ...(complaints ? [complaints.by] : []),
    ...(sent ? [sent.by] : []),
  ]),
];

/** What is known of today besides the organisation file. `away`: absences, from the register of them. */
export interface YearToday {
  away: readonly Absence[];
  at: Instant;
}

const actsFor = ({ organisation }: RegisterContext, { away, at }: YearToday, id: PersonId): PersonId[] =>
  isAuditor(organisation, id) ? [] : delegatorsOf({ ...organisation, absences: away }, id, at);

const lends = ({ policy, organisation }: RegisterContext, absent: PersonId, delegate: PersonId, group: GroupId) =>
  inGroup(organisation, group, absent) &&
  (policy
    ? mayLend({ policy, organisation }, { absent, delegate }, [group])
    : !isBarred(organisation, { absent, delegate }));

/** `of`: the person as whom it would count; otherwise one sentence that says why there is none. */
export type YearSeat = { of: PersonId; groups: GroupId[] } | { no: string };

const usedBy = ({ by, for: absent }: YearVote): PersonId[] => (absent === undefined ? [by] : [by, absent]);

const namesOf = ({ groups }: Groups, ids: readonly GroupId[]): string =>
  ids.map((id) => groups.find((group) => group.id === id)?.name ?? id).join(' and ');

export const yearSeat = (draft: Parts, id: PersonId, context: RegisterContext, today: YearToday): YearSeat => {
  const { organisation } = context;
  const name = (one: PersonId): string => personOf(organisation, one)?.name ?? 'somebody';
  const groups = approverGroups(context);
  const no = (text: string): YearSeat => ({ no: text });
  if (isAuditor(organisation, id)) return no('You are an auditor: you read the report, and approve none.');
  const votes = draft.sent?.votes ?? [];
  if (votes.some(({ by }) => by === id)) return no('You approved it already, and that counts.');
  const acted = votes.find((vote) => vote.for === id);
  if (acted) return no(`${name(acted.by)} approved it for you while you were away, and that counts.`);
  const authors = authorsOf(draft);
  const own = groups.filter((group) => inGroup(organisation, group, id));
  const absent = actsFor(context, today, id).filter((one) => groups.some((group) => inGroup(organisation, group, one)));
  if (own.length === 0 && absent.length === 0)
    return no(`The report is approved by ${namesOf(organisation, groups)}, and you are in none of these groups.`);
  if (authors.includes(id)) return no('You wrote or sent some of it, and nobody approves their own report.');
  const ofAuthor = actsFor(context, today, id).find((one) => authors.includes(one));
  if (ofAuthor !== undefined)
    return no(`You act for ${name(ofAuthor)}, who wrote or sent some of it, so you can't approve it.`);
  if (own.length > 0) return { of: id, groups: own };
  const seats = absent.flatMap((one) => {
    const lent = groups.filter((group) => lends(context, one, id, group));
    return lent.length > 0 ? [{ of: one, groups: lent }] : [];
  });
  const [first = ''] = absent;
  if (seats.length === 0)
    return no(`Only somebody of the same group, or a named deputy, can approve for ${name(first)}.`);
  return (
    seats.find(({ of }) => !votes.some((vote) => usedBy(vote).includes(of))) ??
    no(`The word of ${name(seats[0]?.of ?? first)} on this report is given already.`)
  );
};

/** Gives each group another vote as far as possible, and returns the groups that are left: one person counts once. */
const without = (groups: readonly GroupId[], votes: readonly (readonly GroupId[])[]): GroupId[] => {
  const taken = new Map<number, GroupId>();
  const give = (group: GroupId, tried: Set<number>): boolean => {
    for (const [n, of] of votes.entries()) {
      if (tried.has(n) || !of.includes(group)) continue;
      tried.add(n);
      const other = taken.get(n);
      if (other === undefined || give(other, tried)) {
        taken.set(n, group);
        return true;
      }
    }
    return false;
  };
  return groups.filter((group) => !give(group, new Set()));
};

/** Returns the votes that count now: of people who are still here, for somebody who is still in the group. */
const counting = ({ votes }: Pick<SentYear, 'votes'>, { organisation }: RegisterContext): GroupId[][] =>
  votes.flatMap(({ by, for: absent = by, groups }) =>
    personOf(organisation, by) ? [groups.filter((group) => inGroup(organisation, group, absent))] : [],
  );

/** Returns the groups of which nobody has approved yet. */
export const waitedFor = (sent: Pick<SentYear, 'votes'>, context: RegisterContext): GroupId[] =>
  without(approverGroups(context), counting(sent, context));

const candidates = (group: GroupId, { organisation }: RegisterContext, barred: readonly PersonId[]): PersonId[] =>
  membersOf(organisation, group).filter(
    (id) => !barred.includes(id) && personOf(organisation, id) && !isAuditor(organisation, id),
  );

/** Returns those of a group who can still approve it. */
export const approversLeft = (draft: Parts, group: GroupId, context: RegisterContext) =>
  candidates(group, context, [...authorsOf(draft), ...(draft.sent?.votes ?? []).flatMap(usedBy)]);

/** Returns groups of which nobody could approve it, if these wrote and sent it. */
export const outOfReach = (barred: readonly PersonId[], context: RegisterContext): GroupId[] => {
  const groups = approverGroups(context);
  const people = new Set(groups.flatMap((group) => candidates(group, context, barred)));
  const { organisation } = context;
  return without(
    groups,
    [...people].map((id) => groups.filter((group) => inGroup(organisation, group, id))),
  );
};

/** Everybody who is asked to approve: of each group, and who stands in for one of them. */
export const askedToApprove = (draft: Parts, context: RegisterContext, today: YearToday): PersonId[] =>
  context.organisation.people.flatMap(({ id }) => ('of' in yearSeat(draft, id, context, today) ? [id] : []));

export const mayWriteYear = ({ organisation }: RegisterContext, id: PersonId): boolean =>
  isOfCompliance(organisation, id);

/** Tells whether somebody may see a report before it is published: whoever writes, approves or audits it, and counsel. */
export const readsYear = (context: RegisterContext, today: YearToday, id: PersonId): boolean => {
  const { organisation } = context;
  if (isOfCompliance(organisation, id) || isAuditor(organisation, id) || isCounsel(organisation, id)) return true;
  const groups = approverGroups(context);
  return (
    groups.some((group) => inGroup(organisation, group, id)) ||
    actsFor(context, today, id).some((absent) => groups.some((group) => lends(context, absent, id, group)))
  );
};
