/** How long a dossier takes as Markdown and as a PDF, how large it is, and how long others wait meanwhile. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { dossier } from '../../blocks/dossier/dossier.ts';
import { markdownOf } from '../../blocks/dossier/markdown.ts';
import { dossierPdfOf } from '../../src/dossier/dossier-file.ts';
import { dossierDeal } from '../support/dossier-deal.ts';

const ROUNDS = 10;
const ms = (one: number): string => `${one.toFixed(0)} ms`;
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;

export const dossierBench = async (): Promise<string[]> => {
  const { view, commits } = dossierDeal(60);
  const answers = Object.values(view.deal.answers).reduce((sum, given) => sum + Object.keys(given).length, 0);
  const timed = async (made: () => unknown): Promise<number> => {
    const before = performance.now();
    await made();
    return performance.now() - before;
  };
  const first = await timed(() => dossierPdfOf(view, { commits }));
  const waits = monitorEventLoopDelay({ resolution: 1 });
  waits.enable();
  const pdfs: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) pdfs.push(await timed(() => dossierPdfOf(view, { commits })));
  waits.disable();
  const pages: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) pages.push(await timed(() => markdownOf(dossier(view, { commits }))));
  const pdf = await dossierPdfOf(view, { commits });
  const markdown = markdownOf(dossier(view, { commits }));
  return [
    '',
    `Dossier of a deal with ${answers} answers`,
    `  PDF        ${ms(median(pdfs))} (the first, with its libraries, ${ms(first)}), ${Math.round(pdf.length / 1000)} kB; the longest pause for others ${ms(waits.max / 1e6)}`,
    `  Markdown   ${median(pages).toFixed(1)} ms, ${Math.round(markdown.length / 1000)} kB`,
  ];
};
