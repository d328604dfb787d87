/** What the name of a saved body is made from. */
export interface FileNameFacts {
  /** The Content-Disposition header (RFC 6266). */
  readonly contentDisposition: string | undefined;
  /** Of the request that was answered; as it is shown. */
  readonly url: string;
  readonly mediaType: string;
}

const LONGEST = 120;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'application/gzip': 'gz',
  'application/x-ndjson': 'ndjson',
  'application/yaml': 'yaml',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/javascript': 'js',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'text/tab-separated-values': 'tsv',
  'text/xml': 'xml',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

/** Names of devices on Windows, whatever comes after a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name for the file that a body is saved to: the server's, or the last part of the URL, with nothing in it that leads
 * out of the folder or looks like something else.
 */
export function fileNameFor({ contentDisposition, url, mediaType }: FileNameFacts): string {
  const named = safeName(dispositionName(contentDisposition ?? '') ?? '');
  if (named !== '') return named;
  const name = safeName(lastSegment(url)) || 'response';
  const extension = EXTENSIONS[mediaType] ?? /\+(json|xml|yaml)$/.exec(mediaType)?.[1];
  return extension === undefined || /\.[a-z\d]{1,8}$/i.test(name) ? name : `${name}.${extension}`;
}

/** `filename*` (RFC 8187) goes before `filename`. */
function dispositionName(header: string): string | undefined {
  const extended = /;\s*filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header);
  if (extended) return percentDecoded(extended[2] ?? '', extended[1] ?? 'utf-8');
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header);
  if (quoted) return (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  return /;\s*filename\s*=\s*([^;"\s]+)/i.exec(header)?.[1];
}

function percentDecoded(text: string, charset: string): string {
  const bytes: number[] = [];
  for (const [, code, character] of text.matchAll(/%([\da-f]{2})|([^])/gi)) {
    bytes.push(code === undefined ? (character ?? '').charCodeAt(0) & 0xff : parseInt(code, 16));
  }
  return new TextDecoder(charset).decode(Uint8Array.from(bytes));
}

function lastSegment(url: string): string {
  const path = URL.parse(url)?.pathname ?? '';
  return percentDecoded(path.split('/').findLast((part) => part !== '') ?? '', 'utf-8');
}

/** One path segment without what file systems forbid, and without characters that hide or turn around others. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .replace(/[\p{C}\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*\u2022]/g, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shorten(DEVICE.test(clean) ? `_${clean}` : clean);
}

/** Keeps the extension, which says what it is. */
function shorten(name: string): string {
  if (name.length <= LONGEST) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  // Not in the middle of a character.
  return name.slice(0, LONGEST - extension.length).replace(/[\ud800-\udbff]$/, '') + extension;
}
