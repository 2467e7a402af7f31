/** A flag for a stop that nobody can settle now: the chief stepped back, or is away. Nothing gets through, and it is said. */

import { describe, expect, it } from 'vitest';
import { ownFlagRaisedTold } from '../../../../blocks/cards/facts-asking.ts';
import { recusedTold } from '../../../../blocks/cards/facts-deciding.ts';
import { progressLine } from '../../../../blocks/cards/next-line.ts';
import type { DealCommand } from '../../../../flows/deal/commands.ts';
import type { DealContext } from '../../../../flows/deal/deciding/decision.ts';
import { noneAsked } from '../../../../flows/deal/telling/asked-so-far.ts';
import type { Organisation } from '../../../../flows/organisation.ts';
import { answerPicture, pictureContext } from '../../../support/picture-deal.ts';
import { story, type Story } from '../../../support/story.ts';
import { noticesBetween, toldOf } from '../../../support/ticking.ts';
import { dealNamed, openNamed, told } from '../../../support/twins.ts';
import { defaultPolicy } from '../../policy/deals.ts';

const yes = answerPicture(defaultPolicy.question('K1')!.section, { K1: 'yes' })[1] as DealCommand;
const stopped = (context?: DealContext): Story =>
  openNamed('D-ST0PP1', {}, context).and('rep-1', answerPicture('scope')[1]).and('rep-1', yes);
const twin = (context?: DealContext): Story => told(dealNamed('D-TW1N11', {}, {}, context), stopped(context));
const raised = ({ view }: Story): string =>
  JSON.stringify(ownFlagRaisedTold(view, { fact: 'own flag raised', flag: view.deal.ownFlags[0]!.id }));

describe('a flag for a stopped deal', () => {
  it('is said to wait for the chief, not for compliance', () => {
    expect(progressLine(twin().view)).toContain('1 raised flag waits for the chief compliance officer');
    expect(progressLine(twin().view)).not.toContain('by compliance');
  });

  it('says so where the chief steps back and nobody else is, and tells compliance', () => {
    const before = twin();
    const left = before.and('chief-1', { type: 'Recuse', reason: 'I know their officer.' });
    expect(toldOf(noticesBetween(before, left), 'recused')).toEqual(
      expect.arrayContaining(['compliance-1', 'compliance-2']),
    );
    const card = JSON.stringify(
      recusedTold(left.view, { fact: 'recused', by: 'chief-1', reason: 'I know their officer.' }),
    );
    expect(card).toContain('Nobody is left who may settle the flag');
    expect(card).toContain('organisation file');
    expect(progressLine(left.view)).toContain('nobody is left who may settle it');
    expect(raised(left)).toContain('Nobody is left who may settle the flag');
  });

  it('says until when the chief is away: nobody stands in for that', () => {
    const absences = [{ person: 'chief-1', delegate: 'compliance-1', from: '2027-02-01', until: '2027-04-01' }];
    expect(raised(twin(pictureContext({ absences })))).toContain('away until 1 April 2027');
    expect(raised(twin())).not.toContain('away');
  });

  describe('under another organisation file', () => {
    const flagOf = ({ view }: Story) => view.deal.ownFlags[0]!.id;
    /** Who was asked for votes, and of the flag, so far. */
    const note = (deal: Story, people: string[]): DealCommand => ({
      type: 'NoteSeats',
      asked: {
        ...noneAsked,
        round: deal.view.deal.round,
        people: { 'votes:0': ['compliance-1', 'compliance-2'], [`flag:${flagOf(deal)}`]: people },
      },
    });
    const told = ['chief-1', 'compliance-1', 'compliance-2'];
    const under = (edit: (organisation: Organisation) => Partial<Organisation>): Story => {
      const { organisation } = pictureContext();
      return story([], pictureContext(edit(organisation))).resume(twin());
    };
    const groups = (id: string, members: string[]) => (organisation: Organisation) => ({
      groups: organisation.groups.map((group) => (group.id === id ? { ...group, members } : group)),
    });

    it('still asks those who were told of it, whatever else was edited', () => {
      under(() => ({ hash: 'another' }))
        .when('system', note(twin(), told))
        .refused('not now', /place on this deal/);
    });

    it('asks a new chief, and not the former one any more', () => {
      const before = under(groups('chief', ['senior-1']));
      const after = before.and('system', note(before, told));
      expect(after.events.at(-1)).toMatchObject({ type: 'SeatsNoted', gone: ['chief-1'] });
      expect(toldOf(noticesBetween(before, after), 'own flag raised')).toEqual(['senior-1']);
    });

    it('asks a new colleague of compliance, who reads of it as the others do', () => {
      const before = under(groups('compliance', ['compliance-1', 'compliance-2', 'senior-1']));
      const after = before.and('system', note(before, told));
      expect(after.events.at(-1)).toMatchObject({ type: 'SeatsNoted', gone: [] });
      expect(toldOf(noticesBetween(before, after), 'own flag raised')).toEqual(['senior-1']);
    });
  });
});
