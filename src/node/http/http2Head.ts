import { sensitiveHeaders, type OutgoingHttpHeaders } from 'node:http2';
import type { WireRequest } from '../../core/ports';
import { revealForTransport, Secret } from '../../core/secret';
import { Http2Failure } from './http2Failure';
import type { PreparedRequest } from './preparedRequest';

/** The head of a request as HTTP/2 has it. */
export interface Http2Head {
  readonly fields: OutgoingHttpHeaders;
  /** As {@link PreparedRequest.headersSent}. */
  readonly sent: WireRequest['headers'];
}

/** Belong to a connection that carries one request at a time (RFC 9113 §8.2.2); the host goes before the others. */
const LEFT_OUT = /^(?:connection|proxy-connection|keep-alive|transfer-encoding|upgrade|http2-settings|host)$/;

const TOKEN = /^[!#$%&'*+.^`|~\w-]+$/;
/** What has no place in a value. Node would take a NUL for the end of the value and the beginning of another header. */
const NO_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Characters of one field, beyond which the library takes it for an attack. */
const LONGEST_FIELD = 60_000;

/**
 * Names in lower case, in the order of the file; what has the same name stays together, because Node's headers are an
 * object. Secrets never get into the tables that later requests are compressed with (RFC 7541 §7.1.3).
 * @throws InvalidField where undici refuses it, too; Http2Failure where HTTP/1.1 can carry it.
 */
export function http2Head(request: PreparedRequest): Http2Head {
  const { method, path, url, given } = request;
  if (!TOKEN.test(method)) throw new InvalidField('invalid request method');
  if (path.length > LONGEST_FIELD) throw tooLong();
  const byName = new Map<string, WireRequest['headers'][number][1][]>();
  for (const [name, value] of [...given, ...request.length]) {
    const plain = revealForTransport(value);
    if (!TOKEN.test(name)) throw new InvalidField('invalid header key');
    if (NO_VALUE.test(plain)) throw new InvalidField(`invalid ${name} header`);
    if (plain.length > LONGEST_FIELD) throw tooLong();
    const lower = name.toLowerCase();
    if (LEFT_OUT.test(lower) || (lower === 'te' && plain !== 'trailers')) continue;
    const values = byName.get(lower);
    if (values) values.push(value);
    else byName.set(lower, [value]);
  }
  const host = given.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? url.host;
  const fields: OutgoingHttpHeaders = Object.create(null) as OutgoingHttpHeaders;
  fields[':method'] = method;
  fields[':scheme'] = 'https';
  fields[':authority'] = revealForTransport(host);
  fields[':path'] = path;
  for (const [name, values] of byName) fields[name] = values.map(revealForTransport);
  const secret = [...byName].filter(([, values]) => values.some((value) => value instanceof Secret));
  const sent = [...byName].flatMap(([name, values]) => values.map((value) => [name, value] as const));
  return {
    fields: Object.assign(fields, { [sensitiveHeaders]: secret.map(([name]) => name) }),
    sent: [[':authority', host], ...sent],
  };
}

function tooLong(): Http2Failure {
  return new Http2Failure('protocol', 'a header is too long for it', 'http1');
}

class InvalidField extends Error {
  /** Undici's own code for what it does not send. */
  readonly code = 'UND_ERR_INVALID_ARG';
}
