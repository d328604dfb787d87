import type { MessageTemplate } from './template';

/** Failures of reading API descriptions. */
export const descriptionErrorTexts = {
  'description.notReadable': {
    message: '{file} cannot be read at line {line}, column {column}: {problem}',
    next: 'Mend it there, or choose another file: an API description is JSON or YAML.',
  },
  'description.notOne': {
    message: '{file} is no API description: it has neither "openapi" nor "swagger" at its top.',
    next: 'Choose a file that begins with openapi: 3.1.0, openapi: 3.0.0 or swagger: "2.0".',
  },
  'description.unknownVersion': {
    message: '{file} is written in version {version} of OpenAPI, which Latchkey does not read.',
    next: 'Convert it to OpenAPI 3.1 or 3.0, or choose a description in OpenAPI 3 or Swagger 2.0.',
  },
  'description.tooLarge': {
    message: '{file} is too large for an API description: more than {limit}.',
    next: 'Choose the description itself, or a part of it in a file of its own.',
  },
  'description.tooDeep': {
    message: '{file} is nested more than {limit} levels deep, or holds itself.',
    next: 'Look for an alias in it that stands within its own anchor.',
  },
  'description.tooManyFiles': {
    message: '{file} refers to more than {limit} other files.',
    next: 'Bundle the description into one file and open that.',
  },
  'description.noOperations': {
    message: '{file} describes no operation.',
    next: 'Choose the file that holds "paths"; parts of a description are read from there.',
  },
  'description.notServed': {
    message: '{url} answered {status} instead of an API description.',
    next: 'Look whether the address is right; a description that needs a sign-in can be saved to a file and opened from there.',
  },
  'description.notThere': {
    message: 'There is no file {file}.',
    next: 'Look whether it was moved, and open it from where it is now.',
  },
  'description.outOfMemory': {
    message: 'The API description needs more memory than there is for it.',
    next: 'Open a part of it: a file with fewer paths.',
  },
  'description.elsewhere': {
    message: '{file} refers to {reference}, which is not read: it lies elsewhere.',
    next: 'Put it beside the description, or bundle the description into one file.',
  },
} as const satisfies Record<string, MessageTemplate>;
