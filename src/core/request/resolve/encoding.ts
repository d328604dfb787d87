const encoder = new TextEncoder();

/** Every byte of the text as `%XX`, for characters that cannot stand in a URL. */
function percentEncode(text: string): string {
  return Array.from(encoder.encode(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** Text as one piece of a URL: all but unreserved characters (RFC 3986 §2.3) encoded. */
export function encodeComponent(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~]+/gu, percentEncode);
}

/** What cannot stand in a URL at all (RFC 3986 appendix A) encoded; a stray `%` too. */
export function encodeIllegal(text: string): string {
  return text.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/gu, percentEncode);
}
