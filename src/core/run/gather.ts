import { LatchkeyError } from '../errors';
import { environmentValue } from '../request/resolve/environmentValue';
import { textOf } from '../request/resolve/resolved';
import { needKey, needText, type Need, type Supplied, type Supplies } from '../request/resolve/supplies';
import { shorten } from '../request/shorten';
import type { Secret } from '../secret';
import { holdsSecret, type Captures } from './captureStore';
import { findInput, unknownInput, type InputAnswers } from './inputs';
import type { Row } from './rows/row';
import type { Release } from './release';
import type { FilePlace, Site } from './site';

/** Where values from outside come from. */
export interface GatherPorts {
  /** The stored secret, or what the user enters. Rejects with an AbortError when they enter none. */
  readonly secret: (place: FilePlace, name: string, signal: AbortSignal) => Promise<Secret>;
  /** A variable of the environment that the editor runs in. */
  readonly processEnv: (name: string) => string | undefined;
  /** The bytes of a small file. @throws LatchkeyError `file.*` */
  readonly readFile: (folder: string, path: string) => Promise<Uint8Array>;
  readonly inputs: InputAnswers;
  /** What another request of the file's library has captured. */
  readonly captures: (site: Site, request: string) => Promise<Captures | undefined>;
}

/** What leaves with a request, before it is known where to. */
export type Leaving = Omit<Release, 'origin'>;

/** Values for the needs of one request. What was gathered is known, everything else comes later. */
export class Gathered implements Supplies {
  readonly #site: Site;
  readonly #ports: GatherPorts;
  readonly #values = new Map<string, Supplied>();
  readonly #leaving = new Map<string, Leaving>();
  #row: Row | undefined;

  constructor(site: Site, ports: GatherPorts) {
    this.#site = site;
    this.#ports = ports;
  }

  find(need: Need): Supplied {
    return this.#values.get(needKey(need)) ?? { state: 'later' };
  }

  row(name: string): Supplied | undefined {
    return this.#row?.fields(name);
  }

  get rowNames(): ReadonlySet<string> | undefined {
    return this.#row?.names;
  }

  /** The row that counts from now on. */
  useRow(row: Row | undefined): void {
    this.#row = row;
  }

  has(need: Need): boolean {
    return this.#values.has(needKey(need));
  }

  /** What of these needs must not leave for just anywhere. */
  leaving(needs: readonly Need[]): readonly Leaving[] {
    return needs.flatMap((need) => this.#leaving.get(needKey(need)) ?? []);
  }

  /**
   * Gets values that are not known yet: first what can be read, then what somebody has to be asked for.
   * @throws AbortError; LatchkeyError `file.*`, `run.notText`, `oauth.secretStoreFailed`.
   */
  async add(needs: readonly Need[], signal: AbortSignal): Promise<void> {
    const open = needs.filter((need) => !this.has(need));
    for (const asks of [false, true]) {
      for (const need of open) {
        if (asks !== (need.kind === 'secret' || need.kind === 'input')) continue;
        signal.throwIfAborted();
        this.#values.set(needKey(need), await this.#supply(need, signal));
      }
    }
  }

  async #supply(need: Need, signal: AbortSignal): Promise<Supplied> {
    const { place, entry } = this.#site;
    switch (need.kind) {
      case 'secret': {
        const secret = await this.#ports.secret(place, need.name, signal);
        this.#leaves(need, { kind: 'secret', name: need.name });
        return { state: 'known', value: textOf(secret) };
      }
      case 'env':
        return this.#environment(need);
      case 'file': {
        const text = decode(await this.#ports.readFile(place.folder, need.path), need.path);
        return { state: 'known', value: textOf(text) };
      }
      case 'input': {
        const placed = findInput(this.#site, need.name);
        if (!placed) return unknownInput(this.#site, need.name);
        return { state: 'known', value: textOf(await this.#ports.inputs.obtain(placed, entry.title, signal)) };
      }
      case 'capture':
        return this.#capture(need, await this.#ports.captures(this.#site, need.request));
    }
  }

  #environment(need: Need & { readonly kind: 'secret' | 'env' | 'input' }): Supplied {
    const { name } = need;
    const own = this.#site.place.project?.env?.get(name);
    if (own !== undefined) return { state: 'known', value: environmentValue(name, own) };
    const value = this.#ports.processEnv(name);
    if (value === undefined) return { state: 'missing', code: 'variable.envNowhere', data: { name: shorten(name) } };
    this.#leaves(need, { kind: 'env', name });
    return { state: 'known', value: environmentValue(name, value) };
  }

  #capture(need: Need & { readonly kind: 'capture' }, captures: Captures | undefined): Supplied {
    const found = captures?.get(need.name);
    if (!found) return { state: 'missing', code: 'variable.noValue', data: { name: needText(need) } };
    if (holdsSecret(found.value)) this.#leaves(need, { kind: 'capture', name: needText(need), from: found.origin });
    return { state: 'known', value: found.value };
  }

  #leaves(need: Need, leaving: Omit<Leaving, 'folder'>): void {
    this.#leaving.set(needKey(need), { folder: this.#site.place.folder, ...leaving });
  }
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LatchkeyError('run.notText', { file });
  }
}
