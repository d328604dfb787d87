import { abortError, LatchkeyError } from '../errors';
import { sha256 } from '../oauth/digest';
import type { ConnectionConfig } from '../oauth/model';
import type { SecretPrompt } from '../oauth/signInPorts';
import type { SecretStore } from '../ports';
import { Secret } from '../secret';
import { SharedTask } from './sharedTask';

/** Where a secret is found again: `${secret:name}` means another one in every folder. */
export interface SecretReference {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly name: string;
}

const prefix = 'latchkey.secret.';

/** The client secrets of each folder, in the secret store. Asks for one that is missing or that a server refused. */
export class SecretVault {
  readonly #store: SecretStore;
  readonly #prompt: SecretPrompt;
  readonly #questions = new SharedTask<Secret>();
  /** By key: secrets that a server refused. They stay stored until there is a better one: the server may be wrong. */
  readonly #rejected = new Map<string, Secret>();

  constructor(store: SecretStore, prompt: SecretPrompt) {
    this.#store = store;
    this.#prompt = prompt;
  }

  /**
   * The stored secret, asking nobody; `undefined` when there is none.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async stored({ folder, name }: SecretReference): Promise<Secret | undefined> {
    const key = await keyOf(folder, name);
    const value = await attempt('read', () => this.#store.get(key));
    return value === undefined || value === '' ? undefined : new Secret(value);
  }

  /**
   * The connection with its client secret: the stored one or, when there is none or it was refused, what the user
   * enters, which is then stored. A connection that needs no secret stays as it is.
   * @throws AbortError when the user enters none; LatchkeyError `oauth.secretStoreFailed`.
   */
  async unlock(connection: ConnectionConfig, folder: string, signal: AbortSignal): Promise<ConnectionConfig> {
    const name = secretNameOf(connection);
    if (name === undefined) return connection;
    const key = await keyOf(folder, name);
    const known = await this.stored({ folder, name });
    const wasRejected = known !== undefined && isSame(known, this.#rejected.get(key));
    if (known && !wasRejected) return { ...connection, clientSecret: known };
    const request = { folder, name, connectionLabel: connection.label, wasRejected };
    const clientSecret = await this.#questions.run(key, signal, async (wanted) => {
      const entered = await this.#prompt.ask(request, wanted);
      if (!entered || entered.length === 0) throw abortError();
      await attempt('save', () => this.#store.set(key, entered.revealForTransport()));
      this.#rejected.delete(key);
      return entered;
    });
    return { ...connection, clientSecret };
  }

  /** Looks at what went wrong: after a server has refused the client, the next sign-in asks for the secret again. */
  async noteFailure(error: unknown, reference: SecretReference | undefined): Promise<void> {
    if (!reference || !(error instanceof LatchkeyError) || error.data['error'] !== 'invalid_client') return;
    const secret = await this.stored(reference).catch(() => undefined);
    if (secret) this.#rejected.set(await keyOf(reference.folder, reference.name), secret);
  }
}

/** Where the secret that a connection authenticates with is kept; `undefined` when it needs none. */
export function secretReference(connection: ConnectionConfig, folder: string): SecretReference | undefined {
  const name = secretNameOf(connection);
  return name === undefined ? undefined : { folder, name };
}

function secretNameOf({ clientAuth, clientSecretName }: ConnectionConfig): string | undefined {
  return clientAuth === 'none' ? undefined : clientSecretName;
}

function isSame(a: Secret, b: Secret | undefined): boolean {
  return a.revealForTransport() === b?.revealForTransport();
}

/** The folder is hashed because its URI may hold any character and names the user. */
async function keyOf(folder: string, name: string): Promise<string> {
  return `${prefix}${await sha256(folder)}.${name}`;
}

async function attempt<T>(action: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown reason';
    throw new LatchkeyError('oauth.secretStoreFailed', { action: `${action} a client secret`, reason }, { cause });
  }
}
