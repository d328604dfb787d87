import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';

interface Summary {
  readonly ok: boolean;
  readonly status?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

describe('sending through the proxy of VS Code’s settings', () => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.url} ${request.headers['proxy-authorization']}`);
    response.writeHead(request.headers['proxy-authorization'] === undefined ? 407 : 204).end();
  });
  const settings = vscode.workspace.getConfiguration('http');
  let file: vscode.Uri;

  async function set(key: string, value: unknown, target = vscode.ConfigurationTarget.Global): Promise<void> {
    await settings.update(key, value, target);
  }

  async function setTransport(value: 'editor' | undefined): Promise<void> {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration('latchkey').update('http.transport', value, Global);
  }

  const send = (): Thenable<Summary> => vscode.commands.executeCommand<Summary>('latchkey.send', file, 'ping');

  before(async () => {
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    file = vscode.Uri.joinPath(folder.uri, 'proxied.http.yaml');
    const text = 'requests: { ping: { get: "http://no-such-host.invalid/ping", auth: none } }';
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  });

  after(async () => {
    for (const key of ['proxy', 'proxyAuthorization', 'noProxy']) await set(key, undefined);
    await setTransport(undefined);
    proxy.close();
    await vscode.workspace.fs.delete(file);
  });

  it('from the next request on, with what it wants; and not any more when it is taken out', async () => {
    const { port } = proxy.address() as AddressInfo;
    const straight = /^http\.host(?:NotFound|LookupFailed)$/;
    assert.match((await send()).error?.code ?? '', straight);
    await set('proxy', `http://127.0.0.1:${port}`);
    assert.equal((await send()).error?.code, 'http.proxyAuthorizationRequired');
    await set('proxyAuthorization', 'Basic canary');
    assert.equal((await send()).status, 204);
    assert.deepEqual(seen, [
      'http://no-such-host.invalid/ping undefined',
      'http://no-such-host.invalid/ping Basic canary',
    ]);
    await set('noProxy', ['*.invalid']);
    assert.match((await send()).error?.code ?? '', straight);
    await set('noProxy', undefined);
    await set('proxy', undefined);
    assert.match((await send()).error?.code ?? '', straight);
    assert.equal(seen.length, 2);
  });

  it('by VS Code’s own network where that is wanted', async () => {
    const { port } = proxy.address() as AddressInfo;
    seen.length = 0;
    await setTransport('editor');
    await set('proxy', `http://canary:word@127.0.0.1:${port}`);
    // It asks for a tunnel where our own transport does without.
    proxy.on('connect', ({ url, headers }, socket) => {
      seen.push(`tunnel to ${url} ${headers['proxy-authorization']}`);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.end('HTTP/1.1 418 Teapot\r\nContent-Length: 0\r\n\r\n'));
    });
    assert.equal((await send()).status, 418);
    const credentials = Buffer.from('canary:word').toString('base64');
    assert.deepEqual(seen, [`tunnel to no-such-host.invalid:80 Basic ${credentials}`]);
    await set('proxy', undefined);
    await setTransport(undefined);
  });
});
