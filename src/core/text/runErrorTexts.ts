import type { MessageTemplate } from './template';

/** Failures around a send: what has to be sent before it, where its values come from, what it is repeated for. */
export const runErrorTexts = {
  'run.cycle': {
    message: 'Each of these requests needs the next one to have been sent before: {chain}.',
    next: 'Break the circle: take one of them out of needs:, or use no capture of it.',
  },
  'run.prerequisiteFailed': {
    message: 'Nothing was sent: {prerequisite}, which has to be sent before, failed: {reason}',
    next: 'Look at {prerequisite} first.',
  },
  'run.prerequisiteSkipped': {
    message: 'Nothing was sent: {prerequisite}, which has to be sent before, was skipped.',
    next: 'Look at why {prerequisite} is skipped.',
  },
  'run.notReleased': {
    message: 'Nothing was sent: you did not allow {names} to go to {origin}.',
    next: 'Send again and choose Allow if you trust who wrote the request.',
  },
  'run.interrupted': {
    message: 'The window was reloaded before the response was complete. The server may have done what was asked.',
    next: 'Send the request again.',
  },
  'run.noRows': {
    message: '{source} has no rows, so nothing was sent.',
    next: 'Look at where the rows come from.',
  },
  'run.notText': {
    message: 'The file {file} is not UTF-8 text, so it cannot be put into a request.',
    next: 'Save it as UTF-8, or send it with file: as the body.',
  },
  'rows.ragged': {
    message: '{file}, line {line}: the row has {found} cells, and the header has {expected}.',
    next: 'Correct the row; put cells that hold the separator or a line break into quotes.',
  },
  'rows.badQuote': {
    message: '{file}, line {line}: a quote in this row is not closed, or something follows a closing quote.',
    next: 'Write a quote inside of a quoted cell twice.',
  },
  'rows.badHeader': {
    message: '{file}: {name} in the header cannot be the name of a variable.',
    next: 'Names have letters, digits, _ and -, with spaces only inside.',
  },
  'rows.duplicateHeader': {
    message: '{file}: {name} is in the header twice.',
    next: 'Rename one of the columns.',
  },
  'rows.rowTooLong': {
    message: '{file}, line {line}: the row has more than {limit} characters.',
    next: 'Look for a quote that is not closed.',
  },
  'rows.notUtf8': {
    message: 'The file {file} is not UTF-8 text.',
    next: 'Save it as UTF-8.',
  },
  'rows.notJson': {
    message: '{file}, line {line}: this is not JSON.',
    next: 'Correct it, or use a .csv file.',
  },
  'rows.notAList': {
    message: 'The file {file} does not hold a list.',
    next: 'Put [ ] around its items.',
  },
  'rows.tooDeep': {
    message: 'The file {file} nests lists and maps more than {limit} levels deep.',
    next: 'Make its items flatter.',
  },
} as const satisfies Record<string, MessageTemplate>;
