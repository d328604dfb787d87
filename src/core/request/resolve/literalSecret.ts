import type { TextRange } from '../diagnostic';
import type { AuthSetting } from '../model';
import type { Expression, Template, Value } from '../value';
import { findVariable, type Scopes } from './scopes';

/** The fields of an `auth` that hold a secret, each with its key for people: in no file may it be written out. */
export function secretFields(auth: AuthSetting): readonly (readonly [key: string, template: Template])[] {
  switch (auth.kind) {
    case 'none':
    case 'auto':
    case 'connection':
      return [];
    case 'basic':
    case 'digest':
      return [[`${auth.kind}.password`, auth.password]];
    case 'bearer':
      return [['bearer', auth.token]];
    case 'apiKey':
      return [['apiKey.value', auth.value]];
    case 'awsSigV4': {
      const { secretAccessKey, sessionToken } = auth;
      const token = sessionToken ? [['awsSigV4.sessionToken', sessionToken] as const] : [];
      return [['awsSigV4.secretAccessKey', secretAccessKey], ...token];
    }
    case 'hmac':
      return [['hmac.key', auth.key]];
  }
}

/** Where a literal stands that has no place there. */
export interface LiteralPlace {
  readonly range: TextRange;
  /** It stands in the project file. */
  readonly inProject: boolean;
}

/**
 * The first place in a field for a secret, or in a variable that leads there, that says something itself: whatever
 * stands in a file is committed with it. What comes in when a request is sent is good, and so is a name that nobody
 * defines: that is a field of a row, or reported elsewhere.
 */
export function literalIn(template: Template, scopes: Scopes, inProject: boolean): LiteralPlace | undefined {
  return placeIn(template, scopes, inProject, new Set());
}

function placeIn(value: Value, scopes: Scopes, inProject: boolean, seen: Set<string>): LiteralPlace | undefined {
  if (value.kind === 'null') return undefined;
  if (value.kind !== 'text') return { range: value.range, inProject };
  for (const part of value.parts) {
    if (part === '') continue;
    const place = typeof part === 'string' ? { range: value.range, inProject } : behind(part, scopes, inProject, seen);
    if (place) return place;
  }
  return undefined;
}

function behind(
  { source, range }: Expression,
  scopes: Scopes,
  inProject: boolean,
  seen: Set<string>,
): LiteralPlace | undefined {
  switch (source.kind) {
    case 'secret':
    case 'env':
    case 'input':
    case 'capture':
    case 'faulty':
      return undefined;
    case 'variable': {
      const found = findVariable(source.name, scopes);
      if (!found || seen.has(source.name)) return undefined;
      seen.add(source.name);
      const { value, origin } = found.variable;
      return placeIn(value, scopes, origin !== 'requestFile', seen);
    }
    case 'uuid':
    case 'now':
    case 'random':
    case 'file':
      return { range, inProject };
  }
}
