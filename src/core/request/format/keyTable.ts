/** What stands behind a key: the shape that the decoder accepts, the JSON Schema states and completion offers. */
export type KeyKind =
  /** Text taken as it is. */
  | 'text'
  /** Text in which `${…}` is expanded. */
  | 'template'
  /** Text with at least one `${…}`, where something else would be written without. */
  | 'expression'
  | 'templates'
  | 'texts'
  | 'url'
  | 'boolean'
  /** A whole number from `minimum` to `maximum`. */
  | 'integer'
  | 'integers'
  | 'duration'
  | 'status'
  | 'connectionName'
  /** One of `values`. */
  | 'choice'
  /** One or more of `values`. */
  | 'choices'
  /** A closed set of keys, in `keys`. */
  | 'object'
  /** Names chosen by the author, each with the keys in `keys`. */
  | 'named'
  /** Names chosen by the author, each with a text, a number, `true`, `false`, `null` or a list of them. */
  | 'fields'
  /** Names chosen by the author, each with any value. */
  | 'variables'
  /** A value that must be equal, or a map of matchers. */
  | 'matchers'
  /** Names or paths chosen by the author, each with what `matchers` takes. */
  | 'matchersByName'
  /** Names chosen by the author, each with where in the response its value is, or a map of `keys`. */
  | 'captures'
  /** Names chosen by the author, each with a text or a map of `keys`, or a list of them. */
  | 'parts'
  /** A text or a map of `keys`, or a list of them. */
  | 'messages'
  /** A number of bytes, or a text such as `5MB`. */
  | 'size'
  /** Names chosen by the author, each with variables. */
  | 'namedVariables'
  | 'any';

/** What completion has to offer for a value, or for the names in a map, beyond what its kind says. */
export type Suggestion =
  | 'scope'
  | 'preset'
  | 'editorProvider'
  | 'environment'
  | 'request'
  | 'method'
  | 'header'
  | 'file'
  | 'requestFile'
  /** JSONPaths of the latest response, for keys; for values also the other places of a response. */
  | 'responsePath'
  | 'origin';

/**
 * One key of the format. The tables are its one definition: the decoder visits their keys, the JSON Schemas in
 * `media/schemas` and the list of keys in `docs/format.md` are made from them (`npm run docs`), and completion, hover
 * and snippets read them. A key that is put into a table has all of these; a test holds the decoder and the schema
 * against each other, key by key. Where `kind` cannot say the shape, extend it here and in `jsonSchema.ts`.
 */
export interface KeyDescription {
  readonly kind: KeyKind;
  /** One sentence for hovers, completion and the JSON Schema. */
  readonly docs: string;
  readonly keys?: KeyTable;
  /** The texts that a `choice` is one of; with another kind, texts that mean something in its place. */
  readonly values?: ValueTable;
  /** Another shape that the value may have instead. */
  readonly or?: KeyKind;
  /** `null`, or nothing behind the colon, is an error; elsewhere it says nothing or removes what is inherited. */
  readonly needsValue?: true;
  readonly suggest?: Suggestion;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type KeyTable = Readonly<Record<string, KeyDescription>>;

export interface ValueDescription {
  readonly docs: string;
}

export type ValueTable = Readonly<Record<string, ValueDescription>>;

/** The keys of a table. */
export type KeyOf<T extends KeyTable> = keyof T & string;
