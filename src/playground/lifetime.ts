import { fstatSync } from 'node:fs';

/** Milliseconds between two looks at the parent processes. */
const parentCheckInterval = 1000;

/**
 * Decides when the process has outlived its use: when a signal asks for it, or when nobody who started or adopted it
 * is left and the time of grace has passed. The grace lets an editor window reload without losing its playground.
 */
export class Lifetime {
  readonly #parents = new Set<number>();
  readonly #grace: number;
  readonly #stop: () => void;
  #ending: NodeJS.Timeout | undefined;

  /** `grace` in milliseconds. */
  constructor(parentPid: number | undefined, grace: number, stop: () => void) {
    this.#grace = grace;
    this.#stop = stop;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
    const gone = (): void => this.#lostParent(parentPid);
    if (process.channel !== undefined) process.once('disconnect', gone);
    if (isPipe(0)) process.stdin.once('end', gone).once('close', gone).once('error', gone).resume();
    if (parentPid !== undefined) this.#watch(parentPid);
  }

  /** Another process wants the playground: it stays while that one is there. */
  adopt(pid: number): void {
    this.#watch(pid);
    clearTimeout(this.#ending);
    this.#ending = undefined;
  }

  #watch(pid: number): void {
    if (this.#parents.has(pid)) return;
    this.#parents.add(pid);
    const check = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(check);
      this.#lostParent(pid);
    }, parentCheckInterval);
    check.unref();
  }

  #lostParent(pid: number | undefined): void {
    if (pid !== undefined) this.#parents.delete(pid);
    if (this.#parents.size > 0 || this.#ending) return;
    this.#ending = setTimeout(this.#stop, this.#grace);
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
