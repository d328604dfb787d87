import * as assert from 'node:assert/strict';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import type { SendSummary } from '../../src/core/http/summary';
import { eventually } from '../helpers/eventually';

describe('a runner that is closed', () => {
  let server: http.Server;
  let file: vscode.Uri;
  /** Streams that are open at the server. */
  let open = 0;

  before(async () => {
    server = http.createServer((_request, response) => {
      open++;
      response.on('close', () => open--);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    file = vscode.Uri.joinPath(folder.uri, 'streams.http.yaml');
    const text = `requests:\n  prices: { get: ${origin}/prices }\n`;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  });

  after(async () => {
    server.closeAllConnections();
    server.close();
    await vscode.workspace.fs.delete(file);
  });

  it('ends the stream that it showed, and what has come counts', async () => {
    const sending = vscode.commands.executeCommand<SendSummary>('latchkey.send', file, 'prices');
    await eventually(() => assert.equal(open, 1));
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      assert.equal(open, 0);
    });
    const { ok, status, bodyBytes } = await sending;
    assert.deepEqual({ ok, status, bodyBytes }, { ok: true, status: 200, bodyBytes: 11 });
  });
});
