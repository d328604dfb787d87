import type { Claims } from './codeExchange';
import { sha256 } from './digest';
import type { Account } from './model';
import { plainServerText } from './serverText';

/** Who signed in, as far as the server told. */
export interface Identity {
  /** Stable at the server; `undefined` when it did not say. */
  readonly subject: string | undefined;
  /** What people call the account. */
  readonly name: string | undefined;
  /** What to tell the server when this account is to sign in again. */
  readonly loginHint: string | undefined;
}

const subjectClaims = ['sub', 'id', 'user_id'] as const;
const nameClaims = ['email', 'preferred_username', 'upn', 'username', 'login', 'nickname', 'name'] as const;
const hintClaims = ['email', 'preferred_username', 'upn', 'username', 'login'] as const;

/**
 * Reads an identity from ID token claims, filled up from userinfo. A userinfo answer about another subject is not
 * believed (OpenID Connect Core §5.3.2).
 */
export function identityOf(idToken: Claims | undefined, userinfo: Claims | undefined): Identity {
  const sameSubject = idToken === undefined || userinfo?.['sub'] === idToken['sub'];
  const claims: Claims = { ...(sameSubject ? userinfo : undefined), ...idToken };
  return {
    subject: firstText(claims, subjectClaims),
    name: firstText(claims, nameClaims),
    loginHint: firstText(claims, hintClaims),
  };
}

/** Whether the ID token alone is enough for a label, so that userinfo need not be asked. */
export function namesSomebody(claims: Claims | undefined): boolean {
  return claims !== undefined && firstText(claims, nameClaims) !== undefined;
}

/** The id of an account: the same for the same subject at the same server, and useless to find out who it is. */
export function accountId(serverId: string, subject: string): Promise<string> {
  return sha256(`${serverId}|${subject}`);
}

/**
 * A label that no other account has, because VS Code keys accounts by it: `alice@acme.dev · Acme`, then with the
 * server's host, then with a number.
 */
export function uniqueLabel(
  id: string,
  identity: Identity,
  connectionLabel: string,
  host: string,
  others: readonly Account[],
): string {
  const taken = new Set(others.filter((account) => account.id !== id).map(({ label }) => label));
  const who = plainServerText(identity.name ?? identity.subject ?? '').slice(0, 100);
  const base = who === '' ? connectionLabel : `${who} · ${connectionLabel}`;
  const candidates = [base, `${base} (${host})`];
  for (let number = 2; ; number++) {
    const free = candidates.find((candidate) => !taken.has(candidate));
    if (free !== undefined) return free;
    candidates.push(`${base} (${host}, ${number})`);
  }
}

function firstText(claims: Claims, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = claims[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}
