import type { MessageTemplate } from '../template';

/** What is wrong with an expression, as it is written. */
export const expressionDiagnosticTexts = {
  'expression.unclosed': {
    message: 'This ${ is not closed.',
    next: 'Add the closing }, or write $${ for the characters themselves.',
  },
  'expression.empty': {
    message: 'There is no name between the braces.',
    next: 'Write the name of a variable, or $${ for the characters themselves.',
  },
  'expression.badName': {
    message: '{name} cannot be the name of a variable.',
    next: 'Names have letters, digits, _ and -, with spaces only inside.',
  },
  'expression.unknownSource': {
    message: '{source}: is not a source of values.',
    next: 'Sources are: {known}.',
  },
  'expression.unknownFilter': {
    message: '{filter} is not a filter.',
    next: 'Filters are: {known}.',
  },
  'expression.noFile': {
    message: 'There is no file named after file:.',
    next: 'Write a path relative to this file, such as file:./body.txt.',
  },
  'expression.fileOutside': {
    message: 'The file {file} lies outside of the workspace folder, where Latchkey reads nothing.',
    next: 'Move the file into the workspace folder, and write its path relative to the file that names it.',
  },
  'expression.fileLinkedOut': {
    message: 'A link leads from {file} out of the workspace folder, where Latchkey reads nothing.',
    next: 'Put the file itself into the workspace folder.',
  },
  'expression.fileForbidden': {
    message: 'The file {file} is one that Latchkey never reads into a request.',
    next: 'Use another file; .env is read with env:NAME.',
  },
  'expression.notInConnection': {
    message: 'A connection may use variables and the .env file of its project only.',
    next: 'Put the value into a variable, or into .env and write env:NAME.',
  },
  'expression.badRandom': {
    message: '{value} is not a range of whole numbers.',
    next: 'Write the lower and the upper end, such as random:1..100.',
  },
  'expression.badOffset': {
    message: '{value} is not an offset in time.',
    next: 'Write a sign and a duration, such as now:+1h or now:-30m.',
  },
} as const satisfies Record<string, MessageTemplate>;
