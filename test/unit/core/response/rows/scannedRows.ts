import assert from 'node:assert/strict';
import { GrowingRows, type ByteRange } from '../../../../../src/core/response/rows/growingRows';
import { ROW_BYTES, type ScannerFactory } from '../../../../../src/core/response/rows/rowScanner';
import { respaced } from '../../../../../src/core/response/rows/rowText';
import { fc } from '../../../../helpers/properties';

export function sourceOf(bytes: Uint8Array): ByteRange {
  return { read: (start, end) => bytes.subarray(start, end) };
}

/** All rows of a body that comes in pieces. */
export function scanned(make: ScannerFactory<never>, bytes: Uint8Array, pieces: readonly number[]): GrowingRows<never> {
  const rows = new GrowingRows(make);
  let at = 0;
  for (const piece of pieces) {
    rows.scan(bytes.subarray(at, at + piece));
    at += Math.min(piece, bytes.length - at);
  }
  rows.scan(bytes.subarray(at));
  rows.end();
  return rows;
}

/** Lines put together from their rows. */
export function lines(
  rows: GrowingRows<never>,
  bytes: Uint8Array,
  form: 'asItCame' | 'respaced' = 'asItCame',
  rowBytes = ROW_BYTES,
): readonly string[] {
  const parts: Uint8Array[][] = [];
  for (const row of rows.places(0, rows.rowCount, sourceOf(bytes))) {
    const stretch = bytes.subarray(row.start, row.end);
    assert.ok(stretch.length <= rowBytes + 3, 'a row is too long');
    assert.equal(row.continues, parts.length > row.line);
    (parts[row.line] ??= []).push(form === 'respaced' ? respaced(stretch, row.inString) : stretch);
  }
  return parts.map((line) => new TextDecoder().decode(Buffer.concat(line)));
}

export const anyPieces = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 30 });
