/** The text that pdf.js has laid over the picture of a page, as one string. */
export class LayerText {
  readonly text: string;
  readonly #pieces: readonly { readonly node: Node; readonly start: number }[];

  constructor(layer: HTMLElement) {
    const pieces: { readonly node: Node; readonly start: number }[] = [];
    let text = '';
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof HTMLBRElement) text += '\n';
      if (!(node instanceof Text)) continue;
      pieces.push({ node, start: text.length });
      text += node.data;
    }
    this.text = text;
    this.#pieces = pieces;
  }

  /** The place of characters `start` to `end` (exclusive) in the page. */
  range(start: number, end: number): Range {
    const range = new Range();
    const first = this.#pieceAt(start);
    const last = this.#pieceAt(end - 1);
    if (first) range.setStart(first.node, Math.min(start - first.start, lengthOf(first.node)));
    if (last) range.setEnd(last.node, Math.min(end - last.start, lengthOf(last.node)));
    return range;
  }

  /** The last piece that begins at the place or before it. */
  #pieceAt(place: number): { readonly node: Node; readonly start: number } | undefined {
    return this.#pieces.findLast(({ start }) => start <= place);
  }
}

function lengthOf(node: Node): number {
  return node instanceof Text ? node.length : 0;
}
