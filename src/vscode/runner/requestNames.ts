/** What the requests of the file on show are called, to know one again that gets another name. */
export class RequestNames {
  #file = '';
  #names: readonly string[] = [];

  /**
   * Takes the names of a file as they are now.
   * @param name of the request that is shown; `undefined`: the first one
   * @returns what it is called now, when nothing else in the list has changed; while it has no name at all, nothing.
   */
  renamed(file: string, name: string | undefined, names: readonly string[]): Renamed | undefined {
    const before = file === this.#file ? this.#names : [];
    const from = name ?? before[0];
    const at = from === undefined || names.includes(from) ? -1 : before.indexOf(from);
    const to = names[at];
    const isRenamed = to !== undefined && names.length === before.length && isSameBut(at, before, names);
    if (isRenamed || at < 0) {
      this.#file = file;
      this.#names = names;
    }
    return isRenamed && from !== undefined ? { from, to } : undefined;
  }
}

export interface Renamed {
  readonly from: string;
  readonly to: string;
}

function isSameBut(at: number, before: readonly string[], now: readonly string[]): boolean {
  return before.every((name, index) => index === at || name === now[index]);
}
