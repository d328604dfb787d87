import type { MessageTemplate } from './template';

/** Looking back at what was sent, and comparing it. */
export const historyErrorTexts = {
  'history.gone': {
    message: 'This send is no longer in the history.',
    next: 'The oldest sends go when there are too many; send the request again.',
  },
  'history.unreadable': {
    message: 'This send was kept by another version of Latchkey, or its file is damaged.',
    next: 'Send the request again to keep it anew.',
  },
  'compare.nothing': {
    message: '{name} has no response to compare yet.',
    next: 'Send the request first.',
  },
  'compare.onlyOne': {
    message: '{name} has been sent once only, as far as the history goes.',
    next: 'Send it again, or compare it with another environment, another response or a file.',
  },
  'compare.notText': {
    message: 'The response of {name} has no body that is text.',
    next: 'Choose one whose body is text.',
  },
  'compare.notAFile': {
    message: '{file} cannot be read as text.',
    next: 'Choose a text file of at most {limit}.',
  },
} as const satisfies Record<string, MessageTemplate>;
