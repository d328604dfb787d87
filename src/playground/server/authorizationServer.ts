import './quiet';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { interactionPolicy, Provider, type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { errorPage, loggedOutPage, logoutPage } from '../pages/messagePages';
import { pageHeaders } from '../pages/layout';
import { scopes } from '../scopes';
import { findUser } from '../users';
import { deviceCodeGrantType, deviceFlow } from './deviceFlow';
import { formActionSources } from './formAction';
import { createMemoryAdapter } from './memoryAdapter';

export interface AuthorizationServerOptions {
  readonly issuer: string;
  /** Seconds until an access token expires. */
  readonly accessTokenTtl: number;
}

/** The client that may sign in without registering first. Public, as everything in a desktop program is. */
export const staticClientId = 'latchkey-playground';

/** Path under which login and consent pages live; the interaction's id follows. */
export const interactionPath = '/interaction/';

const day = 24 * 60 * 60;

/** A certified OpenID provider with what the playground needs and nothing else. */
export function createAuthorizationServer(options: AuthorizationServerOptions): Provider {
  const provider = new Provider(options.issuer, configuration(options));
  provider.on('server_error', (_context: KoaContextWithOIDC, error: Error) => {
    console.error(`authorization server: ${error.stack ?? error.message}`);
  });
  return provider;
}

function configuration({ issuer, accessTokenTtl }: AuthorizationServerOptions): Configuration {
  const port = new URL(issuer).port;
  return {
    adapter: createMemoryAdapter(),
    clients: [staticClient()],
    clientDefaults: {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: 'ES256',
    },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    jwks: { keys: [signingKey()] },
    scopes: scopes.map((scope) => scope.name),
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    // Cookies know no ports: with plain names we would sign people out of other servers on the same host.
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: `latchkey_${port}`, interaction: `latchkey_${port}_step`, resume: `latchkey_${port}_resume` },
    },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    clockTolerance: 0,
    rotateRefreshToken: true,
    issueRefreshToken: (_context, client) => Promise.resolve(client.grantTypeAllowed('refresh_token')),
    // A session in VS Code outlives the browser's, and the same browser signs in as Alice and as Bob.
    expiresWithSession: () => Promise.resolve(false),
    // Every sign-in is a grant of its own: revoking one leaves the user's other sessions alone.
    loadExistingGrant: async (context) => {
      const grantId = context.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : await context.oidc.provider.Grant.find(grantId);
    },
    ttl: {
      AccessToken: accessTokenTtl,
      AuthorizationCode: 60,
      DeviceCode: 600,
      IdToken: 3600,
      RefreshToken: 14 * day,
      Grant: 14 * day,
      Interaction: 3600,
      Session: day,
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow,
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_context, client, token) => token.clientId === client.clientId },
      registration: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          showPage(context, logoutPage(form), formActionSources(postLogoutRedirectUri(context)));
        },
        postLogoutSuccessSource: (context) => {
          showPage(context, loggedOutPage());
        },
      },
    },
    interactions: { policy: interactions(), url: (_context, { uid }) => `${interactionPath}${uid}` },
    findAccount: (_context, id) => {
      const user = findUser(id);
      if (user === undefined) return undefined;
      const { name, givenName, email } = user;
      const claims = {
        sub: user.id,
        name,
        given_name: givenName,
        preferred_username: user.id,
        email,
        email_verified: true,
      };
      return { accountId: user.id, claims: () => Promise.resolve(claims) };
    },
    renderError: (context, { error, error_description: description }) => {
      showPage(context, errorPage({ error, description: description ?? 'The request cannot be used.' }));
    },
  };
}

function staticClient(): NonNullable<Configuration['clients']>[number] {
  const editors = ['vscode', 'vscode-insiders', 'vscodium', 'code-oss', 'cursor', 'windsurf'];
  const loopbacks = ['127.0.0.1', '[::1]', 'localhost'];
  return {
    client_id: staticClientId,
    client_name: 'Latchkey',
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', deviceCodeGrantType],
    redirect_uris: [
      // Any port will do: a native client's loopback address is compared without it (RFC 8252 §7.3).
      ...loopbacks.map((host) => `http://${host}/callback`),
      ...editors.map((scheme) => `${scheme}://latchkey.latchkey/callback`),
    ],
  };
}

/** ES256, because making an RSA key would be most of the time that a start takes. */
function signingKey(): JWK {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return { ...jwk, use: 'sig', alg: 'ES256' };
}

function interactions(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

function postLogoutRedirectUri(context: KoaContextWithOIDC): string | undefined {
  const uri: unknown = context.oidc.params?.['post_logout_redirect_uri'];
  return typeof uri === 'string' ? uri : undefined;
}

function showPage(context: KoaContextWithOIDC, page: string, formAction = "'self'"): void {
  context.set(pageHeaders(formAction));
  context.body = page;
}
