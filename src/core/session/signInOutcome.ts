import type { Session } from '../oauth/model';

/** What a sign-in is asked for. */
export interface SignInOptions {
  /** URI of the workspace folder whose project file names the connection. */
  readonly folder: string;
  /** Scopes wanted beyond the connection's own. */
  readonly scopes?: readonly string[] | undefined;
  /** The account to sign in again; the server is told whom we expect. Absent: let the user choose. */
  readonly accountId?: string | undefined;
  /** Ways to authenticate that would do, best first (OpenID Connect Core §3.1.2.1, RFC 9470 §4). */
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds since the user last authenticated, at most. */
  readonly maxAge?: number | undefined;
  readonly signal: AbortSignal;
}

/** How a sign-in ended. Not trusting the connection is a way of cancelling. */
export type SignInOutcome = { readonly kind: 'signedIn'; readonly session: Session } | { readonly kind: 'cancelled' };
