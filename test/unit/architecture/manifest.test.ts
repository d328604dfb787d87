import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { authenticationProviderId, commands, contextKeys, extensionId, settingKeys } from '../../../src/vscode/ids';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly main: string;
  readonly contributes: {
    readonly authentication: readonly { id: string }[];
    readonly commands: readonly { command: string; title: string }[];
    readonly menus: Record<string, readonly { command: string; when?: string }[]>;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly configuration: { readonly properties: Record<string, unknown> };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

test('the extension is latchkey.latchkey with the provider latchkey', () => {
  assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  assert.deepEqual(
    manifest.contributes.authentication.map(({ id }) => id),
    [authenticationProviderId],
  );
});

test('the manifest contributes exactly the commands of ids.ts', () => {
  assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), Object.values(commands).sort());
});

test('menus and keybindings name only contributed commands and known context keys', () => {
  const known = new Set<string>(Object.values(commands));
  const keys = new Set<string>(Object.values(contextKeys));
  const entries = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings];
  assert.ok(entries.length > 0);
  for (const { command, when } of entries) {
    assert.ok(known.has(command), command);
    for (const [key] of (when ?? '').matchAll(/latchkey\.\w+/g)) assert.ok(keys.has(key), `${command}: ${key}`);
  }
});

test('the manifest declares exactly the settings of ids.ts', () => {
  assert.deepEqual(
    Object.keys(manifest.contributes.configuration.properties).sort(),
    settingKeys.map((key) => `latchkey.${key}`).sort(),
  );
});

test('every text of the manifest has its string, and no string is left over', () => {
  const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...used].sort(), Object.keys(strings).sort());
});

test('the files that the manifest names are there', () => {
  assert.ok(existsSync(manifest.icon), manifest.icon);
});
