import { shownResponseHeader } from '../../core/http/cookies/shownSetCookie';
import type { Header } from '../../core/ports';
import type { HeaderView } from '../../shared/viewModel';

/** Nobody reads such a table to its end, and a hostile server may send any number. */
const MOST_HEADERS = 1000;

/** Headers for the view, in their order. Cookies that are set in them are masked. */
export function presentHeaders(headers: readonly Header[]): readonly HeaderView[] {
  return headers.slice(0, MOST_HEADERS).map((header) => {
    const [name, value] = shownResponseHeader(header);
    return { name, value };
  });
}
