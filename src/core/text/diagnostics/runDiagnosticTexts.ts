import type { MessageTemplate } from '../template';

/** What is wrong with how requests need each other, and with what they ask for. */
export const runDiagnosticTexts = {
  'run.unknownRequest': {
    message: 'There is no request {name} here; did you mean {nearest}?',
    next: 'Change it to {nearest}, or name the file that has {name} under import:.',
  },
  'run.unknownRequestHere': {
    message: 'There is no request {name} in this file, nor in a file that it imports.',
    next: 'Check the name, or name the file that has the request under import:.',
  },
  'run.unknownCapture': {
    message: 'The request {request} captures no {name}.',
    next: 'Add {name} under capture: of {request}; it captures {known}.',
  },
  'run.noCaptures': {
    message: 'The request {request} captures nothing, so there is no {name} of it.',
    next: 'Add capture: with {name} to {request}.',
  },
  'run.ambiguousRequest': {
    message: 'More than one imported file has a request {name}: {files}.',
    next: 'Rename one of them, or import only the file that is meant.',
  },
  'run.cycle': {
    message: 'Each of these requests needs the next one to have been sent before: {chain}.',
    next: 'Break the circle: take one of them out of needs:, or use no capture of it.',
  },
  'run.unknownInput': {
    message: 'There is no input {name}; did you mean {nearest}?',
    next: 'Change it to {nearest}, or add {name} under inputs:.',
  },
  'run.unknownInputHere': {
    message: 'There is no input {name}.',
    next: 'Add it under inputs: in this file or in latchkey.yaml.',
  },
  'run.importMissing': {
    message: 'The file {file} is not there.',
    next: 'Check the path; it is relative to this file.',
  },
  'run.importNotARequestFile': {
    message: '{file} is not a request file.',
    next: 'Name a file that ends in .http.yaml.',
  },
  'run.importOutside': {
    message: 'The file {file} lies outside of the workspace folder, where Latchkey reads nothing.',
    next: 'Write a path relative to this file, with / between its parts, that stays inside the folder and meets no link that leads out.',
  },
  'run.skipNotBoolean': {
    message: 'skip is neither true nor false here.',
    next: 'Use a variable that is true or false.',
  },
  'run.notAList': {
    message: 'forEach needs a list, and {name} holds {kind}.',
    next: 'Use a capture such as $.items[*].id, or a variable with a list.',
  },
  'run.badField': {
    message: '{name} cannot be the name of a variable, so nothing can use this field.',
    next: 'Names have letters, digits, _ and -, with spaces only inside.',
  },
  'input.passwordDefault': {
    message: 'The input {name} is a password, which has no place in a file.',
    next: 'Remove default; use remember: session to be asked once, or a secret.',
  },
  'input.defaultNotAChoice': {
    message: '{value} is not one of the choices of {name}.',
    next: 'Use one of: {known}.',
  },
} as const satisfies Record<string, MessageTemplate>;
