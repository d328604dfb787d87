import { base64Text } from '../base64';
import type { TokenPlacement } from '../oauth/quirks/quirks';
import type { WireRequest } from '../ports';
import { Secret, type Sensitive } from '../secret';
import type { RequestAuth } from './httpRequest';
import { withQueryToken } from './tokenPlacement';

/** What a request authenticates with instead of a connection. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: Sensitive; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'apiKey'; readonly placement: TokenPlacement; readonly value: Secret };

const authorization: TokenPlacement = { in: 'header', name: 'Authorization' };

/** Where the credentials of a request go, so that nothing else may stand there; `undefined` where it names none. */
export function credentialsPlacement(auth: RequestAuth): TokenPlacement | undefined {
  switch (auth.kind) {
    case 'none':
    case 'auto':
    case 'connection':
      return undefined;
    case 'basic':
    case 'bearer':
      return authorization;
    case 'apiKey':
      return auth.placement;
  }
}

/** The request with its credentials. All they add is secret, so that a redirect to another origin loses it. */
export function withCredentials<T extends Pick<WireRequest, 'url' | 'headers'>>(
  request: T,
  credentials: Credentials,
): T {
  switch (credentials.kind) {
    case 'basic':
      return withAuthorization(request, ['Basic ', basicCredentials(credentials)]);
    case 'bearer':
      return withAuthorization(request, ['Bearer ', credentials.token]);
    case 'apiKey': {
      const { placement, value } = credentials;
      if (placement.in === 'query') return { ...request, url: withQueryToken(request.url, placement.name, value) };
      return { ...request, headers: [...request.headers, [placement.name, value]] };
    }
  }
}

function withAuthorization<T extends Pick<WireRequest, 'headers'>>(request: T, value: readonly Sensitive[]): T {
  return { ...request, headers: [...request.headers, ['Authorization', Secret.join(value)]] };
}

/** RFC 7617 §2, in UTF-8 (§2.1). The user name is as secret as the password that it is encoded with. */
function basicCredentials({ username, password }: Credentials & { readonly kind: 'basic' }): Secret {
  return Secret.join([username, ':', password]).converted(base64Text);
}
