import { summarize } from './measurement';
import type { Measurement } from './measurement';

/** A table for people, then one line of JSON for each measurement. */
export function printMeasurements(bench: string, measurements: readonly Measurement[]): void {
  const header = ['', 'median', 'p95', 'min', 'max', 'ratio', 'aim', 'n', 'others'];
  const rows = measurements.map((measurement) => row(measurement));
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((cells) => cells[column]?.length ?? 0)));
  for (const cells of [header, ...rows]) {
    console.log(cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '));
  }
  console.log();
  for (const measurement of measurements) {
    const { name, unit, aim, values } = measurement;
    console.log(JSON.stringify({ bench, name, unit, ...rounded(measurement), aim, n: values.length }));
  }
}

function row(measurement: Measurement): readonly string[] {
  const { median, p95, min, max, ratio } = rounded(measurement);
  const { name, unit, aim, values, others = '' } = measurement;
  const shownRatio = ratio === undefined ? '' : `× ${ratio}`;
  const shownAim = aim === undefined ? '' : `≤ ${aim}`;
  const figures = [median, p95, min, max].map(String);
  return [`${name}, ${unit}`, ...figures, shownRatio, shownAim, String(values.length), others];
}

function rounded(measurement: Measurement): ReturnType<typeof summarize> {
  const { median, p95, min, max, ratio } = summarize(measurement);
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    median: round(median),
    p95: round(p95),
    min: round(min),
    max: round(max),
    ratio: ratio === undefined ? undefined : round(ratio),
  };
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
