import { dereference, type Schema } from '@cfworker/json-schema';
import { LatchkeyError } from '../../errors';
import { workspacePath } from '../../files/workspacePath';
import type { JsonValue } from '../../json/jsonValue';
import { readJson } from '../../json/readJson';
import { shorten } from '../../request/shorten';
import { absoluteReference } from './dynamicAnchors';
import { plainJson } from './plainJson';
import { referredPath } from './referredPath';
import type { SchemaFiles } from './schemaFiles';
import { SchemaProblem } from './schemaProblem';
import { isPlainObject, subschemas, type PlainSchema } from './subschemas';
import { yamlJson } from './yamlJson';

/** A schema with everything that it refers to. */
export interface LoadedSchema {
  readonly root: PlainSchema | boolean;
  /** By absolute URI, fragments included. */
  readonly byUri: Record<string, Schema | boolean>;
  /** Those of `byUri` that are `$dynamicAnchor`s. */
  readonly dynamicAnchors: ReadonlySet<string>;
  /** Each file once. */
  readonly documents: readonly (PlainSchema | boolean)[];
}

export type LoadedOrNot =
  { readonly ok: true; readonly schema: LoadedSchema } | { readonly ok: false; readonly problem: string };

/** A file that refers to others that refer to others has an end somewhere. */
const MOST_FILES = 100;
/** What stands for the workspace folder in URIs: a name that no server can have (RFC 6761). */
const BASE = 'https://workspace.invalid/';

/**
 * Loads a schema and the files it refers to, which lie in the workspace folder; nothing is fetched from elsewhere.
 * @param source the path of a file relative to the request file, or the schema itself.
 */
export async function loadSchema(
  source: string | JsonValue | undefined,
  files: SchemaFiles,
  kind: 'file' | 'inline',
): Promise<LoadedOrNot> {
  try {
    const loader = new Loader(files);
    return { ok: true, schema: await loader.load(source, kind) };
  } catch (error) {
    if (error instanceof LatchkeyError) return { ok: false, problem: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `the schema cannot be used: ${shorten(reason, 120)}` };
  }
}

interface Document {
  readonly schema: PlainSchema | boolean;
  /** Folder of its file, relative to the workspace folder. */
  readonly directory: string;
}

class Loader {
  readonly #files: SchemaFiles;
  readonly #byUri = Object.create(null) as Record<string, Schema | boolean>;
  readonly #documents: Document[] = [];
  readonly #loaded = new Set<string>();
  readonly #dynamicAnchors = new Set<string>();

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  async load(source: string | JsonValue | undefined, kind: 'file' | 'inline'): Promise<LoadedSchema> {
    const { directory } = this.#files;
    const root =
      kind === 'file'
        ? await this.#read(workspacePath(directory, typeof source === 'string' ? source : ''))
        : this.#add(source ?? null, `${BASE}${directory}/`, directory);
    // More documents come while those that are there are looked through.
    for (const document of this.#documents) await this.#follow(document);
    const documents = this.#documents.map(({ schema }) => schema);
    return { root, byUri: this.#byUri, dynamicAnchors: this.#dynamicAnchors, documents };
  }

  async #read(path: string, uri = `${BASE}${path}`): Promise<PlainSchema | boolean> {
    if (this.#loaded.size >= MOST_FILES) throw new SchemaProblem(`it refers to more than ${MOST_FILES} files`);
    const bytes = await this.#files.read(path);
    return this.#add(
      contentOf(path, new TextDecoder().decode(bytes)),
      uri,
      path.slice(0, Math.max(0, path.lastIndexOf('/'))),
    );
  }

  #add(value: JsonValue, uri: string, directory: string): PlainSchema | boolean {
    const schema = plainJson(value);
    if (!isPlainObject(schema) && typeof schema !== 'boolean') throw new SchemaProblem('it is no map');
    this.#loaded.add(uri);
    dereference(schema, this.#byUri, new URL(uri));
    for (const each of subschemas(schema)) this.#nameDynamically(each);
    this.#documents.push({ schema, directory });
    return schema;
  }

  /** A dynamic anchor is a plain one, too. */
  #nameDynamically(schema: PlainSchema): void {
    const { $dynamicAnchor: name } = schema;
    const uri = typeof name === 'string' ? absoluteReference(`#${name}`, schema) : undefined;
    if (uri === undefined) return;
    this.#byUri[uri] ??= schema;
    this.#dynamicAnchors.add(uri);
  }

  async #follow({ schema, directory }: Document): Promise<void> {
    for (const each of subschemas(schema)) {
      const { $ref, $dynamicRef, __absolute_ref__: absolute } = each;
      if (typeof $ref === 'string' && typeof absolute === 'string') await this.#require($ref, absolute, directory);
      if (typeof $dynamicRef !== 'string') continue;
      await this.#require($dynamicRef, absoluteReference($dynamicRef, each) ?? '', directory);
    }
  }

  /** Loads the file that a reference leads to, where it leads to one. */
  async #require(reference: string, absolute: string, directory: string): Promise<void> {
    if (this.#byUri[absolute] !== undefined) return;
    const [document = '', fragment = ''] = absolute.split('#', 2);
    const loaded = this.#loaded.has(document)
      ? undefined
      : await this.#read(referredPath(reference, directory), document);
    if (absolute in this.#byUri) return;
    // A file with an $id of its own is known by that, and meant by its name all the same.
    if (loaded === undefined || fragment !== '') throw new SchemaProblem(`there is nothing at ${shorten(reference)}`);
    this.#byUri[absolute] = loaded;
  }
}

function contentOf(path: string, text: string): JsonValue {
  const isYaml = /\.ya?ml$/i.test(path);
  const json = readJson(text);
  const value = json.ok ? json.value : isYaml ? yamlJson(text) : undefined;
  if (value === undefined) throw new SchemaProblem(`${path} is no ${isYaml ? 'YAML' : 'JSON'}`);
  return value;
}
