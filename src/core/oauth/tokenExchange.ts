import { LatchkeyError } from '../errors';
import type { Secret, Sensitive } from '../secret';
import type { ClientGrant } from './clientGrant';
import type { ExchangeSetting } from './model';
import { plainServerText } from './serverText';

const types = 'urn:ietf:params:oauth:token-type:';

/** Tokens that are no use as an access token: they are sent to an authorization server, or signed in XML. */
const unusable: ReadonlySet<string> = new Set(['refresh_token', 'saml1', 'saml2'].map((type) => types + type));

/** The tokens themselves. */
export interface ExchangedTokens {
  readonly subject: Secret;
  readonly actor?: Secret | undefined;
}

/** A token of somebody, exchanged for one that is meant for this connection (RFC 8693 §2.1). */
export function tokenExchangeGrant(setting: ExchangeSetting, { subject, actor }: ExchangedTokens): ClientGrant {
  const accessToken = `${types}access_token`;
  const parameters: (readonly [string, Sensitive])[] = [
    ['subject_token', subject],
    ['subject_token_type', setting.subject.type ?? accessToken],
  ];
  if (actor) parameters.push(['actor_token', actor], ['actor_token_type', setting.actor?.type ?? accessToken]);
  if (setting.requestedType !== undefined) parameters.push(['requested_token_type', setting.requestedType]);
  return {
    type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    parameters,
    // "N_A" says that the token is of another kind, such as an ID token; the API decides what it is worth (§2.2.1).
    tokenTypes: { n_a: () => undefined },
    check: ({ issued_token_type: issued }, host) => {
      if (typeof issued !== 'string' || !unusable.has(issued)) return;
      throw new LatchkeyError('oauth.issuedTokenUnusable', { host, type: plainServerText(issued) });
    },
  };
}
