import type { ApiRequestQuirks } from './quirks';

/** The headers that an API wants beside the token. One with the client's id is left out when there is none. */
export function apiHeaders(
  quirks: ApiRequestQuirks | undefined,
  clientId: string | undefined,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(quirks?.headers ?? {}).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : clientId;
    return text === undefined ? [] : [[name, text] as const];
  });
}
