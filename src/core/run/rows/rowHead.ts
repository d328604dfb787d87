import { LatchkeyError, type ErrorCode } from '../../errors';
import type { TextOf } from '../../expect/jsonResolved';
import { isSecretValue } from '../../expect/showJson';
import type { TextRange } from '../../request/diagnostic';
import type { FieldPlace, KnownRows, RowField } from '../../request/knownRows';
import { isVariableName } from '../../request/parseTemplate';
import { textOf, type Resolved } from '../../request/resolve/resolved';
import { Secret } from '../../secret';
import { fileDiagnosticTexts } from '../../text/diagnostics/fileDiagnosticTexts';
import { csvHead } from './csvHead';
import { jsonHead } from './jsonHead';

/** A field with the range of its name in the text. */
export interface FieldInText {
  readonly value: Resolved | undefined;
  readonly range: TextRange | undefined;
}

/**
 * Looks at the rows of a file as far as its beginning goes.
 * @param isWhole there is no more of it.
 * @returns `undefined` where nothing can be told.
 */
export function rowHead(bytes: Uint8Array, isWhole: boolean, file: string): KnownRows | undefined {
  try {
    const text = textOfHead(bytes, isWhole, file);
    const found = (/\.json$/i.test(file) ? jsonHead : csvHead)(text, isWhole, file, leaf);
    if (!found) return undefined;
    const placeOf = placesIn(text);
    const fields = [...found.fields]
      .filter(([name]) => isVariableName(name))
      .map(([name, { value, range }]): readonly [string, RowField] => [
        name,
        { value, place: range && placeOf(range) },
      ]);
    return { ok: true, fields: new Map(fields), isComplete: found.isComplete };
  } catch (error) {
    if (!(error instanceof LatchkeyError) || !isRowFault(error.code)) throw error;
    return { ok: false, code: error.code, data: error.data };
  }
}

const leaf: TextOf = (text, name) => textOf(isSecretValue(name, text) ? new Secret(text) : text);

function isRowFault(code: ErrorCode): code is ErrorCode & keyof typeof fileDiagnosticTexts {
  return Object.hasOwn(fileDiagnosticTexts, code);
}

/** A character that is cut in two is left out. */
function textOfHead(bytes: Uint8Array, isWhole: boolean, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    throw new LatchkeyError('rows.notUtf8', { file });
  }
}

function placesIn(text: string): (range: TextRange) => FieldPlace {
  const lines = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ index, 0: end }) => index + end.length)];
  return ({ start, end }) => {
    let line = 0;
    // The half of the lines that it is in, again and again.
    for (let step = lines.length; step >= 1; step = Math.floor(step / 2)) {
      while ((lines[line + step] ?? Infinity) <= start) line += step;
    }
    return { line, character: start - (lines[line] ?? 0), length: end - start };
  };
}
