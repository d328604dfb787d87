import type { SecretMasker } from '../http/secretMasker';
import type { Claims } from '../oauth/codeExchange';
import { printableText } from '../oauth/serverText';
import { isSecretName } from '../request/secretLooks';

/** One member of a token or of an answer about it, as it may be shown. */
export interface ClaimView {
  readonly name: string;
  /**
   * `shown` has its value; `masked` shows it when the user asks for it; `withheld` seems to hold a secret, which
   * nobody gets to see.
   */
  readonly state: 'shown' | 'masked' | 'withheld';
  /** A text as it is, anything else as JSON; empty unless it is shown. Without control characters, bounded. */
  readonly value: string;
  /** Milliseconds since the epoch, where a shown value is a date (NumericDate, RFC 7519 §2). */
  readonly time: number | undefined;
}

export interface ClaimList {
  readonly claims: readonly ClaimView[];
  /** How many there are beyond those. */
  readonly left: number;
}

export interface ClaimOptions {
  /** Whether the user has asked to see what is masked otherwise. */
  readonly reveal: boolean;
  /** Takes the session's own tokens out of the values. */
  readonly mask: SecretMasker;
}

/** Most claims that are listed. */
const mostClaims = 100;
/** Longest name and longest value, in characters. */
const longestName = 100;
const longestValue = 2_000;
/** Most items of one list or object, and most levels, of a value. */
const mostItems = 50;
const mostLevels = 6;

/** Claims about the token and not about the person: RFC 7519, 7662, 8693, 9068, OpenID Connect Core, and what big servers call the same. */
const harmless: ReadonlySet<string> = new Set([
  ...['iss', 'aud', 'exp', 'iat', 'nbf', 'auth_time', 'acr', 'amr', 'azp', 'client_id', 'scope', 'active'],
  ...['token_type', 'token_use', 'scp', 'roles', 'permissions', 'appid', 'cid', 'gty', 'ver'],
  // Of headers: RFC 7515 §4.1 and 7516 §4.1.
  ...['alg', 'enc', 'typ', 'cty', 'kid', 'zip', 'crit'],
]);

const dates: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'auth_time', 'updated_at']);

/** What OAuth hands out or takes in place of a credential, beside what is secret by its name anywhere. */
const grantNames = /(^|[_-])(token|assertion|code)$/i;
/** The beginning of a JWT, alone or inside of something else. */
const tokenInside = /\beyJ[\w-]{8,}\.[\w-]+/;

/** Lists claims for people, with the values masked that say who somebody is. Bounded whatever the claims are. */
export function viewClaims(claims: Claims, options: ClaimOptions): ClaimList {
  const entries = Object.entries(claims);
  return {
    claims: entries.slice(0, mostClaims).map(([name, value]) => viewClaim(name, value, options)),
    left: Math.max(0, entries.length - mostClaims),
  };
}

function viewClaim(name: string, value: unknown, { reveal, mask }: ClaimOptions): ClaimView {
  const shownName = printableText(mask(name), longestName);
  const hidden = { name: shownName, value: '', time: undefined };
  const text = typeof value === 'string' ? mask(value) : jsonText(value, mostLevels, mask);
  // The mask is dots: what is in the value all the same is a token of somebody else.
  if (isSecretName(name) || grantNames.test(name) || tokenInside.test(text)) return { ...hidden, state: 'withheld' };
  if (!reveal && !(harmless.has(name) && isFlat(value))) return { ...hidden, state: 'masked' };
  return {
    name: shownName,
    state: 'shown',
    value: printableText(text, longestValue),
    time: dates.has(name) ? dateOf(value) : undefined,
  };
}

/** An object in place of a text would carry more than its name says. */
function isFlat(value: unknown): boolean {
  return Array.isArray(value) ? value.every((item) => typeof item !== 'object') : typeof value !== 'object';
}

/** JSON with an ellipsis for what is too much; the recursion ends where JSON.stringify would run out of stack. */
function jsonText(value: unknown, levels: number, mask: SecretMasker): string {
  if (typeof value === 'string') return JSON.stringify(mask(value).slice(0, longestValue));
  if (typeof value !== 'object' || value === null) return String(value);
  if (levels === 0) return '…';
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const items = entries.slice(0, mostItems).map(([name, item]) => {
    const text = jsonText(item, levels - 1, mask);
    return isList ? text : `${JSON.stringify(mask(name).slice(0, longestName))}: ${text}`;
  });
  if (entries.length > mostItems) items.push('…');
  return isList ? `[${items.join(', ')}]` : `{${items.join(', ')}}`;
}

/** Milliseconds; `undefined` for what no calendar has. */
function dateOf(value: unknown): number | undefined {
  if (typeof value !== 'number') return undefined;
  const milliseconds = Math.round(value * 1000);
  return Number.isNaN(new Date(milliseconds).getTime()) ? undefined : milliseconds;
}
