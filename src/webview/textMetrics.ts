/** Pixels left and right of the line numbers and behind the text, with room for a scroll bar. */
const FURNITURE = 24 + 12 + 16;
/** What VS Code's editor takes for its lines by default, as a share of the font size. */
const LINE_HEIGHT = 1.4;
const SAMPLE = 100;

export interface TextMetrics {
  /** Columns of the body list, line numbers included. */
  readonly columns: number;
  /** Pixels. */
  readonly rowHeight: number;
}

/** Measures how many characters of the editor's font fit in `width` pixels. `probe` is an element in that font. */
export function measureText(probe: HTMLElement, width: number): TextMetrics {
  probe.textContent = '0'.repeat(SAMPLE);
  const character = probe.getBoundingClientRect().width / SAMPLE;
  const fontSize = parseFloat(getComputedStyle(probe).fontSize);
  const columns = character > 0 ? Math.floor((width - FURNITURE) / character) : 0;
  return { columns: Math.max(24, columns), rowHeight: Math.round(fontSize * LINE_HEIGHT) };
}
