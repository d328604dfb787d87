import * as path from 'node:path';
import { StartedProcess } from '../../helpers/childProcess';
import { repositoryRoot } from '../../helpers/repository';
import { logFile } from './logFile';

const startTimeoutMs = 30_000;

export interface RunningPlayground {
  readonly process: StartedProcess;
  readonly issuer: string;
  readonly api: string;
}

/**
 * Starts the playground and has it write the sample files that `sample` lacks.
 * @param issuerHost see the playground's own options: browser windows rewrite 127.0.0.1
 * @throws Error with what the playground said when it does not start
 */
export async function startPlayground(
  sample: string,
  issuerHost: string,
  track: (process: StartedProcess) => void,
): Promise<RunningPlayground> {
  const bundle = path.join(repositoryRoot, 'dist', 'playground.mjs');
  const args = [bundle, '--issuer-host', issuerHost, '--write-sample', sample, '--parent-pid', String(process.pid)];
  const playground = new StartedProcess(process.execPath, args, { logFile: logFile('playground'), ownGroup: true });
  track(playground);
  const [line] = await playground.waitForOutput(/^\{"ready":true.*\}$/m, startTimeoutMs);
  const { issuer, api } = JSON.parse(line) as { issuer: string; api: string };
  return { process: playground, issuer, api };
}
