import type { MessageTemplate } from './template';

/** Failures to look into a response as its file asks to. */
export const expectErrorTexts = {
  'expect.tookTooLong': {
    message: 'Looking into the body took more than {seconds} seconds, and was given up.',
    next: 'Expect less of it: a shorter path, a schema with fewer alternatives, or a smaller response.',
  },
  'expect.outOfMemory': {
    message: 'Looking into the body takes more memory than there is for it.',
    next: 'Ask the API for less at once.',
  },
} as const satisfies Record<string, MessageTemplate>;
