import * as fs from 'node:fs';
import * as path from 'node:path';
import { packageExtension } from '../helpers/packageExtension';
import { repositoryRoot } from '../helpers/repository';

/** `package.entry.js <file>`: packages the checkout, bundles built for production, as the Marketplace would get it. */
async function main(): Promise<void> {
  const [, , file] = process.argv;
  if (file === undefined) throw new Error('Name the .vsix file to write.');
  const vsix = path.resolve(file);
  fs.mkdirSync(path.dirname(vsix), { recursive: true });
  await packageExtension(repositoryRoot, vsix);
  console.log(`${vsix}: ${Math.ceil(fs.statSync(vsix).size / 1024)} kB`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
