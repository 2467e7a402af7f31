/** The register of product sheets and country briefs: who said what of a product or a country, by version. House rule. */

import { catalogueAgainstAnswers } from '../catalogue.ts';
import { membersOf, person, SYSTEM } from '../organisation.ts';
import { own } from '../own.ts';
import type { FactValue, QuestionId } from '../policy/policy.ts';
import type { Sheet, SheetAnswers, SheetId } from '../sheet.ts';
import { decideSpread, evolveSpreads, newFanOut, ownersToTell, spreadDueAt, without } from './fan-out.ts';
import {
  earliest,
  refuseRegister,
  toPeople,
  type Register,
  type RegisterContext,
  type RegisterTarget,
} from './register.ts';
import { reviewers, stageNow, stagesAround, type RegisterStage } from './reminders.ts';
import { afterChanges, afterSettling, decideDispute, decideSettle } from './sheet-disputing.ts';
import { askedFor, keepersOf, sheetIdOf } from './sheet-owners.ts';
import { hearsDispute } from './sheet-rights.ts';
import { afterRefusing, decideConfirm, decideRefuse, decideSave, sheetsRule } from './sheet-saving.ts';
import type { SheetReminder, SheetsCommand, SheetsEvent, SheetsFact, SheetsState } from './sheet-shapes.ts';
import { rewordedIn } from './sheet-words.ts';

/** Versions and answers that are kept to show what changed. What was said against deals is kept for good. */
const MOST_CHANGES = 200;
/** Asked for at once: the rest come with the next look. */
const MOST_ASKED = 50;
/** An owner is asked for missing sheets at most once in this time. */
const ASK_EVERY_MS = 24 * 60 * 60 * 1000;

type Of<T extends SheetsEvent['type']> = Extract<SheetsEvent, { type: T }>;

const evolveSaved = (before: Sheet | undefined, event: Of<'SheetSaved'>): Sheet => {
  const { sheet: id, on, version, by, at, until, answers, changes, said, waits } = event;
  return {
    id,
    on,
    version,
    by,
    at,
    until,
    answers,
    changes: [...(before?.changes ?? []), ...changes].slice(-MOST_CHANGES),
    said: [...(before?.said ?? []), ...said],
    ...rewordedIn(before, event, by, at),
    ...afterChanges(before, event),
    ...(waits ? { waits } : {}),
    ...(before?.refused ? { refused: before.refused } : {}),
  };
};

const withSheet = (state: SheetsState, id: SheetId, to: (sheet: Sheet) => Sheet): SheetsState => {
  const sheet = own(state.sheets, id);
  return sheet ? { ...state, sheets: { ...state.sheets, [id]: to(sheet) } } : state;
};

const withoutWaits = (sheet: Sheet): Sheet => ({ ...sheet, waits: undefined });

const keyOf = ({ id, version, until }: Sheet): string => `${id}:${version}:${until}`;

const stagesOf = (sheet: Sheet, context: RegisterContext): RegisterStage[] =>
  stagesAround(context.organisation, sheetsRule(context), {
    day: sheet.until,
    since: sheet.at,
    to: keepersOf(context.organisation, sheet),
  });

const remindersNow = (state: SheetsState, now: string, context: RegisterContext): SheetReminder[] => {
  const groups = new Map<string, SheetReminder>();
  for (const sheet of Object.values(state.sheets)) {
    const key = keyOf(sheet);
    const due = stageNow(stagesOf(sheet, context), own(state.reminded, key) ?? 0, now);
    if (!due) continue;
    const { of, to } = due.stage;
    const group = groups.get(`${of} ${to.join(' ')}`) ?? { of, to, sheets: [] };
    group.sheets.push({ sheet: sheet.id, key, stage: due.index + 1 });
    groups.set(`${of} ${to.join(' ')}`, group);
  }
  return [...groups.values()];
};

/** Who was asked within the last day waits with the next. */
const askedNow = (
  { of }: Extract<SheetsCommand, { type: 'AskSheets' }>,
  state: SheetsState,
  at: string,
  { organisation }: RegisterContext,
): Of<'SheetsAsked'>['asked'] => {
  const lately = new Set(
    Object.values(state.asked).flatMap((one) => (Date.parse(at) - Date.parse(one.at) < ASK_EVERY_MS ? one.to : [])),
  );
  const known = new Set(Object.keys(state.asked));
  const wanted = of.flatMap((on) => {
    const id = sheetIdOf(on);
    const to = askedFor(organisation, on).filter((one) => !lately.has(one));
    if (known.has(id) || to.length === 0) return [];
    known.add(id);
    return [{ on, to }];
  });
  return wanted.slice(0, MOST_ASKED);
};

