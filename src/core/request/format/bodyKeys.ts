import type { KeyTable } from './keyTable';

export const graphqlKeys = {
  query: {
    kind: 'template',
    docs: 'The query or mutation; ${file:./orders.graphql} takes it from a file.',
    needsValue: true,
  },
  variables: {
    kind: 'variables',
    or: 'expression',
    docs: 'The variables of the query, with their types; or one expression that has them.',
  },
  operationName: {
    kind: 'template',
    docs: 'Which operation of the query is meant.',
    needsValue: true,
  },
} as const satisfies KeyTable;

/** A part of a multipart body that says more than its text. */
export const partKeys = {
  text: { kind: 'template', docs: 'A part that is text.', needsValue: true },
  json: { kind: 'any', docs: 'A part that is JSON.' },
  file: {
    kind: 'template',
    docs: 'A file inside the workspace folder, relative to this file; it is sent piece by piece.',
    needsValue: true,
    suggest: 'file',
  },
  type: { kind: 'template', docs: 'The Content-Type of the part; left out, what fits.' },
  name: {
    kind: 'template',
    docs: 'The file name that the server is told; left out, that of the file.',
  },
} as const satisfies KeyTable;

/** The keys that hold a body; a request has at most one. */
export const bodyKeys = {
  json: { kind: 'any', docs: 'A JSON body; numbers are sent exactly as written.' },
  form: { kind: 'fields', docs: 'An application/x-www-form-urlencoded body.' },
  multipart: {
    kind: 'parts',
    docs: 'A multipart/form-data body: texts, or parts with { text, type }, { json } or { file, type, name }.',
    keys: partKeys,
  },
  text: { kind: 'template', docs: 'A text body.', needsValue: true },
  xml: {
    kind: 'template',
    docs: 'An XML body; what variables put in is escaped.',
    needsValue: true,
  },
  graphql: {
    kind: 'object',
    or: 'template',
    docs: 'A GraphQL request: the query, or { query, variables, operationName }.',
    needsValue: true,
    keys: graphqlKeys,
  },
  file: {
    kind: 'template',
    docs: 'A file whose content is the body, relative to this file and inside the workspace folder.',
    needsValue: true,
    suggest: 'file',
  },
} as const satisfies KeyTable;
