import type { ResponseSummary, Exchange } from '../../core/http/exchange';
import type { BodyView } from '../../core/response/bodyView';
import type { ExchangeView, ExpectationView } from '../../shared/viewModel';

/** Draws up the exchange for the runner. `problem` is found in the body's first bytes. */
export async function presentExchange(
  exchange: Exchange,
  response: ResponseSummary,
  body: BodyView,
  expectations: readonly ExpectationView[],
): Promise<ExchangeView> {
  await Promise.resolve();
  throw new Error(`${exchange.id} ${response.status} ${body.id} ${expectations.length}`);
}
