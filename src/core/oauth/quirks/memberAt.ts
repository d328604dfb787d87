/** A JSON object of a server, not yet looked at. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The member at a place such as `authed_user.access_token` or `data.0.login`; `undefined` when something on the way is
 * not there. `null` and empty texts count as not there.
 */
export function memberAt(body: unknown, place: string): unknown {
  let at: unknown = body;
  for (const name of place.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Members)[name];
  }
  return at === null || at === '' ? undefined : at;
}

/** The text or number at a place, as text. */
export function textAt(body: unknown, place: string): string | undefined {
  const member = memberAt(body, place);
  return typeof member === 'string' || typeof member === 'number' ? String(member) : undefined;
}
