import { joinSensitive, type Secret, type Sensitive } from '../../secret';
import type { NamedText } from './fieldValues';
import type { PreparedBody } from './prepareRequest';
import { converted, toJson } from './resolved';

export interface EncodedBody {
  readonly bytes: Uint8Array | Secret;
  /** For the header, where the file does not set it. */
  readonly contentType: string;
}

/** Writes a body as bytes; `undefined` when there is none. What holds a secret stays one until it is sent. */
export function encodeBody(body: PreparedBody): EncodedBody | undefined {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return { bytes: bytesOf(toJson(body.value)), contentType: 'application/json' };
    case 'form':
      return { bytes: bytesOf(formText(body.fields)), contentType: 'application/x-www-form-urlencoded' };
    case 'text':
      return { bytes: bytesOf(body.text), contentType: 'text/plain; charset=utf-8' };
  }
}

const encoder = new TextEncoder();

function bytesOf(text: Sensitive): Uint8Array | Secret {
  return typeof text === 'string' ? encoder.encode(text) : text;
}

/** As the URL standard writes forms. */
function formText(fields: readonly NamedText[]): Sensitive {
  const pairs = fields.flatMap(({ name, text }, index) => [
    `${index > 0 ? '&' : ''}${formEncoded(name)}=`,
    converted(text, formEncoded),
  ]);
  return joinSensitive(pairs);
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
