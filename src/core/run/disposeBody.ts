import type { Exchange } from '../http/exchange';

/** Gives back what an exchange holds that nobody will look at. */
export function disposeBody({ outcome }: Exchange): void {
  if (outcome.kind === 'response') outcome.response.body.dispose();
}
