/** A play on several deals, and what a colleague said in it: whoever decides the next deal with that party reads it, or it waits. */

import type { DealCommand } from '../../flows/deal/commands.ts';
import { mayBeSameAnywhere } from '../../flows/names-alike.ts';
import { answersTo, approverOf, detailsOf, severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import { weighed } from './picture-deal.ts';
import { voteOf } from './story.ts';
import { QUESTIONS, SAID, words } from './within-deal.ts';

export const NAMES = ['Nazar Loom House', 'Nazar Loom House No. 2', 'Nazar Loom House Branch', 'Gulnar Rose Garden'];
export const CUSTOMERS = ['Askar Trade', 'Bekzat Supply', 'Gulnar Rose Garden', 'Nazar Loom House'];
export const SOLD = ['weather', 'network', 'recorder', 'Sample hail meter'];

/** What a colleague, an approver or compliance may say against a deal. */
export const AGAINST = words(
  'flag, flag outside, G2, G1, P1, record, stop, kind, name, customer, between, decline, ask, report',
);
export const BY_REP = words(
  'well, well all, slip, slip kind, same, back, withdraw, reopen, another name, another product, another customer, owner',
);
export const BY_COMPLIANCE = words('confirm, send back, dismiss, admit, approve');

/**
 * `n` picks who does it, or what is picked; `saves`: an answer is saved for later, and not given; `friend`: a friend of the rep does
 * what the rep may do, and asked for a deal that this opens.
 */
export interface Act {
  deal: number;
  what: string;
  saves: boolean;
  n: number;
  friend: boolean;
}

/** Something said, with a token that nothing else has. */
interface Said {
  what: string;
  token: string;
  /** How else a line of a page may say it. */
  or?: RegExp | undefined;
  deal: string;
  endUsers: readonly string[];
  parties: readonly string[];
  destination: string;
  product: string;
  /** Compliance confirmed a form that showed it. */
  looked: boolean;
}

const OR: Readonly<Record<string, RegExp>> = {
  kind: /says of .*security/i,
  // Whom it names is not told where the deal itself is of that kind.
  name: /says of .*security/i,
  customer: /says of .*security/i,
  between: /says of .*security/i,
  decline: /was declined/,
  'send back': /did not confirm what makes it lighter/,
  stop: /stopped|to what stops a deal/,
};

const isIn = ({ token, or }: Said, page: string): boolean =>
  page.includes(token) || (or !== undefined && page.split('\n').some((line) => or.test(line)));

const answerWellAll = async (deals: SeveralDeals, deal: string, by = 'rep-1'): Promise<boolean> => {
  const { policy } = await deals.view(deal);
  let all = true;
  for (const { id: section } of policy.sections) {
    const view = await deals.view(deal);
    if (view.deal.status !== 'answering' || view.deal.answers[section]) continue;
    const isIn = section === policy.scopeSection && view.deal.details.endUser.kind !== 'private';
    const answers = answersTo(view, section, isIn ? { 'G1-capability': 'yes' } : {})!;
    all = (await deals.act(deal, by, { type: 'AnswerSection', section, answers, why: SAID })) && all;
  }
  return all;
};

interface Opened {
  id: string;
  now: Parties;
  endUsers: string[];
  parties: string[];
}

/** Presses whatever waits for compliance. Returns what its form showed; undefined where nothing was settled. */
const settles = async (deals: SeveralDeals, deal: string, by: string, reason?: string): Promise<string | undefined> => {
  for (const name of ['deal.confirm-scope', 'deal.confirm-lighter']) {
    const form = await deals.form(by, name, deal);
    if (!form) continue;
    const verdict = reason === undefined ? { verdict: 'confirm' } : { verdict: 'refuse', reason };
    return (await form.press(verdict)) ? form.page : undefined;
  }
  return undefined;
};

/** Whoever else asks for it gives it to the rep. */
const openedBy = async (deals: SeveralDeals, spec: Parties, by: string): Promise<string> => {
  const id = await deals.open(spec, by);
  if (by !== 'rep-1') await deals.act(id, by, { type: 'ReassignOwner', to: 'rep-1', reason: 'It is theirs.' });
  return id;
};

/** Acts in order. Each deal is opened when something happens to it first. */
const playOn = async (deals: SeveralDeals, acts: readonly Act[], specs: readonly Parties[]): Promise<Said[]> => {
  const said: Said[] = [];
  const opened = new Map<Parties, Opened>();
  for (const [nth, { deal, what, saves, n, friend }] of acts.entries()) {
    const spec = specs[deal % specs.length]!;
    const rep = friend ? 'legal-1' : 'rep-1';
    const one = opened.get(spec) ?? {
      id: await openedBy(deals, spec, rep),
      now: spec,
      endUsers: [spec.endUser],
      parties: [spec.endUser, spec.customer, ...spec.between],
    };
    opened.set(spec, one);
    const { id } = one;
    const view = await deals.view(id);
    const token = `zq${nth}x`;
    const colleague = 'product-1';
    const officer = n % 2 === 0 ? 'compliance-1' : 'compliance-2';
    const does = (by: string, command: DealCommand): Promise<boolean> => deals.act(id, by, command);
    const hands = async (section: string): Promise<void> => {
      if (view.deal.handOvers[section]?.to === colleague) return;
      await does(view.deal.owner, { type: 'HandOverSection', section, to: colleague });
    };
    const corrects = async (by: string, more: Partial<Parties>): Promise<boolean> => {
      const to = { ...one.now, ...more };
      const { exportLicence } = view.deal.details;
      const reason = by === rep ? SAID : 'I saw the order.';
      if (!(await does(by, { type: 'CorrectDetails', details: { ...detailsOf(to), exportLicence }, reason })))
        return false;
      // Of a typo that nobody said anything of, nothing is left.
      const isTypo = by === rep && said.every((each) => each.deal !== id);
      const [endUsers, parties] = isTypo ? [[], []] : [one.endUsers, one.parties];
      Object.assign(one, {
        now: to,
        endUsers: [...endUsers, to.endUser],
        parties: [...parties, to.endUser, to.customer, ...to.between],
      });
      return true;
    };
    const says = (or = OR[what]): void => {
      const { endUsers, parties, now } = one;
      said.push({ what, token, or, deal: id, endUsers, parties, ...now, looked: false });
    };
    const police = `Secret Police Office ${token}`;
    switch (what) {
      case 'flag':
      case 'flag outside': {
        if (what === 'flag') await hands('scope');
        const by = what === 'flag' ? colleague : 'senior-2';
        if (await does(by, { type: 'RaiseFlag', title: `${token} They beat people there.` })) says();
        break;
      }
      case 'G1':
      case 'G2':
      case 'P1':
      case 'record':
      case 'stop': {
        const [section, question] = QUESTIONS[what]!;
        await hands(section);
        const answers = answersTo(await deals.view(id), section, { [question]: 'yes' }, `${token} as I was told there`);
        if (!answers) break;
        const text = view.policy.question(question)!.text.slice(0, 40);
        const type = saves ? 'SaveSectionForLater' : 'AnswerSection';
        if (await does(colleague, { type, section, answers, why: SAID } as DealCommand))
          says(OR[what] ?? new RegExp(`therwise.*${text}`));
        break;
      }
      case 'kind':
        await hands('scope');
        if (await corrects(colleague, { kind: 'security' })) says();
        break;
      case 'name':
      case 'customer':
      case 'between': {
        await hands('scope');
        const between = [...one.now.between, police];
        const more = { name: { endUser: police }, customer: { customer: police }, between: { between } }[what];
        if (await corrects(colleague, more)) says();
        break;
      }
      case 'decline':
      case 'approve': {
        const by = approverOf(view);
        const declines = { outcome: 'decline', rationale: `${token} They would misuse it.` } as const;
        if (by === undefined) break;
        const done = await does(by, voteOf(view, { ...weighed, ...(what === 'decline' ? declines : {}) }));
        if (done && what === 'decline') says();
        break;
      }
      case 'ask': {
        const by = approverOf(view);
        if (by === undefined || view.deal.status !== 'deciding') break;
        const { step } = view.deal;
        if (await does(by, { type: 'AskForInformation', step, question: `${token} Who reads what it finds?` })) says();
        break;
      }
      case 'report':
        if (await does('senior-2', { type: 'ReportChange', what: 'major', why: `${token} They jam phones with it.` }))
          says();
        break;
      case 'well':
      case 'slip': {
        const section = what === 'slip' ? 'scope' : ['scope', 'product', 'end-user'][n % 3]!;
        const slip = n % 2 === 0 ? { G2: 'yes' } : { 'G1-capability': 'yes' };
        const answers = answersTo(view, section, what === 'slip' ? slip : {});
        const type = saves && what === 'slip' ? 'SaveSectionForLater' : 'AnswerSection';
        if (answers) await does(rep, { type, section, answers, why: SAID } as DealCommand);
        break;
      }
      case 'well all':
        await answerWellAll(deals, id, rep);
        break;
      // As it is given, or saved, by whoever said it.
      case 'same': {
        const section = ['scope', 'product', 'end-user'][n % 3]!;
        const given = { ...view.deal.answers[section], ...view.deal.drafts[section] };
        const answers = answersTo(
          view,
          section,
          Object.fromEntries(Object.entries(given).map(([q, a]) => [q, a.value])),
        );
        if (answers) await does(rep, { type: 'AnswerSection', section, answers, why: SAID });
        break;
      }
      case 'owner':
        await does(rep, { type: 'ReassignOwner', to: friend ? 'rep-1' : 'legal-1', reason: 'I am away.' });
        break;
      case 'slip kind':
        await corrects(rep, { kind: 'security' });
        break;
      case 'back':
        await corrects(rep, spec);
        break;
      case 'another name':
        await corrects(rep, { endUser: NAMES[n]! });
        break;
      case 'another product':
        await corrects(rep, { product: SOLD[n]! });
        break;
      case 'another customer':
        await corrects(rep, { customer: CUSTOMERS[n]! });
        break;
      case 'withdraw':
        await does(rep, { type: 'Withdraw', reason: 'We have another plan.' });
        break;
      case 'reopen':
        await does(rep, { type: 'Reopen', reason: 'They came back to us.' });
        break;
      case 'dismiss':
      case 'admit': {
        const flag = view.deal.ownFlags.find(({ status }) => status === 'pending')?.id ?? '';
        const reason = 'It is as far as I see.';
        await does(
          officer,
          what === 'admit'
            ? { type: 'AdmitFlag', flag, weight: 'moderate', reason }
            : { type: 'DismissFlag', flag, reason },
        );
        break;
      }
      case 'confirm': {
        for (const { id: flag, status, stops } of view.deal.ownFlags)
          if (status === 'pending')
            await does(stops ? 'chief-1' : 'compliance-1', { type: 'DismissFlag', flag, reason: 'It is hearsay.' });
        const page = await settles(deals, id, officer);
        if (page === undefined) break;
        for (const each of said) each.looked ||= isIn(each, page) || (each.what === 'send back' && each.deal === id);
        break;
      }
      case 'send back':
        if (await settles(deals, id, officer, `${token} It does not stand as it is said.`)) says();
        break;
      default:
        throw new Error(what);
    }
  }
  return said;
};

/** Known: these are not told under a name that may be the same. */
const NEVER_NEAR = new Set(words('ask, name, customer, between'));
/** What is heard of under the names of all whom a deal names, and not of its end-user's alone. */
const LOUD = new Set(words('flag, flag outside, stop, report'));

/** Tells whether something concerns whoever decides the last deal, which is `out`, to be confirmed as such, or decided. */
const concerns = (one: Said, last: Parties, where: Where): boolean => {
  const { what, endUsers, parties, destination } = one;
  if ((where === 'out' || what === 'send back') && one.looked) return false;
  // Whoever is private and close to no government is out of scope whatever the product can do.
  if (what === 'P1') return where === 'review' && one.product === last.product;
  if (what === 'G1') return where === 'form' && one.product === last.product && last.kind !== 'private';
  const all = [last.endUser, last.customer, ...last.between];
  const isSame = parties.includes(last.endUser) || endUsers.some((name) => all.includes(name));
  const near = LOUD.has(what) ? [...endUsers, ...parties] : endUsers;
  const isNear = destination === last.destination && near.some((name) => mayBeSameAnywhere(name, last.endUser));
  if (!isSame && !(isNear && !NEVER_NEAR.has(what))) return false;
  return what === 'record' ? where === 'review' : what === 'G2' ? last.kind === 'private' : true;
};

type Where = 'out' | 'form' | 'review';

export interface Played {
  where: Where;
  /** How much of what was said concerns the last deal. */
  concern: number;
  missed: Said[];
  page: string;
}

/** Plays the acts, and opens one more deal, which the rep answers well. */
export const played = async (acts: readonly Act[], specs: readonly Parties[], last: Parties): Promise<Played> => {
  const deals = severalDeals();
  try {
    const said = await playOn(deals, acts, specs);
    const id = await deals.open(last);
    await answerWellAll(deals, id);
    const view = await deals.view(id);
    const where = ({ 'out of scope': 'out', answering: 'form' } as const)[String(view.deal.status)] ?? 'review';
    const [person, name] =
      where === 'review' ? [approverOf(view) ?? '', 'deal.review'] : ['compliance-2', 'deal.confirm-scope'];
    const page = where === 'out' ? '' : (await deals.form(person, name, id))!.page;
    const those = said.filter((one) => concerns(one, last, where));
    return { where, page, concern: those.length, missed: those.filter((one) => !isIn(one, page)) };
  } finally {
    await deals.end();
  }
};
