import type { SendAllResult, SendAllSummary } from '../../core/run/sendAllSummary';
import { wrapped } from '../../core/text/wrapped';
import { durationText } from '../../shared/formatValues';

/** How a line of the results is to be coloured, and what a click on it opens. */
export interface ResultLine {
  readonly line: number;
  /** Columns of the request's name. */
  readonly start: number;
  readonly end: number;
  readonly result: SendAllResult;
}

export interface ResultsText {
  readonly text: string;
  readonly lines: readonly ResultLine[];
}

/** What numbers and words are shown with. */
export interface ResultsLanguage {
  /** Of the numbers (BCP 47). */
  readonly language: string | undefined;
  /** How many of the rows of a request went well, in a few words. */
  readonly rows: (passed: number, count: number) => string;
}

/** Characters in a line, so that a reason can be read beside the request file. */
const WIDTH = 52;

/** Of a reason below its request. */
const INDENT = '      ';

const MARKS: Readonly<Record<SendAllResult['state'], string>> = {
  passed: '✓',
  failed: '✗',
  notSent: '✗',
  skipped: '–',
  cancelled: '–',
};

/**
 * Lays the results out as text: one line a request, below the name of its file, in columns. A reason for which a line
 * has no room is below it.
 */
export function resultsText(headline: string, { results }: SendAllSummary, language: ResultsLanguage): ResultsText {
  const text: string[] = [headline];
  const lines: ResultLine[] = [];
  const width = {
    name: Math.min(40, longest(results.map(({ request }) => request))),
    method: longest(results.map(({ method }) => method)),
  };
  let file: string | undefined;
  for (const result of results) {
    if (result.file !== file) text.push('', result.file);
    ({ file } = result);
    const start = 4;
    const name = nameOf(result);
    lines.push({ line: text.length, start, end: start + name.length, result });
    text.push(...(result.request === '' ? [`  ${MARKS[result.state]} ${name}`] : resultLines(result, width, language)));
  }
  return { text: `${text.join('\n')}\n`, lines };
}

function resultLines(
  { request, method, state, status, duration, reason, rows, attempts }: SendAllResult,
  width: { readonly name: number; readonly method: number },
  { language, rows: rowsText }: ResultsLanguage,
): readonly string[] {
  const took = duration === undefined ? '' : durationText(language, duration);
  const facts = [
    ...(rows ? [rowsText(rows.count - rows.failed, rows.count)] : []),
    ...(attempts === undefined ? [] : [`×${attempts}`]),
  ];
  const cells = [
    `  ${MARKS[state]} ${request.padEnd(width.name)}`,
    method.padEnd(width.method),
    String(status ?? '').padEnd(3),
    took.padStart(9),
    ...facts,
  ];
  const line = cells.join('  ');
  if (reason === undefined) return [line.trimEnd()];
  const why = oneLine(reason);
  const whole = `${line}  ${why}`;
  if (whole.length <= WIDTH) return [whole];
  const below = wrapped(why, WIDTH - INDENT.length).split('\n');
  return [line.trimEnd(), ...below.map((each) => INDENT + each)];
}

/** What leads somewhere: the request, or what is wrong with the file. */
function nameOf({ request, reason = '' }: SendAllResult): string {
  return request === '' ? oneLine(reason) : request;
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
