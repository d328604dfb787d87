import { workspacePath } from '../../files/workspacePath';
import { andThen } from '../../request/resolve/evaluation';
import { shownText } from '../../request/resolve/fieldValues';
import { itemsName, resolveItems } from '../../request/resolve/resolveFlow';
import type { Resolved } from '../../request/resolve/resolved';
import type { ForEachSetting } from '../../request/flow';
import type { RunPorts } from '../runPorts';
import type { Sent } from '../outcome';
import type { Site } from '../site';
import type { SiteValues } from '../siteValues';
import { csvRows } from './csvRows';
import { jsonItems } from './jsonRows';
import { rowOfItem, type Row } from './row';

/** The rows of a request, and what they come from in words. */
export interface SiteRows {
  readonly source: string;
  readonly rows: AsyncIterable<Row>;
}

/**
 * The rows that `forEach` names; those of a CSV file are read as they are sent.
 * @throws LatchkeyError `workspace.requestInvalid`, `file.*`, `rows.*`; AbortError.
 */
export async function rowsOf<S extends Sent>(
  site: Site,
  forEach: ForEachSetting,
  values: SiteValues,
  { openFile, pause }: Pick<RunPorts<S>, 'openFile' | 'pause'>,
  signal: AbortSignal,
): Promise<SiteRows> {
  const { folder, directory = '' } = site.place;
  if (forEach.kind === 'value') {
    const { value } = forEach;
    const items = await values.items((evaluator) => resolveItems(value, evaluator), signal);
    return { source: itemsName(value), rows: rowsIn(items) };
  }
  const written = await values.evaluate(
    (evaluator) => andThen(evaluator.text(forEach.path, false), (text) => shownText(text, forEach.range, false)),
    signal,
  );
  const path = workspacePath(directory, written);
  const bytes = openFile(folder, path);
  if (!/\.json$/i.test(path)) return { source: path, rows: csvRows(bytes, path) };
  return { source: path, rows: rowsIn(await jsonItems(bytes, path, pause)) };
}

// oxlint-disable-next-line typescript/require-await -- a list is read like a file
async function* rowsIn(items: readonly Resolved[]): AsyncGenerator<Row> {
  for (const [index, item] of items.entries()) yield rowOfItem(item, index + 1);
}
