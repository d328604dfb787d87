import type { Exchange, Hop, Outcome } from '../http/exchange';
import { secretMasker, type SecretMasker } from '../http/secretMasker';
import type { Header } from '../ports';
import type { Secret } from '../secret';

/** The exchange as it may be shown once secrets were found in its response: they are masked wherever it has them. */
export function withCapturedSecrets(exchange: Exchange, secrets: readonly Secret[]): Exchange {
  if (secrets.length === 0) return exchange;
  const mask = secretMasker(secrets);
  return {
    ...exchange,
    hops: exchange.hops.map((hop) => maskedHop(hop, mask)),
    outcome: maskedOutcome(exchange.outcome, mask),
    secrets: [...(exchange.secrets ?? []), ...secrets],
  };
}

function maskedHop(hop: Hop, mask: SecretMasker): Hop {
  return {
    ...hop,
    request: { ...hop.request, url: mask(hop.request.url), headers: maskedHeaders(hop.request.headers, mask) },
    statusText: mask(hop.statusText),
    headers: maskedHeaders(hop.headers, mask),
  };
}

function maskedOutcome(outcome: Outcome, mask: SecretMasker): Outcome {
  if (outcome.kind !== 'response') return outcome;
  const { response } = outcome;
  const headers = maskedHeaders(response.headers, mask);
  return { ...outcome, response: { ...response, statusText: mask(response.statusText), headers } };
}

function maskedHeaders(headers: readonly Header[], mask: SecretMasker): readonly Header[] {
  return headers.map(([name, value]): Header => [name, mask(value)]);
}
