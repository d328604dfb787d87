import assert from 'node:assert/strict';
import test from 'node:test';
import { parseChallenges } from '../../../../src/core/http/wwwAuthenticate';
import { fc } from '../../../helpers/properties';

/** Scheme, parameters and bare credentials, as plain values. */
function parse(...values: string[]): unknown[] {
  return parseChallenges(values.map((value) => ['WWW-Authenticate', value] as const)).map(
    ({ scheme, parameters, token68 }) => [
      scheme,
      Object.fromEntries(parameters),
      ...(token68 === undefined ? [] : [token68]),
    ],
  );
}

for (const [title, value, expected] of [
  ['a scheme alone', 'Bearer', [['bearer', {}]]],
  [
    'the example of RFC 6750',
    'Bearer realm="example", error="invalid_token", error_description="The access token expired"',
    [['bearer', { realm: 'example', error: 'invalid_token', error_description: 'The access token expired' }]],
  ],
  [
    'the scopes of RFC 6750, of which one holds a comma',
    'Bearer scope="urn:example:channel=HBO&urn:example:rating=G,PG-13", error="insufficient_scope"',
    [['bearer', { scope: 'urn:example:channel=HBO&urn:example:rating=G,PG-13', error: 'insufficient_scope' }]],
  ],
  [
    'several challenges in one value',
    'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
    [
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ['basic', { realm: 'simple' }],
    ],
  ],
  [
    'schemes without parameters',
    'Negotiate, NTLM, Bearer error=invalid_token',
    [
      ['negotiate', {}],
      ['ntlm', {}],
      ['bearer', { error: 'invalid_token' }],
    ],
  ],
  [
    'bare credentials',
    'Negotiate YII3a/==, Basic realm="x"',
    [
      ['negotiate', {}, 'YII3a/=='],
      ['basic', { realm: 'x' }],
    ],
  ],
  [
    'commas and equal signs inside quotes',
    'Bearer scope="a, b=c", error="x"',
    [['bearer', { scope: 'a, b=c', error: 'x' }]],
  ],
  ['space round the equal sign', 'Bearer realm = "x" , error= "y"', [['bearer', { realm: 'x', error: 'y' }]]],
  ['names in any case, the first of two', 'BEARER Error="a", ERROR="b"', [['bearer', { error: 'a' }]]],
  [
    'missing commas',
    'Bearer error="invalid_token" error_description="late"',
    [['bearer', { error: 'invalid_token', error_description: 'late' }]],
  ],
  ['empty elements', ', ,Bearer error="x",, ,', [['bearer', { error: 'x' }]]],
  [
    'an unfinished quote',
    'Bearer realm="x, error',
    [
      ['bearer', {}],
      ['error', {}],
    ],
  ],
] as const) {
  test(`reads ${title}`, () => assert.deepEqual(parse(value), expected));
}

test('reads every header of that name and no other', () => {
  const headers = [
    ['www-authenticate', 'Basic'],
    ['Server', 'Digest'],
    ['WWW-AUTHENTICATE', 'Bearer'],
  ] as const;
  assert.deepEqual(
    parseChallenges(headers).map(({ scheme }) => scheme),
    ['basic', 'bearer'],
  );
});

const token = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,11}$/);
const challenge = fc.record({
  scheme: token,
  parameters: fc.uniqueArray(
    fc.tuple(token, fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '=', '"', '\\', 'é') })),
    {
      selector: ([name]) => name.toLowerCase(),
      maxLength: 4,
    },
  ),
});

test('reads back whatever challenges are written', () => {
  fc.assert(
    fc.property(fc.array(challenge, { maxLength: 4 }), fc.boolean(), (challenges, oneHeader) => {
      const values = challenges.map(({ scheme, parameters }) =>
        `${scheme} ${parameters.map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`).join(', ')}`.trim(),
      );
      const expected = challenges.map(({ scheme, parameters }) => [
        scheme.toLowerCase(),
        Object.fromEntries(parameters.map(([name, value]) => [name.toLowerCase(), value])),
      ]);
      assert.deepEqual(oneHeader ? parse(values.join(', ')) : parse(...values), expected);
    }),
  );
});

test('never throws and never hangs', () => {
  const odd = fc.string({
    unit: fc.constantFrom('a', 'B', '=', '"', ',', ' ', '\\', '\t', '/', '-', '\0', 'é'),
    maxLength: 200,
  });
  fc.assert(
    fc.property(odd, (value) => void parse(value)),
    { numRuns: 2000 },
  );
  const began = performance.now();
  parse('a="'.repeat(80_000));
  parse('Bearer a="\\"'.repeat(30_000));
  assert.ok(performance.now() - began < 2000);
});
