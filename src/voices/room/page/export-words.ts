/** What the steps of an export are called, and what each says. */

import type { ExportAsked, ExportStep } from '../../../../flows/voices/exporting.ts';
import type { Part } from './report.ts';

export const NAME_GOES = 'The envelope with their name goes out';

export const EXPORT_TITLES: Record<ExportStep['kind'], string> = {
  asked: 'An export was asked for',
  agreed: 'The export was agreed to',
  ended: 'Nothing is exported',
  made: 'The case was exported',
};

/** By numbers of messages. */
export type Headings = ReadonlyMap<number, string>;

const headingFor = (number: number, headings: Headings): string => headings.get(number) ?? `Part ${number}`;

/** What is left out of it, in words. */
export const leftOut = ({ left, files, name }: ExportAsked, headings: Headings): string[] => [
  ...left.map((number) => headingFor(number, headings)),
  ...(files ? [] : ['The files themselves: only their names, lengths and hashes go out']),
  ...(name ? [] : ['The envelope with who they are, if there is one']),
];

export const askedParts = (asked: ExportAsked, headings: Headings): Part[] => {
  const left = leftOut(asked, headings);
  return [
    { label: 'For', text: asked.to },
    { label: 'Why', text: asked.why },
    { label: 'Goes out', text: 'All that was in the case when it was asked for, but for what is left out' },
    ...(left.length > 0 ? [{ label: 'Left out', text: left.join('\n') }] : []),
    ...(asked.name ? [{ label: 'Who they are', text: NAME_GOES }] : []),
  ];
};

export const exportParts = (step: ExportStep, headings: Headings): Part[] => {
  switch (step.kind) {
    case 'asked':
      return askedParts(step, headings);
    case 'agreed':
      return [{ label: undefined, text: `${headingFor(step.asked, headings)}.` }];
    case 'ended':
      return [{ label: undefined, text: step.words }];
    case 'made':
      return [
        { label: undefined, text: `${headingFor(step.asked, headings)}.` },
        { label: 'SHA-256 of the file', text: step.hash },
      ];
    default: {
      const never: never = step;
      return never;
    }
  }
};
