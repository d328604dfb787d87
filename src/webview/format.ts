import { durationText, numberText, sizeText } from '../shared/formatValues';

export { fillText as fill } from '../shared/fillText';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `8 ms`, `1.24 s`, `2 min 5 s`. */
export function formatDuration(milliseconds: number): string {
  return durationText(languageOfPage(), milliseconds);
}

/** `512 B`, `2.1 kB`, `14 MB`. */
export function formatSize(bytes: number): string {
  return sizeText(languageOfPage(), bytes);
}

/** Time left, to the second when it is less than an hour: `4:12`, `3 h 20 min`, `12 d`. */
export function formatTimeLeft(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `${Math.floor(milliseconds / DAY)} d`;
  if (milliseconds >= HOUR) {
    return `${Math.floor(milliseconds / HOUR)} h ${Math.floor((milliseconds % HOUR) / MINUTE)} min`;
  }
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `12 min ago`, `yesterday`; what is older than a week by its date. In the language of the page. */
export function formatAgo(at: number, now: number): string {
  const passed = Math.max(0, now - at);
  const relative = new Intl.RelativeTimeFormat(languageOfPage(), { style: 'short', numeric: 'auto' });
  if (passed < MINUTE) return relative.format(-Math.floor(passed / SECOND), 'second');
  if (passed < HOUR) return relative.format(-Math.floor(passed / MINUTE), 'minute');
  if (passed < DAY) return relative.format(-Math.floor(passed / HOUR), 'hour');
  if (passed < 7 * DAY) return relative.format(-Math.floor(passed / DAY), 'day');
  return new Intl.DateTimeFormat(languageOfPage(), { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** Date and time to the second, in the language of the page. */
export function formatMoment(at: number): string {
  return new Intl.DateTimeFormat(languageOfPage(), { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** In the language of the page, which is the editor's; digits are those after the decimal point. */
export function formatNumber(value: number, mostDigits = 0, leastDigits = 0): string {
  return numberText(languageOfPage(), value, mostDigits, leastDigits);
}

/** BCP 47; the editor's. */
export function languageOfPage(): string | undefined {
  return typeof document === 'undefined' ? 'en' : document.documentElement.lang || undefined;
}
