import { isErrorCode } from '../../core/errors';
import type { FileGlances } from '../../core/ports';
import type { KnownRows } from '../../core/request/knownRows';
import type { FileInsight, FileLook } from '../../core/run/namedFiles';

/** Milliseconds that a look counts for: files are looked at after every key that is pressed. */
const KEPT_FOR = 3_000;
/** Files of which something is known. */
const MOST_KEPT = 2_000;
/** Bytes of a file that are read while somebody types. */
const MOST_OF_FILE = 64 * 1024;
/** Bytes of a schema with all that it refers to. A larger one is judged when a body is held to it. */
const MOST_OF_SCHEMA = 4 * MOST_OF_FILE;

interface Look {
  readonly look: FileLook;
  /** Changes with the content; `undefined` where there is none to read. */
  readonly stamp: string | undefined;
}

interface Judgement {
  /** Of all files that it depends on, by their paths. */
  readonly stamps: ReadonlyMap<string, string | undefined>;
  readonly problem: string | undefined;
}

interface Judging {
  readonly result: Promise<Judgement>;
  /** When it was known to be current, and how often files had been forgotten by then. */
  readonly at: number;
  readonly round: number;
}

interface LookedInto {
  readonly stamp: string;
  readonly rows: Promise<KnownRows | undefined>;
}

interface KnownFile {
  /** Path of its URI. */
  readonly place: string;
  /** When it was looked at. */
  at: number;
  look: Promise<Look>;
  judging?: Judging;
  rows?: LookedInto;
}

/**
 * What is known of the files that request files name, by the rules by which they are read. What was made of a file is
 * kept until its stamp is another one.
 */
export class FileLooks implements FileInsight {
  readonly #glances: FileGlances;
  readonly #now: () => number;
  /** By folder and path; the one that was asked for last is at the end. */
  readonly #known = new Map<string, KnownFile>();
  /** How often something was forgotten. */
  #round = 0;

  /** @param now in milliseconds, from whenever. */
  constructor(glances: FileGlances, now = (): number => performance.now()) {
    this.#glances = glances;
    this.#now = now;
  }

  readonly look = async (folder: string, path: string): Promise<FileLook> => {
    const { look } = await this.#file(folder, path).look;
    return look;
  };

  readonly schemaProblem = async (folder: string, path: string): Promise<string | undefined> => {
    const file = this.#file(folder, path);
    const before = file.judging;
    const [at, round] = [this.#now(), this.#round];
    if (before?.round === round && at - before.at < KEPT_FOR) return (await before.result).problem;
    const { stamp } = await file.look;
    if (stamp === undefined) return undefined;
    const isCurrent = before && (await this.#isCurrent(folder, await before.result));
    const result = isCurrent ? before.result : this.#judge(folder, path);
    file.judging = { result, at, round };
    return (await result).problem;
  };

  readonly rows = async (folder: string, path: string): Promise<KnownRows | undefined> => {
    const file = this.#file(folder, path);
    const { stamp } = await file.look;
    if (stamp === undefined) return undefined;
    if (file.rows?.stamp !== stamp) file.rows = { stamp, rows: this.#lookInto(folder, path) };
    return file.rows.rows;
  };

  /**
   * Looks again at everything, when it is asked for next, if anything is known of what lies at these places or below
   * them. At everything: a file that comes and goes within a moment is one of which VS Code may tell nothing.
   * @param places paths of URIs.
   * @returns whether anything was known of them.
   */
  forget(places: ReadonlySet<string>): boolean {
    const files = [...this.#known.values()];
    if (!files.some(({ place }) => leadsThrough(place, places))) return false;
    for (const file of files) file.at = -Infinity;
    this.#round++;
    return true;
  }

  #file(folder: string, path: string): KnownFile {
    const key = `${folder} ${path}`;
    const file = this.#known.get(key) ?? this.#newFile(folder, path);
    const now = this.#now();
    if (now - file.at >= KEPT_FOR) {
      file.at = now;
      file.look = this.#ask(folder, path);
    }
    this.#known.delete(key);
    this.#known.set(key, file);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
    return file;
  }

  #newFile(folder: string, path: string): KnownFile {
    const place = `${decodeURIComponent(new URL(folder).pathname).replace(/\/$/, '')}/${path}`;
    return { place, at: this.#now(), look: this.#ask(folder, path) };
  }

  async #ask(folder: string, path: string): Promise<Look> {
    try {
      return { look: 'inside', stamp: await this.#glances.stamp(folder, path) };
    } catch (error) {
      return { look: lookOf(error), stamp: undefined };
    }
  }

  /** A file that cannot be read now has nothing to say. */
  async #lookInto(folder: string, path: string): Promise<KnownRows | undefined> {
    const head = await this.#glances.head(folder, path, MOST_OF_FILE).catch(() => undefined);
    // What reads them is loaded with the first file.
    const { rowHead } = await import('../../core/run/rows/rowHead');
    return head && rowHead(head.bytes, head.isWhole, path);
  }

  async #isCurrent(folder: string, { stamps }: Judgement): Promise<boolean> {
    const looks = Array.from(stamps, async ([path, stamp]) => (await this.#file(folder, path).look).stamp === stamp);
    return (await Promise.all(looks)).every(Boolean);
  }

  async #judge(folder: string, path: string): Promise<Judgement> {
    const stamps = new Map<string, string | undefined>();
    const budget = { left: MOST_OF_SCHEMA, isExceeded: false };
    const read = async (name: string): Promise<Uint8Array> => {
      const { stamp } = await this.#file(folder, name).look;
      stamps.set(name, stamp);
      const { bytes, isWhole } = await this.#glances.head(folder, name, Math.min(MOST_OF_FILE, budget.left));
      budget.isExceeded ||= !isWhole;
      if (budget.isExceeded) throw new Error('It is too large to be judged now.');
      budget.left -= bytes.length;
      return bytes;
    };
    // What schemas are made of is loaded with the first one.
    const { schemaFileProblem } = await import('../../core/expect/schema/schemaFileProblem');
    const problem = await schemaFileProblem(path, { directory: '', read });
    return { stamps, problem: budget.isExceeded ? undefined : problem };
  }
}

function lookOf(error: unknown): FileLook {
  if (isErrorCode(error, 'file.outside')) return 'outside';
  if (isErrorCode(error, 'file.forbidden')) return 'forbidden';
  // What cannot be read now is for the sending to tell.
  return isErrorCode(error, 'file.notFound') ? 'missing' : 'inside';
}

function leadsThrough(place: string, places: ReadonlySet<string>): boolean {
  for (let at = place; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    if (places.has(at)) return true;
  }
  return false;
}
