/** What stands behind a key: the shape that the decoder accepts, the JSON Schema states and completion offers. */
export type KeyKind =
  /** Text taken as it is. */
  | 'text'
  /** Text in which `${…}` is expanded. */
  | 'template'
  | 'templates'
  | 'texts'
  | 'url'
  | 'boolean'
  | 'integer'
  | 'integers'
  | 'duration'
  | 'status'
  | 'connectionName'
  /** One of `values`. */
  | 'choice'
  /** A closed set of keys, in `keys`. */
  | 'object'
  /** Names chosen by the author, each with the keys in `keys`. */
  | 'named'
  /** Names chosen by the author, each with a text, a number, `true`, `false`, `null` or a list of them. */
  | 'fields'
  /** Names chosen by the author, each with any value. */
  | 'variables'
  /** A value that must be equal, or a map of the matchers in `keys`. */
  | 'matchers'
  /** Names or paths chosen by the author, each with what `matchers` takes. */
  | 'matchersByName'
  /** Names chosen by the author, each with where in the response its value is, or a map of `keys`. */
  | 'captures'
  /** A number of bytes, or a text such as `5MB`. */
  | 'size'
  | 'any';

/** One key of the format. */
export interface KeyDescription {
  readonly kind: KeyKind;
  /** One sentence for hovers, completion and the JSON Schema. */
  readonly docs: string;
  /** A key that is not supported belongs to the format all the same: it gets a diagnostic of its own. */
  readonly supported: boolean;
  readonly keys?: KeyTable;
  readonly values?: ValueTable;
}

export type KeyTable = Readonly<Record<string, KeyDescription>>;

export interface ValueDescription {
  readonly docs: string;
  readonly supported: boolean;
}

export type ValueTable = Readonly<Record<string, ValueDescription>>;

/** The keys of a table that can be used today. */
export type SupportedKey<T extends KeyTable> = {
  [K in keyof T & string]: T[K]['supported'] extends true ? K : never;
}[keyof T & string];
