import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as fs from 'node:fs/promises';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import { eventually } from '../helpers/eventually';

/** Far more than the runner keeps responses of. */
const others = Array.from({ length: 60 }, (_, index) => `other${index}`);

describe('a stream that goes on', () => {
  let server: http.Server;
  let uri: vscode.Uri;
  const streams: http.ServerResponse[] = [];

  before(async () => {
    server = http.createServer((request, response) => {
      if (request.url !== '/events') {
        response.end('{"ok":true}');
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
      streams.push(response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    uri = vscode.Uri.joinPath(folder.uri, 'openStream.http.yaml');
    const requests = others.map((name) => `  ${name}: { get: ${origin}/${name} }\n`);
    await fs.writeFile(
      uri.fsPath,
      `requests:\n  events: { get: ${origin}/events, stop: { events: 2 } }\n${requests.join('')}`,
    );
    await vscode.extensions.getExtension('latchkey.latchkey')?.activate();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    server.close();
    server.closeAllConnections();
    await fs.rm(uri.fsPath);
  });

  const send = (name: string): Promise<SendSummary> =>
    Promise.resolve(vscode.commands.executeCommand<SendSummary>('latchkey.send', uri, name));

  async function opened(): Promise<{ readonly ended: Promise<SendSummary>; readonly finish: () => void }> {
    const before = streams.length;
    const ended = send('events');
    await eventually(() => assert.equal(streams.length, before + 1));
    return { ended, finish: () => void streams[before]?.end('data: second\n\n') };
  }

  it('outlives more sends than the runner keeps responses of', async () => {
    const { ended, finish } = await opened();
    for (const name of others) assert.ok((await send(name)).ok, name);
    finish();
    const { ok, error, stream } = await ended;
    assert.deepEqual([error, ok, stream?.received], [undefined, true, 2]);
  });

  it('outlives “Send all” of its file', async () => {
    const { ended, finish } = await opened();
    const before = streams.length;
    const all = vscode.commands.executeCommand<{ readonly ok: boolean }>('latchkey.sendAll', uri);
    await eventually(() => assert.equal(streams.length, before + 1));
    streams[before]?.end('data: second\n\n');
    assert.ok((await all).ok);
    finish();
    const { ok, error, stream } = await ended;
    assert.deepEqual([error, ok, stream?.received], [undefined, true, 2]);
  });
});
