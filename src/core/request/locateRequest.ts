import type { RequestEntry, RequestFile } from './model';

/** The request on whose lines the offset lies, its own comments and the empty lines after it included. */
export function locateRequest(file: RequestFile, offset: number): RequestEntry | undefined {
  const { requests } = file;
  let low = 0;
  let high = requests.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((requests[middle]?.extent.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const found = requests[low - 1];
  return found && offset <= found.extent.end ? found : undefined;
}
