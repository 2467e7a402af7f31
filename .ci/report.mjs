// vitest's JSON report with what it leaves out: files with a fault in a hook or while they loaded (`broken`), a file's
// time with its hooks (`seconds`), and faults outside every test (`strayFaults`), which fail a run by themselves.
import { JsonReporter } from 'vitest/node';

export default class Report extends JsonReporter {
  #more = { strayFaults: 0, files: [] };

  async onTestRunEnd(modules, strayFaults) {
    const files = modules.map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      const suites = [module, ...module.children.allSuites()];
      return {
        broken: suites.some((suite) => suite.errors().length > 0),
        seconds: (collectDuration + setupDuration + duration) / 1000,
      };
    });
    this.#more = { strayFaults: strayFaults.length, files };
    await super.onTestRunEnd(modules);
  }

  async writeReport(text) {
    const report = JSON.parse(text);
    const testResults = report.testResults.map((file, n) => ({ ...file, ...this.#more.files[n] }));
    await super.writeReport(JSON.stringify({ ...report, strayFaults: this.#more.strayFaults, testResults }));
  }
}
