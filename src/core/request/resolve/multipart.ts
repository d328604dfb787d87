import type { BodyPart } from '../../http/requestBody';
import { joinSensitive, type Sensitive } from '../../secret';
import type { PreparedPart } from './prepareBody';
import { mediaTypeOf } from './mediaTypes';
import { toJson } from './resolved';

/** The parts of a multipart/form-data body (RFC 7578), as browsers write them: headers, contents and boundaries. */
export function multipartParts(parts: readonly PreparedPart[], boundary: string): readonly BodyPart[] {
  const pieces: (BodyPart | Sensitive)[] = parts.flatMap((part) => [
    `--${boundary}\r\n${headersOf(part)}\r\n\r\n`,
    contentOf(part),
    '\r\n',
  ]);
  return joined([...pieces, `--${boundary}--\r\n`]);
}

function headersOf(part: PreparedPart): string {
  const name = `name="${escaped(part.field)}"`;
  if (part.kind !== 'file') {
    const type = part.type ?? (part.kind === 'json' ? 'application/json' : undefined);
    const line = `Content-Disposition: form-data; ${name}`;
    return type === undefined ? line : `${line}\r\nContent-Type: ${oneLine(type)}`;
  }
  const fileName = part.name ?? part.path.slice(part.path.lastIndexOf('/') + 1);
  const type = part.type ?? mediaTypeOf(fileName);
  return `Content-Disposition: form-data; ${name}; filename="${escaped(fileName)}"\r\nContent-Type: ${oneLine(type)}`;
}

function contentOf(part: PreparedPart): BodyPart | Sensitive {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'json':
      return toJson(part.value);
    case 'file':
      return { path: part.path };
  }
}

/** As the HTML standard says ("multipart/form-data encoding algorithm"). */
function escaped(name: string): string {
  return name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');
}

/** A line end in a header would begin another one. */
function oneLine(type: string): string {
  return type.replace(/[\r\n]+/g, ' ');
}

/** Texts that stand together become one piece. */
function joined(pieces: readonly (BodyPart | Sensitive)[]): readonly BodyPart[] {
  const parts: BodyPart[] = [];
  let texts: Sensitive[] = [];
  const flush = (): void => {
    const text = joinSensitive(texts);
    if (texts.length > 0) parts.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    texts = [];
  };
  for (const piece of pieces) {
    if (typeof piece === 'string' || 'revealForTransport' in piece) texts.push(piece);
    else {
      flush();
      parts.push(piece);
    }
  }
  flush();
  return parts;
}
