import type { AuthorizationServer } from 'oauth4webapi';

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
