import { expect, it } from 'vitest';
import { cloudOf } from '../../../src/teams/clouds.ts';

it.each([
  ['public', 'login.microsoftonline.com', 'smba.trafficmanager.net'],
  ['gcc', 'login.microsoftonline.com', 'smba.infra.gcc.teams.microsoft.com'],
  ['gcc-high', 'login.microsoftonline.us', 'smba.infra.gov.teams.microsoft.us'],
  ['dod', 'login.microsoftonline.us', 'smba.infra.dod.teams.microsoft.us'],
] as const)('%s: tokens from %s, messages to %s', (name, login, host) => {
  const { cloud, serviceUrl, serviceHosts } = cloudOf(name);
  expect(cloud.loginEndpoint).toBe(`https://${login}`);
  expect(serviceUrl).toBe(`https://${host}/teams`);
  expect(serviceHosts).toContain(host);
});

it('no cloud takes what another one sends', () => {
  const hosts = (['public', 'gcc', 'gcc-high', 'dod'] as const).flatMap((name) => cloudOf(name).serviceHosts);
  expect(new Set(hosts).size).toBe(hosts.length);
});

it("the operator's hosts take the place of the cloud's, and the first of them is written to where that one is not among them", () => {
  const own = ['smba.example.com', 'other.example.com'];
  expect(cloudOf('dod', own)).toEqual({
    ...cloudOf('dod'),
    serviceHosts: own,
    serviceUrl: 'https://smba.example.com/teams',
  });
  const both = [...own, 'smba.infra.dod.teams.microsoft.us'];
  expect(cloudOf('dod', both)).toEqual({ ...cloudOf('dod'), serviceHosts: both });
});
