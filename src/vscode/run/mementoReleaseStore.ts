import type * as vscode from 'vscode';
import { releaseKey, type Release, type ReleaseStore } from '../../core/run/release';
import { isArrayOf, isObject, isOneOf, isOptional, isString } from '../../shared/guard';

const key = 'latchkey.releases';

const isReleases = isArrayOf(
  isObject<Release>({
    folder: isString,
    kind: isOneOf(['secret', 'env', 'capture']),
    name: isString,
    origin: isString,
    from: isOptional(isString),
  }),
);

/** What may leave for where, in `globalState`, where no repository can put anything. Holds names, never values. */
export class MementoReleaseStore implements ReleaseStore {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  list(): readonly Release[] {
    const stored = this.#memento.get<unknown>(key);
    return isReleases(stored) ? stored : [];
  }

  async save(releases: readonly Release[]): Promise<void> {
    if (releases.length === 0) return;
    const saved = new Set(releases.map(releaseKey));
    await this.#memento.update(key, [...this.list().filter((each) => !saved.has(releaseKey(each))), ...releases]);
  }

  async remove(release: Release): Promise<void> {
    await this.#memento.update(
      key,
      this.list().filter((each) => releaseKey(each) !== releaseKey(release)),
    );
  }
}
