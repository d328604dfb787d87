import { expressionMark, hasMarks, isOnlyMarks, markedSources } from '../../curl/marks';
import type { SecretKeeper } from '../../curl/secretKeeper';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import { isSecretHeader, isSecretName, looksLikeSecret } from '../../request/secretLooks';
import { importNote, type ImportNote } from '../importNote';
import type { ImportedAuth, ImportedCollection, ImportedField, ImportedVariable } from '../importModel';
import { mapYaml, textYaml } from './yamlParts';

/** The keys of an `auth` whose value must not be written out. */
const secretKeys: ReadonlySet<string> = new Set([
  ...['password', 'bearer', 'value', 'accessKeyId', 'secretAccessKey', 'sessionToken'],
]);

/** A text for a field that takes nothing but expressions: what is written out becomes a secret. */
export function secretText(text: string, suggestion: string, secrets: SecretKeeper, notes: ImportNote[]): string {
  if (text === '') return secrets.unknown(suggestion);
  if (!markedSources(text).some(isMadeUp)) return withoutLiterals(text, suggestion, secrets);
  const mark = secrets.unknown(suggestion);
  notes.push(importNote('mixedSecret', { name: markedSources(mark)[0]?.replace('secret:', '') ?? suggestion }));
  return mark;
}

/** A text in which everything but variables is a secret. */
function withoutLiterals(text: string, suggestion: string, secrets: SecretKeeper): string {
  return literalsOf(text, (literal) => secrets.keep(suggestion, literal));
}

/** Replaces what stands between the variables of a text. */
function literalsOf(text: string, replace: (literal: string) => string): string {
  return text.replace(/\ufdd4[^\ufdd5]*\ufdd5|[^\ufdd4]+/g, (part) => (hasMarks(part) ? part : replace(part)));
}

/** The value of a named field of a body; beside variables, too, nothing secret stays. */
export function fieldText(name: string | undefined, value: string, secrets: SecretKeeper): string {
  const isMixed = hasMarks(value) && !isOnlyMarks(value);
  if (isMixed && name !== undefined && isSecretName(name)) return withoutLiterals(value, name, secrets);
  return secrets.field(name, value);
}

/** The value of a header that holds variables: what looks like a credential between them becomes a secret. */
export function headerText({ name, value }: ImportedField, secrets: SecretKeeper): string {
  if (!hasMarks(value) || !isSecretHeader(name)) return value;
  return literalsOf(value, (literal) => (looksLikeSecret('token', literal) ? secrets.keep(name, literal) : literal));
}

/** An `auth` with every secret field of it as {@link secretText} has it. */
export function secretAuth(auth: NewYaml, host: string, secrets: SecretKeeper, notes: ImportNote[]): NewYaml {
  if (auth.kind !== 'map') return auth;
  return mapYaml(
    auth.entries.map(([key, value]): NewYamlEntry => {
      if (value.kind === 'map') return [key, secretAuth(value, host, secrets, notes)];
      if (value.kind !== 'text' || !secretKeys.has(key)) return [key, value];
      return [key, textYaml(secretText(value.text, `${host}-${suggestions[key] ?? key}`, secrets, notes))];
    }),
  );
}

const suggestions: Readonly<Record<string, string>> = {
  ...{ bearer: 'token', value: 'key', accessKeyId: 'access-key-id' },
  ...{ secretAccessKey: 'secret-access-key', sessionToken: 'session-token' },
};

/** Values that are no input from outside, and so are as good as written out. */
function isMadeUp(source: string): boolean {
  return /^(?:uuid|now|random|file)\b/.test(source);
}

/** Names of the variables whose values are secrets: where they are used, how they are called, or what they look like. */
export function secretVariables({ requests, variables, environments }: ImportedCollection): ReadonlySet<string> {
  const secret = new Set<string>();
  const add = (text: string): void => {
    for (const source of markedSources(text)) secret.add(source);
  };
  for (const { auth, headers, url } of requests) {
    add(/^[^/?#]*:\/\/[^/?#:@]*:([^/?#@]*)@/.exec(url)?.[1] ?? '');
    for (const text of auth ? secretsOf(auth) : []) add(text);
    for (const { name, value } of headers) if (isSecretHeader(name) && !/^cookie$/i.test(name)) add(value);
  }
  const own = requests.flatMap((each) => each.variables ?? []);
  const defined = [variables, own, ...environments.map((each) => each.variables)].flat();
  for (const variable of defined) if (isSecretVariable(variable)) secret.add(variable.name);
  // What a secret is made of is as secret.
  const waiting = [...secret];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const { value } of defined.filter((each) => each.name === name)) {
      for (const source of value.kind === 'text' ? markedSources(value.text) : []) {
        if (secret.has(source)) continue;
        secret.add(source);
        waiting.push(source);
      }
    }
  }
  return secret;
}

function isSecretVariable({ name, value, isSecret }: ImportedVariable): boolean {
  if (isSecret === true) return true;
  if (value.kind !== 'text' || value.text === '' || hasMarks(value.text)) return false;
  return isSecretName(name) || looksLikeSecret(name, value.text);
}

function secretsOf(auth: ImportedAuth): readonly string[] {
  switch (auth.kind) {
    case 'none':
    case 'auto':
      return [];
    case 'basic':
    case 'digest':
      return [auth.password];
    case 'bearer':
      return [auth.token];
    case 'apiKey':
      return [auth.value];
    case 'awsSigV4':
      return [auth.secretAccessKey, auth.sessionToken];
    case 'oauth2':
      return [auth.client.clientSecret];
  }
}

/** The value of a variable, as a file may hold it. */
export function variableValue(
  { name, value }: ImportedVariable,
  isSecret: boolean,
  suggestion: string,
  secrets: SecretKeeper,
  notes: ImportNote[],
): NewYaml {
  if (!isSecret) return withoutTokens(value, name, secrets);
  if (value.kind === 'raw' && value.source !== 'null') return textYaml(secrets.keep(suggestion, value.source));
  return value.kind === 'text'
    ? textYaml(secretText(value.text, suggestion, secrets, notes))
    : withoutTokens(value, name, secrets);
}

function withoutTokens(value: NewYaml, name: string | undefined, secrets: SecretKeeper): NewYaml {
  switch (value.kind) {
    case 'raw':
      return value;
    case 'text':
      return textYaml(fieldText(name, value.text, secrets));
    case 'list':
      return { kind: 'list', items: value.items.map((item) => withoutTokens(item, name, secrets)) };
    case 'map':
      return mapYaml(value.entries.map(([key, inner]) => [key, withoutTokens(inner, key, secrets)]));
  }
}

/** The expression for a secret of that name. */
export function secretMark(name: string): string {
  return expressionMark(`secret:${name}`);
}
