import { assertNever } from '../assertNever';
import type { ClientGrant } from '../oauth/clientGrant';
import { jwtBearerGrant } from '../oauth/jwtBearer';
import { tokenExchangeGrant } from '../oauth/tokenExchange';
import type { Random } from '../ports';
import type { SessionRecord } from './sessionRecord';
import type { SubjectTokens } from './subjectTokens';

/** What {@link clientGrantOf} works with. */
export interface ClientGrantPorts {
  readonly random: Random;
  readonly subjects: SubjectTokens;
}

/**
 * What the token request of a session without a person says, made anew: assertions are used once, and exchanged
 * tokens are renewed. `undefined`: the client's credentials say it all.
 * @throws LatchkeyError `oauth.key…`, `oauth.subjectSignedOut`, `oauth.secretNotStored`, and those of renewing a
 * token; AbortError.
 */
export async function clientGrantOf(
  { random, subjects }: ClientGrantPorts,
  record: SessionRecord,
  signal: AbortSignal,
): Promise<ClientGrant | undefined> {
  const { grant, exchange } = record;
  switch (grant) {
    case undefined:
    case 'clientCredentials':
      return undefined;
    case 'jwtBearer':
      return jwtBearerGrant(record, random);
    case 'tokenExchange':
      return exchange && tokenExchangeGrant(exchange, await subjects.tokens(exchange, record, signal));
    default:
      return assertNever(grant);
  }
}
