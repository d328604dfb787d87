import { LatchkeyError } from '../errors';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/jsonValue';
import type { ApiDocuments } from './apiNode';
import { referenceIn, splitReference } from './apiNode';
import { readApiText } from './readApiText';

/** Files that a description may be spread over. */
const MOST_DOCUMENTS = 10_000;

/** Reads the documents of a description, wherever they are. */
export interface DescriptionReader {
  /**
   * The text of a document.
   * @throws LatchkeyError when it cannot be had, or may not be read for this description.
   */
  read(uri: string): Promise<string>;
  /** What a document is called in messages. */
  label(uri: string): string;
  /** Lets others have their turn, and ends the reading by throwing when nobody waits for it any more. */
  pause(): Promise<void>;
}

/** What a thread that reads a description asks others for. */
export type DocumentReader = Pick<DescriptionReader, 'read' | 'label'>;

export interface LoadedDescription {
  readonly documents: ApiDocuments;
  /** Why documents that are referred to are missing: parts that lie in them are left out. */
  readonly missing: readonly LatchkeyError[];
}

/**
 * A description with every document that it refers to, across files (OpenAPI 3.1 §4.3).
 * @param uri of the document that it begins with, absolute.
 * @throws LatchkeyError `description.*`, or what reading that first document throws.
 */
export async function loadDescription(uri: string, reader: DescriptionReader): Promise<LoadedDescription> {
  const documents = new Map<string, JsonValue>();
  const missing: LatchkeyError[] = [];
  const wanted = new Set([uri]);
  for (const each of wanted) {
    await reader.pause();
    try {
      const value = readApiText(await reader.read(each), reader.label(each));
      documents.set(each, value);
      for (const reference of referencesOf(value, each)) wanted.add(reference);
    } catch (error) {
      if (each === uri || !(error instanceof LatchkeyError)) throw error;
      missing.push(error);
    }
    if (wanted.size > MOST_DOCUMENTS) {
      throw new LatchkeyError('description.tooManyFiles', { file: reader.label(uri), limit: MOST_DOCUMENTS });
    }
  }
  return { documents, missing };
}

/** The other documents that a document refers to. */
function referencesOf(root: JsonValue, base: string): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<JsonValue>();
  const left: JsonValue[] = [root];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    // Aliases of YAML make one value stand in many places.
    if (!(isJsonObject(value) || isJsonArray(value)) || seen.has(value)) continue;
    seen.add(value);
    const reference = referenceIn(value);
    if (reference !== undefined && !reference.startsWith('#')) found.add(splitReference(reference, base).uri);
    for (const child of value.values()) left.push(child);
  }
  return found;
}
