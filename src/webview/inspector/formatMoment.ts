import { languageOfPage } from '../format';

const day = 24 * 60 * 60 * 1000;

/** A moment in the reader's language and time zone: the time alone when it is near, with its date when it is not. */
export function formatMoment(time: number, now: number): string {
  const isNear = Math.abs(time - now) < day && new Date(time).getDate() === new Date(now).getDate();
  const options: Intl.DateTimeFormatOptions = isNear
    ? { timeStyle: 'medium' }
    : { dateStyle: 'medium', timeStyle: 'medium' };
  return new Intl.DateTimeFormat(languageOfPage(), options).format(time);
}
