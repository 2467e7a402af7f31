const { CLEARTHREAD_CI_RUN: run } = process.env;

/** For a process with an environment of its own: by it `.ci/run` finds and ends what a test that hung left behind. */
export const CI_MARK: Record<string, string> = run === undefined ? {} : { CLEARTHREAD_CI_RUN: run };
