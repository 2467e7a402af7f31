import { expect, it } from 'vitest';
import { homesOf } from '../../../src/streams/homes.ts';
import { anOrganisation } from '../../support/deal-builders.ts';

const MIRROR = '19:deals@thread.tacv2';
const organisation = () =>
  anOrganisation({ clearanceChannels: [{ id: 'C0CLEAR', mirror: MIRROR }, { id: 'C0ALONE' }] });
const slack = { platform: 'slack', channel: 'C0CLEAR' } as const;
const teams = { platform: 'teams', channel: MIRROR } as const;

it('a deal stands in both channels of a pair, wherever it was opened', () => {
  const homes = homesOf(organisation, ['slack', 'teams']);
  expect(homes(slack)).toEqual([{ home: slack }, { home: teams, mirror: 'teams' }]);
  expect(homes(teams)).toEqual([{ home: teams }, { home: slack, mirror: 'slack' }]);
});

it('a deal stands in one place where there is no mirror, or nobody to deliver to it', () => {
  const alone = { platform: 'slack', channel: 'C0ALONE' } as const;
  expect(homesOf(organisation, ['slack', 'teams'])(alone)).toEqual([{ home: alone }]);
  expect(homesOf(organisation, ['slack'])(slack)).toEqual([{ home: slack }]);
  expect(homesOf(organisation, ['teams'])(slack)).toEqual([{ home: slack }, { home: teams, mirror: 'teams' }]);
});
