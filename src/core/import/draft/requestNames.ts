import { isName } from '../../request/names';

/** Names for requests, each once. */
export class RequestNames {
  readonly #taken = new Set<string>();
  /** By what names begin with: the number to try next. */
  readonly #next = new Map<string, number>();

  /**
   * The name itself where requests can be called so, else its words; with a number when it is taken.
   * @param others names that are not to be used either.
   */
  free(written: string, others?: RequestNames): string {
    const trimmed = written.replace(/\s+/g, ' ').trim();
    const base = isName(trimmed) && !trimmed.startsWith('x-') ? trimmed : words(trimmed);
    let name = base;
    let number = this.#next.get(base) ?? 2;
    while (this.#taken.has(name) || others?.has(name) === true) name = `${base} ${number++}`;
    this.#next.set(base, number);
    this.#taken.add(name);
    return name;
  }

  has(name: string): boolean {
    return this.#taken.has(name);
  }
}

function words(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .trim();
  if (isName(name) && !name.startsWith('x-')) return name;
  return isName(`request ${name}`) ? `request ${name}` : 'request';
}
