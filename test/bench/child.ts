/** Measured bots, in separate processes; they answer four words over IPC. */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Measured {
  port: number;
  /** User and system time so far, µs. */
  cpu(): Promise<number>;
  /** Resident memory now, bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

type Question = 'cpu' | 'memory' | 'stop';

/** Runs in the measured process: reports that it listens, and answers until told to stop. */
export function serveMeasures(port: number, close: () => Promise<unknown>): void {
  const answer = async (question: Question): Promise<number> => {
    if (question === 'cpu') {
      const { user, system } = process.cpuUsage();
      return user + system;
    }
    if (question === 'memory') return process.memoryUsage.rss();
    await close();
    return 0;
  };
  process.on('message', (question: Question) => {
    void answer(question).then((value) => {
      process.send?.({ value });
      if (question === 'stop') process.disconnect();
    });
  });
  process.send?.({ value: port });
}

/** `file` is a compiled neighbour of this one. Its environment is `env` alone: no credential of the shell gets in. */
export async function startMeasured(file: string, env: Record<string, string> = {}): Promise<Measured> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    env,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const next = () =>
    new Promise<number>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`${file} ended with ${String(code)}`));
      child.once('exit', ended);
      child.once('message', (message: { value: number }) => {
        child.off('exit', ended);
        resolve(message.value);
      });
    });
  const ask = (question: Question) => {
    const answer = next();
    child.send(question);
    return answer;
  };
  const port = await next();
  return {
    port,
    cpu: () => ask('cpu'),
    memory: () => ask('memory'),
    stop: async () => {
      await ask('stop');
      child.kill();
    },
  };
}
