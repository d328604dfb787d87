import { mediaSignature } from './media';

/** What a body is, as far as showing it goes. */
export type BodyKind =
  | { readonly kind: 'empty' }
  | { readonly kind: 'binary'; readonly mediaType: string }
  | {
      readonly kind: 'text';
      readonly language: BodyLanguage;
      readonly mediaType: string;
      /** A label that `TextDecoder` knows. */
      readonly charset: string;
      /** What is not as the headers say. */
      readonly oddities: readonly BodyOddity[];
    };

/** What is laid out, folded and filtered. */
export type StructuredLanguage = 'json' | 'xml';

export type BodyLanguage = StructuredLanguage | 'html' | 'markdown' | 'csv' | 'text';

/** Why a body may not look as its sender meant it. */
export type BodyOddity =
  /** Said to be text, but its bytes are none. */
  | 'notText'
  /** Said to be something else than text, but it is text. */
  | 'notBinary'
  /** The charset that it names does not exist; it was read as UTF-8. */
  | 'unknownCharset'
  /** Some bytes are none of its charset. */
  | 'invalidBytes';

const TEXT_TYPES =
  /^(?:text\/.+|application\/(?:.*javascript|.*ecmascript|x-www-form-urlencoded|graphql|sql|x-sh|yaml|x-yaml|toml|jwt|jose|jsonl|x-ndjson|ndjson|json-seq)|.+\/.+\+(?:yaml|jwt)|image\/svg\+xml|message\/.+)$/;
const BINARY_TYPES =
  /^(?:image|audio|video|font|model)\/|^application\/(?:pdf|zip|gzip|wasm|x-7z-compressed|protobuf|x-protobuf|cbor|msgpack|vnd\.ms-.+|vnd\.openxmlformats-.+)$/;

/**
 * Decides from the Content-Type, and where that says nothing from the first bytes, how a body is shown.
 * `head` is the start of the body, a kilobyte or so; it never throws on any input.
 */
export function classifyBody(contentType: string | undefined, head: Uint8Array, size: number): BodyKind {
  if (size === 0) return { kind: 'empty' };
  const { mediaType, charset } = parseContentType(contentType);
  const known = knownCharset(charset);
  const encoding = byteOrderMark(head) ?? known ?? 'utf-8';
  const declared = declaredLanguage(mediaType);
  const common = { kind: 'text', mediaType, charset: encoding } as const;
  const oddities: BodyOddity[] = charset !== undefined && known === undefined ? ['unknownCharset'] : [];
  if (declared === 'binary') {
    const language = markupIn(head);
    return language ? { ...common, language, oddities: ['notBinary'] } : { kind: 'binary', mediaType };
  }
  if (!looksBinary(head, encoding) || declared === 'json') {
    return { ...common, language: declared ?? sniffLanguage(head), oddities };
  }
  // What says that it is text is text as well, for whoever wants to see it so.
  const isSaid = declared !== undefined || mediaType === 'text/plain';
  if (!isSaid || mediaSignature(head)) return { kind: 'binary', mediaType };
  return { ...common, language: 'text', oddities: [...oddities, 'notText'] };
}

/** Media type in lower case without parameters, and the charset parameter. Lenient: servers send all sorts of things. */
export function parseContentType(value: string | undefined): {
  readonly mediaType: string;
  readonly charset: string | undefined;
} {
  const [type = '', ...parameters] = (value ?? '').split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined && found !== '');
  return { mediaType: type.trim().toLowerCase(), charset };
}

function declaredLanguage(mediaType: string): BodyLanguage | 'binary' | undefined {
  if (/^(?:application|text)\/json$|\+json$/.test(mediaType)) return 'json';
  if (mediaType === 'text/html' || mediaType === 'application/xhtml+xml') return 'html';
  if (/^(?:application|text)\/xml$|\+xml$/.test(mediaType)) return 'xml';
  if (/^text\/(?:x-)?markdown$/.test(mediaType)) return 'markdown';
  if (/^(?:text|application)\/(?:csv|x-csv|tab-separated-values)$/.test(mediaType)) return 'csv';
  // Servers that do not care say text/plain about JSON, too: let the first bytes decide.
  if (mediaType === 'text/plain') return undefined;
  if (TEXT_TYPES.test(mediaType)) return 'text';
  return BINARY_TYPES.test(mediaType) ? 'binary' : undefined;
}

function knownCharset(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function byteOrderMark(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** NUL bytes, or many bytes that text does not have. */
function looksBinary(head: Uint8Array, encoding: string): boolean {
  if (encoding.startsWith('utf-16')) return false;
  let odd = 0;
  for (const byte of head) {
    if (byte === 0) return true;
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) odd++;
  }
  return odd * 20 > head.length || (encoding === 'utf-8' && invalidUtf8Share(head) > 0.1);
}

function invalidUtf8Share(head: Uint8Array): number {
  const text = new TextDecoder('utf-8').decode(head);
  let replaced = 0;
  for (let index = text.indexOf('\ufffd'); index !== -1; index = text.indexOf('\ufffd', index + 1)) replaced++;
  return text.length === 0 ? 0 : replaced / text.length;
}

/** Text that some servers send in place of a picture or a file: an error. */
function markupIn(head: Uint8Array): 'json' | 'html' | 'xml' | undefined {
  if (mediaSignature(head) || looksBinary(head, 'utf-8') || invalidUtf8Share(head) > 0) return undefined;
  const language = sniffLanguage(head);
  return language === 'json' || language === 'html' || language === 'xml' ? language : undefined;
}

function sniffLanguage(head: Uint8Array): BodyLanguage {
  const start = new TextDecoder('utf-8').decode(head).trimStart();
  if (/^[[{]/.test(start)) return 'json';
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return 'html';
  return /^<(?:\?xml|[a-z])/i.test(start) ? 'xml' : 'text';
}