const others = ({ organisation }: RegisterContext, except: readonly string[]): RegisterTarget[] => {
  const left = reviewers(organisation).filter((id) => !except.includes(id));
  const chief = membersOf(organisation, organisation.roles.chief).filter((id) => !except.includes(id));
  return toPeople(left.length > 0 ? left : chief);
};

const waitsFor = (now: SheetsState, sheet: SheetId, context: RegisterContext): [SheetsFact, RegisterTarget[]][] => {
  const one = own(now.sheets, sheet);
  if (!one?.waits) return [];
  const { by, why, answers } = one.waits;
  const fact: SheetsFact = { fact: 'sheet waits', sheet, on: one.on, by, why, questions: Object.keys(answers) };
  return [[fact, others(context, [by])]];
};

const valuesOf = (answers: SheetAnswers): Record<QuestionId, FactValue> =>
  Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value]));

/** Every deal takes these answers: compliance hears once of a product that they say can do nothing, where the catalogue says it can. */
const againstCatalogue = (
  { on, by, answers }: Of<'SheetSaved'>,
  before: Sheet | undefined,
  context: RegisterContext,
): [SheetsFact, RegisterTarget[]][] => {
  const { policy, organisation } = context;
  if (!policy || on.of !== 'product') return [];
  const against = (given: SheetAnswers): string[] =>
    catalogueAgainstAnswers({ policy, organisation }, { id: on.product, name: on.name }, valuesOf(given));
  const known = before ? against(before.answers) : [];
  const says = against(answers).filter((one) => !known.includes(one));
  return says.length === 0 ? [] : [[{ fact: 'sheet against catalogue', on, by, says }, others(context, [by])]];
};

/** Words move no deal: compliance reads them, for those that are approved already. */
const newWords = (
  { on, by, said, changes, waits, version }: Of<'SheetSaved'>,
  context: RegisterContext,
): [SheetsFact, RegisterTarget[]][] => {
  const moved = new Set([...changes.map(({ question }) => question), ...Object.keys(waits?.answers ?? {})]);
  const words = said.flatMap(({ question, note }) =>
    note === undefined || moved.has(question) ? [] : [{ question, note }],
  );
  return version === 1 || words.length === 0
    ? []
    : [[{ fact: 'sheet noted', on, by, said: words }, others(context, [by])]];
};

