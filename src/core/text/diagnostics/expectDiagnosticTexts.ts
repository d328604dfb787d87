import type { MessageTemplate } from '../template';

/** What is wrong with expectations and captures. */
export const expectDiagnosticTexts = {
  'expect.literalMap': {
    message: 'A map is read as matchers, and nothing in this one is a matcher.',
    next: 'To expect the map itself, write {key}: { equals: … }. Matchers are: {known}.',
  },
  'expect.noPath': {
    message: '{path} is no path into a body.',
    next: 'Write a JSONPath such as {nearest}, an XPath such as /order/id, or text for all of it.',
  },
  'expect.badJsonPath': {
    message: '{path} is not a JSONPath: {problem}.',
    next: 'Mend what is marked; RFC 9535 has the rules.',
  },
  'expect.badXPath': {
    message: '{path} is not an XPath: {problem}.',
    next: 'Mend what is marked; XPath 1.0 has the rules.',
  },
  'expect.badPattern': {
    message: '{pattern} is not a regular expression: {problem}.',
    next: 'Write it as in JavaScript with the flag u; (?i) at its start ignores case.',
  },
  'expect.notANumber': {
    message: '{key} compares numbers, and this is none.',
    next: 'Write a number, or a variable that holds one.',
  },
  'expect.notAList': {
    message: '{key} must be a list.',
    next: 'Write {key}: [one, two], or a variable that holds a list.',
  },
  'expect.badSchema': {
    message: 'No body can be held to this JSON Schema: {problem}.',
    next: 'Correct it, or name a file with a schema.',
  },
  'expect.badSchemaFile': {
    message: 'No body can be held to the JSON Schema in {file}: {problem}.',
    next: 'Correct the file, or name another one.',
  },
  'expect.badDigest': {
    message: 'This is not a SHA-256.',
    next: 'Write its 64 hexadecimal digits.',
  },
  'capture.unknownSource': {
    message: '{source} does not say where in the response the value is.',
    next: 'Write one of: {known}.',
  },
  'capture.noName': {
    message: 'Nothing follows {prefix}.',
    next: 'Write what to look for after the colon, such as header:Location, cookie:session or regex:id=(\\d+).',
  },
  'capture.notExpanded': {
    message: 'Variables are not put into what a capture looks for; it is taken as it stands.',
    next: 'Write it out.',
  },
} as const satisfies Record<string, MessageTemplate>;
