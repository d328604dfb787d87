import type { WireRequest } from '../ports';
import { joinSensitive, Secret, type Sensitive } from '../secret';

/** Shorter ones are found by chance. */
const shortest = 6;

/** The secrets that are in the URL and the headers of a request, as they are written there and decoded. */
export function secretsSent({ url, headers }: Pick<WireRequest, 'url' | 'headers'>): readonly string[] {
  const atoms = [url, ...headers.map(([, value]) => value)].flatMap((value) =>
    value instanceof Secret ? value.atoms : [],
  );
  const texts = atoms.map((atom) => atom.revealForTransport());
  return [...new Set(texts.flatMap((text) => [text, decoded(text)]))].filter(({ length }) => length >= shortest);
}

/** A URL that a server named, which is as secret as the secrets of ours that it repeats. */
export function asSecretAs(url: string, secrets: readonly string[]): Sensitive {
  let parts: readonly Sensitive[] = [url];
  for (const secret of secrets) {
    parts = parts.flatMap((part) => (typeof part === 'string' ? aroundSecret(part, secret) : [part]));
  }
  return joinSensitive(parts);
}

/** The URL without the query parameters that repeat a secret. */
export function withoutQuerySecrets(url: URL, secrets: readonly string[]): URL {
  const holds = (pair: string): boolean =>
    secrets.some((secret) => pair.includes(secret) || decoded(pair).includes(secret));
  const pairs = url.search.slice(1).split('&');
  if (!pairs.some(holds)) return url;
  const rest = new URL(url);
  rest.search = pairs.filter((pair) => !holds(pair)).join('&');
  return rest;
}

function aroundSecret(text: string, secret: string): readonly Sensitive[] {
  return text.split(secret).flatMap((part, index) => (index === 0 ? [part] : [new Secret(secret), part]));
}

/** As a form is decoded; never throws. */
function decoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}
