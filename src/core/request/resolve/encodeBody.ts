import { hexText } from '../../hex';
import { joinSensitive, type Secret, type Sensitive } from '../../secret';
import type { NamedText } from './fieldValues';
import { mediaTypeOf } from './mediaTypes';
import { formFields, multipartParts } from './multipart';
import type { PreparedBody } from './prepareBody';
import type { Random } from '../../ports';
import type { RequestBody } from '../../http/requestBody';
import { converted, toJson } from './resolved';

export interface EncodedBody {
  readonly bytes: RequestBody;
  /** For the header, where the file does not set it. */
  readonly contentType: string;
  /** What is asked for, where the file does not say; `undefined`: whatever the server likes. */
  readonly accept?: string;
  /** What a multipart type in the file needs beside it. */
  readonly boundary?: string;
}

export interface EncodeContext {
  /** URI of the workspace folder that files are in; `undefined`: not known. */
  readonly folder: string | undefined;
  readonly random: Random;
}

/** Writes a body as bytes; `undefined` when there is none. What holds a secret stays one until it is sent. */
export function encodeBody(body: PreparedBody, { folder, random }: EncodeContext): EncodedBody | undefined {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return { bytes: bytesOf(toJson(body.value)), contentType: 'application/json' };
    case 'form':
      return { bytes: bytesOf(formText(body.fields)), contentType: 'application/x-www-form-urlencoded' };
    case 'text':
      return { bytes: bytesOf(body.text), contentType: 'text/plain; charset=utf-8' };
    case 'xml':
      return { bytes: bytesOf(body.text), contentType: 'application/xml' };
    case 'graphql':
      return { bytes: bytesOf(toJson(body.value)), contentType: 'application/json', accept: GRAPHQL_ACCEPT };
    case 'file':
      return { bytes: { folder, parts: [{ path: body.path }] }, contentType: mediaTypeOf(body.path) };
    case 'multipart': {
      const boundary = `latchkey-${hexText(random.bytes(16))}`;
      const form = formFields(body.parts);
      const parts = multipartParts(form, boundary);
      return { bytes: { folder, parts, form }, contentType: `multipart/form-data; boundary=${boundary}`, boundary };
    }
  }
}

/** The GraphQL over HTTP specification asks clients for both. */
const GRAPHQL_ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

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
