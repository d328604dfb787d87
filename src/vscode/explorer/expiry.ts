/** How much time is left, in the largest unit that still says enough. */
export interface Expiry {
  readonly unit: 'days' | 'hours' | 'minutes' | 'soon' | 'past';
  readonly count: number;
  /** Milliseconds until another text is right; `undefined`: never. */
  readonly changesIn: number | undefined;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Rounded down, so that nobody is promised more than there is. */
export function expiryOf(expiresAt: number, now: number): Expiry {
  const left = expiresAt - now;
  if (left <= 0) return { unit: 'past', count: 0, changesIn: undefined };
  if (left < minute) return { unit: 'soon', count: 0, changesIn: left };
  const [unit, size] = left >= 2 * day ? unitOf('days') : left >= 2 * hour ? unitOf('hours') : unitOf('minutes');
  const count = Math.floor(left / size);
  return { unit, count, changesIn: Math.max(1, left - count * size + 1) };
}

function unitOf(unit: keyof typeof sizes): readonly [typeof unit, number] {
  return [unit, sizes[unit]];
}

const sizes = { days: day, hours: hour, minutes: minute } as const;
