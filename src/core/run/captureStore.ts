import type { CapturedValue } from '../expect/captures';
import { Secret } from '../secret';
import type { Resolved } from '../request/resolve/resolved';

/** What a request took out of its response, by name. */
export type Captures = ReadonlyMap<string, CapturedValue>;

/** What requests have captured, in the order in which they did. Lives in memory only. */
export class CaptureStore {
  readonly #captures = new Map<string, Captures>();
  readonly #most: number;

  /** @param most requests whose captures are kept; what was captured longest ago goes first. */
  constructor(most = 2_000) {
    this.#most = most;
  }

  /**
   * What the request captured when it was last sent and went well; `undefined` when it was not.
   * @param key request, environment and account: another account's captures are none of this one's.
   */
  get(key: string): Captures | undefined {
    return this.#captures.get(key);
  }

  set(key: string, captures: Captures): void {
    this.#captures.delete(key);
    this.#captures.set(key, captures);
    for (const oldest of this.#captures.keys()) {
      if (this.#captures.size <= this.#most) break;
      this.#captures.delete(oldest);
    }
  }

  /** Takes over what another store holds. */
  adopt(other: CaptureStore): void {
    for (const [key, captures] of other.#captures) this.set(key, captures);
  }

  clear(): void {
    this.#captures.clear();
  }
}

/** Whether something in it is secret. */
export function holdsSecret(value: Resolved): boolean {
  switch (value.kind) {
    case 'text':
      return value.text instanceof Secret;
    case 'raw':
      return value.json instanceof Secret;
    case 'list':
      return value.items.some(holdsSecret);
    case 'map':
      return value.entries.some((entry) => holdsSecret(entry.value));
  }
}
