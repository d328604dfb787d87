import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { TLSSocket, type PeerCertificate, type SecureVersion } from 'node:tls';
import test, { suite, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import { errorTemplate, type ErrorCode } from '../../../src/core/errors';
import { formatTemplate } from '../../../src/core/text/template';
import { demandingClients, startHttps, startTransport, type LocalServer } from '../../helpers/localServers';
import { dataOf, endOf, exchangeWith, textOf } from '../../helpers/sending';
import { fixturePassphrase, securedWith, tlsFixture, tlsProfile, type ProfileFiles } from '../../helpers/tlsProfiles';

const ca = ['authority.pem'];

/** Answers with the name on the client certificate. */
function startDemanding(t: TestContext, version: SecureVersion = 'TLSv1.3'): Promise<LocalServer> {
  const options = { ...demandingClients(), minVersion: version, maxVersion: version };
  return startHttps(t, 'valid', (request, response) => response.end(clientName(request)), options);
}

function clientName({ socket }: IncomingMessage): string {
  assert.ok(socket instanceof TLSSocket);
  // Without a certificate it is empty, whatever the types say.
  const { subject } = socket.getPeerCertificate() as Partial<PeerCertificate>;
  return String(subject?.CN);
}

suite('authorities of one’s own', () => {
  for (const file of ['authority.pem', 'authority.der']) {
    test(`${file} makes a certificate trusted [#customCa]`, async (t) => {
      const server = await startHttps(t, 'valid', (_request, response) => response.end('in'));
      assert.equal(
        await textOf(await exchangeWith(securedWith(startTransport(t), { ca: [file] }), server.origin)),
        'in',
      );
    });
  }

  test('a certificate that signs itself can be one', async (t) => {
    const server = await startHttps(t, 'selfSigned', (_request, response) => response.end('in'));
    const transport = securedWith(startTransport(t), { ca: ['stranger.pem', 'selfSigned.pem'] });
    assert.equal(await textOf(await exchangeWith(transport, server.origin)), 'in');
  });

  test('another authority does not make it trusted; what to do is said, with the origin', async (t) => {
    const server = await startHttps(t, 'valid', (_request, response) => response.end());
    const exchange = await exchangeWith(securedWith(startTransport(t), { ca: ['clientAuthority.pem'] }), server.origin);
    assert.equal(endOf(exchange), 'http.tlsUntrusted');
    const next = formatTemplate(errorTemplate('http.tlsUntrusted').next, dataOf(exchange));
    assert.ok(next.includes('latchkey.yaml') && next.includes(server.origin), next);
  });

  test('it is trusted for its origin alone, also when both are one server’s', async (t) => {
    const server = await startHttps(t, 'valid', (_request, response) => response.end('in'));
    const transport = startTransport(t);
    assert.equal(endOf(await exchangeWith(securedWith(transport, { ca }), server.origin)), '200');
    // The kept connection and its session are not used by who trusts nobody.
    assert.equal(endOf(await exchangeWith(transport, server.origin)), 'http.tlsUntrusted');
    assert.equal(endOf(await exchangeWith(securedWith(transport, { ca }), server.origin)), '200');
    assert.equal(server.connections(), 2);
  });
});

suite('client certificates', () => {
  const ways: Readonly<Record<string, ProfileFiles>> = {
    'certificate and key': { cert: 'client.pem', key: 'client.key.pem' },
    'both in one file': { cert: 'client.both.pem' },
    'a locked key': { cert: 'client.pem', key: 'client.locked.key.pem', passphrase: fixturePassphrase },
    'a PFX': { pfx: 'client.pfx', passphrase: fixturePassphrase },
    'a passphrase that nothing needs': { cert: 'client.pem', key: 'client.key.pem', passphrase: 'x' },
  };
  for (const [name, files] of Object.entries(ways)) {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      test(`${name}, ${version} [#mtls]`, async (t) => {
        const server = await startDemanding(t, version);
        const exchange = await exchangeWith(securedWith(startTransport(t), { ca, ...files }), server.origin);
        assert.equal(await textOf(exchange), 'Latchkey test: client');
      });
    }
  }

  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`a server that demands one says so, ${version}`, async (t) => {
      const server = await startDemanding(t, version);
      const exchange = await exchangeWith(securedWith(startTransport(t), { ca }), server.origin, { method: 'POST' });
      assert.match(endOf(exchange), /^http\.(tlsCertificateRequired|tlsHandshakeRefused)$/);
      if (version === 'TLSv1.3') assert.equal(endOf(exchange), 'http.tlsCertificateRequired');
      const { next } = errorTemplate(endOf(exchange) as ErrorCode);
      assert.ok(formatTemplate(next, dataOf(exchange)).includes(server.origin));
    });
  }

  test('one connection is kept per certificate: nobody sends as somebody else', async (t) => {
    const server = await startHttps(t, 'valid', (request, response) => response.end(clientName(request)), {
      requestCert: true,
      rejectUnauthorized: false,
    });
    const transport = startTransport(t);
    const as = async (files: ProfileFiles): Promise<string> =>
      textOf(await exchangeWith(securedWith(transport, { ca, ...files }), server.origin));
    for (let round = 0; round < 2; round++) {
      assert.equal(await as({ cert: 'client.pem', key: 'client.key.pem' }), 'Latchkey test: client');
      assert.equal(await as({ cert: 'stranger.pem', key: 'stranger.key.pem' }), 'Latchkey test: stranger');
      assert.equal(await as({}), 'undefined');
    }
    assert.equal(server.connections(), 3);
  });

  const faulty: readonly (readonly [ErrorCode, ProfileFiles, Readonly<Record<string, string>>])[] = [
    ['http.tlsCaUnreadable', { ca: ['client.key.pem'] }, { file: 'client.key.pem' }],
    ['http.tlsCaUnreadable', { ca: ['make.sh'] }, { file: 'make.sh' }],
    ['http.tlsCertificateUnreadable', { cert: 'make.sh', key: 'client.key.pem' }, { file: 'make.sh' }],
    ['http.tlsCertificateUnreadable', { cert: 'client.pfx', key: 'client.key.pem' }, { file: 'client.pfx' }],
    ['http.tlsKeyMissing', { cert: 'client.pem' }, { file: 'client.pem' }],
    ['http.tlsKeyMissing', { cert: 'client.pem', key: 'client.pem' }, { file: 'client.pem' }],
    ['http.tlsKeyUnreadable', { cert: 'client.pem', key: 'make.sh' }, { file: 'make.sh' }],
    ['http.tlsKeyMismatch', { cert: 'client.pem', key: 'stranger.key.pem' }, { key: 'stranger.key.pem' }],
    ['http.tlsPassphraseMissing', { cert: 'client.pem', key: 'client.locked.key.pem' }, {}],
    ['http.tlsPassphraseMissing', { pfx: 'client.pfx' }, { file: 'client.pfx' }],
    ['http.tlsPassphraseWrong', { cert: 'client.pem', key: 'client.locked.key.pem', passphrase: 'canary' }, {}],
    ['http.tlsPassphraseWrong', { pfx: 'client.pfx', passphrase: 'canary' }, { passphrase: '“passphrase”' }],
    ['http.tlsPfxUnreadable', { pfx: 'client.pem', passphrase: 'canary' }, { file: 'client.pem' }],
    ['http.tlsPfxUnreadable', { pfx: 'make.sh' }, { file: 'make.sh' }],
    ['http.tlsPfxUnsupported', { pfx: 'client.old.pfx', passphrase: fixturePassphrase }, { file: 'client.old.pfx' }],
  ];
  for (const [code, files, data] of faulty) {
    test(`${code}: ${JSON.stringify(files)}`, async (t) => {
      const server = await startDemanding(t);
      const exchange = await exchangeWith(securedWith(startTransport(t), files), server.origin);
      assert.equal(endOf(exchange), code);
      const told = dataOf(exchange);
      for (const [name, value] of Object.entries(data)) assert.equal(told[name], value);
      const { message, next } = errorTemplate(code);
      assert.doesNotMatch(formatTemplate(message + next, told).replaceAll('${secret:name}', ''), /[{}]|undefined/);
      // Neither what was read nor what the library says of it gets anywhere.
      const everything = inspect(exchange, { depth: 9 });
      for (const hidden of ['canary', ...tlsFixture('client.locked.key.pem').toString().split('\n').slice(1, 3)])
        assert.ok(!everything.includes(hidden));
      assert.equal(server.connections(), 0);
    });
  }

  test('a profile shows nothing of keys and passphrases', () => {
    const profile = tlsProfile({ cert: 'client.both.pem', key: 'client.key.pem', passphrase: 'canary' });
    const shown = inspect(profile, { depth: 9 }) + JSON.stringify(profile);
    const key = tlsFixture('client.key.pem').toString();
    assert.ok(!shown.includes(tlsFixture('client.key.pem').toString('base64').slice(60, 90)) && !shown.includes(key));
    assert.ok(
      !inspect(profile, { depth: 9 })
        .replace(/id: .*/, '')
        .includes('canary'),
    );
  });
});

