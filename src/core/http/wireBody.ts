import type { StreamedBody, WireBody } from '../ports';
import { revealForTransport, Secret } from '../secret';

/** Whether a body is made while it is sent. */
export function isStreamed(body: WireBody | undefined): body is StreamedBody {
  return body !== undefined && !(body instanceof Uint8Array) && !(body instanceof Secret);
}

export function secretsInBody(body: WireBody | undefined): readonly Secret[] {
  if (body instanceof Secret) return [body];
  return isStreamed(body) ? body.secrets : [];
}

/** Bytes on the wire; 0 where only reading the body would tell. */
export function bodySize(body: WireBody | undefined): number {
  if (isStreamed(body)) return body.size ?? 0;
  return body instanceof Secret ? new TextEncoder().encode(revealForTransport(body)).length : (body?.length ?? 0);
}

/** The bytes as they are sent. Whoever signs a body reads it this way, before it is sent. */
export async function* bodyBytes(body: WireBody | undefined): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === undefined) return;
  if (isStreamed(body)) yield* body.open();
  else yield body instanceof Secret ? new TextEncoder().encode(revealForTransport(body)) : body;
}
