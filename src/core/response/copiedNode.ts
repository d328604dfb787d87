import { LatchkeyError } from '../errors';
import { VALUE_LIMIT } from './bodyNode';
import type { BodyView, RowLayout } from './bodyView';
import { copiedXml } from './copiedXml';
import { formatJsonPath } from './formatJsonPath';
import { JsonIndexer } from './jsonIndexer';
import { JsonLines } from './jsonLines';
import { jsonNodeAt, type Utf8Source } from './jsonNodeAt';

/**
 * The path of the value on a line of the pretty form, or the value: a string without its quotes, everything else as it
 * is shown. Secrets are masked. `undefined`: there is no such line.
 * @param layout at which rows are listed.
 * @throws LatchkeyError `response.*`: why it cannot be copied.
 */
export async function copiedNode(
  view: BodyView,
  line: number,
  what: 'path' | 'value',
  pause: () => Promise<void>,
  layout: RowLayout = { form: 'pretty', width: 0 },
): Promise<string | undefined> {
  if (view.kind.kind === 'text' && view.kind.language === 'xml') return copiedXml(view, line, what, pause, layout);
  const source = await utf8Source(view);
  const node = await jsonNodeAt(source, line, pause);
  if (!node) return undefined;
  if (what === 'path') return view.mask(formatJsonPath(node.path));
  if (node.end - node.start > VALUE_LIMIT) throw new LatchkeyError('response.valueTooLarge');
  const json = new TextDecoder().decode(await source.read(node.start, node.end));
  const text = json.startsWith('"') ? (JSON.parse(json) as string) : prettyText(json);
  return view.mask(text);
}

/** Bodies in other encodings are in memory, and small enough to be encoded anew. */
async function utf8Source(view: BodyView): Promise<Utf8Source> {
  const isUtf8 = view.kind.kind === 'text' && view.kind.charset === 'utf-8';
  if (isUtf8) return { size: view.size, read: (start, end) => view.bytes(start, end) };
  const bytes = new TextEncoder().encode(await view.text('raw'));
  return { size: bytes.length, read: (start, end) => Promise.resolve(bytes.subarray(start, end)) };
}

/** As the pretty form shows it, digit for digit. What is no JSON stays as it is. */
export function prettyText(json: string): string {
  const state = new JsonIndexer(json).advance(json.length + 1);
  if (state.kind !== 'done') return json;
  const lines = new JsonLines(json, state.index);
  return Array.from({ length: lines.lineCount }, (_, line) => ' '.repeat(lines.indent(line)) + lines.text(line)).join(
    '\n',
  );
}
