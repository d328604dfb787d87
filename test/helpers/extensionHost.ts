import * as fs from 'node:fs/promises';
import { eventually } from './eventually';

/** The extension hosts of a server that was started with this variable in its environment; on Linux only. */
export async function extensionHosts(variable: string): Promise<readonly ExtensionHost[]> {
  const pids = (await fs.readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [command, environment] = await Promise.all(
        ['cmdline', 'environ'].map((name) => fs.readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')),
      );
      const isOne = command?.includes('--type=extensionHost') === true && environment?.includes(variable) === true;
      return isOne ? [new ExtensionHost(Number(pid))] : [];
    }),
  );
  return found.flat();
}

/** The one extension host, once there is one alone: that of before a reload lives on for a moment. */
export function onlyExtensionHost(variable: string): Promise<ExtensionHost> {
  return eventually(async () => {
    const [host, ...others] = await extensionHosts(variable);
    if (!host || others.length > 0) throw new Error(`There are ${others.length + (host ? 1 : 0)} extension hosts.`);
    return host;
  }, 30_000);
}

/** What an extension host takes of the machine. */
export class ExtensionHost {
  readonly pid: number;
  #before = 0;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** From now on the most memory is counted. */
  async watchMemory(): Promise<void> {
    await fs.writeFile(`/proc/${this.pid}/clear_refs`, '5');
    this.#before = await this.#status('VmRSS');
  }

  /** Bytes of the most memory since then, above what there was. */
  async addedMemory(): Promise<number> {
    return (await this.#status('VmHWM')) - this.#before;
  }

  async #status(name: string): Promise<number> {
    const status = await fs.readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024;
  }
}
