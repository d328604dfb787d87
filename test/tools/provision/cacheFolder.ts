import * as os from 'node:os';
import * as path from 'node:path';

/**
 * Where the tools keep what they fetched: `$LATCHKEY_CACHE/latchkey`, else the platform's cache folder.
 * Outside the checkout, so that `git clean` and a second clone do not fetch everything again.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return path.join(env['LATCHKEY_CACHE'] ?? platformCache(env, platform), 'latchkey');
}

function platformCache(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = os.homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches');
  const xdg = env['XDG_CACHE_HOME'];
  // The XDG specification asks to ignore a relative path.
  return xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache');
}
