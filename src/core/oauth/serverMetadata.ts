import type { AuthorizationServer } from 'oauth4webapi';
import { scopeTokens } from './protectedResource';

/** An authorization server as a sign-in knows it. */
export interface ServerMetadata {
  /** Issuer or, without one, the token endpoint: what names the server in sessions and accounts. */
  readonly id: string;
  /**
   * Whether the issuer is known. Without one, neither the `iss` of a callback (RFC 9207) nor an ID token can be
   * checked, so both are left unread.
   */
  readonly issuerKnown: boolean;
  readonly metadata: AuthorizationServer;
  /** http origins beyond loopback that the user approved for this connection. */
  readonly insecureOrigins: readonly string[];
  /** Name of the preset whose quirk profile normalises requests and answers; absent: the server keeps to the RFCs. */
  readonly preset?: string | undefined;
}

/** The library wants a name for every server; this one stands for those without, and nothing is compared with it. */
export const unknownIssuer = 'https://issuer.invalid';

/** Host (with port, in ASCII) of an endpoint, for messages; falls back to the server's id. */
export function hostOf(url: string | undefined, server: Pick<ServerMetadata, 'id'>): string {
  const text = url ?? server.id;
  return URL.canParse(text) ? new URL(text).host : text;
}

/** The scopes that a server says it knows (RFC 8414 §2), as far as they are scopes; `undefined` when it does not say. */
export function supportedScopes({ scopes_supported: told }: AuthorizationServer): readonly string[] | undefined {
  if (!Array.isArray(told)) return undefined;
  return scopeTokens(told.filter((each) => typeof each === 'string'));
}
