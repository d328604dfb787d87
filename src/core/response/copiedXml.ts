import { LatchkeyError } from '../errors';
import { readWhole } from '../expect/bodyContent';
import { readXml } from '../xml/readXml';
import type { XmlNode } from '../xml/xmlNode';
import { xpathTo } from '../xml/xpathTo';
import { VALUE_LIMIT } from './bodyNode';
import { FILTER_BYTES } from './bodyFilter';
import type { BodyRow, BodyView, RowLayout } from './bodyView';
import { indexXml, type XmlLines } from './xmlLines';
import { xmlNodeAt, type XmlNodeAt } from './xmlNodeAt';

/** Bytes of a body that is read to find what is asked for; of larger ones, rows are copied. */
const READ_BYTES = 10_000_000;
/** Rows that are asked for at once. */
const MOST_ROWS = 1_000;

/**
 * The element or comment that a line of pretty XML begins with or is in, as it is shown, or the XPath of the element
 * that it is, or is in. `undefined`: there is no such line.
 * @throws LatchkeyError `response.*`: why it cannot be copied.
 */
export async function copiedXml(
  view: BodyView,
  line: number,
  what: 'path' | 'value',
  pause: () => Promise<void>,
  layout: RowLayout,
): Promise<string | undefined> {
  if (!view.isComplete || view.size > READ_BYTES) {
    if (what === 'value') return copiedRows(view, line, layout);
    throw new LatchkeyError(whyNoPath(view));
  }
  const text = await wholeText(view);
  const lines = await indexXml(text, pause);
  const start = lines?.startOf(line - 1);
  if (!lines || start === undefined) return undefined;
  const node = xmlNodeAt(text, start);
  if (what === 'value') return node ? shown(lines, line - 1, node) : lines.text(line - 1);
  if (node?.element === undefined) throw new LatchkeyError('response.noElement', { line });
  const read = await readXml(text, pause);
  if (!read.ok)
    throw new LatchkeyError('response.xmlUnreadable', { line: lines.lineAt(read.at) + 1, problem: read.problem });
  const element = elementAt(read.value.root, node.element);
  return element && xpathTo(element, read.value);
}

/** Nobody is to wait for a body that is too large already. */
function whyNoPath({ size }: BodyView): 'response.noPathForLargest' | 'response.noPathForSize' | 'response.noPathYet' {
  if (size > FILTER_BYTES) return 'response.noPathForLargest';
  return size > READ_BYTES ? 'response.noPathForSize' : 'response.noPathYet';
}

/** What is not in memory is read as it came, secrets covered. */
async function wholeText(view: BodyView): Promise<string> {
  if (view.nodes) return view.text('raw');
  const charset = view.kind.kind === 'text' ? view.kind.charset : 'utf-8';
  const bytes = await readWhole({ size: view.size, read: (start, end) => view.bytes(start, end) });
  return view.mask(new TextDecoder(charset).decode(bytes));
}

/** The lines of a node without the indentation of the first, and without what stands beside it. */
function shown(lines: XmlLines, at: number, { start, end }: XmlNodeAt): string {
  let first = at;
  while (first > 0 && (lines.endOf(first - 1) ?? 0) > start) first--;
  const texts: string[] = [];
  for (let line = first; (lines.startOf(line) ?? end) < end; line++) {
    const own = lines.text(line);
    const before = Math.max(0, start - (lines.startOf(line) ?? 0));
    const after = Math.max(0, (lines.endOf(line) ?? 0) - end);
    const indent = Math.max(0, lines.indent(line) - lines.indent(first));
    texts.push(' '.repeat(indent) + own.slice(before, own.length - after));
  }
  return texts.join('\n');
}

/** The rows from a line to the end of what begins on it. */
async function copiedRows(view: BodyView, line: number, layout: RowLayout): Promise<string | undefined> {
  const [first = 0] = (await view.firstRows?.(layout, [line])) ?? [];
  const node = await view.nodeAt?.(layout, first);
  const [end = 0] = (await view.firstRows?.(layout, [(node?.endLine ?? line) + 1])) ?? [];
  let text: string | undefined;
  let indent = 0;
  for (let at = first; at < end; at += MOST_ROWS) {
    for (const row of await view.rows(layout, at, Math.min(end, at + MOST_ROWS))) {
      if (text === undefined) indent = row.text.search(/\S|$/);
      text = text === undefined ? row.text.slice(indent) : text + following(row, indent);
    }
    if (text !== undefined && text.length > VALUE_LIMIT) throw new LatchkeyError('response.valueTooLarge');
  }
  return text;
}

function following({ text, continues }: BodyRow, indent: number): string {
  return continues ? text : `\n${text.slice(indent)}`;
}

function elementAt(root: XmlNode, start: number): XmlNode | undefined {
  let node: XmlNode | undefined = root;
  while (node && (node.kind !== 'element' || node.start < start)) {
    node = node.children.find((child) => child.start <= start && start < child.end);
  }
  return node;
}
