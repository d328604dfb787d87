import { summarize } from './measurement';
import type { Measurement } from './measurement';

/** A table for people, then one line of JSON for each measurement. */
export function printMeasurements(bench: string, measurements: readonly Measurement[]): void {
  const header = ['', 'median', 'min', 'max', 'ratio', 'aim', 'n'];
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
  const { median, min, max, ratio } = rounded(measurement);
  const { name, unit, aim, values } = measurement;
  const shownRatio = ratio === undefined ? '' : `× ${ratio}`;
  const shownAim = aim === undefined ? '' : `≤ ${aim}`;
  return [`${name}, ${unit}`, String(median), String(min), String(max), shownRatio, shownAim, String(values.length)];
}

function rounded(measurement: Measurement): ReturnType<typeof summarize> {
  const { median, min, max, ratio } = summarize(measurement);
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    median: round(median),
    min: round(min),
    max: round(max),
    ratio: ratio === undefined ? undefined : round(ratio),
  };
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
