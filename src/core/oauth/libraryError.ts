import {
  OperationProcessingError,
  ResponseBodyError,
  UnsupportedOperationError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';

/** An `error` answer of an authorization server (RFC 6749 §5.2). */
export interface ServerError {
  readonly error: string;
  readonly description: string | undefined;
}

/** The OAuth error in what the library threw, wherever the server put it; `undefined` when there is none. */
export async function serverErrorOf(error: unknown): Promise<ServerError | undefined> {
  if (error instanceof ResponseBodyError) return { error: error.error, description: error.error_description };
  if (error instanceof WWWAuthenticateChallengeError) return challengeError(error);
  return undefined;
}

/**
 * What the library found wrong, without its `cause`: that holds the server's answer, tokens included, and would end
 * up in a log. `undefined` for errors that are not the library's.
 */
export function libraryErrorOf(error: unknown): { readonly code: string; readonly reason: string } | undefined {
  if (error instanceof OperationProcessingError || error instanceof UnsupportedOperationError) {
    return { code: error.code ?? 'unknown', reason: error.message };
  }
  return undefined;
}

/** A 401 carries a challenge, which the library reports before it looks at the body with the OAuth error. */
async function challengeError(error: WWWAuthenticateChallengeError): Promise<ServerError> {
  const body: unknown = await error.response
    .clone()
    .json()
    .catch(() => undefined);
  const parameters = error.cause[0]?.parameters;
  const text = (name: string): string | undefined => {
    const value = isRecord(body) ? body[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    error: text('error') ?? parameters?.error ?? 'invalid_client',
    description: text('error_description') ?? parameters?.error_description,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
