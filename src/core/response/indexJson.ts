import { JsonIndexer, type IndexingState } from './jsonIndexer';

/** Characters between two turns of the event loop: some milliseconds of work. */
const SLICE = 1024 * 1024;

/** Indexes the pretty form of a JSON text without holding up the event loop. */
export async function indexJson(
  text: string,
  pause: () => Promise<void>,
): Promise<Exclude<IndexingState, { kind: 'more' }>> {
  const indexer = new JsonIndexer(text);
  for (;;) {
    const state = indexer.advance(SLICE);
    if (state.kind !== 'more') return state;
    await pause();
  }
}
