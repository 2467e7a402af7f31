import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Runs the files of projects that share a group in turns, one of each: what waits beside what works. */
export class BySide extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
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
