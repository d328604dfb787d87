import { systemAuthorities } from '../../helpers/systemAuthorities';
import assert from 'node:assert/strict';
import test from 'node:test';
import { startHttps, startTransport } from '../../helpers/localServers';
import { startProxy } from '../../helpers/proxyServer';
import { endOf, exchangeWith } from '../../helpers/sending';
import { securedWith } from '../../helpers/tlsProfiles';

test('what the system trusts is trusted, looked up only where it is needed, and for every method', async (t) => {
  const bodies: string[] = [];
  const server = await startHttps(t, 'valid', (request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  let isOn = false;
  const transport = startTransport(t, { systemCertificates: () => isOn });
  const post = (): ReturnType<typeof exchangeWith> =>
    exchangeWith(transport, server.origin, { method: 'POST', body: new TextEncoder().encode('once') });
  assert.equal(endOf(await post()), 'http.tlsUntrusted');
  assert.equal(systemAuthorities.asked, 0);
  isOn = true;
  assert.equal(endOf(await post()), '200');
  assert.equal(endOf(await post()), '200');
  assert.deepEqual(bodies, ['once', 'once']);
  assert.equal(server.connections(), 3, 'the failed ones, and one that is kept');
  isOn = false;
  assert.equal(endOf(await post()), 'http.tlsUntrusted');
});

test('it helps against nothing else, and goes together with what the file says', async (t) => {
  const transport = startTransport(t, { systemCertificates: () => true });
  const selfSigned = await startHttps(t, 'selfSigned', (_request, response) => response.end());
  assert.equal(endOf(await exchangeWith(transport, selfSigned.origin)), 'http.tlsUntrusted');
  const wrongHost = await startHttps(t, 'wrongHost', (_request, response) => response.end());
  assert.equal(endOf(await exchangeWith(transport, wrongHost.origin)), 'http.tlsWrongHost');
  const valid = await startHttps(t, 'valid', (_request, response) => response.end());
  const secured = securedWith(transport, { ca: ['clientAuthority.pem'], cert: 'client.pem', key: 'client.key.pem' });
  assert.equal(endOf(await exchangeWith(secured, valid.origin)), '200');
});

test('the certificate of a proxy counts as well', async (t) => {
  const proxy = await startProxy(t, { secure: true });
  const server = await startHttps(t, 'valid', (_request, response) => response.end());
  const through = { proxy: () => proxy.as() };
  assert.equal(endOf(await exchangeWith(startTransport(t, through), server.origin)), 'http.proxyUntrusted');
  const transport = startTransport(t, { ...through, systemCertificates: () => true });
  assert.equal(endOf(await exchangeWith(transport, server.origin)), '200');
});
