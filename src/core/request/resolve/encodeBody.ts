import type { PreparedBody } from './prepareRequest';
import { toJson } from './resolved';

export interface EncodedBody {
  readonly bytes: Uint8Array;
  /** For the header, where the file does not set it. */
  readonly contentType: string;
}

/** Writes a body as bytes; `undefined` when there is none. */
export function encodeBody(body: PreparedBody): EncodedBody | undefined {
  const encoder = new TextEncoder();
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return { bytes: encoder.encode(toJson(body.value)), contentType: 'application/json' };
    case 'form': {
      const form = new URLSearchParams(body.fields.map(({ name, text }): [string, string] => [name, text]));
      return { bytes: encoder.encode(form.toString()), contentType: 'application/x-www-form-urlencoded' };
    }
    case 'text':
      return { bytes: encoder.encode(body.text), contentType: 'text/plain; charset=utf-8' };
  }
}
