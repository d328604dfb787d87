import type { Client as UndiciClient } from 'undici';
// @ts-expect-error -- the package has types for its whole only, not for its parts
import PlainClient from 'undici/lib/dispatcher/client.js';

/**
 * Undici's HTTP/1.1 client for one connection. Importing the package's index would bring in twice as much code, and
 * sets the dispatcher of the whole process, which belongs to VS Code and the other extensions.
 */
export const Client = PlainClient as typeof UndiciClient;
