import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly edition: 'browser' | 'desktop';
  /** Port of the editor's server; a usual one when left out. */
  readonly port: number | undefined;
  readonly open: boolean;
}

export const usage = `npm start [-- options]
  --desktop     open the desktop VS Code (code on the PATH, else a downloaded one) instead of a browser
  --port <n>    port for VS Code in the browser
  --no-open     only print the address`;

/** @throws Error with the usage when the command line cannot be used */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values } = parse(args);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port must be a number from 1 to 65535, not ${values.port ?? ''}.\n${usage}`);
  }
  return { edition: values.desktop ? 'desktop' : 'browser', port, open: !values['no-open'] };
}

function parse(args: readonly string[]): { values: { desktop: boolean; 'no-open': boolean; port?: string } } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        desktop: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
}
