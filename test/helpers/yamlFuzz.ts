import { fc } from './properties';

/** Pieces that mean something to YAML or to us. */
const PIECES = [
  ...['${', '}', '{{', '}}', '$${', '{', '[', ']', ',', ': ', '- ', '? ', '&a ', '*a', '!t ', '%X', '#', ' #'],
  ...['"', "'", '|', '>', '\n', '\n  ', '\n    ', '\t', '\r\n', '\r', '---\n', '...\n', '<<: ', '\0', '\x1f'],
  ...[
    '\ufeff',
    '\ufdd0',
    '\ufdd4',
    '\ufffd',
    '\ud800',
    '😀',
    '\u2028',
    '|json',
    'now:',
    'requests:',
    'get: ',
    'null',
    'x-',
  ],
  ...['__proto__: ', '\\', '@', '`', '~', '='],
];

/** What a hand that slips puts into a file, and with it what matters where a test looks. */
export function yamlFragment(maxLength: number, more: readonly string[] = []): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...PIECES, ...more), fc.string({ unit: 'binary', maxLength }));
}
