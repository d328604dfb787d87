import { JsonReader } from '../json/jsonReader';

/** A secret as it is stored: with its folder, of which the key holds only a hash, so that people can be shown it. */
export interface StoredValue {
  /** URI of the workspace folder. */
  readonly folder: string | undefined;
  readonly value: string;
}

/** Raised when a value can no longer be read by older code. */
const version = 1;

/** The text for the secret store. It holds the secret in the clear: it goes nowhere else. */
export function encodeStoredSecret({ folder, value }: StoredValue): string {
  return JSON.stringify({ latchkey: version, folder, value });
}

/** Reads a stored text; one that is not in our form is the secret itself. */
export function decodeStoredSecret(text: string): StoredValue {
  try {
    const json = JsonReader.parse(text);
    if (json.number('latchkey') === version) return { folder: json.optionalText('folder'), value: json.text('value') };
  } catch {
    // The parser's message quotes the text.
  }
  return { folder: undefined, value: text };
}
