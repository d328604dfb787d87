import type { Resolved } from '../request/resolve/resolved';
import { Secret } from '../secret';
import type { Expectations } from './expectations';
import type { Matcher } from './matcher';

/** The secrets in a value. */
export function secretsIn(value: Resolved): readonly Secret[] {
  switch (value.kind) {
    case 'text':
      return value.text instanceof Secret ? [value.text] : [];
    case 'raw':
      return value.json instanceof Secret ? [value.json] : [];
    case 'list':
      return value.items.flatMap(secretsIn);
    case 'map':
      return value.entries.flatMap((entry) => secretsIn(entry.value));
  }
}

/** The secrets that a response is compared with: one that is equal holds them. */
export function secretsExpected({ headers, body, schema }: Expectations): readonly Secret[] {
  const matchers = [...headers, ...body].flatMap((part) => part.matchers);
  return [...matchers.flatMap(secretsInMatcher), ...(schema?.kind === 'inline' ? secretsIn(schema.schema) : [])];
}

function secretsInMatcher(matcher: Matcher<Resolved>): readonly Secret[] {
  if ('operand' in matcher) return secretsIn(matcher.operand);
  return 'matchers' in matcher ? matcher.matchers.flatMap(secretsInMatcher) : [];
}
