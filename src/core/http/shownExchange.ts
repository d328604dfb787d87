import type { Header } from '../ports';
import type { Secret } from '../secret';
import type { Exchange, Hop, Outcome } from './exchange';
import { secretMasker, type SecretMasker } from './secretMasker';

/**
 * The exchange as it may be shown: whatever secret it knows of, and what was found in its response, is masked wherever
 * it is repeated outside of the body. Until then addresses and headers are as they came, for captures and expectations.
 */
export function shownExchange(exchange: Exchange, found: readonly Secret[] = []): Exchange {
  const secrets = [...(exchange.secrets ?? []), ...found];
  if (secrets.length === 0) return exchange;
  const mask = secretMasker(secrets);
  return {
    ...exchange,
    hops: exchange.hops.map((hop) => maskedHop(hop, mask)),
    outcome: maskedOutcome(exchange.outcome, mask),
    secrets,
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

/** A hostile server sends thousands of them: each is looked at alone only where there is something in one. */
function maskedHeaders(headers: readonly Header[], mask: SecretMasker): readonly Header[] {
  const all = headers.flat().join('\n');
  return mask(all) === all ? headers : headers.map(([name, value]): Header => [mask(name), mask(value)]);
}
