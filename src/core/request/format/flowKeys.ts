import type { KeyTable, ValueTable } from './keyTable';

export const rememberValues = {
  session: { docs: 'Asked once in each window.' },
} as const satisfies ValueTable;

/** One entry of `inputs:`. */
export const inputKeys = {
  label: { kind: 'text', docs: 'What people are asked for.' },
  default: { kind: 'text', docs: 'What stands there before anything is entered.' },
  choices: { kind: 'texts', docs: 'The values to choose from.' },
  password: { kind: 'boolean', docs: 'Hides what is entered; what is made from it is a secret.' },
  remember: {
    kind: 'choice',
    docs: 'How long the answer counts: session asks once in each window; left out, once for each send.',
    values: rememberValues,
  },
} as const satisfies KeyTable;

/** What a project and a request file can ask for. */
export const inputsKey = {
  inputs: {
    kind: 'named',
    docs: 'Values for ${input:name} that are asked for when a request is sent.',
    keys: inputKeys,
  },
} as const satisfies KeyTable;

/** What ends an event stream or a socket. */
export const stopKeys = {
  events: {
    kind: 'integer',
    docs: 'So many events, lines or messages have arrived.',
    needsValue: true,
    minimum: 1,
    maximum: 1_000_000,
  },
  after: { kind: 'duration', docs: 'So much time has passed since it began.', needsValue: true },
  matches: {
    kind: 'text',
    docs: 'A regular expression matches in the data of an event; (?i) at its start ignores case.',
    needsValue: true,
  },
} as const satisfies KeyTable;

/** The keys that say when, how often and after what a request is sent; `retry` stands with what it expects. */
export const flowKeys = {
  skip: {
    kind: 'boolean',
    or: 'expression',
    docs: 'Leaves the request out of Send all: true, or a variable.',
  },
  needs: {
    kind: 'texts',
    docs: 'Requests that must have been sent before, in this order.',
    suggest: 'request',
  },
  forEach: {
    kind: 'any',
    suggest: 'file',
    docs: 'Sends the request once for each row of a CSV, TSV or JSON file, or item of a list.',
  },
  stop: {
    kind: 'object',
    docs: 'When an event stream or a socket is ended, as success; whatever comes first counts.',
    keys: stopKeys,
  },
} as const satisfies KeyTable;
