import type { BodyView } from '../../core/response/bodyView';
import { viewersOf } from '../../core/response/viewers';
import type { BodyInfo } from '../../shared/viewModel';

/** What the view has to know of a body to show it; the rest it asks for. */
export function presentBody(body: BodyView): BodyInfo {
  const { kind, size, media } = body;
  if (kind.kind === 'empty') return { kind: 'empty' };
  const facts = {
    bodyId: body.id,
    mediaType: kind.mediaType,
    size,
    complete: body.isComplete,
    viewers: viewersOf(kind, media, body.hasPretty),
    drawnAs: media?.type,
  };
  if (kind.kind === 'binary') return { kind: 'binary', ...facts };
  return {
    kind: 'text',
    ...facts,
    language: kind.language,
    oddities: kind.oddities,
    shownBytes: body.shownBytes,
    lineCount: { pretty: body.lineCount('pretty'), raw: body.lineCount('raw') },
    largestLine: { pretty: body.largestLine('pretty'), raw: body.largestLine('raw') },
    hasPretty: body.hasPretty,
    canFoldAll: body.nodes !== undefined,
    mistake: body.mistake,
  };
}
