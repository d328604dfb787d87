import { fstatSync } from 'node:fs';

/** Milliseconds between two looks at the parent process. */
const parentCheckInterval = 1000;

/**
 * Calls `stop` once, when whoever started the process is gone: its end of standard input or of the IPC channel is
 * closed, the parent process does not exist any more, or a signal asks for it.
 */
export function stopWithParent(parentPid: number | undefined, stop: () => void): void {
  let stopped = false;
  const once = (): void => {
    if (stopped) return;
    stopped = true;
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, once);
  if (process.channel !== undefined) process.once('disconnect', once);
  if (isPipe(0)) process.stdin.once('end', once).once('close', once).once('error', once).resume();
  if (parentPid !== undefined) {
    setInterval(() => {
      if (!isAlive(parentPid)) once();
    }, parentCheckInterval).unref();
  }
}

/** A terminal, a file or /dev/null as input says nothing about the parent: the latter two are at their end at once. */
function isPipe(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isFIFO() || stats.isSocket();
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
