/**
 * The selected text of the rows in a list. Rows that go on with a line are joined to it: what was wrapped for the
 * eye is one line on the clipboard.
 */
export function copiedRows(root: DocumentFragment | HTMLElement): string {
  const range = selectedRange(root);
  if (!range) return '';
  let text = '';
  let isFirst = true;
  for (const row of root.querySelectorAll<HTMLElement>('.row')) {
    const content = row.querySelector('.text');
    if (!content || !range.intersectsNode(content)) continue;
    if (!isFirst && !row.hasAttribute('data-continues')) text += '\n';
    text += selectedPart(content, range);
    isFirst = false;
  }
  return text;
}

/** The selection as a live range; inside a shadow root only `getComposedRanges` tells it. */
function selectedRange(root: DocumentFragment | HTMLElement): Range | undefined {
  const selection = getSelection();
  if (!selection || selection.rangeCount === 0) return undefined;
  const composed = root instanceof ShadowRoot ? selection.getComposedRanges({ shadowRoots: [root] })[0] : undefined;
  if (!composed) return selection.getRangeAt(0);
  const range = document.createRange();
  range.setStart(composed.startContainer, composed.startOffset);
  range.setEnd(composed.endContainer, composed.endOffset);
  return range;
}

function selectedPart(content: Element, range: Range): string {
  const part = document.createRange();
  part.selectNodeContents(content);
  if (part.compareBoundaryPoints(Range.START_TO_START, range) < 0)
    part.setStart(range.startContainer, range.startOffset);
  if (part.compareBoundaryPoints(Range.END_TO_END, range) > 0) part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}
