import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Their files are the shortest and their plays the longest: begun last, they would run on alone. */
const isTorture = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/test/torture/');

/** Runs the files of projects that share a group in turns, one of each: what waits beside what works. */
export class BySide extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files);
    const sorted = [...bySize.filter(isTorture), ...bySize.filter((file) => !isTorture(file))];
    const seen = new Map<unknown, number>();
    const turn = new Map(
      sorted.map((file) => {
        const nth = seen.get(file.project) ?? 0;
        seen.set(file.project, nth + 1);
        return [file, nth];
      }),
    );
    const group = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return sorted.sort((a, b) => group(a) - group(b) || turn.get(a)! - turn.get(b)!);
  }
}
