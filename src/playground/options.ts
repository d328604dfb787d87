/** What the playground is asked to do. Ports that are absent are chosen freely. */
export interface PlaygroundOptions {
  /** Host name in the issuer. Browser windows of VS Code rewrite `127.0.0.1`, so there it is `playground.localhost`. */
  readonly issuerHost: string;
  readonly authPort: number | undefined;
  readonly apiPort: number | undefined;
  readonly otherPort: number | undefined;
  /** Stop when this process is gone. */
  readonly parentPid: number | undefined;
  /** Seconds to stay after the last parent is gone, for a window that reloads. */
  readonly grace: number;
  /** Seconds until an access token expires. */
  readonly accessTokenTtl: number;
  /** Folder that gets the sample files. */
  readonly sampleFolder: string | undefined;
}

/** The command line cannot be used; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage: playground [options]
  --issuer-host <name>         host name in the issuer: playground.localhost (default), localhost, 127.0.0.1
  --auth-port <port>           port of the authorization server (default: a free one)
  --api-port <port>            port of the sample API (default: a free one)
  --other-port <port>          port of the other origin that redirects lead to (default: a free one)
  --parent-pid <pid>           stop when this process is gone
  --grace <seconds>            stay that long after the last parent is gone (default: 0)
  --access-token-ttl <seconds> lifetime of access tokens (default: 300)
  --write-sample <folder>      write the sample request files, and keep their addresses up to date`;

const issuerHostPattern = /^(?:127\.0\.0\.1|localhost|[a-z0-9-]+\.localhost)$/;

/** Reads the command line (without node and the script). @throws UsageError */
export function parseOptions(args: readonly string[]): PlaygroundOptions {
  const values = readPairs(args);
  const issuerHost = values.get('--issuer-host') ?? 'playground.localhost';
  if (!issuerHostPattern.test(issuerHost))
    throw new UsageError(`--issuer-host must be a loopback name, not ${issuerHost}`);
  return {
    issuerHost,
    authPort: integer(values, '--auth-port', 65_535),
    apiPort: integer(values, '--api-port', 65_535),
    otherPort: integer(values, '--other-port', 65_535),
    parentPid: integer(values, '--parent-pid', Number.MAX_SAFE_INTEGER),
    grace: integer(values, '--grace', 600) ?? 0,
    accessTokenTtl: integer(values, '--access-token-ttl', 86_400) ?? 300,
    sampleFolder: values.get('--write-sample'),
  };
}

const names = new Set([...usage.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]));

function readPairs(args: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 2) {
    const name = args[index] ?? '';
    const value = args[index + 1];
    if (!names.has(name)) throw new UsageError(`unknown option ${name}`);
    if (value === undefined || value === '') throw new UsageError(`${name} needs a value`);
    values.set(name, value);
  }
  return values;
}

function integer(values: ReadonlyMap<string, string>, name: string, max: number): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(value >= 1 && value <= max)) throw new UsageError(`${name} must be a number from 1 to ${max}, not ${text}`);
  return value;
}
