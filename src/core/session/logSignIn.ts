import type { Session } from '../oauth/model';
import { scopeDifference } from '../oauth/scopeDifference';
import { plainServerText } from '../oauth/serverText';
import type { Log } from '../ports';

/** Says who signed in, and what was granted where that is not what was asked for. */
export function logSignIn(log: Log, session: Session): void {
  log.info(`Signed in to ${session.issuer} as ${session.account.label}`);
  const difference = scopeDifference(session);
  if (!difference) return;
  const list = (scopes: readonly string[]): string => plainServerText(scopes.join(' ')) || 'none';
  log.info(`Scopes not granted: ${list(difference.withheld)}; granted unasked: ${list(difference.unasked)}`);
}
