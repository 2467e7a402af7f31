/** A play in one deal: what a colleague says against it stands, in their name, on each form that is pressed or signed after that. */

import type { DealView } from '../../flows/deal/view.ts';
import { approverOf, severalDeals, type Parties, type SeveralDeals } from './between-deals.ts';
import { weighed } from './picture-deal.ts';
import { voteOf } from './story.ts';
import { colleagueSays } from './within-deal-colleague.ts';
import { teamDoes } from './within-deal-team.ts';
import { concerns, isIn, turnOf, words, type Act, type Word } from './within-deal.ts';

export const BY_JUDGE = words('confirm, send back, dismiss, admit, approve, ask, decline');

export interface Missed {
  form: string;
  words: Word[];
  page: string;
}

/** What all forms show that can be pressed now, by the name of each. */
const pagesOf = async (deals: SeveralDeals, deal: string): Promise<Map<string, string>> => {
  const pages = new Map<string, string>();
  const view = await deals.view(deal);
  for (const name of ['deal.confirm-scope', 'deal.confirm-lighter']) {
    const form = await deals.form('compliance-2', name, deal);
    if (form && !form.page.includes('Nothing waits')) pages.set(name, form.page);
  }
  const by = approverOf(view);
  if (by !== undefined && view.deal.status === 'deciding') {
    const first = await deals.form(by, 'deal.review', deal);
    if (!first) return pages;
    const all = [first.page];
    const pageCount = Number(/Page 1 of (\d+)/.exec(first.page)?.[1] ?? 1);
    for (let page = 2; page <= pageCount; page += 1)
      all.push((await deals.form(by, 'deal.review-back', deal, `${deal}/${view.deal.step}/${page}`))?.page ?? '');
    pages.set('deal.review', all.join('\n'));
  }
  return pages;
};

export interface Played {
  missed: Missed[];
  forms: number;
  said: number;
}

/** `asker`: whoever else asks for it gives it to the rep. */
export const played = async (acts: readonly Act[], spec: Parties, asker: 'rep' | 'friend'): Promise<Played> => {
  const deals = severalDeals();
  try {
    return await playOn(deals, acts, spec, asker);
  } finally {
    await deals.end();
  }
};

const playOn = async (
  deals: SeveralDeals,
  acts: readonly Act[],
  spec: Parties,
  asker: 'rep' | 'friend',
): Promise<Played> => {
  const said: Word[] = [];
  const answered = new Set<string>();
  const id = await deals.open(spec, asker === 'rep' ? 'rep-1' : 'legal-1');
  if (asker === 'friend')
    await deals.act(id, 'legal-1', { type: 'ReassignOwner', to: 'rep-1', reason: 'It is theirs.' });
  let forms = 0;
  const missedIn = (form: string, page: string, view: DealView): Missed[] => {
    forms += 1;
    const gone = said.filter((one) => !isIn(one, page) && concerns(one, form, view));
    return gone.length === 0 ? [] : [{ form, words: gone, page }];
  };
  const settle = async (by: string, reason?: string): Promise<Missed[] | undefined> => {
    for (const name of ['deal.confirm-scope', 'deal.confirm-lighter']) {
      const view = await deals.view(id);
      const form = await deals.form(by, name, id);
      if (!form || form.page.includes('Nothing waits')) continue;
      const missed = missedIn(name, form.page, view);
      const pressed = await form.press(reason === undefined ? { verdict: 'confirm' } : { verdict: 'refuse', reason });
      if (!pressed) return missed.length > 0 ? missed : undefined;
      return missed;
    }
    return undefined;
  };
  for (const [nth, act] of acts.entries()) {
    const { who, what, n } = act;
    const turn = await turnOf(deals, id, nth);
    if (who === 'colleague') said.push(...(await colleagueSays(turn, act, answered)));
    else if (who !== 'judge') await teamDoes(turn, act, spec);
    else {
      const { view, token, does } = turn;
      const { deal } = view;
      const add = (by: string): void => {
        said.push({ what, by, token });
      };
      const officer = n % 2 === 0 ? 'compliance-1' : 'compliance-2';
      switch (what) {
        case 'confirm':
        case 'send back': {
          for (const { id: flag, status, stops } of deal.ownFlags)
            if (status === 'pending' && what === 'confirm')
              await does(stops ? 'chief-1' : 'compliance-1', { type: 'DismissFlag', flag, reason: 'It is hearsay.' });
          const reason = `${token} It does not stand as it is said.`;
          const missed = await settle(officer, what === 'confirm' ? undefined : reason);
          if (missed && missed.length > 0) return { missed, forms, said: said.length };
          if (missed && what === 'send back') add(officer);
          break;
        }
        case 'dismiss':
        case 'admit': {
          const flag = deal.ownFlags.find(({ status }) => status === 'pending')?.id ?? '';
          const reason = 'It is as far as I see.';
          await does(
            officer,
            what === 'admit'
              ? { type: 'AdmitFlag', flag, weight: 'moderate', reason }
              : { type: 'DismissFlag', flag, reason },
          );
          break;
        }
        case 'approve':
        case 'decline': {
          const by = approverOf(view);
          if (by === undefined) break;
          const declines = { outcome: 'decline', rationale: `${token} They would misuse it.` } as const;
          const done = await does(by, voteOf(view, { ...weighed, ...(what === 'decline' ? declines : {}) }));
          if (done && what === 'decline') add(by);
          break;
        }
        case 'ask': {
          const by = approverOf(view);
          if (by === undefined || deal.status !== 'deciding') break;
          const { step } = deal;
          if (await does(by, { type: 'AskForInformation', step, question: `${token} Who else reads it?` })) add(by);
          break;
        }
        default:
          throw new Error(what);
      }
    }
  }
  const view = await deals.view(id);
  for (const [form, page] of await pagesOf(deals, id)) {
    const missed = missedIn(form, page, view);
    if (missed.length > 0) return { missed, forms, said: said.length };
  }
  return { missed: [], forms, said: said.length };
};
