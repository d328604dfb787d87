/** What a body is drawn or played as. */
export interface Media {
  readonly kind: 'image' | 'audio' | 'video' | 'pdf';
  /** A type that is safe to give to a browser: one of our list, never the server's words. */
  readonly type: string;
}

type Signature = readonly [offset: number, bytes: string, media: Media];

const image = (type: string): Media => ({ kind: 'image', type: `image/${type}` });
const audio = (type: string): Media => ({ kind: 'audio', type: `audio/${type}` });
const video = (type: string): Media => ({ kind: 'video', type: `video/${type}` });

const SIGNATURES: readonly Signature[] = [
  [0, '\x89PNG\r\n\x1a\n', image('png')],
  [0, '\xff\xd8\xff', image('jpeg')],
  [0, 'GIF87a', image('gif')],
  [0, 'GIF89a', image('gif')],
  [8, 'WEBP', image('webp')],
  [4, 'ftypavif', image('avif')],
  [4, 'ftypavis', image('avif')],
  [0, 'BM', image('bmp')],
  [0, '\0\0\x01\0', image('x-icon')],
  [0, '%PDF-', { kind: 'pdf', type: 'application/pdf' }],
  [8, 'WAVE', audio('wav')],
  [0, 'ID3', audio('mpeg')],
  [0, 'fLaC', audio('flac')],
  [0, 'OggS', audio('ogg')],
  [4, 'ftypM4A', audio('mp4')],
  [4, 'ftyp', video('mp4')],
  [0, '\x1aE\xdf\xa3', video('webm')],
];

/** Two letters begin many a text. */
const WEAK = 'BM';

/** What the first bytes of a body say that it is. */
export function mediaSignature(head: Uint8Array): Media | undefined {
  return SIGNATURES.find(([offset, bytes]) => bytes !== WEAK && hasBytes(head, offset, bytes))?.[2];
}

/**
 * What a body can be drawn or played as, by its first bytes and by its type where those do not tell.
 * `undefined`: as text or bytes only.
 */
export function mediaOf(mediaType: string, head: Uint8Array): Media | undefined {
  const found = mediaSignature(head);
  if (found) return found.kind === 'audio' && mediaType === 'video/ogg' ? video('ogg') : found;
  if (mediaType === 'image/svg+xml') return image('svg+xml');
  if (mediaType === 'image/bmp' && hasBytes(head, 0, WEAK)) return image('bmp');
  // An MP3 without a tag begins with the sync word of its first frame.
  if (/^audio\/(?:mpeg|mp3)$/.test(mediaType) && head[0] === 0xff && (head[1] ?? 0) >= 0xe0) return audio('mpeg');
  return undefined;
}

function hasBytes(head: Uint8Array, offset: number, bytes: string): boolean {
  return Array.from(bytes).every((character, index) => head[offset + index] === character.charCodeAt(0));
}
