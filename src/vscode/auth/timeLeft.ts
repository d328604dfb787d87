/** How much time is left, as people are told. */
export interface TimeLeft {
  readonly unit: 'minutes' | 'seconds';
  readonly count: number;
  /** Milliseconds until another text is right; 0: never. */
  readonly changesIn: number;
}

const minute = 60_000;
const step = 10_000;

/**
 * Whole minutes, then steps of ten seconds in the last minute: often enough to be right, and seldom enough for somebody
 * who has it read out or has just reached a link beside it.
 */
export function timeLeft(milliseconds: number): TimeLeft {
  if (milliseconds <= 0) return { unit: 'seconds', count: 0, changesIn: 0 };
  const [unit, size] = milliseconds > minute ? (['minutes', minute] as const) : (['seconds', step] as const);
  const steps = Math.ceil(milliseconds / size);
  const count = unit === 'minutes' ? steps : (steps * step) / 1000;
  return { unit, count, changesIn: milliseconds - (steps - 1) * size };
}
