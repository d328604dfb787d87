import type { Resolved } from '../request/resolve/resolved';
import { revealForTransport } from '../secret';

/** What a scalar reads as, secret or not: to be worked with, not to be shown. `undefined` for lists and maps. */
export function plainText(value: Resolved): string | undefined {
  if (value.kind === 'text') return revealForTransport(value.text);
  return value.kind === 'raw' ? revealForTransport(value.json) : undefined;
}
