/**
 * The `form-action` sources of a page whose form ends in a redirect to `redirectUri`. Chromium applies the directive
 * to every redirect after the submission, so the client's address must be listed beside our own.
 */
export function formActionSources(redirectUri: string | undefined): string {
  const target = redirectUri !== undefined && URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (target === undefined) return "'self'";
  if (target.protocol !== 'http:' && target.protocol !== 'https:') return `'self' ${target.protocol}`;
  // A host source cannot spell an IPv6 address (CSP Level 3 §2.3.1), so the scheme has to do.
  return target.hostname.startsWith('[') ? `'self' ${target.protocol}` : `'self' ${target.origin}`;
}
