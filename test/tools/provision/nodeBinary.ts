import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { cachedFolder } from './cachedFolder';
import { unpackPackage } from './npm';
import type { Progress } from './progress';

/**
 * A Node of the given major version, from the npm packages that carry the official builds. VS Code's server needs the Node it
 * was built for; the one that runs this may be older.
 * @returns the path of the executable
 */
export async function provisionNode(major: number, progress: Progress): Promise<string> {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const folder = await cachedFolder(`node-${major}-${process.platform}-${process.arch}`, progress, async (target) => {
    progress(`fetching Node ${major} from npm`);
    const unpacked = path.join(target, 'package');
    await unpackPackage(`${packageName()}@${major}`, unpacked);
    // Headers and manuals are four fifths of the files and of no use here.
    await fs.rename(path.join(unpacked, 'bin', executable), path.join(target, executable));
    await fs.rm(unpacked, { recursive: true, force: true });
    await fs.chmod(path.join(target, executable), 0o755);
  });
  return path.join(folder, executable);
}

function packageName(): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  // The plain name for Apple's processors belongs to somebody else on the registry.
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
}
