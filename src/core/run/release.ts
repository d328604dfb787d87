import { LatchkeyError } from '../errors';
import { revealForTransport, Secret, type Sensitive } from '../secret';

/** What may leave for where: a secret, a name of the process environment, or a secret capture. */
export interface Release {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly kind: 'secret' | 'env' | 'capture';
  /** As it is written between the braces, after the colon. */
  readonly name: string;
  /** Where it goes. */
  readonly origin: string;
  /** Of a capture: the origin of the server that sent it. */
  readonly from?: string | undefined;
}

/** A release that is wanted. */
export interface WantedRelease extends Release {
  /** The origin itself: a secret where a secret is part of it. `origin` is masked then, and nothing is remembered. */
  readonly destination: Sensitive;
}

/** Where releases are kept that the user has allowed; no repository can put one there. */
export interface ReleaseStore {
  list(): readonly Release[];
  save(releases: readonly Release[]): Promise<void>;
  remove(release: Release): Promise<void>;
}

/** Shows everything that is wanted at once. `false`: the user does not allow it. */
export type AskRelease = (wanted: readonly WantedRelease[], signal: AbortSignal) => Promise<boolean>;

/** Lets secrets and names of the process environment leave only for origins that the user has allowed for them. */
export class ReleaseGate {
  readonly #store: ReleaseStore;
  readonly #ask: AskRelease;
  /** Answers of this run. */
  readonly #allowed = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(store: ReleaseStore, ask: AskRelease) {
    this.#store = store;
    this.#ask = ask;
  }

  /** Asks about what is not allowed yet, in one question. What was refused once is not asked about again. */
  async ask(wanted: readonly WantedRelease[], signal: AbortSignal): Promise<void> {
    const open = this.#open(wanted).filter((release) => !this.#refused.has(exactKey(release)));
    if (open.length === 0) return;
    const answers = (await this.#ask(open, signal)) ? this.#allowed : this.#refused;
    for (const release of open) answers.add(exactKey(release));
    signal.throwIfAborted();
    if (answers === this.#allowed) await this.#store.save(open.filter(isMemorable).map(remembered));
  }

  /**
   * Asks where needed, and ends where the user did not allow something.
   * @throws LatchkeyError `run.notReleased`.
   */
  async require(wanted: readonly WantedRelease[], signal: AbortSignal): Promise<void> {
    await this.ask(wanted, signal);
    requireNone(this.#open(wanted));
  }

  /**
   * Ends where something was refused before: nobody is to be asked for a secret that may not leave.
   * @throws LatchkeyError `run.notReleased`.
   */
  requireUnrefused(wanted: readonly WantedRelease[]): void {
    requireNone(wanted.filter((release) => this.#refused.has(exactKey(release))));
  }

  #open(wanted: readonly WantedRelease[]): readonly WantedRelease[] {
    const unique = new Map(wanted.map((release) => [exactKey(release), release]));
    const stored = new Set(this.#store.list().map(releaseKey));
    return [...unique.entries()].flatMap(([key, release]) =>
      this.#allowed.has(key) || (isMemorable(release) && stored.has(releaseKey(release))) ? [] : release,
    );
  }
}

function requireNone(missing: readonly WantedRelease[]): void {
  const [first] = missing;
  if (!first) return;
  const names = missing.map(releaseName).join(', ');
  throw new LatchkeyError('run.notReleased', { names, origin: first.origin });
}

/** As it is written between the braces. */
export function releaseName({ kind, name }: Release): string {
  return kind === 'capture' ? name : `${kind}:${name}`;
}

export function releaseKey({ folder, kind, name, origin, from }: Release): string {
  return JSON.stringify([folder, kind, name, origin, from ?? null]);
}

/** Tells destinations apart that look the same when they are masked. */
function exactKey(release: WantedRelease): string {
  return releaseKey({ ...release, origin: revealForTransport(release.destination) });
}

function isMemorable({ destination }: WantedRelease): boolean {
  return !(destination instanceof Secret);
}

function remembered({ folder, kind, name, origin, from }: WantedRelease): Release {
  return { folder, kind, name, origin, ...(from === undefined ? {} : { from }) };
}
