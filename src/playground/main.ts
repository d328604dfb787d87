import { fileURLToPath } from 'node:url';
import { Lifetime } from './lifetime';
import { PortTakenError } from './listen';
import { parseOptions, usage, UsageError, type PlaygroundOptions } from './options';
import { startPlayground, type Playground, type PlaygroundPorts } from './playground';
import { rememberedPorts, writeSample } from './sampleFolder';
import { staticClientId } from './server/authorizationServer';
import { users } from './users';

/** The sample's files, beside the bundle's folder in the extension. */
const sampleSource = fileURLToPath(new URL('../media/sample/', import.meta.url));

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const playground = await start(options);
  const lifetime = new Lifetime(options.parentPid, options.grace * 1000, () => {
    playground.stop();
    process.exit(0);
  });
  playground.onAdopt((pid) => lifetime.adopt(pid));
  const { issuer, api, otherOrigin } = playground;
  const sample =
    options.sampleFolder === undefined ? undefined : await writeSample(sampleSource, options.sampleFolder, playground);
  printLine({
    ready: true,
    issuer,
    api,
    otherOrigin,
    users: users.map((user) => user.id),
    clientId: staticClientId,
    pid: process.pid,
    ...(sample === undefined ? {} : { sample }),
  });
}

/** Ports that were asked for must be free; remembered ones are only a wish. */
async function start({ issuerHost, accessTokenTtl, ...options }: PlaygroundOptions): Promise<Playground> {
  const asked: PlaygroundPorts = { auth: options.authPort, api: options.apiPort, other: options.otherPort };
  const run = (ports: PlaygroundPorts): Promise<Playground> => startPlayground({ issuerHost, ports, accessTokenTtl });
  if (options.sampleFolder === undefined) return await run(asked);
  const remembered = await rememberedPorts(sampleSource, options.sampleFolder);
  try {
    return await run({
      auth: asked.auth ?? remembered.auth,
      api: asked.api ?? remembered.api,
      other: asked.other ?? remembered.other,
    });
  } catch (error) {
    if (!(error instanceof PortTakenError) || Object.values(asked).includes(error.port)) throw error;
    return await run(asked);
  }
}

function printLine(facts: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

function fail(error: unknown): void {
  const code = error instanceof PortTakenError ? 'portTaken' : error instanceof UsageError ? 'usage' : 'failed';
  const message = error instanceof Error ? error.message : String(error);
  printLine({
    ready: false,
    error: { code, message, ...(error instanceof PortTakenError ? { port: error.port } : {}) },
  });
  console.error(`playground: ${message}${code === 'usage' ? `\n\n${usage}` : ''}`);
  process.exitCode = 1;
}

main().catch(fail);
