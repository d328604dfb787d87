import { hexText } from '../hex';
import type { ResponseBody } from '../http/exchange';

const HASHED_AT_ONCE = 1024 * 1024;

/** SHA-256 of a body's bytes, in lower-case hexadecimal. */
export async function bodyDigest(body: ResponseBody, pause: () => Promise<void>): Promise<string> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const hash = sha256.create();
  for (let at = 0; at < body.size; at += HASHED_AT_ONCE) {
    if (at > 0) await pause();
    hash.update(await body.read(at, at + HASHED_AT_ONCE));
  }
  return hexText(hash.digest());
}
