import type { HistoryEntry } from '../../core/history/historyEntry';

/** The sends of one day where the user is. */
export interface HistoryDay {
  /** `2026-03-01`. */
  readonly date: string;
  /** How many days ago; 0: today. */
  readonly ago: number;
  /** The latest first. */
  readonly entries: readonly HistoryEntry[];
}

/**
 * Groups entries, the latest first, by the day on which they were sent.
 * @param now milliseconds since the epoch.
 */
export function historyDays(entries: readonly HistoryEntry[], now: number): readonly HistoryDay[] {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const date = dateOf(entry.at);
    const known = days.get(date);
    if (known) known.push(entry);
    else days.set(date, [entry]);
  }
  const today = dayNumber(dateOf(now));
  return [...days].map(([date, of]) => ({ date, ago: today - dayNumber(date), entries: of }));
}

function dateOf(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Days are counted in UTC, where each has as many hours as the other. */
function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