suite('certificates that are not looked at', () => {
  for (const certificate of ['selfSigned', 'expired', 'wrongHost'] as const) {
    test(`${certificate}: the answer comes, and the exchange says that nobody knows whose it is`, async (t) => {
      const server = await startHttps(t, certificate, (_request, response) => response.end('in'));
      const exchange = await exchangeWith(securedWith(startTransport(t), { verify: false }), server.origin);
      assert.equal(await textOf(exchange), 'in');
      assert.deepEqual(
        exchange.hops.map(({ unverified }) => unverified),
        [true],
      );
    });
  }

  test('it is checked again for who wants it so, over a connection of its own', async (t) => {
    const server = await startHttps(t, 'selfSigned', (_request, response) => response.end('in'));
    const transport = startTransport(t);
    assert.equal(endOf(await exchangeWith(securedWith(transport, { verify: false }), server.origin)), '200');
    assert.equal(endOf(await exchangeWith(transport, server.origin)), 'http.tlsUntrusted');
    assert.equal(endOf(await exchangeWith(securedWith(transport, { ca }), server.origin)), 'http.tlsUntrusted');
  });

  test('plain http has no certificate to look at', async (t) => {
    const server = await startHttps(t, 'valid', (_request, response) => response.end('in'));
    const exchange = await exchangeWith(securedWith(startTransport(t), { ca }), server.origin);
    assert.deepEqual(
      exchange.hops.map(({ unverified }) => unverified),
      [undefined],
    );
  });
});
