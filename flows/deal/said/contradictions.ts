/** What speaks against the answer that a deal is out of scope, or that its product can do nothing on people. */

import { countryName } from '../../countries.ts';
import type { PersonId } from '../../ids.ts';
import { sameProduct, SYSTEM } from '../../organisation.ts';
import { own } from '../../own.ts';
import { isGraver } from '../../policy/kinds.ts';
import { setApart } from '../../set-apart.ts';
import { namedOf, sameName } from '../formerly.ts';
import { speaksAgainst } from '../kept.ts';
import type { OwnFlag } from '../own-flag.ts';
import { nameOf } from '../rights/seats.ts';
import { isOwnSlip, isOwnWord, scopeGivers } from '../rights/set-aside.ts';
import type { Renamed } from '../said-shapes.ts';
import type { DealView } from '../view.ts';
import { whoseValue } from './first-said.ts';
import { lastAnswers } from './last-answers.ts';
import { alertsLeftBehind } from './left-alerts.ts';
import { kindSaidBy, nameSays, type NameSays } from './name-says.ts';
import { pastDetails, pastKinds } from './past-details.ts';
import { catalogueBefore, productAgainst, sheetDisputed } from './product-against.ts';
import { partyText, takenOutBy, whatBecame } from './put-in.ts';
import { remarksOfOthers } from './remarks.ts';
import { goneWords } from './reworded.ts';
import { weightyFirst } from './says-more.ts';

const MOST_NAMED = 5;

/** Each names the end-user: what compliance confirmed of one says nothing of another with the same word, or beside the same party. */
const nameText = (said: NameSays, endUser: string): string => {
  const theirs = `“${setApart(endUser)}”`;
  if (said.of === 'country')
    return `The end-user’s name ${theirs} says ${said.word}, and the destination is another country.`;
  return said.party === undefined
    ? `The end-user’s name ${theirs} says “${said.word}”, and the deal says another kind of end-user.`
    : `The name “${setApart(said.party)}” says “${said.word}”, and the deal says another kind of end-user of ${theirs}.`;
};

/** Returns what the names of the parties say that the deal denies, ready to show. */
export const nameAgainst = ({ policy, deal }: Pick<DealView, 'policy' | 'deal'>): string[] =>
  nameSays(policy, deal.details).map((said) => nameText(said, deal.details.endUser.name));

const named = (titles: readonly string[]): string =>
  titles.length <= MOST_NAMED
    ? titles.join('; ')
    : `${titles.slice(0, MOST_NAMED).join('; ')}; and ${titles.length - MOST_NAMED} more`;

/** Returns the red flags that answers outside the scope section raise. */
const flagsElsewhere = ({ deal, policy, facts }: DealView): string[] => {
  const scope = deal.answers[policy.scopeSection] ?? {};
  // An approval that is reassessed stands on more than what is given again by now.
  const approved = Object.values(deal.standing?.basis.answers ?? {}).flatMap((given) => Object.entries(given));
  const all = { ...Object.fromEntries(approved.map(([id, { value }]) => [id, value])), ...facts.answers };
  const answers = Object.fromEntries(Object.entries(all).filter(([id]) => !Object.hasOwn(scope, id)));
  const { flags } = policy.evaluate({ ...facts, answers, ownFlags: [] });
  return flags.filter(({ because }) => because.some((id) => answers[id] !== undefined)).map(({ title }) => title);
};

const pastScope = (view: DealView): string[] => {
  const { deal, policy } = view;
  const all = (deal.was ?? []).flatMap(({ question: id, by }) => {
    const question = policy.question(id);
    if (question?.section !== policy.scopeSection) return [];
    const who = by === SYSTEM ? '' : `, by ${nameOf(view, by, 'a colleague')}`;
    return [`This was answered otherwise before${who}: ${question.text}`];
  });
  return [...new Set(all)];
};

const PRODUCT_BEFORE = 'It was another product before';

const otherDetails = (view: DealView): string[] => {
  const { deal, lighterSaid } = view;
  const { was } = lighterSaid ?? {};
  const { product, endUser, destination } = deal.details;
  // What somebody else said in between is no slip of the rep's: a line for each person.
  const othersSaid = (of: Renamed, now: string, label: string): string[] => {
    const theirs = pastDetails(deal, of).filter(
      ({ value, by }) => value !== now && !isOwnSlip(deal, by, [deal.lastCorrection?.by]),
    );
    return [...new Set(theirs.map(({ by }) => by))].map((person) => {
      const values = theirs.flatMap(({ value, by }) =>
        by === person ? [`“${setApart(of === 'destination' ? (countryName(value) ?? value) : value)}”`] : [],
      );
      return `${label}: ${named([...new Set(values)])}, by ${nameOf(view, person, 'a colleague')}.`;
    });
  };
  const past = pastKinds(deal).filter(({ kind }) => isGraver(kind, endUser.kind));
  const isWaiting =
    was &&
    was.endUser !== endUser.kind &&
    !isGraver(endUser.kind, was.endUser) &&
    past.every(({ kind }) => kind !== was.endUser);
  const products = othersSaid('product', product.name, PRODUCT_BEFORE);
  return [
    ...new Set(
      past.map(
        ({ kind, by }) =>
          `The end-user was said to be of another kind: ${kind}, by ${nameOf(view, by, 'a colleague')}.`,
      ),
    ),
    ...(isWaiting ? [`The end-user was said to be of another kind: ${was.endUser}.`] : []),
    ...products,
    ...othersSaid('destination', destination, 'It was said to go elsewhere'),
    ...(was &&
    !sameProduct(was.product, product) &&
    !products.some((text) => text.includes(`“${setApart(was.product.name)}”`))
      ? [`${PRODUCT_BEFORE}: “${setApart(was.product.name)}”.`]
      : []),
  ];
};

