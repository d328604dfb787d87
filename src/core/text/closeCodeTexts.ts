/** What the close codes of WebSockets mean (RFC 6455 §7.4.1 and its registry). */
export const closeCodeTexts: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code given',
  1006: 'broken off without a word',
  1007: 'invalid text',
  1008: 'against its policy',
  1009: 'message too big',
  1010: 'an extension is missing',
  1011: 'error in the server',
  1012: 'the service restarts',
  1013: 'try again later',
  1014: 'bad gateway',
};
