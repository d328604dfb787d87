import { isJsonArray, JsonNumber, type JsonValue } from '../json/jsonValue';
import { isSecretName, looksLikeSecret } from '../request/secretLooks';
import { MASK } from '../secret';
import type { SecretMasker } from '../http/secretMasker';

/** Characters of a value that is shown beside an expectation. */
export const SHOWN_LENGTH = 200;

/**
 * A value of a response as one line of JSON, not longer than {@link SHOWN_LENGTH} and without secrets: those that are
 * known, and what looks like one or stands under a name that speaks of one.
 */
export function showJson(value: JsonValue, mask: SecretMasker): string {
  const writer = new Writer(mask);
  writer.write(value, undefined);
  return writer.text.length > SHOWN_LENGTH ? `${writer.text.slice(0, SHOWN_LENGTH - 1)}…` : writer.text;
}

class Writer {
  text = '';
  readonly #mask: SecretMasker;

  constructor(mask: SecretMasker) {
    this.#mask = mask;
  }

  write(value: JsonValue, name: string | undefined): void {
    if (this.#isFull) return;
    if (value === null || typeof value === 'boolean') this.text += String(value);
    else if (value instanceof JsonNumber) this.text += this.#mask(value.literal);
    else if (typeof value === 'string') this.text += this.#string(value, name);
    else if (isJsonArray(value)) this.#list(value, name);
    else this.#map(value);
  }

  get #isFull(): boolean {
    return this.text.length > SHOWN_LENGTH;
  }

  #list(items: readonly JsonValue[], name: string | undefined): void {
    this.text += '[';
    for (const [index, item] of items.entries()) {
      if (this.#isFull) return;
      if (index > 0) this.text += ',';
      this.write(item, name);
    }
    this.text += ']';
  }

  #map(entries: ReadonlyMap<string, JsonValue>): void {
    this.text += '{';
    let first = true;
    for (const [key, value] of entries) {
      if (this.#isFull) return;
      this.text += `${first ? '' : ','}${JSON.stringify(this.#mask(key))}:`;
      first = false;
      this.write(value, key);
    }
    this.text += '}';
  }

  #string(text: string, name: string | undefined): string {
    if (isSecretValue(name, text)) return JSON.stringify(MASK);
    // Masked before it is cut: a token that is cut in two is found no more.
    return JSON.stringify(this.#mask(text).slice(0, SHOWN_LENGTH));
  }
}

/** Whether a text of a response is a secret, by its name or by its looks. */
export function isSecretValue(name: string | undefined, text: string): boolean {
  return (name !== undefined && text !== '' && isSecretName(name)) || looksLikeSecret(name, text);
}
