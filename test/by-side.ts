import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Those that take longest, begun first: begun last, one would run on alone. By what `npm test` says of each; a file that takes
 * more than half a minute belongs here.
 */
const LONGEST = [
  'play/late-words',
  'play/settled-then-said',
  'play/said-matrix',
  'store/mongo-stuck',
  'play/time',
  'policy/picture-properties',
  'store/mongo-faults',
  'play/register-words',
  'store/mongo',
  'play/heard.browser',
  'torture/slow-store.process',
  'voices/room/room.browser',
  'torture/rolling.process',
  'playground/teams-page.browser',
  'torture/kills.process',
  'torture/held-later.process',
  'play/year-in-playground.browser',
  'playground/page.browser',
  'torture/repeats.process',
  'signing/page.browser',
  'play/axe-deals.browser',
  'play/voices-files.process',
  'play/both-chats.browser',
  'play/answer-once.browser',
  'play/axe.browser',
  'play/four-deals.browser',
  'play/teams-four-deals.browser',
  'play/voices.process',
  'play/time.browser',
  'play/hits.browser',
  'play/start.process',
  'torture/races.process',
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
