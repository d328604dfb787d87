import assert from 'node:assert/strict';

/** The value, which has to be there by now. */
export function present<T>(value: T | undefined, what: string): T {
  assert.ok(value !== undefined, `${what} is missing`);
  return value;
}
