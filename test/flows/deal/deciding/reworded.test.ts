/** What an officer settled because of what somebody said is asked again once that is said in other words. */

import { describe, expect, it } from 'vitest';
import { gapsText } from '../../../../blocks/dossier/history-gaps.ts';
import { confirmLighterForm } from '../../../../blocks/forms/confirm.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import { saidElsewhere } from '../../../../flows/deal/context/others.ts';
import { flagShown } from '../../../../flows/deal/deciding/waiting-shown.ts';
import type { DealView } from '../../../../flows/deal/view.ts';
import { SYSTEM } from '../../../../flows/organisation.ts';
import type { FactValue } from '../../../../flows/policy/policy.ts';
import { answerPicture, pictureContext, pictureDeal, weighed } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';

const flagId = ({ deal }: DealView): string => deal.ownFlags.at(-1)!.id;
const dismissed = (): Story =>
  story(pictureDeal(), pictureContext())
    .and('product-1', { type: 'RaiseFlag', title: 'They ask who talks to whom.' })
    .and('compliance-1', (view) => ({
      type: 'DismissFlag',
      flag: flagId(view),
      reason: 'It counts cars, says its purpose.',
    }));
const stakeholders = (told: Story, change: object): Story => {
  const [rep, command] = answerPicture('stakeholders');
  if (command.type !== 'AnswerSection') throw new Error(command.type);
  const { S1 } = command.answers;
  return told.and(rep, { ...command, answers: { ...command.answers, S1: { ...S1!, ...change } } });
};
/** It is looked at again, and its scope is given. */
const lookedAtAgain = (approved: Story): Story =>
  (
    [
      { type: 'ReportChange', what: 'service', why: 'They want two more screens' },
      { type: 'StartReassessment' },
      { type: 'ConfirmSection', section: 'scope' },
    ] satisfies DealCommand[]
  ).reduce((now, command) => now.and('rep-1', command), approved);
const flagOf = ({ view }: Story) => view.deal.ownFlags.at(-1)!;

it.each<[string, object]>([
  ['the purpose', { value: 'Show who talks to whom in town.' }],
  ['a note', { note: 'They show it to the guards.' }],
  ['no note', { note: undefined }],
])('a flag waits once more: %s is another', (_, change) => {
  const told = stakeholders(dismissed(), change);
  expect(flagOf(told)).toMatchObject({ status: 'pending', again: { reworded: true, settledBy: 'compliance-1' } });
  expect(flagOf(stakeholders(dismissed(), {})).status).toBe('dismissed');
});

it('so it does in a reassessment, which asks for each answer again', () => {
  const approved = dismissed().vote('compliance-2', weighed);
  const again = lookedAtAgain(approved);
  expect(flagOf(stakeholders(again, {})).status).toBe('dismissed');
  expect(flagOf(stakeholders(again, { value: 'Show who talks to whom in town.' })).status).toBe('pending');
});

it('a gap ends by itself, and the record says no word of a rep who took something back', () => {
  const accepted = story(pictureDeal({ P1: 'yes', 'H3-targeted': 'unknown' }), pictureContext()).and('compliance-1', {
    type: 'AcceptGaps',
    questions: ['H3-targeted'],
    reason: 'Nobody publishes on this small agency.',
  });
  const told = stakeholders(accepted, { note: undefined });
  const event = told.events.find(({ type }) => type === 'GapsTakenBack');
  expect(event).toMatchObject({ by: 'rep-1', byItself: true });
  if (event?.type !== 'GapsTakenBack') throw new Error('none');
  expect(gapsText(told.view, event)).toMatch(/^said something that ended that 1 answer is accepted/);
  expect(gapsText(told.view, { ...event, by: 'compliance-1' })).toMatch(/^said something/);
  const { byItself: _, ...taken } = event;
  expect(gapsText(told.view, { ...taken, by: 'compliance-1' })).toMatch(/^took back/);
});

