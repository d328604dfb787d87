import type { WireRequest, WireResponse } from '../../ports';
import { revealForTransport } from '../../secret';
import { drain } from '../drain';
import type { SentHop } from '../followRedirects';

/** Authenticates each hop by itself, with a signature or by answering a challenge. */
export interface HopSigner {
  /**
   * What goes with this hop beside what the request says.
   * @throws LatchkeyError `file.*` where the body is signed and its file cannot be read; an `AbortError`.
   */
  sign(request: WireRequest, signal: AbortSignal): Promise<WireRequest['headers']>;
  /** Whether the answer asks for the same hop with another signature. */
  wantsAnother(request: WireRequest, response: WireResponse): boolean;
}

/** A question, the answer, and one more where the question has changed meanwhile. */
const MOST_ATTEMPTS = 3;

/**
 * Sends hops with a signature of their own, as long as they go to the origin that the request was written for; once a
 * redirect has left it there is none, on the way back neither. The hop that comes back has the request as it was
 * before, so that nothing of a signature gets into a redirect.
 */
export function signedHops<Hop extends SentHop>(
  signer: HopSigner,
  home: WireRequest['url'],
  sendHop: (request: WireRequest) => Promise<Hop>,
  signal: AbortSignal,
): (request: WireRequest) => Promise<Hop> {
  const { origin } = new URL(revealForTransport(home));
  let isHome = true;
  return async (request) => {
    isHome &&= new URL(revealForTransport(request.url)).origin === origin;
    if (!isHome) return sendHop(request);
    for (let attempt = 1; ; attempt++) {
      const headers = await signer.sign(request, signal);
      const hop = await sendHop({ ...request, headers: [...request.headers, ...headers] });
      if (!signer.wantsAnother(request, hop.response) || attempt === MOST_ATTEMPTS) return { ...hop, request };
      await drain(hop.response.body);
    }
  };
}
