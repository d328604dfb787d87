/** Repeated measurements of one thing. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'kB' | 'count';
  readonly values: readonly number[];
  /** What we aim for; a bench does not fail when it is missed. */
  readonly aim?: number;
  /** The same thing measured for what we compare with, in the same run. */
  readonly baseline?: readonly number[];
  /** What was measured of others at another time, in words. */
  readonly others?: string;
}

/** What every `test/bench/*.bench.ts` exports. */
export interface Bench {
  run(): Promise<readonly Measurement[]>;
}

export interface Summary {
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
  /** Median by the baseline's median. */
  readonly ratio: number | undefined;
}

export function summarize({ values, baseline }: Measurement): Summary {
  const middle = median(values);
  const reference = baseline === undefined ? 0 : median(baseline);
  return {
    median: middle,
    p95: values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN,
    min: Math.min(...values),
    max: Math.max(...values),
    ratio: reference === 0 ? undefined : middle / reference,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}
