import * as assert from 'node:assert/strict';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { cacheFolder } from '../../tools/provision/cacheFolder';

const home = os.homedir();

for (const [name, env, platform, expected] of [
  ['our own variable wins', { LATCHKEY_CACHE: '/c', XDG_CACHE_HOME: '/x' }, 'linux', ['/c', 'latchkey']],
  ['XDG on Linux', { XDG_CACHE_HOME: '/x' }, 'linux', ['/x', 'latchkey']],
  ['a relative XDG path is ignored', { XDG_CACHE_HOME: 'x' }, 'linux', [home, '.cache', 'latchkey']],
  ['the default on Linux', {}, 'linux', [home, '.cache', 'latchkey']],
  ['macOS', { XDG_CACHE_HOME: '/x' }, 'darwin', [home, 'Library', 'Caches', 'latchkey']],
  ['Windows', { LOCALAPPDATA: '/local' }, 'win32', ['/local', 'latchkey']],
] as const) {
  test(name, () => assert.equal(cacheFolder(env, platform), path.join(...expected)));
}
