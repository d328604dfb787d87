/**
 * Work that can be interrupted: it pauses every few milliseconds at most, so that whoever drives it can let others have
 * their turn, or drop it.
 */
export type Steps<T> = Generator<void, T, void>;

/** Does all of the work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
