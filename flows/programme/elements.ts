/** The elements of a company's human-rights programme. Guidance: G9 and G12; each also cites the points that ask for it. */

export const ELEMENTS = [
  'commitment',
  'support',
  'training',
  'process',
  'working',
  'asked',
  'channel',
  'remedy',
  'reporting',
] as const;
export type ElementId = (typeof ELEMENTS)[number];

export interface ProgrammeElement {
  title: string;
  /** As a short word, on a button and to type. */
  word: string;
  /** What it is, in a sentence. */
  about: string;
  /** What compliance is asked to write; each company says it in its own words. */
  asks: string;
  guidance: readonly string[];
}

export const ELEMENT: Readonly<Record<ElementId, ProgrammeElement>> = {
  commitment: {
    title: 'Human-rights policy',
    word: 'Policy',
    about: 'A policy that commits the company, by which instruments, approved at the top and published.',
    asks: 'What the policy commits us to, and by which human-rights instruments',
    guidance: ['G9', 'G12', 'R3'],
  },
  support: {
    title: 'Support from the top',
    word: 'Top',
    about: 'The highest level says that this matters, to everybody, and says it again.',
    asks: 'What was said or decided at the top',
    guidance: ['G9'],
  },
  training: {
    title: 'Training',
    word: 'Training',
    about: 'All who sell, check or decide have learned how. The figures are those of the training register.',
    asks: 'What is taught, and what is still missing',
    guidance: ['G9', 'C8'],
  },
  process: {
    title: 'How deals are checked',
    word: 'Process',
    about: 'A way to find risks in deals and deal with them. It is the policy that the bot works by.',
    asks: 'What the process does not cover yet',
    guidance: ['G9', 'G12'],
  },
  working: {
    title: 'Whether it works',
    word: 'Effect',
    about: 'Checked again and again, by what happened and not by what was planned.',
    asks: 'What the figures told us, and what was changed for it',
    guidance: ['G9'],
  },
  asked: {
    title: 'Those affected',
    word: 'Asked',
    about: 'People who could be harmed, and who speaks for them, were asked, and something came of it.',
    asks: 'Whom we ask, how often, and whom we do not reach',
    guidance: ['G9', 'H2', 'A6'],
  },
  channel: {
    title: 'Reporting misuse',
    word: 'Channel',
    about: 'Anybody can report misuse, safely and without a name, and the channel is reviewed.',
    asks: 'How people learn of the channel',
    guidance: ['G9', 'C12'],
  },
  remedy: {
    title: 'Making harm good',
    word: 'Remedy',
    about: 'Where the company caused harm or had a part in it, it makes it good.',
    asks: 'How harm is made good, who decides on it and who pays',
    guidance: ['G12'],
  },
  reporting: {
    title: 'Saying it in public',
    word: 'Public',
    about: 'A report each year, and the policy itself, where people look for them.',
    asks: 'Where report and policy are published, and who knows of it',
    guidance: ['G9', 'R1', 'R2', 'R3', 'R4'],
  },
};

export const isElement = (text: string): text is ElementId => ELEMENTS.some((id) => id === text);
