import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Those that take longest, begun first: begun last, one would run on alone. By what `npm test` says of each; a file that takes
 * more than half a minute belongs here.
 */
const LONGEST = [
  'play/late-words',
  'play/settled-then-said',
  'play/said-matrix',
  'store/mongo-faults',
  'play/asked-anew',
  'play/time',
  'play/long-text',
  'play/settled-of-another',
  'policy/picture-properties',
  'play/register-words',
  'store/mongo',
  'store/mongo-stuck',
  'play/four-deals.browser',
  'torture/kills.process',
  'play/answer-once.browser',
  'voices/room/room.browser',
  'play/teams-four-deals.browser',
  'play/heard.browser',
  'play/both-chats.browser',
  'play/axe.browser',
  'torture/slow-store.process',
  'play/axe-deals.browser',
  'torture/rolling.process',
  'torture/held-later.process',
  'playground/teams-page.browser',
  'play/time.browser',
  'play/year-in-playground.browser',
  'play/voices.process',
  'signing/page.browser',
  'play/voices-files.process',
  'torture/repeats.process',
  'play/start.process',
  'play/axe-settled.browser',
  'play/hits.browser',
  'signing/teams-page.browser',
  'play/yearly.browser',
];

/** Its place among them, then tortures, whose files are the shortest and whose plays are not, then all others. */
const place = ({ moduleId }: TestSpecification): number => {
  const found = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
  if (found >= 0) return found;
  return moduleId.includes('/test/torture/') ? LONGEST.length : LONGEST.length + 1;
};

/** What it mostly does: in a browser it works, in front of a process it waits. */
const kind = ({ moduleId, project }: TestSpecification): string =>
  /\.(browser|process)\.test\.ts$/.exec(moduleId)?.[1] ?? project.name;

/** Runs the files of a group in turns, one of each kind: what waits beside what works. */
export class BySide extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    const sorted = bySize.toSorted((a, b) => place(a) - place(b));
    const seen = new Map<string, number>();
    const turn = new Map(
      sorted.map((file) => {
        const nth = seen.get(kind(file)) ?? 0;
        seen.set(kind(file), nth + 1);
        return [file, nth];
      }),
    );
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return sorted.sort((a, b) => group(a) - group(b) || turn.get(a)! - turn.get(b)!);
  }
}
