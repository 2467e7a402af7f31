/** Forms that are about one thing of an approval or one sheet alone, each with what is to be read there. */

import { conditionStanding } from '../../flows/deal/rights/whose-turn.ts';
import type { SheetsState } from '../../flows/registers/sheet-shapes.ts';
import type { SeveralDeals } from './between-deals.ts';
import type { Play } from './said-matrix-play.ts';
import { openedBy } from './said-matrix.ts';
import type { Written } from './words-search-said.ts';

export interface OwnForm {
  name: string;
  page: string;
  isThere(one: Written): boolean;
}

const OF_CONDITION = ['MeetCondition', 'ReturnCondition', 'HandOverCondition'];
const ALL = ['compliance-3', 'compliance-2', 'compliance-1', 'counsel-2', 'counsel-1', 'product-1'];
const WITHOUT_EVIDENCE = OF_CONDITION.slice(1);

export const ownForms = async (play: Play, deals: SeveralDeals): Promise<OwnForm[]> => {
  const found: OwnForm[] = [];
  const view = await play.view();
  const add = async (name: string, about: string | undefined, isThere: OwnForm['isThere']): Promise<void> => {
    const form = await openedBy(play, 'nobody', name, about);
    if (form?.submit !== undefined) found.push({ name, page: form.page, isThere });
  };
  for (const { condition, progress } of conditionStanding(view)) {
    const { id } = condition;
    if (progress.status === 'met')
      await add('deal.settle-condition', id, (one) => one.about === id && OF_CONDITION.includes(one.type));
    if (progress.status === 'open')
      await add('deal.hand-over-condition', id, (one) => one.about === id && WITHOUT_EVIDENCE.includes(one.type));
  }
  await add('deal.renewals', undefined, ({ type }) => type === 'SetRenewals');
  await add('deal.licence', undefined, ({ type }) => type === 'SetLicence');
  let sheets: SheetsState['sheets'] = {};
  await deals.register(async (registers) => {
    sheets = (await registers.sheets.now()).state.sheets;
    return { kind: 'accepted' };
  }, 'compliance-1');
  const addSheet = async (name: string, value: string, isThere: OwnForm['isThere']): Promise<void> => {
    for (const person of ALL) {
      const form = await deals.form(person, name, view.deal.id, value);
      if (form?.submit === undefined) continue;
      const inputs = form.inputs.map((one) => JSON.stringify(one)).join('\n');
      found.push({ name, page: name === 'desk.sheet' ? `${form.page}\n${inputs}` : form.page, isThere });
      return;
    }
  };
  for (const [id, { waits, disputes, settled = [] }] of Object.entries(sheets)) {
    const against = [...disputes, ...settled];
    /** Why lighter answers were given speaks for them, and stands where they are judged. */
    const isOf =
      (questions: readonly string[]): OwnForm['isThere'] =>
      ({ about, at, type, text }) => {
        if (about !== id || type === 'SettleDispute') return false;
        if (type === 'DisputeSheet')
          return against.some(
            (one) => one.reason === text && one.questions.some((question) => questions.includes(question)),
          );
        return (
          type === 'SaveSheet' && at !== 'why' && questions.some((question) => at.startsWith(`answers.${question}.`))
        );
      };
    const judged = Object.keys(waits?.answers ?? {});
    if (waits)
      await addSheet(
        'desk.judge-sheet',
        id,
        (one) => isOf(judged)(one) || (one.about === id && one.text === waits.why),
      );
    for (const dispute of disputes)
      await addSheet('desk.settle-dispute', `${dispute.id}/${id}`, isOf(dispute.questions));
    await addSheet('desk.sheet', id.replace(':', '/'), ({ about, at }) => about === id && at !== 'why');
  }
  return found;
};
