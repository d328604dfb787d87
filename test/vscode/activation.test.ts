import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

const dispatcherKey = Symbol.for('undici.globalDispatcher.1');

function latchkey(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('latchkey.latchkey');
  assert.ok(extension, 'latchkey.latchkey is not installed');
  return extension;
}

describe('activation', () => {
  it('leaves the HTTP dispatcher of the extension host alone', async () => {
    assert.equal(latchkey().isActive, false, 'activated before this test could look');
    const before: unknown = Reflect.get(globalThis, dispatcherKey);
    await latchkey().activate();
    assert.equal(Reflect.get(globalThis, dispatcherKey), before);
  });

  it('registers every command that the manifest contributes', async () => {
    await latchkey().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = latchkey().packageJSON as Manifest;
    const contributed = contributes.commands.map(({ command }) => command);
    assert.notEqual(contributed.length, 0);
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});
