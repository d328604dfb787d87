import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from '../json/jsonValue';

/** References that lead to references that lead … more of them lead nowhere. */
const MOST_HOPS = 32;

/** The documents that an API description consists of, by their absolute URI. */
export type ApiDocuments = ReadonlyMap<string, JsonValue>;

/** What a node consists of, before any reference is followed. */
interface Target {
  readonly uri: string;
  readonly value: JsonValue;
}

/** A value in an API description. Where it is a `$ref`, what that leads to stands in its place. */
export class ApiNode {
  readonly #documents: ApiDocuments;
  readonly #target: Target;

  private constructor(documents: ApiDocuments, target: Target) {
    this.#documents = documents;
    this.#target = target;
  }

  /** @param uri of the document that the description begins with. */
  static root(documents: ApiDocuments, uri: string): ApiNode {
    return new ApiNode(documents, { uri, value: documents.get(uri) ?? null });
  }

  get value(): JsonValue {
    return this.#target.value;
  }

  /** The members of an object; none for anything else. */
  get members(): JsonObject {
    return isJsonObject(this.value) ? this.value : NO_MEMBERS;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** Digits as written; `undefined` for anything else. */
  get number(): string | undefined {
    return this.value instanceof JsonNumber ? this.value.literal : undefined;
  }

  get(key: string): ApiNode | undefined {
    const value = this.members.get(key);
    return value === undefined ? undefined : this.#child(value);
  }

  /** The text under a key; `undefined` where there is none. */
  textOf(key: string): string | undefined {
    return this.get(key)?.text;
  }

  /** The items of a list; none for anything else. */
  get items(): readonly ApiNode[] {
    return isJsonArray(this.value) ? this.value.flatMap((item) => this.#child(item) ?? []) : [];
  }

  /** The members of an object as nodes, without those that lead nowhere. */
  get entries(): readonly (readonly [key: string, node: ApiNode])[] {
    return [...this.members].flatMap(([key, value]) => {
      const node = this.#child(value);
      return node ? [[key, node] as const] : [];
    });
  }

  /** A value that could stand where this one stands. */
  beside(value: JsonValue): ApiNode {
    return new ApiNode(this.#documents, { uri: this.#target.uri, value });
  }

  #child(value: JsonValue): ApiNode | undefined {
    let target: Target | undefined = { uri: this.#target.uri, value };
    const beside: JsonObject[] = [];
    for (let hops = 0; target; hops++) {
      const reference: string | undefined = referenceIn(target.value);
      if (reference === undefined) return new ApiNode(this.#documents, withSiblings(target, beside));
      if (hops >= MOST_HOPS) return undefined;
      beside.push(target.value as JsonObject);
      target = this.#follow(reference, target.uri);
    }
    return undefined;
  }

  #follow(reference: string, base: string): Target | undefined {
    const { uri, pointer } = splitReference(reference, base);
    let value = this.#documents.get(uri);
    for (const key of pointer) {
      if (value === undefined) return undefined;
      if (isJsonObject(value)) value = value.get(key);
      else if (isJsonArray(value) && /^(?:0|[1-9]\d*)$/.test(key)) value = value[Number(key)];
      else return undefined;
    }
    return value === undefined ? undefined : { uri, value };
  }
}

const NO_MEMBERS: JsonObject = new Map();

/** What `$ref` says. An object that merely describes a property of that name has an object there. */
export function referenceIn(value: JsonValue): string | undefined {
  const reference = isJsonObject(value) ? value.get('$ref') : undefined;
  return typeof reference === 'string' ? reference : undefined;
}

/** The document that a reference leads into, and the keys on the way from there (RFC 6901). */
export function splitReference(
  reference: string,
  base: string,
): { readonly uri: string; readonly pointer: readonly string[] } {
  const hash = reference.indexOf('#');
  const document = hash < 0 ? reference : reference.slice(0, hash);
  const fragment = hash < 0 ? '' : decoded(reference.slice(hash + 1));
  const uri = document === '' ? base : absolute(document, base);
  const pointer = fragment === '' ? [] : fragment.replace(/^\//, '').split('/');
  return { uri, pointer: pointer.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) };
}

function absolute(reference: string, base: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** What stands beside a `$ref` counts where the target does not say it: a summary, a description (OpenAPI 3.1 §4.8.23). */
function withSiblings(target: Target, beside: readonly JsonObject[]): Target {
  const { uri, value } = target;
  if (!isJsonObject(value) || beside.every(({ size }) => size <= 1)) return target;
  const merged = new Map(value);
  for (const siblings of [...beside].reverse()) {
    for (const key of ['summary', 'description', 'example', 'default', 'deprecated']) {
      const sibling = siblings.get(key);
      if (sibling !== undefined) merged.set(key, sibling);
    }
  }
  return { uri, value: merged };
}
