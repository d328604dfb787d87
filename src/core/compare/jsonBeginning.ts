const STEP = '  ';
const PIECES = /"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s"[\]{},:]+/gs;

/** The beginning of a JSON text over several lines, wherever it was cut; of anything else, something readable. */
export function jsonBeginning(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  let before = '';
  for (const [piece] of text.matchAll(PIECES)) {
    const closes = piece === ']' || piece === '}';
    if (closes) depth = Math.max(0, depth - 1);
    if (isBreak(before, piece)) pieces.push(`\n${STEP.repeat(depth)}`);
    pieces.push(piece === ':' ? ': ' : piece);
    if (piece === '[' || piece === '{') depth++;
    before = piece;
  }
  return pieces.join('');
}

/** Nothing stands between the brackets of what is empty. */
function isBreak(before: string, piece: string): boolean {
  const opens = before === '[' || before === '{';
  if (piece === ']' || piece === '}') return !opens;
  return piece !== ',' && piece !== ':' && (opens || before === ',');
}
