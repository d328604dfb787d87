import type { HistoryEntry, HistoryRecord, KeptBody } from '../../core/history/historyEntry';
import type { BodyView } from '../../core/response/bodyView';
import { openBodyView } from '../../core/response/openBodyView';
import type { BodyInfo, ExchangeView } from '../../shared/viewModel';
import { isRunState } from '../../shared/viewModelGuard';
import { presentBody } from '../runner/presentBody';
import { runWithout } from '../runner/presentOutcome';
import type { Run } from '../runner/runStore';

/** An older send as the runner shows it. */
export interface PastRun {
  readonly entry: HistoryEntry;
  readonly run: Run;
}

/** `undefined` when it was kept by a version of Latchkey that this one does not understand. */
export async function pastRun(
  { entry, detail, body }: HistoryRecord,
  pause: () => Promise<void>,
): Promise<PastRun | undefined> {
  if (!isRunState(detail)) return undefined;
  if (detail.kind !== 'response') return { entry, run: runWithout(detail) };
  const { exchange } = detail;
  const view = body && (await viewOf(entry.id, exchange, body, pause));
  const shown: ExchangeView = {
    ...exchange,
    id: entry.id,
    receiving: false,
    body: bodyInfo(exchange.body, view, body?.isWhole ?? false),
  };
  return { entry, run: { ...runWithout({ kind: 'response', exchange: shown }), body: view } };
}

function viewOf(
  id: string,
  { headers }: ExchangeView,
  { text }: KeptBody,
  pause: () => Promise<void>,
): Promise<BodyView> {
  const bytes = new TextEncoder().encode(text);
  const source = {
    size: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
  const contentType = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  // It is UTF-8 here, whatever it came as.
  return openBodyView(source, { id, contentType: contentType?.replace(/;.*$/s, ''), mask: [], pause });
}

/** What was not kept is told by its size. */
function bodyInfo(info: BodyInfo, view: BodyView | undefined, isWhole: boolean): BodyInfo {
  if (info.kind === 'empty') return info;
  const shown = view && presentBody(view);
  if (shown?.kind !== 'text') return { ...info, kind: 'binary', viewers: [], drawnAs: undefined };
  // Its bytes are not those that were received.
  const viewers = shown.viewers.filter((viewer) => viewer !== 'hex');
  // Where JSON was cut it breaks the grammar, which is no mistake of the server's.
  return isWhole
    ? { ...shown, viewers, size: info.size, shownBytes: info.size }
    : { ...shown, viewers, size: info.size, mistake: undefined };
}
