// Selects the test files to run once more, and merges two runs of one file. A whole file is run, by itself: its tests
// may depend on one another. Reports are those of report.mjs.

/** Those that play the whole bot, with the chats' own deadlines, on a machine that may be busy. Other unit tests get no second run. */
const SECOND_CHANCE = /\.(?:browser|process)\.test\.ts$/;
const PLAY = /\/test\/play\/[^/]+\.test\.ts$/;

const hasFailed = (file) => file.broken || file.assertionResults.some((test) => test.status === 'failed');

export const hasFailure = (report) => report.strayFaults > 0 || report.testResults.some(hasFailed);

export const toRunAgain = (report) =>
  report.testResults.flatMap((file) => {
    const project = SECOND_CHANCE.test(file.name) ? 'apart' : PLAY.test(file.name) ? 'unit' : undefined;
    return project !== undefined && hasFailed(file) ? [{ file: file.name, project }] : [];
  });

const isFlaky = (runs) => runs.includes('passed') && runs.includes('failed');

/** Merges both outcomes of what failed in either run. A test that passed in one of them has passed. */
const both = (first, second) => ({
  ...second,
  ...(first.broken ? { runs: ['failed', second.broken ? 'failed' : 'passed'] } : {}),
  assertionResults: second.assertionResults.map((test, n) => {
    const before = first.assertionResults[n];
    const runs = [before?.fullName === test.fullName ? before.status : 'not run', test.status];
    if (!runs.includes('failed')) return test;
    return { ...test, runs, status: isFlaky(runs) ? 'passed' : test.status };
  }),
});

/** Merges a run's report with that of a second run of some of its files. */
export const withSecond = (report, second) => ({
  ...report,
  strayFaults: report.strayFaults + second.strayFaults,
  testResults: report.testResults.map((file) => {
    const again = second.testResults.find(({ name }) => name === file.name);
    return again ? both(file, again) : file;
  }),
});

/** Lists what was run twice and failed, by `file > test`; a file alone if its fault lay outside its tests. */
export const runTwice = (report, nameOf) =>
  report.testResults
    .flatMap((file) => [
      { name: nameOf(file.name), runs: file.runs },
      ...file.assertionResults.map(({ ancestorTitles, title, runs }) => ({
        name: [nameOf(file.name), ...ancestorTitles, title].filter((part) => part !== '').join(' > '),
        runs,
      })),
    ])
    .filter(({ runs }) => runs !== undefined)
    .map((found) => ({ ...found, flaky: isFlaky(found.runs) }));
