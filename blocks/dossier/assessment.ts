/** The dossier's assessment: the tier, each red flag with its weight and what voters made of it, and what is not known. */

import { acceptedGaps } from '../../flows/deal/context/gaps.ts';
import { tierIsKnown } from '../../flows/deal/context/tier.ts';
import { votesOn } from '../../flows/deal/rights/seats.ts';
import { isOfHit } from '../../flows/deal/screened/screened.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import { takenWords } from '../cards/gap-words.ts';
import { restOfTrace } from '../cards/risk-picture.ts';
import { HOUSE_RULES, tierMeaning, tierWord, weightWord } from '../words.ts';
import { bullet, line, nested, type Line } from './parts.ts';
import { contributionLines, openLines } from './risk-picture.ts';
import { byWords, instantWords, nameOf } from './words.ts';

/** Who upheld a flag and who cleared it, in the votes that stand. */
const opinionLines = (view: DealView, flag: FlagId): Line[] =>
  votesOn(view.deal).flatMap((vote) => {
    const given = vote.flags[flag];
    if (!given) return [];
    const why = given.reason?.trim() ? `: ${given.reason}` : '';
    return [bullet(given.opinion === 'clear' ? 'Cleared by' : 'Upheld by', `${byWords(view, vote)}${why}`)];
  });

export const assessment = (view: DealView): Line[] => {
  const { tier, rule, flags } = view.assessment;
  const known = tierIsKnown(view);
  const unknown = tier && !known ? 'not set before every section is answered' : 'out of scope';
  return [
    bullet('Tier', tier && known ? `${tierWord(tier)}: ${tierMeaning(tier)}` : unknown),
    ...(rule && known ? [bullet('Set by rule', rule)] : []),
    line(HOUSE_RULES),
    ...contributionLines(view),
    ...flags.flatMap((flag) => [
      line(`${flag.title} (${flag.citation})`),
      ...nested([
        bullet('Weight', `${weightWord(flag.weight)}, before context ${weightWord(flag.baseWeight)}`),
        bullet('Why', flag.why),
        ...flag.modifiers.map((m) => bullet(m.effect, m.text)),
        ...opinionLines(view, flag.id),
      ]),
    ]),
    ...openLines(view),
    ...acceptedGaps(view).map(({ question: q, by, at, reason, from }) =>
      line(
        `Not known: ${q.text} (${q.citation}) Accepted by ${nameOf(view, by)}, ${instantWords(at)}${takenWords(from)}: ${reason}`,
      ),
    ),
    ...restOfTrace(view).map((t) => line(`${t.id}: ${t.text}`)),
    ...view.deal.ownFlags
      .filter((f) => !isOfHit(f) || f.like !== undefined)
      .map((f) => line(`Raised by ${nameOf(view, f.by)}, ${f.status}: ${f.title}${f.reason ? ` (${f.reason})` : ''}`)),
  ];
};
