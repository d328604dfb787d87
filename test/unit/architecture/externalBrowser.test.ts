import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

function sources(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  assert.ok(files.length > 0, folder);
  return files.map((file) => path.join(folder, file));
}

function filesWith(pattern: RegExp, ...folders: string[]): readonly string[] {
  return folders.flatMap(sources).filter((file) => pattern.test(readFileSync(file, 'utf8')));
}

test('addresses are opened by the system browser alone, and no view of the editor gets the one to sign in at [A1]', () => {
  assert.deepEqual(filesWith(/\bopenExternal\(/, 'src/vscode'), [path.join('src/vscode/platform/systemBrowser.ts')]);
  assert.deepEqual(filesWith(/simpleBrowser|['"`]vscode\.open\b|openUrl|createWebviewView/, 'src/vscode'), []);
  assert.deepEqual(filesWith(/authorizationUrl\b/, 'src/webview', 'src/shared', 'src/vscode/runner'), []);
  // The one frame shows the body of a response, and can do nothing.
  const frames = filesWith(/<(?:iframe|webview|frame|object|embed)\b/, 'src/webview', 'src/vscode');
  assert.deepEqual(frames, [path.join('src/webview/viewers/previewView.ts')]);
  assert.match(readFileSync(frames[0] ?? '', 'utf8'), /<iframe\s+sandbox=""/);
});
