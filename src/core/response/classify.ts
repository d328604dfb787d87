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
    };

export type BodyLanguage = 'json' | 'xml' | 'html' | 'text';

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
  const encoding = byteOrderMark(head) ?? knownCharset(charset) ?? 'utf-8';
  const declared = declaredLanguage(mediaType);
  const binary = declared === 'binary' || (looksBinary(head, encoding) && declared !== 'json');
  if (binary) return { kind: 'binary', mediaType };
  return { kind: 'text', language: declared ?? sniffLanguage(head), mediaType, charset: encoding };
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

function sniffLanguage(head: Uint8Array): BodyLanguage {
  const start = new TextDecoder('utf-8').decode(head).trimStart();
  if (/^[[{]/.test(start)) return 'json';
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return 'html';
  return /^<(?:\?xml|[a-z])/i.test(start) ? 'xml' : 'text';
}
