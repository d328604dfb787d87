import type { Resolved } from '../request/resolve/resolved';
import { Secret } from '../secret';
import type { Expectations } from './expectations';
import type { Matcher } from './matcher';

/** The secrets in a value. */
export function secretsIn(value: Resolved): readonly Secret[] {
  const found: Secret[] = [];
  collect(value, found);
  return found;
}

function collect(value: Resolved, found: Secret[]): void {
  switch (value.kind) {
    case 'text':
      if (value.text instanceof Secret) found.push(value.text);
      return;
    case 'raw':
      if (value.json instanceof Secret) found.push(value.json);
      return;
    case 'list':
      for (const item of value.items) collect(item, found);
      return;
    case 'map':
      for (const entry of value.entries) collect(entry.value, found);
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
