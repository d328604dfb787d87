import assert from 'node:assert/strict';
import test from 'node:test';
import type { RequestAuth } from '../../../../../src/core/http/httpRequest';
import { revealForTransport, Secret } from '../../../../../src/core/secret';
import { FakeTransport } from '../../../../helpers/fakeTransport';
import { exchangeWith } from '../../../../helpers/sending';

const SIGNING: readonly RequestAuth[] = [
  {
    kind: 'hmac',
    key: new Secret('canary-key'),
    header: 'X-Signature',
    message: [{ name: 'url', isBase64: false }],
    value: ['v1=', { name: 'signature', isBase64: false }],
    algorithm: 'sha256',
  },
  {
    kind: 'awsSigV4',
    region: 'eu-central-1',
    service: 's3',
    accessKeyId: 'AKIA',
    secretAccessKey: new Secret('canary-key'),
    sessionToken: new Secret('canary-token'),
  },
];

for (const auth of SIGNING) {
  const isSignature = (name: string): boolean => /^(?:x-signature|authorization|x-amz-.*)$/i.test(name);

  test(`${auth.kind}: signed anew for each hop of the origin, for no other, and not on the way back`, async () => {
    const stations = ['/b', 'https://b.example/c', 'https://a.example/d'];
    const transport = new FakeTransport(() => {
      const next = stations.shift();
      return next === undefined ? { status: 200 } : { status: 307, headers: [['Location', next]] };
    });
    const exchange = await exchangeWith(transport, 'https://a.example/a', { auth });
    const signatures = transport.sent.map(({ headers }) => headers.filter(([name]) => isSignature(name)));
    assert.deepEqual(
      signatures.map((each) => each.length > 0),
      [true, true, false, false],
    );
    const [first, second] = signatures.map((each) => revealForTransport(each.at(-1)?.[1] ?? ''));
    assert.notEqual(first, second);
    assert.doesNotMatch(JSON.stringify(exchange), /canary/);
  });

  test(`${auth.kind}: what the server repeats of it is masked`, async () => {
    const transport = new FakeTransport(({ headers }) => {
      const own = headers.flatMap(([, value]) => (value instanceof Secret ? value.atoms : []));
      return { status: 200, headers: [['X-Echo', own.map((atom) => atom.revealForTransport()).join(' ')]] };
    });
    const { hops } = await exchangeWith(transport, 'https://a.example/a', { auth });
    assert.match(hops[0]?.headers[0]?.[1] ?? '', /^••••••( ••••••)*$/);
  });
}
