/** What the deal team does in a play so that nobody reads what a colleague said. */

import type { GivenAnswer } from '../../flows/deal/answer-shapes.ts';
import type { DealCommand } from '../../flows/deal/commands.ts';
import type { DealDetails } from '../../flows/deal/deal.ts';
import { answersTo, detailsOf, type Parties } from './between-deals.ts';
import { QUESTIONS, SAID, words, type Act, type Turn } from './within-deal.ts';

export const BY_TEAM = words(
  'well, well all, again, turn, turn, back, slip, slip kind, rename, part, other product, flag, correct, note, withdraw, reopen, reassess, confirm sections, owner, hand over, take back',
);

const wellOf = (section: string): Record<string, Partial<GivenAnswer>> =>
  Object.fromEntries(
    Object.values(QUESTIONS).flatMap(([of, question]) =>
      of === section ? [[question, { value: 'no' as const }]] : [],
    ),
  );

/** What whoever sells it, and a friend, may do to hide it: each does it `many` times where that helps. */
export const teamDoes = async (turn: Turn, { who, what, n, many }: Act, spec: Parties): Promise<void> => {
  const { view, nth, gives, corrects } = turn;
  const { deal, policy } = view;
  const actor = who === 'rep' ? 'rep-1' : 'legal-1';
  const does = (command: DealCommand): Promise<boolean> => turn.does(actor, command);
  const section = ['scope', 'product', 'end-user'][n % 3]!;
  const times = async (once: (i: number) => Promise<unknown>, most = many): Promise<void> => {
    for (let i = 0; i < Math.min(many, most); i += 1) await once(i);
  };
  const has = (question: string, of: string): boolean => (deal.answers[of] ?? {})[question] !== undefined;
  switch (what) {
    case 'well': {
      const answers = answersTo(view, section);
      if (answers) await does({ type: 'AnswerSection', section, answers, why: SAID });
      break;
    }
    case 'well all':
      for (const one of policy.sections) {
        const now = await turn.now();
        const isIn = one.id === policy.scopeSection && now.deal.details.endUser.kind !== 'private';
        const answers = answersTo(now, one.id, isIn ? { 'G1-capability': 'yes' } : {});
        if (answers && !now.deal.answers[one.id])
          await does({ type: 'AnswerSection', section: one.id, answers, why: SAID });
      }
      break;
    // As it is, on another ground.
    case 'again':
      await gives(
        actor,
        section,
        Object.fromEntries(
          Object.keys(deal.answers[section] ?? {}).map((q) => [
            q,
            { sources: [{ name: 'A newer report', year: 2026 }] },
          ]),
        ),
        n % 2 === 0 ? 'AnswerSection' : 'SaveSectionForLater',
      );
      break;
    case 'turn':
      await gives(
        actor,
        section,
        Object.fromEntries(Object.entries(wellOf(section)).filter(([q]) => has(q, section))),
        many > 10 ? 'SaveSectionForLater' : 'AnswerSection',
      );
      break;
    case 'slip':
      await gives(actor, 'scope', { [n % 2 === 0 ? 'G2' : 'G1-capability']: { value: 'yes' } });
      break;
    case 'note':
      await times(async (i) => {
        const now = await turn.now();
        const given = now.deal.answers[section];
        if (!given) return;
        const answers = Object.fromEntries(
          Object.entries(given).map(([q, { value, sources }]) => [
            q,
            { value, sources, note: `As they told us ${nth} ${i}` },
          ]),
        );
        await does({ type: 'AnswerSection', section, answers, why: `${SAID} ${i}` });
      });
      break;
    case 'back':
      await corrects(actor, () => ({ ...detailsOf(spec), exportLicence: deal.details.exportLicence }), SAID);
      break;
    case 'slip kind':
      await corrects(actor, (now) => ({ ...now, endUser: { ...now.endUser, kind: 'security' } }), SAID);
      break;
    case 'rename':
      await times((i) =>
        corrects(
          actor,
          (now) =>
            n % 2 === 0
              ? { ...now, endUser: { ...now.endUser, name: `Nazar Mill ${nth} ${i}` } }
              : { ...now, customer: `Askar Mill ${nth} ${i}` },
          `${SAID} ${i}`,
        ),
      );
      break;
    case 'part':
      await corrects(
        actor,
        (now) => ({
          ...now,
          intermediaries: Array.from({ length: many }, (_, i) => ({
            name: `Kairat ${nth} ${i}`,
            role: `reseller ${i}`,
          })),
        }),
        SAID,
      );
      break;
    case 'other product':
      // Known: of many products each has a line of its own, which hides others.
      await times(
        (i) =>
          corrects(
            actor,
            (now) => ({ ...now, product: { id: 'other', name: `Sample gauge ${nth} ${i}` } }),
            `${SAID} ${i}`,
          ),
        2,
      );
      break;
    case 'flag':
      await times((i) => does({ type: 'RaiseFlag', title: `I am not sure of this ${nth} ${i}` }));
      break;
    case 'correct':
      await times((i) =>
        corrects(
          actor,
          (now) => ({ ...now, expectedSigning: `2027-1${i % 2}-05` }) as DealDetails,
          `${SAID} ${nth} ${i}`,
        ),
      );
      break;
    case 'withdraw':
      await does({ type: 'Withdraw', reason: 'We have another plan.' });
      break;
    case 'reopen':
      await does({ type: 'Reopen', reason: 'They came back to us.' });
      break;
    case 'reassess':
      await does({ type: 'ReportChange', what: 'activity', why: 'They grow a little.' });
      await does({ type: 'StartReassessment' });
      break;
    case 'confirm sections':
      for (const one of policy.sections) await does({ type: 'ConfirmSection', section: one.id });
      break;
    case 'owner':
      await does({ type: 'ReassignOwner', to: actor === 'rep-1' ? 'legal-1' : 'rep-1', reason: 'I am away.' });
      break;
    case 'hand over':
      await does({
        type: 'HandOverSection',
        section,
        to: actor === 'rep-1' ? 'legal-1' : 'rep-1',
        note: 'Please look.',
      });
      break;
    case 'take back':
      await does({ type: 'TakeSectionBack', section });
      break;
    default:
      throw new Error(what);
  }
};