const WAS: Readonly<Partial<Record<Renamed, string>>> = {
  'end-user': 'The end-user',
  customer: 'The customer',
  intermediaries: 'Who is in between',
};

/** Whom others named and somebody took out, a line for each person. */
const takenOutNow = (view: DealView): string[] =>
  takenOutBy(view).map(({ by, parties }) => {
    const names = parties.map((party) => `“${setApart(partyText(party))}”`);
    const why = [...new Set(parties.flatMap((party) => party.why ?? []))].map((text) => `“${setApart(text)}”`);
    const said = why.length === 0 ? '' : ` (${named(why)})`;
    return `${nameOf(view, by, 'A colleague')} named ${named(names)} here${said}, and it ${whatBecame(view, parties)}.`;
  });

/** Parties that the deal named before and does not now: somebody may know them better than whoever took them out. */
const pastParties = (view: DealView): string[] => {
  const { renamed = [], details } = view.deal;
  const now = [details.endUser.name, details.customer, ...details.intermediaries.map(({ name }) => name)];
  return (Object.keys(WAS) as Renamed[]).flatMap((of) => {
    const before = renamed.flatMap((one) => (one.of === of ? one.before : []));
    const saysMore = (name: string): number =>
      Number(kindSaidBy(view.policy, name, details.endUser.kind) === undefined);
    const gone = [...new Set(before)]
      .filter((name) => !now.some((one) => sameName(one, name)))
      .toSorted((a, b) => saysMore(a) - saysMore(b));
    return gone.length === 0
      ? []
      : [`${WAS[of]} was another before: ${named(gone.map((name) => `“${setApart(name)}”`))}.`];
  });
};

/** What approvers asked, a line for each: somebody else may confirm the scope. */
const askedHere = (view: DealView): string[] =>
  view.deal.requests.flatMap(({ by, question, answer, takenBack, before = [] }) => {
    if (takenBack?.by === by && !takenBack.reason) return [];
    if (takenBack?.reason)
      return [
        `${nameOf(view, by, 'An approver')} asked: “${setApart(question)}” ${nameOf(view, takenBack.by, 'A colleague')} took it back: “${setApart(takenBack.reason)}”`,
      ];
    const said = answer
      ? `${nameOf(view, answer.by, 'A colleague')} answered: “${setApart(answer.text)}”`
      : 'Nobody answered yet.';
    const then = before.map(
      ({ by: who, text, of }) =>
        ` Of ${namedOf(of, view.deal.details)} ${nameOf(view, who, 'a colleague')} answered: “${setApart(text)}”`,
    );
    return [`${nameOf(view, by, 'An approver')} asked: “${setApart(question)}” ${said}${then.join('')}`];
  });

/** Why compliance took back what was accepted as not known, and why somebody voted to decline: also where that counts no more. */
const spokenAgainst = (view: DealView): string[] => {
  const { gapsTakenBack = {}, carried = [] } = view.deal;
  return [
    ...Object.values(gapsTakenBack).map(
      ({ by, reason }) =>
        `${nameOf(view, by, 'Compliance')} took back what was accepted as not known: “${setApart(reason)}”`,
    ),
    ...carried.flatMap(({ by, outcome, rationale }) =>
      outcome === 'decline' ? [`${nameOf(view, by, 'An approver')} voted to decline: “${setApart(rationale)}”`] : [],
    ),
  ].filter((text, n, all) => all.indexOf(text) === n);
};

/** What others wrote beside what they did to the deal, a line for each person. */
const remarked = (view: DealView): string[] => {
  const remarks = remarksOfOthers(view);
  return [...new Set(remarks.map(({ by }) => by))].map((person) => {
    const theirs = remarks.filter(({ by }) => by === person).toReversed();
    const texts = weightyFirst(view, theirs).map(({ text }) => `“${setApart(text)}”`);
    return `${nameOf(view, person, 'A colleague')} wrote beside what they did here: ${named(texts)}.`;
  });
};

