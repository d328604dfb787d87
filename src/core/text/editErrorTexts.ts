import type { MessageTemplate } from './template';

/** Editing requests in the runner. */
export const editErrorTexts = {
  'edit.notEditable': {
    message: '{name} is written in a way that fields cannot show, such as with an alias or a mistake.',
    next: 'Edit it in the file.',
  },
  'edit.stale': {
    message: 'The file has changed meanwhile, so nothing was written.',
    next: 'Look at the new text and change it there.',
  },
  'edit.nameMissing': {
    message: 'A row has a value and no name: {value}',
    next: 'Give it a name, or remove the row.',
  },
  'edit.duplicate': {
    message: '{key} has two rows called {name}.',
    next: 'Rename one, or write its values as a list in the file.',
  },
  'edit.badMethod': {
    message: '“{method}” is no method of HTTP.',
    next: 'Use a word of letters such as GET or PURGE.',
  },
  'edit.urlMissing': {
    message: 'The URL is empty.',
    next: 'Write a URL, or a path below the base URL.',
  },
  'edit.bodyBroken': {
    message: 'The body cannot be read as YAML: {problem}',
    next: 'Put it right; JSON is fine, too, with ${…} in quotes.',
  },
  'edit.noPlace': {
    message: 'The change would alter more of the file than it should, so nothing was written.',
    next: 'Make it in the file.',
  },
} as const satisfies Record<string, MessageTemplate>;
