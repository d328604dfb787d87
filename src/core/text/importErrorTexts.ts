import type { MessageTemplate } from './template';

/** Importing what other tools have written. */
export const importErrorTexts = {
  'import.tooBig': {
    message: '{file} has {size}, and no more than {limit} are imported.',
    next: 'Export a part of it from the other tool and import that.',
  },
  'import.unreadable': {
    message: '{file} could not be read.',
    next: 'Check that it exists and that you may read it.',
  },
  'import.notText': {
    message: '{file} is not a text in UTF-8.',
    next: 'Export it again from the other tool.',
  },
  'import.broken': {
    message: '{file} breaks off or has a mistake on line {line}, so nothing was imported.',
    next: 'Export it again from the other tool.',
  },
  'import.unknownFormat': {
    message: '{file} is in none of the formats that can be imported.',
    next: 'Choose an export of: {formats}. API descriptions (OpenAPI, Swagger) are opened with "Latchkey: Open API Description".',
  },
  'import.nothingFound': {
    message: '{file} has no requests and no environments in it.',
    next: 'Check that it is the right file, or export it again.',
  },
  'import.tooMany': {
    message: 'There are {count} requests in it, and no more than {limit} are imported at once.',
    next: 'Export the folders one by one and import those.',
  },
  'import.untrusted': {
    message: '{file} is there already, and this workspace is not trusted, so nothing was imported.',
    next: 'Trust the workspace if you trust who wrote its files, and import again.',
  },
  'import.notWritten': {
    message: '{file} could not be written, so nothing was imported.',
    next: 'Check that the folder may be written to and try again.',
  },
} as const satisfies Record<string, MessageTemplate>;
