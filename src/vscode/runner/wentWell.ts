import { STATUS } from '../../core/expect/expectationResult';
import type { ExchangeView } from '../../shared/viewModel';

/** All expectations held; where none is about the status, it is below 400. */
export function wentWell({ status, expectations }: Pick<ExchangeView, 'status' | 'expectations'>): boolean {
  const decided = expectations.some(({ what }) => what.startsWith(STATUS));
  return expectations.every(({ ok }) => ok) && (decided || status < 400);
}
