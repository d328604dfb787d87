/**
 * A value that must not be seen: a token, a client secret, a code verifier.
 *
 * It has no useful text or JSON form, so logging it, putting it in a template or posting it to the webview shows
 * dots. Only what writes bytes to a socket, or stores it in SecretStorage, calls {@link Secret.revealForTransport}.
 */
export class Secret {
  readonly #value: string;
  #shown = MASK;
  #atoms: readonly Secret[] = [this];

  constructor(value: string) {
    this.#value = value;
  }

  /** A secret made from parts. It is shown with only the secret parts masked: `Bearer ••••••`. */
  static join(parts: readonly Sensitive[]): Secret {
    const joined = new Secret(parts.map(revealForTransport).join(''));
    joined.#shown = parts.map(redact).join('');
    joined.#atoms = parts.flatMap((part) => (part instanceof Secret ? part.#atoms : []));
    return joined;
  }

  /** The same secret in another form: encoded, escaped, hashed. An echo of either form can be found. */
  converted(convert: (value: string) => string): Secret {
    const value = convert(this.#value);
    if (value === this.#value) return this;
    const secret = new Secret(value);
    secret.#atoms = [secret, ...this.#atoms];
    return secret;
  }

  /** The plain value. Call it where bytes leave for the approved server or the secret store, nowhere else. */
  revealForTransport(): string {
    return this.#value;
  }

  /** Text that is safe to show: the mask, with the harmless parts it was joined with around it. */
  get shown(): string {
    return this.#shown;
  }

  /** The secrets it was joined from, or itself; so that an echo of one of them can be found and masked. */
  get atoms(): readonly Secret[] {
    return this.#atoms;
  }

  /** Length in UTF-16 units; used to refuse empty secrets without looking at them. */
  get length(): number {
    return this.#value.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}

/** What stands in for a secret wherever text is shown. */
export const MASK = '••••••';

/** Text that may hold a secret. What is made from a secret is a secret. */
export type Sensitive = string | Secret;

/** Joins parts; the result is a {@link Secret} as soon as one part is. */
export function joinSensitive(parts: readonly Sensitive[]): Sensitive {
  return parts.some((part) => part instanceof Secret) ? Secret.join(parts) : parts.join('');
}

/** The plain text of either form; the same rule of use as {@link Secret.revealForTransport}. */
export function revealForTransport(value: Sensitive): string {
  return typeof value === 'string' ? value : value.revealForTransport();
}

/** Text that is safe to show: what is secret in it becomes the mask. */
export function redact(value: Sensitive): string {
  return typeof value === 'string' ? value : value.shown;
}
