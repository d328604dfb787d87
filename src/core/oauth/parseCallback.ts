import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import { constantTimeEqual } from './constantTimeEqual';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { describedAs, plainServerText } from './serverText';
import { codeUnlessResource } from './resourceRefusal';

declare const validated: unique symbol;

/** An authorization response whose state and issuer have been checked; only {@link parseCallback} makes one. */
export interface ValidatedCallback {
  readonly [validated]: true;
  /** In the form that the library takes for the code exchange. */
  readonly parameters: URLSearchParams;
}

/** The sign-in that a callback is compared with. */
export interface ExpectedCallback {
  readonly state: string;
  readonly server: ServerMetadata;
  readonly clientId: string;
}

export type CallbackReading =
  | { readonly kind: 'code'; readonly callback: ValidatedCallback }
  /** Meant for this sign-in, and its end. */
  | { readonly kind: 'failed'; readonly error: LatchkeyError }
  /** Not meant for this sign-in, late or forged: ignored, because anybody can send one. */
  | { readonly kind: 'notOurs'; readonly reason: LatchkeyError };

/** Parameters that decide; a second value of one could be another's. */
const singleParameters = ['state', 'code', 'iss', 'error'] as const;

/**
 * Judges what came back from the browser: state in constant time, then the issuer (RFC 9207), on success and error
 * alike, then the server's error or the code.
 */
export function parseCallback(url: URL, expected: ExpectedCallback): CallbackReading {
  const query = new URLSearchParams(url.searchParams);
  const states = query.getAll('state');
  if (states.length === 0) return { kind: 'notOurs', reason: new LatchkeyError('oauth.callbackStateMissing') };
  if (!states.some((state) => constantTimeEqual(state, expected.state))) {
    return { kind: 'notOurs', reason: new LatchkeyError('oauth.callbackStateUnknown') };
  }
  return validate(query, expected);
}

/**
 * A code that the user copied from a page. It brings no state and no issuer to check: who pasted it vouches for it,
 * it is sent to this sign-in's own server only, and PKCE makes a code of somebody else's sign-in worthless there.
 */
export function callbackFromCode(code: string, expected: ExpectedCallback): CallbackReading {
  const iss = expected.server.metadata.issuer;
  return validate(new URLSearchParams({ code, state: expected.state, iss }), expected);
}

function validate(query: URLSearchParams, { state, server, clientId }: ExpectedCallback): CallbackReading {
  const host = hostOf(server.metadata.authorization_endpoint, server);
  const repeated = singleParameters.find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) return failed(new LatchkeyError('oauth.callbackRepeated', { host, parameter: repeated }));
  if (!server.issuerKnown) query.delete('iss');
  const wrongIssuer = issuerError(query, server);
  if (wrongIssuer) return failed(wrongIssuer);
  try {
    const parameters = validateAuthResponse(server.metadata, { client_id: clientId }, query, state);
    if (!parameters.get('code')) return failed(new LatchkeyError('oauth.callbackInvalid', { host }));
    return { kind: 'code', callback: { parameters } as ValidatedCallback };
  } catch (error) {
    return failed(responseError(error, host));
  }
}

function issuerError(query: URLSearchParams, { metadata }: ServerMetadata): LatchkeyError | undefined {
  const found = query.get('iss');
  const { issuer } = metadata;
  if (found !== null && found !== issuer) {
    return new LatchkeyError('oauth.callbackIssuerWrong', { issuer, found: plainServerText(found) });
  }
  return found === null && metadata.authorization_response_iss_parameter_supported === true
    ? new LatchkeyError('oauth.callbackIssuerMissing', { issuer })
    : undefined;
}

function responseError(error: unknown, host: string): LatchkeyError {
  if (!(error instanceof AuthorizationResponseError)) return new LatchkeyError('oauth.callbackInvalid', { host });
  const description = describedAs(error.error_description);
  return error.error === 'access_denied'
    ? new LatchkeyError('oauth.accessDenied', { host, description })
    : new LatchkeyError(codeUnlessResource(error.error, 'oauth.authorizationRefused'), {
        host,
        error: plainServerText(error.error),
        description,
      });
}

function failed(error: LatchkeyError): CallbackReading {
  return { kind: 'failed', error };
}