/** What others answered against the deal in sections that are not asked any more, or are asked again: a line for each person. */
export const answeredThen = (view: DealView): string[] => {
  const { deal, policy } = view;
  const then = policy.sections.flatMap(({ id: section, questions }) => {
    const before = own(deal.answers, section) ? undefined : lastAnswers(deal, section);
    return questions.flatMap(({ id, text }) => {
      const answer = before && own(before, id);
      if (!answer || !speaksAgainst(policy, id, answer.value)) return [];
      const { by } = whoseValue(deal, answer);
      return isOwnSlip(deal, by, scopeGivers(view)) ? [] : [{ by, text }];
    });
  });
  return [...new Set(then.map(({ by }) => by))].map((person) => {
    const asked = then.flatMap(({ by, text }) => (by === person ? [`“${text}”`] : []));
    return `${nameOf(view, person, 'A colleague')} answered against it before: ${named(asked)}.`;
  });
};

/** Says whose notes somebody else took away, or replaced: the words are for those who may read the answers. */
const pastNotes = (view: DealView): string[] => {
  const { policy } = view;
  const gone = goneWords(view).filter(({ note }) => note !== undefined);
  return [...new Set(gone.map(({ by }) => by))].map((person) => {
    const asked = gone.flatMap(({ by, question }) =>
      by === person ? [`“${policy.question(question)?.text ?? question}”`] : [],
    );
    return `${nameOf(view, person, 'A colleague')} wrote a note to ${named([...new Set(asked)])}, and it is not there any more.`;
  });
};

/** How each standing alert begins: of the same country there may be many. */
export const ALERT_STANDS = 'A country alert stands';
/** Flags that compliance has not settled, then the rest; last those of whoever asked for the deal and looks after it. */
const rank = ({ deal }: DealView, { by, status }: OwnFlag): number =>
  isOwnWord(deal, by) ? 2 : Number(status !== 'pending');

/** Who admitted it, or dismissed it before it waited once more, and why: there may be more in that than in the flag. */
const settled = (view: DealView, { status, weight, reason, settledBy, again }: OwnFlag): string => {
  const by = (person: PersonId | undefined, why: string): string =>
    `by ${nameOf(view, person ?? SYSTEM, 'compliance')}: “${setApart(why)}”`;
  if (status === 'admitted' && reason !== undefined) return ` (admitted as ${weight} ${by(settledBy, reason)})`;
  if (!again?.reason) return '';
  return ` (${again.as === undefined ? 'dismissed' : `admitted as ${again.as}`} before ${by(again.settledBy, again.reason)})`;
};

/** Returns the flags that people raised, a line for each of them. */
const raisedFlags = (view: DealView): string[] => {
  const flags = view.deal.ownFlags
    .filter(({ status }) => status !== 'dismissed')
    .toSorted((a, b) => rank(view, a) - rank(view, b));
  return [...new Set(flags.map(({ by }) => by))].map((person) => {
    const theirs = flags.filter(({ by }) => by === person);
    const titles = weightyFirst(
      view,
      theirs.map((flag) => ({ flag, text: flag.title, grave: flag.status === 'pending' })),
    ).map(({ flag }) => `“${setApart(flag.title)}”${settled(view, flag)}`);
    return `Raised by ${person === SYSTEM ? 'Clearthread' : nameOf(view, person, 'a colleague')}: ${named(titles)}.`;
  });
};

/** Saying it once more takes back no refusal: whoever looks next reads why the last one did not confirm it. */
const sentBack = (view: DealView): string[] =>
  [view.deal.scopeRefused, view.deal.lighterRefused].flatMap((refused) =>
    refused ? [`${nameOf(view, refused.by, 'Compliance')} sent it back before: “${setApart(refused.reason)}”`] : [],
  );

/** Returns everything known here that contradicts an answer that the deal is out of scope, ready to show. */
export const contradictions = (view: DealView): string[] => {
  const { deal, organisation, facts } = view;
  const flags = flagsElsewhere(view);
  const alerts = (organisation.alerts ?? []).filter(({ country }) => country === deal.details.destination);
  return [
    ...sentBack(view),
    ...productAgainst(view, facts.answers),
    ...new Set(catalogueBefore(view)),
    ...nameAgainst(view),
    ...(flags.length > 0 ? [`Other answers raise red flags: ${named(flags)}.`] : []),
    ...raisedFlags(view),
    ...sheetDisputed(view),
    ...spokenAgainst(view),
    ...askedHere(view),
    ...answeredThen(view),
    ...takenOutNow(view),
    ...pastNotes(view),
    ...remarked(view),
    ...otherDetails(view),
    ...pastScope(view),
    ...pastParties(view),
    ...alerts.map(({ why }) => `${ALERT_STANDS}: “${setApart(why)}”`),
    ...alertsLeftBehind(view).map(
      ({ country, why }) =>
        `${ALERT_STANDS} on ${countryName(country) ?? country}, where it was said to go before: “${setApart(why)}”`,
    ),
  ];
};
