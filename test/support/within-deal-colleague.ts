/** What colleagues, who never collude, say against a deal in a play. */

import type { DealDetails } from '../../flows/deal/deal.ts';
import type { DealView } from '../../flows/deal/view.ts';
import { approverOf } from './between-deals.ts';
import { QUESTIONS, words, type Act, type Turn, type Word } from './within-deal.ts';

export const BY_COLLEAGUE = words(
  'G1, G2, P1, record, stop, kind, product, destination, customer, end-user, between, role, flag, flag outside, report, question, evidence, withdraw, hand on',
);

/** Returns what was accepted of it. `answered`: sections that they answered, once each. */
export const colleagueSays = async (turn: Turn, { what, n }: Act, answered: Set<string>): Promise<Word[]> => {
  const { view, token, does, gives, corrects } = turn;
  const { deal } = view;
  const said: Word[] = [];
  const add = (by: string, more: Partial<Word> = {}): void => {
    said.push({ what, by, token, ...more });
  };
  const by = 'product-1';
  const hands = async (section: string): Promise<void> => {
    if (deal.handOvers[section]?.to !== by) await does(deal.owner, { type: 'HandOverSection', section, to: by });
  };
  const known = QUESTIONS[what];
  if (known) {
    const [section, question] = known;
    if (answered.has(section)) return said;
    await hands(section);
    const noted = n % 2 === 0;
    const saves = n % 4 >= 2;
    const one = { value: 'yes' as const, note: noted ? `${token} as I was told there` : undefined };
    const done = await gives(by, section, { [question]: one }, saves ? 'SaveSectionForLater' : 'AnswerSection');
    if (!done) return said;
    answered.add(section);
    const text = view.policy
      .question(question)!
      .text.slice(0, 40)
      .replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
    // What is sent back is a draft of theirs again.
    const isKept = (v: DealView): boolean => v.deal.drafts[section]?.[question]?.value === 'yes';
    const stands = (v: DealView): boolean => isKept(v) || v.deal.answers[section]?.[question]?.value === 'yes';
    add(by, { what: `${what} ${saves ? 'saved' : 'given'}`, token: `no ${token}`, or: new RegExp(text), stands });
    const isThere = (v: DealView): boolean =>
      (saves ? v.deal.drafts : v.deal.answers)[section]?.[question]?.note?.includes(token) === true;
    if (noted) add(by, { what: `${what} note`, isNote: true, stands: isThere });
    return said;
  }
  switch (what) {
    case 'kind':
    case 'product':
    case 'destination':
    case 'customer':
    case 'end-user':
    case 'between':
    case 'role': {
      if (deal.details.intermediaries.length === 0 && what === 'role') break;
      await hands('scope');
      const changed = (now: DealDetails): DealDetails => {
        const hill = `Bright Hill ${token}`;
        switch (what) {
          case 'kind':
            return { ...now, endUser: { ...now.endUser, kind: 'security' } };
          case 'product':
            return { ...now, product: { id: 'other', name: `Sample hail meter ${token}` } };
          case 'destination':
            return { ...now, destination: 'SE' };
          case 'customer':
            return { ...now, customer: hill };
          case 'end-user':
            return { ...now, endUser: { ...now.endUser, name: hill } };
          case 'between':
            return { ...now, intermediaries: [...now.intermediaries, { name: hill, role: 'reseller' }] };
          default:
            return {
              ...now,
              intermediaries: now.intermediaries.map((one, i) =>
                i === 0 ? { ...one, role: `front for ${token}` } : one,
              ),
            };
        }
      };
      if (!(await corrects(by, changed, `${token}why I saw the order.`))) break;
      const or = { kind: /security/i, destination: /Sweden/ }[what as string];
      const stands = (v: DealView): boolean => {
        const text = JSON.stringify(v.deal.details);
        return what === 'kind'
          ? v.deal.details.endUser.kind === 'security'
          : what === 'destination'
            ? v.deal.details.destination === 'SE'
            : new RegExp(`${token}"`).test(text);
      };
      add(by, { token: or ? `no ${token}` : token, or, stands });
      add(by, { what: `${what} why`, token: `${token}why` });
      break;
    }
    case 'flag':
      await hands('scope');
      if (await does(by, { type: 'RaiseFlag', title: `${token} They beat people there.` })) add(by);
      break;
    case 'flag outside':
      if (await does('senior-2', { type: 'RaiseFlag', title: `${token} They beat people there.` })) add('senior-2');
      break;
    case 'report':
      if (await does('senior-2', { type: 'ReportChange', what: 'major', why: `${token} They jam phones with it.` }))
        add('senior-2');
      break;
    case 'question': {
      const judge = approverOf(view);
      if (judge === undefined || deal.status !== 'deciding') break;
      const { step } = deal;
      if (await does(judge, { type: 'AskForInformation', step, question: `${token} Who reads what it finds?` }))
        add(judge);
      break;
    }
    case 'evidence': {
      const request = deal.requests.find(({ answer, takenBack }) => !answer && !takenBack)?.id;
      if (request === undefined) break;
      await hands('scope');
      const text = `${token} They follow people with it.`;
      if (await does(by, { type: 'GiveInformation', request, text, sources: [] })) add(by);
      break;
    }
    case 'withdraw':
      await hands('scope');
      if (await does(by, { type: 'Withdraw', reason: `${token} They lied to us.` })) add(by);
      break;
    case 'hand on':
      await hands('scope');
      if (
        await does(by, {
          type: 'HandOverSection',
          section: 'scope',
          to: 'rep-1',
          note: `${token} Ask about the police.`,
        })
      )
        add(by);
      break;
    default:
      throw new Error(what);
  }
  return said;
};
