import type { MessageTemplate } from './template';

/** Copying requests as code. */
export const snippetErrorTexts = {
  'snippet.bodyNotText': {
    message: 'The body of this request has bytes that are no text, which code cannot hold.',
    next: 'Copy it as cURL, or put the bytes into a file (file: ./body.bin), which every language reads.',
  },
  'snippet.form': {
    message: 'The form of this request cannot be written in this language so that the same is sent.',
    next: 'Copy it as cURL, or in one of these: {languages}.',
  },
  'snippet.digest': {
    message: 'This language has nothing that answers Digest challenges.',
    next: 'Copy it as cURL, or in one of these: {languages}.',
  },
  'snippet.awsSigV4': {
    message: 'This request is signed for AWS when it is sent, which none of these languages does without a library.',
    next: 'Copy it as cURL, which signs by itself (--aws-sigv4).',
  },
  'snippet.hmac': {
    message:
      'The header {header} of this request is an HMAC, made anew from what is sent and when: a copy of one would be refused.',
    next: 'Copy it as cURL, which has all but this header, with a line that says what to sign; or send it from here.',
  },
  'snippet.notPossible': {
    message: 'This request cannot be written in this language so that the same is sent.',
    next: 'Copy it as cURL, or in another language.',
  },
} as const satisfies Record<string, MessageTemplate>;
