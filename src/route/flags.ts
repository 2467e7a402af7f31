/** Red flags, raised by anybody and settled by compliance; and objections of those whom answers name. */

import type { z } from 'zod';
import type { Form, FormValues } from '../../blocks/card.ts';
import { dealContext, flagContext } from '../../blocks/forms/context.ts';
import {
  elsewhereShown,
  raiseFlagForm,
  readRaiseFlagForm,
  readSettleFlagForm,
  settleFlagForm,
} from '../../blocks/forms/flag.ts';
import { objectForm, readObjectForm } from '../../blocks/forms/object.ts';
import type { OwnFlag } from '../../flows/deal/own-flag.ts';
import { settleRefusal } from '../../flows/deal/rights/access.ts';
import type { DealView } from '../../flows/deal/view.ts';
import type { PersonId } from '../../flows/ids.ts';
import { SYSTEM } from '../../flows/organisation.ts';
import type { FlagId } from '../../flows/policy/policy.ts';
import { deny, type Desk, type OnClick } from './desk.ts';
import { hitsElsewhere } from './hits.ts';
import { dealSubmit, judgingChange, opens } from './submit.ts';
import { isNewlyWritten, writtenElsewhere } from './written.ts';

export const onRaiseFlag = opens('raise flag', (view) => raiseFlagForm(view));

export const onRaiseFlagSubmit = dealSubmit({
  context: dealContext,
  // The form shows nothing of the deal.
  openToAll: true,
  form: ({ view, values }) => raiseFlagForm(view, values),
  read: readRaiseFlagForm,
  command: (value) => ({ type: 'RaiseFlag', ...value }),
  refusedAt: 'title',
});

export const onObject = opens('object to basis', (view, _arg, person) => objectForm(view, person));

export const onObjectSubmit = dealSubmit({
  context: dealContext,
  // Whoever is named need not be able to read the deal.
  openToAll: true,
  form: ({ view, values, person }) => objectForm(view, person, values),
  read: readObjectForm,
  command: (value) => ({ type: 'ObjectToBasis', ...value }),
  refusedAt: 'reason',
});

const flagIn = ({ deal }: DealView, id: FlagId): OwnFlag | undefined => deal.ownFlags.find((flag) => flag.id === id);

const flagsIn = (view: DealView, id: FlagId): OwnFlag[] => [flagIn(view, id)].flatMap((flag) => flag ?? []);

interface Settling extends Pick<z.output<typeof flagContext>, 'flag' | 'seen' | 'elsewhere' | 'written'> {
  desk: Desk;
  view: DealView;
  person: PersonId;
}

/** One that stands for other deals is settled over what they say. */
const isOfWords = (flag: OwnFlag | undefined): boolean => flag?.by === SYSTEM && !flag.hit && !flag.ended;

/** The form, with how others settled the same elsewhere, and what is written there. */
const settling = async (
  { desk, view, person, flag, seen, elsewhere: shown, written: writtenBefore }: Settling,
  values: FormValues = {},
): Promise<Form> => {
  const [written, hits] = await Promise.all([
    isOfWords(flagIn(view, flag)) ? writtenElsewhere(desk, view, person) : undefined,
    hitsElsewhere(desk, view, flagsIn(view, flag)),
  ]);
  return settleFlagForm(view, flag, values, seen, { hits, shown, written, writtenBefore, reader: person });
};

/** `verdict`: what they press says already. */
const settles =
  (verdict?: 'admit' | 'dismiss'): OnClick =>
  async (desk, { person }, { view, arg }) => {
    const no = settleRefusal(view, person, flagIn(view, arg));
    return no === undefined
      ? { kind: 'form', form: await settling({ desk, view, person, flag: arg }, verdict ? { verdict } : {}) }
      : deny(no);
  };

export const onSettleFlag = settles();
export const onAnotherParty = settles('dismiss');
export const onListedParty = settles('admit');

export const onSettleFlagChange = judgingChange(flagContext, (at) => settling(at, at.values));

export const onSettleFlagSubmit = dealSubmit({
  context: flagContext,
  form: (at) => settling(at, at.values),
  read: (values, { view, flag }) => readSettleFlagForm(values, flagIn(view, flag)),
  // What a colleague said of the same in another deal meanwhile is read first.
  older: async (at, { verdict }, cause) => {
    const { desk, view, flag, elsewhere } = at;
    const now =
      verdict === 'dismiss' ? elsewhereShown(await hitsElsewhere(desk, view, flagsIn(view, flag))) : undefined;
    const isOlder = (now !== undefined && now !== elsewhere) || (await isNewlyWritten(at, cause));
    return isOlder ? settling(at, at.values) : undefined;
  },
  command: (settled, { flag, seen }) =>
    settled.verdict === 'admit'
      ? { type: 'AdmitFlag', flag, weight: settled.weight, reason: settled.reason, seen }
      : { type: 'DismissFlag', flag, reason: settled.reason, seen },
  refusedAt: 'verdict',
  // A form of before it was kept what one showed: that it comes back says so.
  changed: (view, { seen = '', ...at }) => settling({ ...at, seen, view }, at.values),
});
