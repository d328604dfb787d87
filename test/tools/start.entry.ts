import * as path from 'node:path';
import type { StartedProcess } from '../helpers/childProcess';
import { repositoryRoot } from '../helpers/repository';
import { startBrowserEdition } from './start/browserEdition';
import { startDesktopEdition } from './start/desktopEdition';
import { openInBrowser } from './start/openInBrowser';
import { startPlayground } from './start/playgroundServer';
import { parseStartOptions } from './start/startOptions';
import type { StartOptions } from './start/startOptions';
import { onTermination } from './termination';

/** Git-ignored. Files that the user changes there are kept by the next start. */
const sample = path.join(repositoryRoot, 'out', 'sample');
const firstFile = path.join(sample, 'profile.http.yaml');

const started = new Set<StartedProcess>();

/** `npm start`: the playground and a VS Code with Latchkey, until Ctrl+C. */
async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2));
  onTermination(async () => {
    console.log('\nStopping.');
    await stopAll();
    process.exit(0);
  });
  try {
    console.log('Starting the playground: an authorization server and a sample API on this machine');
    const issuerHost = options.edition === 'browser' ? 'playground.localhost' : '127.0.0.1';
    const playground = await startPlayground(sample, issuerHost, track);
    console.log(`  ${playground.issuer} signs in alice and bob, ${playground.api} is the API`);
    const editor = await startEditor(options);
    console.log(`Click Send in ${path.basename(firstFile)} there.\n\nCtrl+C ends it.`);
    await firstToEnd(playground.process, editor);
  } finally {
    await stopAll();
  }
}

async function startEditor(options: StartOptions): Promise<StartedProcess> {
  console.log(`Starting VS Code with Latchkey on ${path.relative(process.cwd(), sample)}`);
  if (options.edition === 'desktop') return startDesktopEdition(sample, firstFile, track);
  const {
    process: server,
    address,
    addressWithFile,
  } = await startBrowserEdition(sample, firstFile, options.port, track);
  console.log(`\nVS Code is ready: ${address}`);
  if (options.open) openInBrowser(addressWithFile);
  return server;
}

/** @throws Error when it was the playground: VS Code without it is of no use here */
async function firstToEnd(playground: StartedProcess, editor: StartedProcess): Promise<void> {
  await Promise.race([playground.ended, editor.ended]);
  // "Stop Playground" in the window is not the end of the window.
  if (editor.running && playground.exitCode === 0) await editor.ended;
  const [name, ended] = editor.running ? ['The playground', playground] : ['VS Code', editor];
  if (ended.exitCode === 0) return;
  throw new Error(`${name} ended by itself. The end of ${ended.logFile}:\n${ended.tail()}`);
}

function track(process: StartedProcess): void {
  started.add(process);
}

async function stopAll(): Promise<void> {
  await Promise.all([...started].map((process) => process.stop()));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
