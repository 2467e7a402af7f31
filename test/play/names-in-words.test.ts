/**
 * A colleague's words that name a company of another deal, as people write it: that deal is not out of scope at once, and whoever decides
 * reads them. Names of two letters, too.
 */

import { expect, it } from 'vitest';
import { severalDeals, type Parties } from '../support/between-deals.ts';
import { movesOn, playOf, type Play } from '../support/said-matrix-play.ts';
import { OFFICERS } from '../support/said-matrix.ts';

const THERE: Parties = {
  endUser: 'Kestrel Port Agency',
  kind: 'government',
  customer: 'Bekzat Supply',
  between: [],
  product: 'network',
  destination: 'FI',
};
const NO = { value: 'no' as const };
const BAD = 'runs torture cells (zq7x).';

/** What somebody says of one, and what becomes of deals through another. */
const through = async (said: string, company: string): Promise<{ atOnce: string; form: boolean; review: boolean }> => {
  const deals = severalDeals({ confirmScope: 'able' });
  const open = async (more: Partial<Parties>): Promise<Play> =>
    playOf(deals, await deals.open({ ...THERE, customer: 'Alder Nursery', between: [company], ...more }), 'ordinary');
  try {
    const there = await deals.open(THERE);
    await deals.act(there, 'legal-1', { type: 'RaiseFlag', title: `${said} ${BAD}` });
    const out = await open({ endUser: 'Alder Nursery', kind: 'private', product: 'weather', destination: 'AT' });
    await out.gives('rep-1', 'scope', { 'G1-capability': NO, G2: NO });
    const decided = await open({
      endUser: 'Ebeltoft Harbour Office',
      customer: 'Dale Supply',
      product: 'recorder',
      destination: 'SE',
    });
    await movesOn(decided);
    const has = async (play: Play, name: string): Promise<boolean> => {
      for (const officer of OFFICERS) if ((await play.form(officer, name))?.page.includes('zq7x')) return true;
      return false;
    };
    return {
      atOnce: (await out.view()).deal.status,
      form: await has(out, 'deal.confirm-scope'),
      review: await has(decided, 'deal.review'),
    };
  } finally {
    await deals.end();
  }
};

