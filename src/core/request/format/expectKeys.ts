import type { KeyTable, ValueTable } from './keyTable';

export const typeValues = {
  string: { docs: 'A text.' },
  number: { docs: 'Any number.' },
  integer: { docs: 'A number without a fraction; 1.0 is one.' },
  boolean: { docs: 'One of true and false.' },
  array: { docs: 'A list.' },
  object: { docs: 'A map.' },
  null: { docs: 'Nothing, written null.' },
} as const satisfies ValueTable;

/** What a value can be held to. All matchers of a map have to hold. */
export const matcherKeys = {
  equals: {
    kind: 'any',
    docs: 'The value is this one; numbers count by what they are worth, so 1.10 equals 1.1.',
  },
  contains: {
    kind: 'any',
    docs: 'A text has this in it, a list has an item like this, a map has these entries among others.',
  },
  matches: {
    kind: 'template',
    docs: 'A regular expression matches somewhere in the text; (?i) at its start ignores case.',
    needsValue: true,
  },
  atLeast: { kind: 'any', docs: 'The number is this or more.' },
  atMost: { kind: 'any', docs: 'The number is this or less.' },
  oneOf: { kind: 'any', docs: 'The value is one of this list.' },
  exists: { kind: 'boolean', docs: 'Whether there is a value at all.', needsValue: true },
  type: {
    kind: 'choices',
    docs: 'The JSON type of the value, or a list of types.',
    values: typeValues,
  },
  length: {
    kind: 'matchers',
    docs: 'How many characters a text, items a list or entries a map has: a number, or matchers for it.',
  },
  not: { kind: 'matchers', docs: 'The value is not this, or the matchers here do not all hold.' },
} as const satisfies KeyTable;

/** Matchers of `time`: durations such as 800ms. */
export const timeKeys = {
  atMost: {
    kind: 'duration',
    or: 'expression',
    docs: 'The longest time, such as 800ms.',
    needsValue: true,
  },
  atLeast: {
    kind: 'duration',
    or: 'expression',
    docs: 'The shortest time, such as 1s.',
    needsValue: true,
  },
} as const satisfies KeyTable;

/** Matchers of `size`: bytes, or texts such as 5MB. */
export const sizeKeys = {
  equals: { kind: 'size', docs: 'The exact size.', needsValue: true },
  atMost: { kind: 'size', docs: 'The biggest size, such as 5MB.', needsValue: true },
  atLeast: { kind: 'size', docs: 'The smallest size, such as 1kB.', needsValue: true },
} as const satisfies KeyTable;

export const expectKeys = {
  status: { kind: 'status', docs: 'The expected status: a number, a class such as 2xx, or a list.' },
  headers: {
    kind: 'matchersByName',
    docs: 'What the response headers must be; names ignore case.',
    suggest: 'header',
    keys: matcherKeys,
  },
  body: {
    kind: 'matchersByName',
    docs: 'What is at a JSONPath ($.items[0].id), at an XPath (/order/@id), or in the whole text (text).',
    suggest: 'responsePath',
    keys: matcherKeys,
  },
  schema: {
    kind: 'any',
    docs: 'A JSON Schema that the body must be valid by: a file, or the schema itself.',
    suggest: 'file',
  },
  time: { kind: 'object', docs: 'How long the exchange may take.', keys: timeKeys },
  size: {
    kind: 'object',
    or: 'size',
    docs: 'How big the body may be, after decoding.',
    keys: sizeKeys,
  },
  sha256: { kind: 'template', docs: 'The SHA-256 of the body, in hexadecimal.' },
} as const satisfies KeyTable;

/** A capture that says more than where its value is. */
export const captureKeys = {
  from: {
    kind: 'text',
    docs: 'Where the value is: a JSONPath, an XPath, header:Name, cookie:name, regex:…(…)…, status, body or url.',
    suggest: 'responsePath',
    needsValue: true,
  },
  secret: {
    kind: 'boolean',
    docs: 'Whether the value is a secret; left out, Latchkey looks at it.',
    needsValue: true,
  },
} as const satisfies KeyTable;
