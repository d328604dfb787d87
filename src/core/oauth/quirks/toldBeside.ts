import { memberAt, textAt, type Members } from './memberAt';
import type { AuthorizationResponseQuirks, IdentityMembers, TokenResponseQuirks } from './quirks';

/** What an answer tells beside the tokens. */
export interface ToldBeside {
  /** Who signed in, as claims. */
  readonly identity?: Members;
  /** What is worth keeping with the session, by name. */
  readonly captured?: Readonly<Record<string, string>>;
}

/** Longer texts are not kept: what is captured is an id, a name or an address. */
const longest = 1000;

/** Reads from a token response what the provider is known to tell in it. */
export function toldBeside(answer: Members, quirks: TokenResponseQuirks | undefined): ToldBeside {
  const captured = Object.entries(quirks?.captured ?? {}).flatMap(([name, place]) => {
    const text = textAt(answer, place);
    return text === undefined || text.length > longest ? [] : [[name, text] as const];
  });
  const identity = quirks?.identity && identityAt(answer, quirks.identity);
  return {
    ...(identity && { identity }),
    ...(captured.length > 0 && { captured: Object.fromEntries(captured) }),
  };
}

/** Reads from an authorization response what the provider is known to tell in it. A parameter that comes twice is left. */
export function toldInCallback(
  parameters: URLSearchParams,
  quirks: AuthorizationResponseQuirks | undefined,
): ToldBeside {
  const captured = Object.entries(quirks?.captured ?? {}).flatMap(([name, parameter]) => {
    const [text = '', ...more] = parameters.getAll(parameter);
    return text === '' || text.length > longest || more.length > 0 ? [] : [[name, text] as const];
  });
  return captured.length > 0 ? { captured: Object.fromEntries(captured) } : {};
}

/** The claims `sub` and `preferred_username` from where the provider has them; `undefined` without a subject. */
export function identityAt(answer: unknown, { subject, name }: IdentityMembers): Members | undefined {
  const sub = memberAt(answer, subject);
  const names = name.map((place) => textAt(answer, place)).find((text) => text !== undefined);
  return sub === undefined ? undefined : { sub, ...(names !== undefined && { preferred_username: names }) };
}