export const sheets: Register<SheetsState, SheetsCommand, SheetsEvent, SheetsFact> = {
  name: 'sheets',
  none: { sheets: {}, asked: {}, reminded: {}, spreads: {} },
  evolve: (state, event) => {
    switch (event.type) {
      case 'SheetSaved': {
        const { sheet: id, heavier, version } = event;
        const before = own(state.sheets, id);
        const sheet = evolveSaved(before, event);
        const spread = `${id}:${version}`;
        return {
          ...state,
          sheets: { ...state.sheets, [id]: sheet },
          asked: without(state.asked, id),
          reminded: before ? without(state.reminded, keyOf(before)) : state.reminded,
          spreads:
            heavier.length > 0
              ? { ...state.spreads, [spread]: newFanOut(spread, { sheet, questions: heavier }, event.at) }
              : state.spreads,
        };
      }
      case 'SheetConfirmed': {
        const { version, answers, changes } = event;
        return withSheet(state, event.sheet, (sheet) => ({
          ...withoutWaits(sheet),
          ...rewordedIn(sheet, event, sheet.waits?.by ?? event.by, event.at),
          ...afterChanges(sheet, event),
          version,
          answers,
          changes: [...sheet.changes, ...changes].slice(-MOST_CHANGES),
        }));
      }
      case 'SheetRefused':
        return withSheet(state, event.sheet, (sheet) => ({ ...withoutWaits(sheet), ...afterRefusing(sheet, event) }));
      case 'SheetDisputed':
        return withSheet(state, event.sheet, (sheet) => ({ ...sheet, disputes: [...sheet.disputes, event.dispute] }));
      case 'DisputeSettled':
        return withSheet(state, event.sheet, (sheet) => ({
          ...sheet,
          ...afterSettling(sheet, event),
        }));
      case 'SheetsAsked': {
        const { at } = event;
        const asked = event.asked.map(({ on, to }) => [sheetIdOf(on), { on, to, at }]);
        return { ...state, asked: { ...state.asked, ...Object.fromEntries(asked) } };
      }
      case 'SheetReminded': {
        const stages = event.sheets.map(({ key, stage }) => [key, stage]);
        return { ...state, reminded: { ...state.reminded, ...Object.fromEntries(stages) } };
      }
      case 'SpreadWent':
        return { ...state, spreads: evolveSpreads(state.spreads, event) };
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  decide: (command, state, meta, context) => {
    const stamp = { at: meta.at, by: meta.actor };
    switch (command.type) {
      case 'SaveSheet':
        return decideSave(command, state, meta, context);
      case 'ConfirmSheet':
        return decideConfirm(command, state, meta, context);
      case 'RefuseSheet':
        return decideRefuse(command, state, meta, context);
      case 'DisputeSheet':
        return decideDispute(command, state, meta, context);
      case 'SettleDispute':
        return decideSettle(command, state, meta, context);
      case 'AskSheets': {
        if (meta.actor !== SYSTEM) return refuseRegister('not allowed', 'Only the bot itself does this.');
        const asked = askedNow(command, state, meta.at, context);
        return asked.length === 0
          ? refuseRegister('not now', 'They were asked already.')
          : { kind: 'accepted', events: [{ ...stamp, type: 'SheetsAsked', asked }] };
      }
      case 'SpreadOn':
        return decideSpread(command, state.spreads, meta);
      case 'Tick': {
        if (meta.actor !== SYSTEM) return refuseRegister('not allowed', 'Only time itself does this.');
        const events = remindersNow(state, meta.at, context).map(
          (reminder) => ({ ...stamp, ...reminder, type: 'SheetReminded' }) as const,
        );
        return events.length === 0
          ? refuseRegister('not now', 'Nothing is due here now.')
          : { kind: 'accepted', events };
      }
      default: {
        const never: never = command;
        return never;
      }
    }
  },
  tell: (event, now, context, before) => {
    switch (event.type) {
      case 'SheetSaved':
        return [
          ...againstCatalogue(event, own(before.sheets, event.sheet), context),
          ...newWords(event, context),
          ...(event.waits?.at === event.at ? waitsFor(now, event.sheet, context) : []),
        ];
      case 'SheetConfirmed':
      case 'SheetRefused': {
        const sheet = own(before.sheets, event.sheet);
        if (!sheet?.waits) return [];
        const { on } = sheet;
        const fact: SheetsFact =
          event.type === 'SheetConfirmed'
            ? { fact: 'sheet confirmed', on, by: event.by, version: event.version }
            : { fact: 'sheet refused', on, by: event.by, reason: event.reason };
        return [[fact, person(context.organisation, sheet.waits.by) ? toPeople([sheet.waits.by]) : []]];
      }
      case 'SheetDisputed': {
        const sheet = own(now.sheets, event.sheet);
        if (!sheet) return [];
        const { dispute } = event;
        const to = hearsDispute(context.organisation, sheet, dispute);
        return [[{ fact: 'sheet disputed', sheet: sheet.id, on: sheet.on, dispute }, toPeople(to)]];
      }
      case 'DisputeSettled': {
        const sheet = own(before.sheets, event.sheet);
        const dispute = sheet?.disputes.find(({ id }) => id === event.dispute);
        if (!sheet || !dispute) return [];
        const { by, reason } = event;
        const asked = person(context.organisation, dispute.by) ? [dispute.by] : [];
        const to = [...asked, ...hearsDispute(context.organisation, sheet, dispute)].filter((id) => id !== by);
        return [[{ fact: 'dispute settled', on: sheet.on, by, dispute, reason }, toPeople(to)]];
      }
      case 'SheetsAsked': {
        const people = [...new Set(event.asked.flatMap(({ to }) => to))];
        return people.map((id): [SheetsFact, RegisterTarget[]] => [
          { fact: 'sheets asked', of: event.asked.filter(({ to }) => to.includes(id)).map(({ on }) => on) },
          toPeople([id]),
        ]);
      }
      case 'SheetReminded': {
        const about = event.sheets.flatMap(({ sheet }) => {
          const one = own(before.sheets, sheet);
          return one ? [{ on: one.on, until: one.until }] : [];
        });
        return about.length === 0
          ? []
          : [[{ fact: 'sheets run out', of: event.of, sheets: about }, toPeople(event.to)]];
      }
      case 'SpreadWent':
        return ownersToTell(event, before.spreads, context.organisation).map(
          ({ owner, what: { sheet, questions }, reached }): [SheetsFact, RegisterTarget[]] => [
            { fact: 'sheet heavier for deals', sheet, questions, reached },
            toPeople([owner]),
          ],
        );
      default: {
        const never: never = event;
        return never;
      }
    }
  },
  about: (fact) => ('reached' in fact ? fact.reached.first : []),
  nextDueAt: (state, _now, context) =>
    earliest([
      spreadDueAt(state.spreads),
      ...Object.values(state.sheets).map(
        (sheet) => stagesOf(sheet, context)[own(state.reminded, keyOf(sheet)) ?? 0]?.at ?? null,
      ),
    ]),
  tick: { type: 'Tick' },
  bulk: false,
};

/** Returns the sheets, valid or not, oldest first. */
export const allSheets = (state: SheetsState): Sheet[] => Object.values(state.sheets);
