import type { Header } from '../../core/ports';
import type { HeaderView } from '../../shared/viewModel';

/** Nobody reads such a table to its end, and a hostile server may send any number. */
const MOST_HEADERS = 1000;

/** Headers for the view, in their order. */
export function presentHeaders(headers: readonly Header[]): readonly HeaderView[] {
  return headers.slice(0, MOST_HEADERS).map(([name, value]) => ({ name, value }));
}