describe('lighter answers that compliance confirmed', () => {
  const giving = (told: Story, section: string, changed: Record<string, FactValue>): Story => {
    const [rep, command] = answerPicture(section, changed);
    return told.and(rep, { ...command, why: 'Another agency was meant.' } as DealCommand);
  };
  const confirm = (told: Story, by = 'compliance-1'): Story =>
    told.and(by, ({ lighterSaid }) => ({ type: 'ConfirmLighter', asOf: lighterSaid!.at }));
  const collects = { P1: 'yes' } as const;
  const confirmed = (): Story => {
    const heavy = story(pictureDeal({ ...collects, 'H-RF8': 'yes' }), pictureContext());
    expect(heavy.view.assessment.tier).toBe('high');
    return confirm(giving(heavy, 'end-user', { ...collects, 'H-RF8': 'no' }));
  };
  const purpose = { value: 'Show who talks to whom in town.' };

  it('wait once more, and say who confirmed them when it was for something else', () => {
    const before = confirmed();
    expect([before.view.lighterSaid, before.view.assessment.tier]).toEqual([undefined, 'low']);
    const told = stakeholders(before, purpose);
    expect([told.view.assessment.tier, told.view.lighterSaid?.again]).toMatchObject(['high', { by: 'compliance-1' }]);
    expect(told.view.lighterSaid?.at).toBe(told.events.at(-1)?.at);
    const form = JSON.stringify(confirmLighterForm(told.view));
    expect(form).toContain('Confirmed before by ');
    expect(form).toContain('Another agency was meant.');
    // Confirmed again, they count; and are asked of what is said then.
    const again = confirm(told, 'compliance-2');
    expect([again.view.lighterSaid, again.view.assessment.tier]).toEqual([undefined, 'low']);
    expect(stakeholders(again, purpose).view.lighterSaid).toBeUndefined();
    expect(stakeholders(again, {}).view.lighterSaid?.again).toMatchObject({ by: 'compliance-2' });
  });

  it('come back as they were before, where compliance does not confirm them this time', () => {
    const told = stakeholders(confirmed(), purpose).and('compliance-2', ({ lighterSaid }) => ({
      type: 'RefuseLighter',
      asOf: lighterSaid!.at,
      reason: 'That is what it is for.',
    }));
    expect(told.view.facts.answers['H-RF8']).toBe('yes');
    expect([told.view.lighterSaid, told.view.assessment.tier]).toEqual([undefined, 'high']);
  });

  it('are forgotten once the heavier is said again', () => {
    const told = giving(confirmed(), 'end-user', { ...collects, 'H-RF8': 'yes' });
    expect(told.view.deal.lighterConfirmed).toBeUndefined();
    expect(stakeholders(told, purpose).view.lighterSaid).toBeUndefined();
  });

  it('hold nothing that makes no difference', () => {
    const told = giving(confirmed(), 'end-user', { ...collects, 'H-RF8': 'no', 'H-RF1': 'yes', 'H-RF7': 'yes' });
    expect(told.view.assessment.tier).toBe('high');
    const later = stakeholders(told, purpose);
    expect(later.view.deal.lighterKept?.again).toMatchObject({ questions: ['H-RF8'], over: 'words' });
    expect(later.view.assessment.tier).toBe('high');
  });

  it('are not sent back with the details over which they waited: they are confirmed once more', () => {
    const before = confirmed();
    const { details } = before.view.deal;
    const product = { id: 'other', name: 'Sample gauge' };
    const told = before.and('rep-1', { type: 'CorrectDetails', details: { ...details, product }, reason: 'A gauge.' });
    expect(told.view.lighterSaid?.again).toMatchObject({ over: 'details' });
    const back = told.and('compliance-2', ({ lighterSaid }) => ({
      type: 'RefuseLighter',
      asOf: lighterSaid!.at,
      reason: 'They sell the camera.',
    }));
    expect(back.view.deal.details.product).toEqual(details.product);
    expect(back.view.facts.answers['H-RF8']).toBe('no');
    expect(back.view.lighterSaid).toMatchObject({ again: { by: 'compliance-1' }, answers: [{ question: 'H-RF8' }] });
    expect(confirm(back).view.lighterSaid).toBeUndefined();
  });

  it('are as heavy as before in a section that is asked again, where compliance sends them back', () => {
    const approved = confirmed().vote('compliance-2', weighed);
    expect(approved.view.deal.status).toBe('decided');
    const begun = lookedAtAgain(approved);
    const told = stakeholders(begun, purpose);
    expect(told.view.lighterSaid?.again).toMatchObject({ questions: ['H-RF8'] });
    const back = told.and('compliance-2', ({ lighterSaid }) => ({
      type: 'RefuseLighter',
      asOf: lighterSaid!.at,
      reason: 'That is what it is for.',
    }));
    back.when('rep-1', { type: 'ConfirmSection', section: 'end-user' }).refused('not valid');
    const again = giving(back, 'end-user', { ...collects, 'H-RF8': 'no' });
    expect(again.view.lighterSaid?.answers).toMatchObject([{ question: 'H-RF8', answer: { value: 'yes' } }]);
  });
});

describe('a stop that the chief took back', () => {
  const stops = (told: Story, K1: Record<string, unknown>): Story => {
    const [rep, command] = answerPicture('end-user');
    if (command.type !== 'AnswerSection') throw new Error(command.type);
    const answers = { ...command.answers, K1: { ...command.answers['K1']!, ...K1 } };
    return told.and(rep, { ...command, answers, why: 'A slip.' });
  };
  const lifted = (): Story =>
    stops(story(pictureDeal(), pictureContext()), { value: 'yes', note: 'Their guards asked for it.' }).and('chief-1', {
      type: 'Reopen',
      reason: 'It was a slip of the finger.',
    });
  const chiefs = ({ view }: Story) => view.deal.ownFlags.map(({ by, status }) => [by, status]);

  it('waits for the chief again, by nobody’s word, once something is said in other words', () => {
    const told = stakeholders(stops(lifted(), { value: 'no', note: undefined }), {
      value: 'Show who talks to whom in town.',
    });
    expect(chiefs(told)).toEqual([[SYSTEM, 'pending']]);
    expect(saidElsewhere(told.view).worries.map(({ of }) => of)).not.toContain('flag');
    const flag = flagId(told.view);
    told.when('compliance-1', { type: 'DismissFlag', flag, reason: 'I know them.' }).refused('not allowed');
    const done = told.and('chief-1', (view) => ({
      type: 'DismissFlag',
      flag,
      reason: 'I know them.',
      seen: flagShown(view, view.deal.ownFlags.at(-1)!),
    }));
    expect(chiefs(done)).toEqual([[SYSTEM, 'dismissed']]);
  });

  it('waits not for the answer itself, with what was written under it', () => {
    expect(chiefs(stops(lifted(), { value: 'no', note: 'Nobody asked.' }))).toEqual([]);
  });
});
