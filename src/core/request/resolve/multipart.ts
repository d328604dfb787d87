import type { BodyPart, FormField } from '../../http/requestBody';
import { joinSensitive, type Sensitive } from '../../secret';
import type { PreparedPart } from './prepareBody';
import { mediaTypeOf } from './mediaTypes';
import { toJson } from './resolved';

/** The fields of a form, with the types and file names that they get where the file gives none. */
export function formFields(parts: readonly PreparedPart[]): readonly FormField[] {
  return parts.map((part): FormField => {
    const name = part.field;
    if (part.kind === 'text') return { name, content: part.text, type: part.type, fileName: undefined };
    if (part.kind === 'json') {
      return { name, content: toJson(part.value), type: part.type ?? 'application/json', fileName: undefined };
    }
    const fileName = part.name ?? part.path.slice(part.path.lastIndexOf('/') + 1);
    return { name, content: { path: part.path }, type: part.type ?? mediaTypeOf(fileName), fileName };
  });
}

/** The parts of a multipart/form-data body (RFC 7578), as browsers write them: headers, contents and boundaries. */
export function multipartParts(fields: readonly FormField[], boundary: string): readonly BodyPart[] {
  const pieces: (BodyPart | Sensitive)[] = fields.flatMap((field) => [
    `--${boundary}\r\n${headersOf(field)}\r\n\r\n`,
    field.content,
    '\r\n',
  ]);
  return joined([...pieces, `--${boundary}--\r\n`]);
}

function headersOf({ name, type, fileName }: FormField): string {
  const file = fileName === undefined ? '' : `; filename="${escaped(fileName)}"`;
  const line = `Content-Disposition: form-data; name="${escaped(name)}"${file}`;
  return type === undefined ? line : `${line}\r\nContent-Type: ${oneLine(type)}`;
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
