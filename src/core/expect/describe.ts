import type { BodyPlace } from '../request/expectModel';
import { shownValue, type Resolved } from '../request/resolve/resolved';
import { shorten } from '../request/shorten';
import type { Matcher } from './matcher';

const LONGEST = 100;

/** An expectation in words: `body $.items[0].status equals "open"`. Secrets in it are masked. */
export function describe(subject: string, matchers: readonly Matcher<Resolved>[]): string {
  return `${subject} ${allOf(matchers)}`;
}

export function describePlace(place: BodyPlace): string {
  return place.kind === 'text' ? 'body text' : `body ${shorten(place.path, LONGEST)}`;
}

function allOf(matchers: readonly Matcher<Resolved>[]): string {
  return matchers.map(inWords).join(' and ');
}

function inWords(matcher: Matcher<Resolved>): string {
  switch (matcher.kind) {
    case 'exists':
      return matcher.expected ? 'exists' : 'does not exist';
    case 'type':
      return `is of type ${matcher.types.join(' or ')}`;
    case 'length':
      return `has a length that ${allOf(matcher.matchers)}`;
    case 'not':
      return `not (${allOf(matcher.matchers)})`;
    case 'equals':
      return `equals ${shown(matcher.operand)}`;
    case 'contains':
      return `contains ${shown(matcher.operand)}`;
    case 'matches':
      return `matches ${shorten(shownValue(matcher.operand), LONGEST)}`;
    case 'atLeast':
      return `is at least ${shown(matcher.operand)}`;
    case 'atMost':
      return `is at most ${shown(matcher.operand)}`;
    case 'oneOf':
      return `is one of ${shown(matcher.operand)}`;
  }
}

function shown(value: Resolved): string {
  const text = shownValue(value);
  return shorten(value.kind === 'text' ? JSON.stringify(text) : text, LONGEST);
}
