import type { DpopProver } from '../oauth/dpopProver';
import type { WireRequest } from '../ports';
import { revealForTransport, type Secret } from '../secret';
import { drain } from './drain';
import type { SentHop } from './followRedirects';
import { carriesToken } from './tokenPlacement';

/** A token that only the holder of a key can use. */
export interface BoundToken {
  readonly value: Secret;
  readonly prover: DpopProver;
}

/**
 * Sends one hop with a proof of its own (RFC 9449 §7.1), and once more when the API wants another proof: a nonce is
 * no refusal of the token. A hop that has lost the token on its way to another origin gets no proof either.
 * The hop that comes back has the request as it was before, so that nothing of the proof gets into a redirect.
 */
export async function sendProven<Hop extends SentHop>(
  request: WireRequest,
  { prover, value }: BoundToken,
  sendHop: (request: WireRequest) => Promise<Hop>,
): Promise<Hop> {
  if (!carriesToken(request, value)) return sendHop(request);
  const url = new URL(revealForTransport(request.url));
  const attempt = async (): Promise<{ readonly hop: Hop; readonly again: boolean }> => {
    const proof = await prover.prove(request.method, url, value);
    const hop = await sendHop({ ...request, headers: [...request.headers, ['DPoP', proof.value]] });
    const { status, headers } = hop.response;
    return { hop: { ...hop, request }, again: prover.learn(url, proof, status, headers) };
  };
  const first = await attempt();
  if (!first.again) return first.hop;
  await drain(first.hop.response.body);
  return (await attempt()).hop;
}
