import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { tlsFixture } from '../helpers/tlsProfiles';

interface Summary {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timings?: { readonly tls?: number };
  readonly error?: { readonly code: string };
}

describe('sending over HTTP/2 from inside of VS Code', () => {
  const identity = { cert: tlsFixture('valid.pem'), key: tlsFixture('valid.key.pem'), allowHTTP1: true };
  const server = createSecureServer(identity, (request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => response.writeHead(200, { spoken: request.httpVersion, bytes }).end('{}'));
  });
  let folder: vscode.Uri;

  const write = (name: string, content: string | Uint8Array): Thenable<void> =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(content));

  const send = (name: string): Thenable<Summary> =>
    vscode.commands.executeCommand<Summary>('latchkey.send', vscode.Uri.joinPath(folder, 'two.http.yaml'), name);

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, 'http2');
    await write('authority.pem', tlsFixture('authority.pem'));
    await write('latchkey.yaml', `tls: { "${origin}": { ca: ./authority.pem } }\n`);
    await write(
      'two.http.yaml',
      `requests: { get: { get: "${origin}/", auth: none }, put: { put: "${origin}/", auth: none, text: hello } }`,
    );
  });

  after(async () => {
    server.close();
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  it('goes over one connection of our own, whatever VS Code does to Node’s modules', async () => {
    const first = await send('get');
    assert.deepEqual(
      [first.error, first.status, first.statusText, first.headers?.['spoken']],
      [undefined, 200, '', '2.0'],
    );
    const second = await send('put');
    assert.deepEqual([second.error, second.headers?.['spoken'], second.headers?.['bytes']], [undefined, '2.0', '5']);
    assert.ok(first.timings?.tls !== undefined && second.timings?.tls === undefined);
  });
});