it.each([
  ['K2', 'K2'],
  ['BT', 'BT'],
  ['3M', '3M'],
  ['华为', '华为'],
  ['ZTQ', 'ZTQ'],
  ['Eagle-Eye', 'EagleEye'],
  ['EagleEye', 'Eagle-Eye'],
  ['Smith & Welson Export', 'Smith and Welson Export'],
  ['Smith and Welson Export', 'Smith & Welson Export'],
  ['Müller & Söhne', 'Müller und Söhne'],
  ['Fjordline', 'Fjordline Shipping AS'],
  ['Okavango Parks', 'Okavango Parks Authority'],
  ['OCRC', 'Office of Civic Registry Copies (OCRC)'],
  ['Iron Gate Security', 'Varna Bridge, agent for Iron Gate Security'],
  ['Drumlin Guards', 'Tarrant Fowler LLP c/o Drumlin Guards'],
  ['Halden International Logistics', 'Halden Intl. Logistics'],
  ['Okavango Parks', 'Department for Okavango Parks'],
  ['Limpopo Rail', 'Limpopo Rail Service Agency'],
  ['Kirov Optika', 'Kirov Optica'],
  ['Northlake Signal Works', 'Kestrel Data Systems (formerly Northlake Signal Works)'],
  ['Iron Gate Security', 'Brightwater Trading t/a Iron Gate Security'],
  ['Obsidian Ridge Partners', 'Tandem Freight / Obsidian Ridge Partners'],
  ['Peter Okonjo', 'Okonjo Peter'],
  ['Müller & Söhne Funk', 'Mueller und Soehne Funk'],
  ['Fourth Avenue Tech', '4th Avenue Tech'],
  ['Red Lantern Technologies', 'Red Lantern Tech'],
  ['Harbour Star Telecommunications', 'Harbor Star Telecom'],
  ['Bank of Lusaka North', 'Lusaka North Bank'],
  ['Silver Heron', 'The Silver Heron Group Co. Ltd.'],
  ['Grey Falcon Avionics', 'Gray Falcon Avionics'],
  ['Delta Instrument', 'Delta Instruments'],
  ['Norte Azul', 'Norte Azul S.A. de C.V.'],
  ['NorthStarr Cyber', 'North Starr Cyber'],
  ['Hydra Twelve Labs', 'Hydra 12 Labs'],
  ['Zambezi River Police', 'River Police of Zambezi'],
  ['Al-Rashid Trading', 'Alrashid Trading'],
  ['Jean-Luc Mbeki', 'Mbeki Jean Luc'],
  ['Fourth Avenue Tech', 'Fundo Azul (ex Fourth Avenue Tech)'],
  ['Hydra Twelve Labs', 'Fundo Verde, a subsidiary of Hydra Twelve Labs'],
  ['Red Lantern Technologies', 'Red Lantern Technologies’ Lima branch'],
  ['Bank of Lusaka North', 'Fundo Gris / Bank of Lusaka North'],
  ['Harbour Star Telecommunications', 'Fundo Rojo (owned by Harbour Star Telecommunications)'],
  ['Grey Falcon Avionics', 'Kurier Sud (Grey Falcon Avionics)'],
  ['Grey Falcon Avionics', 'Kurier Nord carrier for Grey Falcon Avionics'],
  ['Grey Falcon Avionics', 'Fundo Lila, Grey Falcon Avionics'],
  ['Zambian Water Desk', 'Water Desk of Zambia'],
  ['Lomi Port Agency', 'Lomi Ports Agency'],
  ['Lomi Ports Agency', 'Lomi Port Agency'],
  ['Brightwaters', 'Brightwater Trading'],
  ['Brightwater', 'Brightwaters Trading'],
  ['LPX', 'Lomi Ports Xebec'],
  ['Kirov Optica', 'Kirov Optika Trading'],
  ['Okavanga Parks', 'Okavango Parks Authority'],
  ['Halden Kiropt', 'Halden Kirropt'],
  ['VBX', 'Varna Bridge Xylophones'],
  ['OHDR', 'Office for Halden Dock Records'],
  ['OFHDR', 'Office for Halden Dock Records'],
  ['Mueller Freight', 'Müller Freight'],
  ['Müller Freight', 'Mueller Freight'],
  ['Århus Optik', 'Aarhus Optik'],
  ['Mueller', 'Müller GmbH'],
  ['Gov. Security Dept. of Mueller Freights', 'Government Security Department of Müller Freight'],
  ['Group 4', 'Group Four'],
  ['Group 4 Guards', 'Group Four Guards'],
  ['Group Four Guards', 'Group 4 Guards'],
  ['Halden Defense Works', 'Halden Defence Works'],
  ['Natl. Optics Bureau', 'National Optics Bureau'],
  ['Saint Mary Harbour Works', 'St. Mary Harbor Works'],
])('“%s” is “%s”', async (said, company) => {
  expect(await through(said, company)).toEqual({ atOnce: 'answering', form: true, review: true });
});

it.each([
  ['They are in a bt of trouble: it', 'BT'],
  ['We sold it at a fair', 'IT'],
  ['Okavango', 'Okavango Authority'],
  ['An LLC in Norway', 'Varna Bridge (LLC)'],
  ['An LLC in Norway', 'Lagos Lantern Company'],
  ['The branch in Lima', 'Varna Bridge, branch of Lima'],
  ['A shop in Varna', 'Kirov Optika, Varna'],
  ['A shop in Varna', 'Kirov Optika (Varna)'],
  ['Someone in the USA', 'Umbal Steel Assembly'],
  ['What they did not say', 'Norsk Optik Terminal'],
  ['Kirov Opera', 'Kirov Optika'],
  ['Their mueller', 'Müller GmbH'],
  ['Group 5', 'Group Four'],
  ['Kirov Police', 'Kirov Polica'],
  ['Lagos Trading', 'Logos Trading'],
  ['North Kirov Optika', 'South Kirof Optica'],
  ['The vbx of it', 'Varna Bridge Xylophones'],
  ['An office in the UK', 'Varna Bridge (UK)'],
])('“%s” is not “%s”', async (said, company) => {
  expect(await through(said, company)).toEqual({ atOnce: 'out of scope', form: false, review: false });
});
