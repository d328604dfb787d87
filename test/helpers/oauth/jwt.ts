/** A JWT with a signature that is none. */
export function unsignedJwt(claims: unknown, header: unknown = { alg: 'RS256' }): string {
  return [header, claims].map(encoded).join('.') + '.c2ln';
}

function encoded(part: unknown): string {
  const text = typeof part === 'string' ? part : JSON.stringify(part);
  return Buffer.from(text).toString('base64url');
}
