import { MESSAGE_NAMES, VALUE_NAMES, type SigningName } from '../http/signing/signingText';
import type { KeyPlace } from './keyPlace';

/** What the names stand for that a signature is made of, and that are known only when a request is signed. */
export const SIGNING_DOCS: Readonly<Record<SigningName, string>> = {
  method: 'The method, such as POST.',
  url: 'The whole URL.',
  host: 'The host, with its port where that is not the usual one.',
  target: 'Path and query.',
  path: 'The path.',
  query: 'The query, without its question mark.',
  timestamp: 'The time of the signature in Unix seconds, the same in message and value.',
  nonce: 'A random text, the same in message and value.',
  body: 'The body.',
  bodyHash: 'The hash of the body in hex; ${bodyHash|base64} in base64.',
  signature: 'The signature in hex; ${signature|base64} in base64.',
};

/** The names that mean something in the text of a signature at a place, beside variables. */
export function signingNamesAt(place: KeyPlace | undefined): readonly SigningName[] {
  const [hmac, key] = place?.path.slice(-2) ?? [];
  if (hmac !== 'hmac' || place?.name !== undefined) return [];
  if (key === 'message') return MESSAGE_NAMES;
  return key === 'value' ? VALUE_NAMES : [];
}
