import { base64Text } from '../base64';
import type { TokenPlacement } from '../oauth/quirks/quirks';
import type { WireRequest } from '../ports';
import { Secret, type Sensitive } from '../secret';
import type { RequestAuth } from './httpRequest';
import type { HmacAlgorithm, SigningText } from './signing/signingText';
import { withQueryToken } from './tokenPlacement';

/** What a request authenticates with instead of a connection. */
export type Credentials = PlainCredentials | SigningCredentials;

/** Credentials that are sent as they are. */
export type PlainCredentials =
  | { readonly kind: 'basic'; readonly username: Sensitive; readonly password: Secret }
  | { readonly kind: 'bearer'; readonly token: Secret }
  | { readonly kind: 'apiKey'; readonly placement: TokenPlacement; readonly value: Secret };

/** Credentials that never leave: each hop gets what they make of it. */
export type SigningCredentials =
  | { readonly kind: 'digest'; readonly username: Sensitive; readonly password: Secret }
  | {
      readonly kind: 'awsSigV4';
      readonly region: string;
      readonly service: string;
      readonly accessKeyId: Sensitive;
      readonly secretAccessKey: Secret;
      readonly sessionToken: Secret | undefined;
    }
  | {
      readonly kind: 'hmac';
      readonly key: Secret;
      readonly header: string;
      /** What is signed. */
      readonly message: SigningText;
      /** What the header says. */
      readonly value: SigningText;
      readonly algorithm: HmacAlgorithm;
    };

const authorization: TokenPlacement = { in: 'header', name: 'Authorization' };

/** Where the credentials of a request go, so that nothing else may stand there. */
export function credentialsPlaces(auth: RequestAuth): readonly TokenPlacement[] {
  switch (auth.kind) {
    case 'none':
    case 'auto':
    case 'connection':
      return [];
    case 'basic':
    case 'bearer':
    case 'digest':
      return [authorization];
    case 'apiKey':
      return [auth.placement];
    case 'awsSigV4':
      return [
        authorization,
        ...['X-Amz-Date', 'X-Amz-Security-Token'].map((name) => ({ in: 'header', name }) as const),
      ];
    case 'hmac':
      return [{ in: 'header', name: auth.header }];
  }
}

/** Everything secret in credentials, so that an echo of it is found. */
export function secretsOfCredentials(credentials: SigningCredentials): readonly Secret[] {
  const values: readonly unknown[] = Object.values(credentials).flat();
  return values.filter((value) => value instanceof Secret);
}

/** The request with its credentials. All they add is secret, so that a redirect to another origin loses it. */
export function withCredentials<T extends Pick<WireRequest, 'url' | 'headers'>>(
  request: T,
  credentials: PlainCredentials,
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
function basicCredentials({ username, password }: PlainCredentials & { readonly kind: 'basic' }): Secret {
  return Secret.join([username, ':', password]).converted(base64Text);
}
