import { abortError, LatchkeyError } from '../errors';
import { sha256 } from '../oauth/digest';
import type { ClientAuth, ConnectionConfig } from '../oauth/model';
import type { SecretPrompt, SecretRequest } from '../oauth/signInPorts';
import type { SecretStore } from '../ports';
import { Secret } from '../secret';
import { SharedTask } from './sharedTask';
import { decodeStoredSecret, encodeStoredSecret } from './storedSecret';

/** Where a secret is found again: `${secret:name}` means another one in every folder. */
export interface SecretReference {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly name: string;
}

/** A secret that is stored, without its value. */
export interface StoredSecret {
  /** URI of the workspace folder; `undefined` when the stored value does not tell. */
  readonly folder: string | undefined;
  readonly name: string;
  /** Names it to {@link SecretVault.forget}. */
  readonly key: string;
}

const prefix = 'latchkey.secret.';

/** The secrets of each folder, in the secret store. Asks for one that is missing or that a server refused. */
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
    const text = await attempt('read', () => this.#store.get(key));
    const value = text === undefined ? '' : decodeStoredSecret(text).value;
    return value === '' ? undefined : new Secret(value);
  }

  /**
   * The stored secret or, when there is none or it was refused, what the user enters, which is then stored.
   * @throws AbortError when the user enters none; LatchkeyError `oauth.secretStoreFailed`.
   */
  async obtain(question: Omit<SecretRequest, 'wasRejected'>, signal: AbortSignal): Promise<Secret> {
    const key = await keyOf(question.folder, question.name);
    const known = await this.stored(question);
    const wasRejected = known !== undefined && isSame(known, this.#rejected.get(key));
    return known && !wasRejected ? known : this.#ask(key, { ...question, wasRejected }, signal);
  }

  /**
   * Asks for the secret whether or not it is stored, and stores what the user enters.
   * @throws AbortError when the user enters none; LatchkeyError `oauth.secretStoreFailed`.
   */
  async replace(question: Omit<SecretRequest, 'wasRejected'>, signal: AbortSignal): Promise<void> {
    await this.#ask(await keyOf(question.folder, question.name), { ...question, wasRejected: false }, signal);
  }

  /**
   * Stores a secret that the user has said already, in place of one of that name.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async keep({ folder, name }: SecretReference, value: Secret): Promise<void> {
    const key = await keyOf(folder, name);
    const stored = encodeStoredSecret({ folder, value: value.revealForTransport() });
    await attempt('save', () => this.#store.set(key, stored));
    this.#rejected.delete(key);
  }

  /**
   * Every secret that is stored, by folder and name.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async list(): Promise<readonly StoredSecret[]> {
    const keys = await attempt('list', () => this.#store.keys());
    const own = keys.filter((key) => key.startsWith(prefix));
    const secrets = await Promise.all(own.map((key) => this.#describe(key)));
    const order = ({ folder, name }: StoredSecret): string => `${folder ?? '\uffff'} ${name}`;
    return secrets.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /**
   * Removes a secret; sessions that need it then ask for a sign-in.
   * @throws LatchkeyError `oauth.secretStoreFailed`.
   */
  async forget({ key }: StoredSecret): Promise<void> {
    await attempt('remove', () => this.#store.delete(key));
    this.#rejected.delete(key);
  }

  /** Looks at what went wrong: after a server has refused the client, the next sign-in asks for the secret again. */
  async noteFailure(error: unknown, reference: SecretReference | undefined): Promise<void> {
    if (!reference || !(error instanceof LatchkeyError) || error.data['error'] !== 'invalid_client') return;
    await this.reject(reference);
  }

  /** The stored secret does not do what it is for: the next question asks for it again. */
  async reject(reference: SecretReference): Promise<void> {
    const secret = await this.stored(reference).catch(() => undefined);
    if (secret) this.#rejected.set(await keyOf(reference.folder, reference.name), secret);
  }

  #ask(key: string, request: SecretRequest, signal: AbortSignal): Promise<Secret> {
    return this.#questions.run(key, signal, async (wanted) => {
      const entered = await this.#prompt.ask(request, wanted);
      if (!entered || entered.length === 0) throw abortError();
      const faulty = await request.check?.(entered);
      if (faulty) throw faulty;
      await this.keep(request, entered);
      return new Secret(entered.revealForTransport());
    });
  }

  async #describe(key: string): Promise<StoredSecret> {
    const text = await attempt('read', () => this.#store.get(key));
    const folder = text === undefined ? undefined : decodeStoredSecret(text).folder;
    return { folder, name: key.slice(key.indexOf('.', prefix.length) + 1), key };
  }
}

/** Ways of client authentication that take a secret. `undefined`: what the connection has. */
const withSecret: ReadonlySet<ClientAuth | undefined> = new Set([
  undefined,
  'basic',
  'basicRaw',
  'post',
  'clientSecretJwt',
] as const);

/** Where the secret that a connection authenticates with is kept; `undefined` when it needs none. */
export function secretReference(
  { clientAuth, clientSecretName }: ConnectionConfig,
  folder: string,
): SecretReference | undefined {
  return clientSecretName === undefined || !withSecret.has(clientAuth) ? undefined : { folder, name: clientSecretName };
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
    throw new LatchkeyError('oauth.secretStoreFailed', { action: `${action} a secret`, reason }, { cause });
  }
}
