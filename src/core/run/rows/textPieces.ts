import { LatchkeyError } from '../../errors';

/** The bytes of a file as text, piece by piece, without a byte order mark. @throws LatchkeyError `rows.notUtf8`. */
export async function* textPieces(bytes: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new LatchkeyError('rows.notUtf8', { file });
    }
  };
  for await (const piece of bytes) yield decode(piece);
  yield decode();
}
