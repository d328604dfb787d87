import { isErrorCode } from '../../core/errors';
import type { FileLook, LookAtFile } from '../../core/run/namedFiles';

/** Rejects where links lead out of the folder, or to a file that is never read. */
export type RequireInside = (folder: string, path: string) => Promise<void>;

/** Milliseconds that a look counts for: files are looked at after every key that is pressed. */
const KEPT_FOR = 3_000;

/** Looks where the files lead that request files name, by the rules by which they are read. */
export class FileLooks {
  readonly #requireInside: RequireInside;
  readonly #seen = new Map<string, { readonly at: number; readonly look: Promise<FileLook> }>();

  constructor(requireInside: RequireInside) {
    this.#requireInside = requireInside;
  }

  readonly look: LookAtFile = (folder, path) => {
    const key = `${folder} ${path}`;
    const now = performance.now();
    const known = this.#seen.get(key);
    if (known && now - known.at < KEPT_FOR) return known.look;
    if (this.#seen.size >= MOST_KEPT) this.#seen.clear();
    const look = this.#ask(folder, path);
    this.#seen.set(key, { at: now, look });
    return look;
  };

  async #ask(folder: string, path: string): Promise<FileLook> {
    try {
      await this.#requireInside(folder, path);
      return 'inside';
    } catch (error) {
      if (isErrorCode(error, 'file.outside')) return 'outside';
      // What is not there now, or cannot be read, is for the sending to tell.
      return isErrorCode(error, 'file.forbidden') ? 'forbidden' : 'inside';
    }
  }
}

const MOST_KEPT = 2_000;
