import { workspacePath } from '../../files/workspacePath';
import { andThen, failure, success } from '../../request/resolve/evaluation';
import { shownText } from '../../request/resolve/fieldValues';
import { isNull, type Resolved } from '../../request/resolve/resolved';
import { sourceText } from '../../request/resolve/supplies';
import type { Value } from '../../request/value';
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
  { openFile }: Pick<RunPorts<S>, 'openFile'>,
  signal: AbortSignal,
): Promise<SiteRows> {
  const { folder, directory = '' } = site.place;
  if (forEach.kind === 'value') {
    const { value } = forEach;
    return { source: nameOf(value), rows: rowsIn(await listFrom(value, values, signal)) };
  }
  const written = await values.evaluate(
    (evaluator) => andThen(evaluator.text(forEach.path, false), (text) => shownText(text, forEach.range, false)),
    signal,
  );
  const path = workspacePath(directory, written);
  const bytes = openFile(folder, path);
  if (!/\.json$/i.test(path)) return { source: path, rows: csvRows(bytes, path) };
  return { source: path, rows: rowsIn(await jsonItems(bytes, path)) };
}

function listFrom(value: Value, values: SiteValues, signal: AbortSignal): Promise<readonly Resolved[]> {
  return values.evaluate(
    (evaluator) =>
      andThen(evaluator.value(value, false), (resolved) =>
        resolved.kind === 'list'
          ? success(resolved.items)
          : failure('run.notAList', value.range, { name: nameOf(value), kind: kindOf(resolved) }, false),
      ),
    signal,
  );
}

// oxlint-disable-next-line typescript/require-await -- a list is read like a file
async function* rowsIn(items: readonly Resolved[]): AsyncGenerator<Row> {
  for (const [index, item] of items.entries()) yield rowOfItem(item, index + 1);
}

/** The variable as it is written; a list of its own has no name. */
function nameOf(value: Value): string {
  const [only] = value.kind === 'text' ? value.parts : [];
  return typeof only === 'object' ? sourceText(only.source) : 'forEach';
}

function kindOf(value: Resolved): string {
  if (value.kind === 'map') return 'a map';
  return value.kind === 'raw' && isNull(value) ? 'null' : 'a text or a number';
}
