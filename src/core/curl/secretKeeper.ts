import { replaceCredentials } from '../request/replaceCredentials';
import { isSecretName, looksLikeSecret } from '../request/secretLooks';
import { Secret } from '../secret';
import { expressionMark, hasMarks } from './marks';
import type { DraftSecret } from './requestDraft';

/** Takes secrets out of texts and leaves `secret:name` marks. The same secret gets the same name. */
export class SecretKeeper {
  readonly #taken: Set<string>;
  readonly #found = new Map<string, DraftSecret>();
  /** By what names begin with: the number to try next. */
  readonly #next = new Map<string, number>();

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  get found(): readonly DraftSecret[] {
    return [...this.#found.values()];
  }

  /** A mark for a text that is secret; what the shell knows is not in the text, so that stays as it is. */
  keep(suggestion: string, text: string): string {
    if (text === '' || hasMarks(text)) return text;
    const known = this.#found.get(text);
    const name = known?.name ?? this.#freeName(suggestion);
    if (!known) this.#found.set(text, { name, value: new Secret(text) });
    return expressionMark(`secret:${name}`);
  }

  /** A mark for a secret that the command does not say. */
  unknown(suggestion: string): string {
    return expressionMark(`secret:${this.#freeName(suggestion)}`);
  }

  /** The value of a named field, taken out when its name or its looks say that it is secret. */
  field(name: string | undefined, value: string): string {
    const isSecret = looksLikeSecret(name, value) || (name !== undefined && isSecretName(name) && value !== '');
    return isSecret ? this.keep(name ?? 'token', value) : this.within(value);
  }

  /** A text without the secrets that stand somewhere in it, each as it is written there. */
  within(text: string): string {
    return replaceCredentials(text, (value, name) => this.keep(name ?? 'token', value));
  }

  #freeName(suggestion: string): string {
    const base =
      suggestion
        .replace(/[^A-Za-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 60)
        .toLowerCase() || 'secret';
    let name = base;
    let number = this.#next.get(base) ?? 2;
    while (this.#taken.has(name)) name = `${base}-${number++}`;
    this.#next.set(base, number);
    this.#taken.add(name);
    return name;
  }
}
