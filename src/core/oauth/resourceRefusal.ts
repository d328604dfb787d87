/**
 * The code of an error that a server answered with: its own where the server takes no request for the API that is named
 * (RFC 8707 §2), which is the same mistake in the project file wherever it shows.
 */
export function codeUnlessResource<T>(error: string, code: T): T | 'oauth.resourceRefused' {
  return error === 'invalid_target' ? 'oauth.resourceRefused' : code;
}
