import type { NewYaml, NewYamlEntry } from '../request/edit/newYaml';
import { isSecretName, looksLikeSecret } from '../request/secretLooks';
import { secretName } from './apiCredentials';

/** Where values have names that say what they are. */
const NAMED: ReadonlySet<string> = new Set(['variables', 'query', 'headers', 'json', 'form', 'multipart']);

/**
 * The entries of a request with `${secret:name}` where a value is secret by its name or its looks: examples of
 * passwords and tokens are nobody's, and who puts their own in their place must not do so in a file.
 */
export function withoutSecrets(entries: readonly NewYamlEntry[]): readonly NewYamlEntry[] {
  return entries.map(([key, value]) => [key, NAMED.has(key) ? named(undefined, value) : value]);
}

function named(name: string | undefined, value: NewYaml): NewYaml {
  switch (value.kind) {
    case 'raw':
      return value;
    case 'list':
      return { kind: 'list', items: value.items.map((item) => named(name, item)) };
    case 'map':
      return { kind: 'map', entries: value.entries.map(([key, inner]) => [key, named(key, inner)]) };
    case 'text':
      return name === undefined ? value : { kind: 'text', text: withoutSecret(name, value.text) };
  }
}

/** The text of a named value, or the name of the secret that it stands for. A header of cookies has names of its own. */
export function withoutSecret(name: string, text: string): string {
  // An expression is none that was written out.
  if (text === '' || name === 'Cookie' || /(?<!\$)\$\{/.test(text)) return text;
  return isSecretName(name) || looksLikeSecret(name, text) ? `\${secret:${secretName(name)}}` : text;
}
