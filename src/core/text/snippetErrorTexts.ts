import type { MessageTemplate } from './template';

/** Copying requests as code. */
export const snippetErrorTexts = {
  'snippet.bodyNotText': {
    message: 'The body of this request is a file or no text, which code cannot hold.',
    next: 'Copy it as cURL, which reads the file.',
  },
  'snippet.signed': {
    message: 'This request is signed when it is sent, which a few lines of code cannot do.',
    next: 'Copy it as cURL, which can sign for AWS and answer Digest challenges.',
  },
  'snippet.notPossible': {
    message: 'This request cannot be written in this language so that the same is sent.',
    next: 'Copy it as cURL, or in another language.',
  },
} as const satisfies Record<string, MessageTemplate>;
