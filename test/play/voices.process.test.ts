/** The process of the voices is killed while people report: whoever was shown a receipt finds their report. */

import { expect, it } from 'vitest';
import { hiddenIn } from '../support/voices-page.ts';
import { voicesProcess } from '../support/voices-process.ts';

const voices = voicesProcess();

const post = async (url: string, fields: Record<string, string>): Promise<string | undefined> => {
  try {
    return await (await fetch(url, { method: 'POST', body: new URLSearchParams(fields) })).text();
  } catch {
    return undefined;
  }
};

it('keeps what has a receipt, and lets a lost answer be asked for again', async () => {
  let receipted = 0;
  let lost = 0;
  for (const wait of [0, 20, 60, 120, 200, 300, 450, 700]) {
    const url = await voices.start();
    const page = await (await fetch(`${url}/`)).text();
    const fields = { receipt: hiddenIn(page, 'receipt'), readers: hiddenIn(page, 'readers'), what: `Sample ${wait}` };
    const asked = post(`${url}/report`, fields);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await voices.end('SIGKILL');
    const answer = await asked;
    const again = await voices.start();
    const shown = await post(`${again}/answers`, { receipt: fields.receipt });
    if (answer?.includes('Your report has arrived')) {
      receipted += 1;
      expect(shown).toContain('Your report arrived on');
    } else {
      lost += 1;
      // The page is still open: pressing Send once more is enough. Practice readers are made anew at each start.
      const readers = hiddenIn(await (await fetch(`${again}/`)).text(), 'readers');
      expect(await post(`${again}/report`, { ...fields, readers })).toContain('Your report has arrived');
      expect(await post(`${again}/answers`, { receipt: fields.receipt })).toContain('Your report arrived on');
    }
    await voices.end('SIGKILL');
  }
  expect(receipted + lost).toBe(8);
}, 120_000);
