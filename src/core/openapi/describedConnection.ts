import { blankConnection } from '../oauth/blankConnection';
import type { ConnectionConfig, Grant } from '../oauth/model';
import { isWebUrl } from '../request/webUrl';
import type { ApiDescription, OAuthFlow, OAuthFlowName, Operation } from './apiDescription';
import { chosenRequirement, isSignIn, secretName } from './apiCredentials';

/** What is known of a connection from a description alone. */
export interface DescribedConnection {
  /** The security scheme that it stands for. */
  readonly scheme: string;
  /** Client id and secret are still missing: no description has them. */
  readonly connection: ConnectionConfig;
  /** The description offers nothing but a flow that nobody should use any more (RFC 9700 §2). */
  readonly outdated: 'implicit' | 'password' | undefined;
}

/** The connections that operations are sent with: one for each security scheme that somebody signs in for. */
export function describedConnections(
  description: ApiDescription,
  operations: readonly Operation[],
): readonly DescribedConnection[] {
  const uses = new Map<string, Use>();
  for (const operation of operations) {
    for (const [name, needed] of chosenRequirement(operation, description.securitySchemes) ?? []) {
      const scheme = description.securitySchemes.get(name);
      if (!scheme || !isSignIn(scheme)) continue;
      const use = uses.get(name) ?? { scopes: new Set(), origins: new Set() };
      for (const scope of needed) use.scopes.add(scope);
      const server = (operation.servers ?? description.servers)[0] ?? '';
      // Where an operation goes its token goes.
      if (isWebUrl(server)) use.origins.add(new URL(server).origin);
      uses.set(name, use);
    }
  }
  return [...uses].map(([scheme, { scopes, origins }]) =>
    connectionOf(description, scheme, { scopes: [...scopes], origins: [...origins] }),
  );
}

interface Use {
  readonly scopes: Set<string>;
  readonly origins: Set<string>;
}

function connectionOf(
  { securitySchemes }: ApiDescription,
  name: string,
  known: Pick<ConnectionConfig, 'scopes' | 'origins'>,
): DescribedConnection {
  const scheme = securitySchemes.get(name);
  if (scheme?.kind === 'openIdConnect') {
    const issuer = scheme.url.replace(/\/\.well-known\/openid-configuration$/, '');
    // Without it nobody would know who has signed in (OpenID Connect Core §3.1.2.1).
    const scopes = [...new Set(['openid', ...known.scopes])];
    return { scheme: name, connection: { ...blankConnection, ...known, scopes, issuer }, outdated: undefined };
  }
  const flows = scheme?.kind === 'oauth2' ? scheme.flows : {};
  const flow = FLOWS.find((each) => flows[each] !== undefined) ?? 'authorizationCode';
  const outdated = flow === 'implicit' || flow === 'password' ? flow : undefined;
  const connection = {
    ...{ ...blankConnection, ...known, grant: GRANTS[flow], endpoints: endpointsOf(flows[flow]) },
    ...(flow === 'clientCredentials' ? { clientSecretName: secretName(name) } : {}),
  };
  return { scheme: name, connection, outdated };
}

/** What people sign in with, before what machines do, before what nobody should. */
const FLOWS: readonly OAuthFlowName[] = [
  ...(['authorizationCode', 'deviceAuthorization', 'clientCredentials', 'implicit', 'password'] as const),
];

/** What takes the place of the last two is authorization code with PKCE (RFC 9700 §2.1.2, §2.4). */
const GRANTS: Readonly<Record<OAuthFlowName, Grant>> = {
  authorizationCode: 'authorizationCode',
  deviceAuthorization: 'deviceCode',
  clientCredentials: 'clientCredentials',
  implicit: 'authorizationCode',
  password: 'authorizationCode',
};

function endpointsOf(flow: OAuthFlow | undefined): ConnectionConfig['endpoints'] {
  return {
    authorization: flow?.authorizationUrl,
    token: flow?.tokenUrl,
    deviceAuthorization: flow?.deviceAuthorizationUrl,
  };
}
