/** What deals say that concerns others, as a bot keeps it of a hundred thousand. */

import type { Graver, SaidElsewhere } from '../deal/context/elsewhere.ts';
import { sharing, within } from './sharing.ts';

/** Answers that were given at once, and are about the same. */
interface Group {
  at: Graver['at'];
  about: Graver['about'];
  said: readonly Pick<Graver, 'question' | 'topic' | 'says' | 'by'>[];
}

const NONE: readonly never[] = [];

class KeptSaid implements SaidElsewhere {
  readonly id: SaidElsewhere['id'];
  readonly owner: SaidElsewhere['owner'];
  readonly askedBy: SaidElsewhere['askedBy'];
  readonly team: SaidElsewhere['team'];
  readonly listens: boolean;
  readonly endUsers: SaidElsewhere['endUsers'];
  readonly parties: SaidElsewhere['parties'];
  readonly called: SaidElsewhere['called'];
  readonly unsaid: SaidElsewhere['unsaid'];
  readonly destinations: SaidElsewhere['destinations'];
  readonly products: SaidElsewhere['products'];
  readonly now: SaidElsewhere['now'];
  readonly kind: SaidElsewhere['kind'];
  readonly says: SaidElsewhere['says'];
  readonly ofCompanies: SaidElsewhere['ofCompanies'];
  readonly once: SaidElsewhere['once'];
  readonly scope: SaidElsewhere['scope'];
  readonly tier: SaidElsewhere['tier'];
  readonly tierEver: SaidElsewhere['tierEver'];
  readonly isOut: boolean;
  readonly settled: SaidElsewhere['settled'];
  readonly rests: SaidElsewhere['rests'];
  readonly foundAt: SaidElsewhere['foundAt'];
  readonly approvedAt: SaidElsewhere['approvedAt'];
  readonly restsAt: SaidElsewhere['restsAt'];
  readonly ended: SaidElsewhere['ended'];
  readonly left: SaidElsewhere['left'];
  readonly worries: SaidElsewhere['worries'];
  readonly sale: SaidElsewhere['sale'];
  readonly asksAnew: SaidElsewhere['asksAnew'];
  readonly dismissedHere: SaidElsewhere['dismissedHere'];
  readonly wrote: SaidElsewhere['wrote'];
  readonly spoke: SaidElsewhere['spoke'];
  readonly gaps: SaidElsewhere['gaps'];
  readonly accepted: SaidElsewhere['accepted'];
  readonly milder: SaidElsewhere['milder'];
  readonly noted: SaidElsewhere['noted'];
  readonly #otherwise: readonly Group[];

  constructor(said: Omit<SaidElsewhere, 'otherwise'>, otherwise: readonly Group[]) {
    this.id = said.id;
    this.owner = said.owner;
    this.askedBy = said.askedBy;
    this.team = said.team;
    this.listens = said.listens;
    this.endUsers = said.endUsers;
    this.parties = said.parties;
    this.called = said.called;
    this.unsaid = said.unsaid;
    this.destinations = said.destinations;
    this.products = said.products;
    this.now = said.now;
    this.kind = said.kind;
    this.says = said.says;
    this.ofCompanies = said.ofCompanies;
    this.once = said.once;
    this.scope = said.scope;
    this.tier = said.tier;
    this.tierEver = said.tierEver;
    this.isOut = said.isOut;
    this.settled = said.settled;
    this.rests = said.rests;
    this.foundAt = said.foundAt;
    this.approvedAt = said.approvedAt;
    this.restsAt = said.restsAt;
    this.ended = said.ended;
    this.left = said.left;
    this.worries = said.worries;
    this.sale = said.sale;
    this.asksAnew = said.asksAnew;
    this.dismissedHere = said.dismissedHere;
    this.wrote = said.wrote;
    this.spoke = said.spoke;
    this.gaps = said.gaps;
    this.accepted = said.accepted;
    this.milder = said.milder;
    this.noted = said.noted;
    this.#otherwise = otherwise;
  }
  /** Made when it is asked for: most are looked at rarely, and they are most of what a deal says. */
  get otherwise(): readonly Graver[] {
    return this.#otherwise.length === 0
      ? NONE
      : this.#otherwise.flatMap(({ at, about, said }) => said.map((one) => ({ ...one, at, about })));
  }
}

/** Returns what makes each say the same in less room. It remembers what they have in common: deals that are gone included. */
export const createSaidShare = (): ((said: SaidElsewhere) => SaidElsewhere) => {
  const one = sharing();
  return (said) => {
    const own = within();
    const groups: (Group & { said: Group['said'][number][] })[] = [];
    for (const { question, topic, says, at, about, by } of said.otherwise) {
      const given = { question, topic, says, ...(by === undefined ? {} : { by }) };
      const [what, there, last] = [one(given), one(about), groups.at(-1)];
      if (last && last.at === at && last.about === there) last.said.push(what);
      else groups.push({ at: own(at), about: there, said: [what] });
    }
    return new KeptSaid(
      {
        ...said,
        endUsers: said.endUsers.map(own),
        parties: said.parties.map(own),
        team: one(said.team),
        destinations: one(said.destinations),
        products: one(said.products),
        now: one(said.now),
        kind: { ...said.kind, at: own(said.kind.at) },
        wrote: said.wrote?.map(({ by, at, told }) => ({ by: own(by), at: own(at), ...(told ? { told } : {}) })),
        spoke: said.spoke?.map((each) => ({ ...each, by: own(each.by), at: own(each.at) })),
        gaps: said.gaps?.map(one),
        worries: said.worries.length === 0 ? NONE : said.worries,
        milder: said.milder.length === 0 ? NONE : said.milder.map(one),
      },
      groups.length === 0 ? NONE : groups,
    );
  };
};
