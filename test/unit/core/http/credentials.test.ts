import assert from 'node:assert/strict';
import test from 'node:test';
import type { RequestAuth } from '../../../../src/core/http/httpRequest';
import { revealForTransport, Secret } from '../../../../src/core/secret';
import { FakeTransport } from '../../../helpers/fakeTransport';
import { exchangeWith } from '../../../helpers/sending';

const CREDENTIALS: readonly RequestAuth[] = [
  { kind: 'basic', username: 'admin', password: new Secret('canary-word') },
  { kind: 'bearer', token: new Secret('canary-token') },
  { kind: 'apiKey', placement: { in: 'header', name: 'X-Key' }, value: new Secret('canary-key') },
  { kind: 'apiKey', placement: { in: 'query', name: 'key' }, value: new Secret('canary-key') },
];

function own({ kind }: RequestAuth): string {
  return kind === 'basic' ? 'canary-word' : kind === 'bearer' ? 'canary-token' : 'canary-key';
}

for (const auth of CREDENTIALS) {
  const title = auth.kind === 'apiKey' ? `${auth.kind} in the ${auth.placement.in}` : auth.kind;

  test(`${title}: a redirect to another origin loses it, also on the way back`, async () => {
    const stations = ['/b', 'https://b.example/c', 'https://a.example/d'];
    const transport = new FakeTransport(() => {
      const next = stations.shift();
      return next === undefined ? { status: 200 } : { status: 302, headers: [['Location', next]] };
    });
    const exchange = await exchangeWith(transport, 'https://a.example/a', { auth });
    const carries = transport.sent.map(({ url, headers }) =>
      [url, ...headers.map(([, value]) => value)].some((value) => value instanceof Secret),
    );
    // A parameter of the URL goes with the URL it was in.
    const again = auth.kind !== 'apiKey' || auth.placement.in === 'header';
    assert.deepEqual(carries, [true, again, false, false]);
    assert.doesNotMatch(JSON.stringify(exchange), /canary|Y2FuYXJ5/);
  });

  test(`${title}: a redirect to another origin does not carry what the server repeats of it`, async () => {
    const location = 'https://b.example/?a=canary-word&b=canary-token&c=canary-key&d=1';
    const transport = new FakeTransport(({ url }) =>
      revealForTransport(url).startsWith('https://a.')
        ? { status: 302, headers: [['Location', location]] }
        : { status: 200 },
    );
    await exchangeWith(transport, 'https://a.example/a', { auth });
    const target = revealForTransport(transport.sent[1]?.url ?? '');
    assert.ok(target.startsWith('https://b.example/') && !target.includes(own(auth)), target);
  });

  test(`${title}: what the server repeats of it is masked`, async () => {
    const echo = Buffer.from('admin:canary-word').toString('base64');
    const transport = new FakeTransport(() => ({
      status: 200,
      headers: [['X-Echo', `canary-word canary-token canary-key ${echo}`]],
    }));
    const { hops } = await exchangeWith(transport, 'https://a.example/a', { auth });
    const shown = hops[0]?.headers[0]?.[1] ?? '';
    assert.ok(!shown.includes(own(auth)), shown);
    if (auth.kind === 'basic') assert.ok(!shown.includes(echo), shown);
  });
}

test('credentials over http to a host beyond this machine are marked', async () => {
  const transport = new FakeTransport(() => ({ status: 200 }));
  const auth: RequestAuth = { kind: 'bearer', token: new Secret('canary-token') };
  const marks = [];
  for (const url of ['http://a.example/', 'http://127.0.0.1:1/', 'https://a.example/']) {
    marks.push((await exchangeWith(transport, url, { auth })).insecure);
  }
  assert.deepEqual(marks, [true, false, false]);
});
