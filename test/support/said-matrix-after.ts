/** What officers, approvers and others say in words of a deal that is decided, and of its country, one thing in each row. */

import { CONDITION, inMiddle, approves, looksAtLaws, movesOn, oneOf, type Play } from './said-matrix-play.ts';
import type { Row } from './said-matrix.ts';

const by = 'compliance-1';
const other = 'compliance-2';
const WHY = inMiddle(900);
const approved = async (play: Play): Promise<void> => {
  await movesOn(play);
  await approves(play, by);
};
const held = async (play: Play, reason: string): Promise<string> => {
  const { deal } = await play.view();
  const hold = {
    type: 'PlaceHold' as const,
    on: { of: 'deal' as const, deal: deal.id },
    stop: ['support' as const],
    because: 'inquiry' as const,
    reason,
    review: '2027-12-01',
    reach: { deals: 1, team: deal.team },
  };
  await play.register(({ holds }, ask) => holds.handle(hold, ask), by);
  return Object.keys((await play.view()).deal.holds ?? {})[0]!;
};
const lifted = async (play: Play, hold: string, reason: string): Promise<void> => {
  const { team } = (await play.view()).deal;
  await play.register(
    ({ holds }, ask) => holds.handle({ type: 'LiftHold', hold, reason, reach: { deals: 1, team } }, ask),
    other,
  );
};
const alerted = async (play: Play, why: string): Promise<string> => {
  const on = (await play.view()).now.slice(0, 10);
  await play.register(
    ({ countries }, ask) => countries.handle({ type: 'IssueAlert', country: 'NO', why, on }, ask),
    by,
  );
  return (await play.view()).organisation.alerts![0]!.id;
};
const alertEnded = async (play: Play, alert: string, reason: string): Promise<void> => {
  const { team } = (await play.view()).deal;
  await play.register(({ countries }, ask) => countries.handle({ type: 'EndAlert', alert, reason, team }, ask), other);
};
const named = async (play: Play): Promise<void> => {
  const { deal } = await play.view();
  await play.gives(deal.owner, 'end-user', { 'H-RF2': { sources: [], basis: { told: 'senior-2' } } });
};
const takesBack = (play: Play, task: string, reason: string): Promise<void> =>
  oneOf(play, [by, other], { type: 'TakeChangeBack', task, reason });

export const AFTER_SALE: Readonly<Record<string, Row>> = {
  'evidence returned': {
    by: other,
    from: 'approved',
    says: async (play) => {
      await play.does('rep-1', { type: 'MeetCondition', condition: CONDITION.id, text: 'They told us.', sources: [] });
      await play.does(other, { type: 'ReturnCondition', condition: CONDITION.id, reason: WHY });
    },
  },
  'condition handed over by compliance': {
    by,
    from: 'approved',
    says: async (play) => {
      await play.does(by, { type: 'HandOverCondition', condition: CONDITION.id, to: 'product-1', reason: WHY });
    },
  },
  'licence judged': {
    by,
    from: 'approved',
    says: async (play) => {
      await play.does(by, { type: 'SetLicence', licence: 'granted', reason: WHY });
    },
  },
  'renewals by compliance': {
    by,
    from: 'approved',
    says: async (play) => {
      await play.does(by, { type: 'SetRenewals', reason: WHY });
    },
  },
  'reported by an approver': {
    by: 'senior-2',
    from: 'approved',
    says: async (play) => {
      await play.does('senior-2', { type: 'ReportChange', what: 'major', why: WHY });
    },
  },
  'report of an approver, taken back': {
    by: 'senior-2',
    from: 'approved',
    says: async (play) => {
      await play.does('senior-2', { type: 'ReportChange', what: 'major', why: WHY });
      const task = (await play.view()).deal.reassessments!.at(-1)!.id;
      await takesBack(play, task, 'It was another deal.');
    },
  },
  'report, why taken back by compliance': {
    by,
    from: 'approved',
    says: async (play) => {
      await play.does('senior-2', { type: 'ReportChange', what: 'major', why: 'They jam phones with it.' });
      await takesBack(play, (await play.view()).deal.reassessments!.at(-1)!.id, WHY);
    },
  },
  'suspension lifted': {
    by,
    from: 'approved',
    says: async (play) => {
      await play.later(80);
      await play.does(by, { type: 'LiftSuspension', reason: WHY });
    },
  },
  'authority noted': {
    by,
    from: 'deciding',
    says: async (play) => {
      await play.gives('rep-1', 'end-user', { K1: { value: 'yes' } });
      await play.does(by, { type: 'NoteAuthority', note: WHY });
    },
  },
  'basis denied': {
    by: 'senior-2',
    from: 'deciding',
    says: async (play) => {
      await named(play);
      await play.does('senior-2', { type: 'ObjectToBasis', reason: WHY });
    },
  },
  'basis denied after the approval': {
    by: 'senior-2',
    from: 'deciding',
    says: async (play) => {
      await named(play);
      await approved(play);
      await play.does('senior-2', { type: 'ObjectToBasis', reason: WHY });
    },
  },
  hold: {
    by,
    from: 'approved',
    says: async (play) => {
      await held(play, WHY);
    },
  },
  'hold, lifted': {
    by,
    from: 'approved',
    says: async (play) => {
      await lifted(play, await held(play, WHY), 'It is over.');
    },
  },
  'hold, why lifted': {
    by: other,
    from: 'approved',
    says: async (play) => {
      await lifted(play, await held(play, 'Somebody looks into it.'), WHY);
    },
  },
  alert: {
    by,
    from: 'deciding',
    says: async (play) => {
      await alerted(play, WHY);
    },
  },
  'alert, ended': {
    by,
    from: 'deciding',
    says: async (play) => {
      await alertEnded(play, await alerted(play, WHY), 'It is over.');
    },
  },
  'alert, why ended': {
    by: other,
    from: 'deciding',
    says: async (play) => {
      await alertEnded(play, await alerted(play, 'There is unrest.'), WHY);
    },
  },
  'alert after the approval': {
    by,
    from: 'approved',
    says: async (play) => {
      await alerted(play, WHY);
    },
  },
  'laws noted': {
    by: 'counsel-1',
    of: 'ordinary',
    from: 'deciding',
    says: async (play) => {
      await looksAtLaws(play, WHY);
    },
  },
};
