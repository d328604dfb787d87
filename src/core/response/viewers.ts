import type { BodyKind } from './classify';
import type { Media } from './media';

/** A way to look at a body. */
export type BodyViewer = 'pretty' | 'raw' | 'hex' | 'image' | 'audio' | 'video' | 'pdf' | 'preview' | 'table';

/** The ways to look at a body, the one that says most first. */
export function viewersOf(kind: BodyKind, media: Media | undefined, hasPretty: boolean): readonly BodyViewer[] {
  if (kind.kind === 'empty') return [];
  const drawn: readonly BodyViewer[] = media ? [media.kind] : [];
  if (kind.kind === 'binary') return [...drawn, 'hex'];
  if (kind.oddities.includes('notText')) return [...drawn, 'hex', 'raw'];
  return [...drawn, ...textViewers(kind.language, hasPretty), 'hex'];
}

function textViewers(
  language: (BodyKind & { readonly kind: 'text' })['language'],
  hasPretty: boolean,
): readonly BodyViewer[] {
  switch (language) {
    case 'json':
    case 'xml':
      return hasPretty ? ['pretty', 'raw'] : ['raw'];
    case 'csv':
      return ['table', 'raw'];
    // What a page says comes second: reading HTML as it came is what an API client is for.
    case 'html':
      return ['raw', 'preview'];
    case 'markdown':
      return ['preview', 'raw'];
    case 'text':
      return ['raw'];
  }
}
