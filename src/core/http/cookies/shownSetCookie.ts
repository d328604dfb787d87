import type { Header } from '../../ports';
import { MASK } from '../../secret';

/** A response header as it may be shown: a cookie that is set keeps its name and what is said about it. */
export function shownResponseHeader(header: Header): Header {
  const [name, value] = header;
  return name.toLowerCase() === 'set-cookie' ? [name, shownSetCookie(value)] : header;
}

function shownSetCookie(line: string): string {
  const end = line.indexOf(';');
  const pair = end < 0 ? line : line.slice(0, end);
  const rest = end < 0 ? '' : line.slice(end);
  const equals = pair.indexOf('=');
  if (pair.slice(equals + 1).trim() === '') return line;
  return `${pair.slice(0, equals + 1)}${MASK}${rest}`;
}
