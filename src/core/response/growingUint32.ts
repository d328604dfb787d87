/** A list of unsigned 32-bit numbers that grows; four bytes each, where an array of numbers may take sixteen. */
export class GrowingUint32 {
  #items: Uint32Array;
  #length = 0;

  constructor(capacity: number) {
    this.#items = new Uint32Array(Math.max(16, capacity));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Uint32Array(this.#items.length * 2);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = value;
  }

  /** A view of what was pushed; it shares memory with the list. */
  view(): Uint32Array {
    return this.#items.subarray(0, this.#length);
  }
}
