import type { Clock, Log, SecretStore } from '../ports';

/** What the lease says. It is no secret; it lies with the secrets because nothing else is shared between machines. */
interface Lease {
  /** {@link Fence.place} of whoever wrote it. */
  readonly place: string;
  readonly held: boolean;
}

/** The turn of this machine. */
export interface MachineTurn {
  /** Whether time has passed, so that what was read before may be old. */
  readonly waited: boolean;
  end(): Promise<void>;
}

const prefix = 'latchkey.lease.';

/** Milliseconds between two looks at a lease that another machine holds. */
const interval = 250;

/**
 * Milliseconds until what two machines wrote at the same time has become one value for both. A write is seen
 * everywhere within 300 (measured). Whoever writes without having seen the other's does so within that time of it, and
 * that write needs as long again to be seen. Far above that sum, for networks and machines that are busy: tokens are
 * refreshed ahead of their end, so hardly anybody waits for it.
 */
const convergence = 1_500;

/** Milliseconds after which a lease belongs to nobody: longer than a refresh with its retry can take. */
const patience = 75_000;

/**
 * Keeps machines from using the same refresh token at once when they share the secrets but no disk, and so no lock
 * file: a window on this machine and one whose extensions run elsewhere (SSH, WSL, a container).
 *
 * A machine cannot know whether there is another. So the one whose extensions do not run where the secrets are leaves
 * a note beside each session that it uses. Who finds no note is alone and goes on at once; who finds one takes turns:
 * write a claim, wait until the store shows the same to everybody, and go on if the claim is still one's own.
 * The claim is sound as long as the store is as quick as was measured. Where it is not, a refused refresh token is
 * looked up once more before the session counts as ended.
 */
export class MachineLease {
  readonly #secrets: SecretStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #isAway: boolean;
  readonly #announced = new Set<string>();

  /** @param isAway whether this machine is not the one that keeps the secrets. */
  constructor(secrets: SecretStore, clock: Clock, log: Log, isAway: boolean) {
    this.#secrets = secrets;
    this.#clock = clock;
    this.#log = log;
    this.#isAway = isAway;
  }

  /** Lets the other machines know, before it comes to a refresh, that this one uses the session too. Never rejects. */
  async announce(id: string): Promise<void> {
    if (!this.#isAway || this.#announced.has(id)) return;
    this.#announced.add(id);
    if ((await this.#read(id)) === undefined) await this.#write(id, { place: '', held: false });
  }

  /**
   * Waits for this machine's turn with a session. Call it inside the machine's own lock. Never rejects: what cannot be
   * agreed on must not keep anybody from refreshing.
   * @param isOver asked while another machine has its turn; `true` ends the waiting, because that machine did the work.
   */
  async take(id: string, place: string, isOver: () => Promise<boolean>): Promise<MachineTurn> {
    if (!this.#isAway && (await this.#read(id)) === undefined) return { waited: false, end: () => Promise.resolve() };
    const claim: Lease = { place, held: true };
    let left = patience;
    for (;;) {
      const lease = await this.#read(id);
      if (lease?.held === true && lease.place !== place && left > 0) {
        if (await isOver()) return { waited: true, end: () => Promise.resolve() };
        left -= interval;
        await this.#clock.delay(interval);
        continue;
      }
      await this.#write(id, claim);
      await this.#clock.delay(convergence);
      const now = await this.#read(id);
      if (now?.held !== true || now.place === place) break;
    }
    return { waited: true, end: () => this.#release(id, place) };
  }

  /** For a session that is gone. Never rejects. */
  async forget(id: string): Promise<void> {
    this.#announced.delete(id);
    await this.#quietly(() => this.#secrets.delete(prefix + id));
  }

  /** Where the session was signed out meanwhile, there is nothing left to let go of. */
  async #release(id: string, place: string): Promise<void> {
    if ((await this.#read(id)) !== undefined) await this.#write(id, { place, held: false });
  }

  async #read(id: string): Promise<Lease | undefined> {
    const text = await this.#quietly(() => this.#secrets.get(prefix + id));
    return text === undefined ? undefined : leaseOf(text);
  }

  async #write(id: string, lease: Lease): Promise<void> {
    await this.#quietly(() => this.#secrets.set(prefix + id, JSON.stringify(lease)));
  }

  async #quietly<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      this.#log.warn(`A lease cannot be kept: ${error instanceof Error ? error.message : 'unknown reason'}`);
      return undefined;
    }
  }
}

/** What cannot be read says at least that there is another machine. */
function leaseOf(text: string): Lease {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'place' in value && 'held' in value) {
      return { place: String(value.place), held: value.held === true };
    }
  } catch {
    // As below.
  }
  return { place: '', held: false };
}
