import { secretMasker } from '../../src/core/http/secretMasker';
import { viewClaims, type ClaimList } from '../../src/core/session/claimView';
import type { InspectorModel, SessionInspection } from '../../src/shared/inspectorModel';

const minute = 60_000;
const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

export function claims(values: Readonly<Record<string, unknown>>, reveal = false): ClaimList {
  return viewClaims(values, { reveal, mask: secretMasker([]) });
}

/** What an inspector shows of a person's JWT that was given out six minutes ago. */
export function inspection(change: Partial<SessionInspection> = {}): SessionInspection {
  const now = Date.now();
  const reveal = change.revealed ?? false;
  const issuer = 'https://login.acme.dev/realms/shop';
  const times = { iat: seconds(now - 6 * minute), exp: seconds(now + 4.2 * minute) };
  const person = { sub: '248289761001', email: 'alice@acme.dev', name: 'Alice Adams' };
  return {
    sessionId: 'session-1',
    connection: 'Acme',
    account: 'alice@acme.dev · Acme',
    issuer,
    state: 'active',
    grant: 'authorizationCode',
    client: { id: 'acme-cli', auth: 'none', registered: false },
    scopes: [
      { name: 'openid', state: 'granted' },
      { name: 'profile', state: 'granted' },
      { name: 'orders.read', state: 'granted' },
      { name: 'orders.write', state: 'missing' },
      { name: 'offline_access', state: 'extra' },
    ],
    token: {
      type: 'Bearer',
      obtainedAt: now - 6 * minute,
      expiresAt: now + 4.2 * minute,
      hasRefreshToken: true,
      refreshExpiresAt: now + 30 * 24 * 60 * minute,
      binding: { kind: 'none', thumbprint: undefined },
      content: {
        kind: 'jwt',
        header: claims({ alg: 'RS256', typ: 'at+jwt', kid: 'FJ86GcF3jTbNLOco4NvZkUCIUmfYCqoqtOQeMfbhNlE' }),
        claims: claims(
          {
            iss: issuer,
            ...person,
            aud: ['https://api.acme.dev', 'account'],
            ...times,
            client_id: 'acme-cli',
            scope: 'openid profile orders.read',
            realm_access: { roles: ['buyer', 'uma_authorization'] },
            session_token: 'never shown',
          },
          reveal,
        ),
      },
    },
    idToken: claims(
      { iss: issuer, aud: 'acme-cli', ...times, ...person, nonce: 'c83nPy', auth_time: times.iat },
      reveal,
    ),
    captured: claims({ instance_url: 'https://eu1.acme.dev' }, true),
    destinations: [
      { origin: 'http://orders.dev.internal:8080', folders: ['shop-ui'], told: false },
      { origin: 'https://api.acme.dev', folders: ['shop', '/home/alice/projects/reports'], told: false },
      { origin: 'https://eu1.acme.dev', folders: ['shop'], told: true },
    ],
    revealed: false,
    can: { refresh: true, introspect: true, revoke: true, logOut: true },
    ...change,
  };
}

export function modelOf(session: SessionInspection | undefined, change: Partial<InspectorModel> = {}): InspectorModel {
  return { session, busy: undefined, failure: undefined, answer: undefined, resume: 'session-1', ...change };
}

export const opaque = (): SessionInspection => {
  const whole = inspection();
  return {
    ...whole,
    token: whole.token && { ...whole.token, expiresAt: undefined, hasRefreshToken: false, content: { kind: 'opaque' } },
    idToken: undefined,
    captured: claims({}),
    scopes: [],
    destinations: [],
    grant: 'clientCredentials',
    client: { id: 'reports-service', auth: 'basic', registered: false },
    can: { refresh: false, introspect: false, revoke: false, logOut: false },
  };
};

export const ended = (): SessionInspection => ({
  ...inspection(),
  state: 'signInAgain',
  token: undefined,
  can: { refresh: false, introspect: false, revoke: true, logOut: true },
});

/** Every state that the inspector has. */
export const inspectorStates: Readonly<Record<string, () => InspectorModel>> = {
  jwt: () => modelOf(inspection()),
  revealed: () => modelOf(inspection({ revealed: true })),
  opaque: () => modelOf(opaque()),
  expired: () => {
    const whole = inspection();
    return modelOf({ ...whole, token: whole.token && { ...whole.token, expiresAt: Date.now() - 90_000 } });
  },
  bound: () => {
    const whole = inspection();
    const binding = { kind: 'dpop', thumbprint: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs' } as const;
    const content = { kind: 'encrypted', header: claims({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }) } as const;
    return modelOf({ ...whole, token: whole.token && { ...whole.token, type: 'DPoP', binding, content } });
  },
  ending: () => {
    const whole = inspection();
    const refreshExpiresAt = Date.now() + 3.4 * 60 * minute;
    return modelOf({ ...whole, token: whole.token && { ...whole.token, refreshExpiresAt } });
  },
  ended: () => modelOf(ended()),
  refused: () =>
    modelOf(ended(), {
      failure: {
        message:
          'login.acme.dev has ended the session of alice@acme.dev · Acme (invalid_grant): revoked by an administrator',
        next: 'Sign in again.',
      },
    }),
  gone: () => modelOf(undefined),
  busy: () => modelOf(inspection(), { busy: 'refresh' }),
  answered: () =>
    modelOf(inspection(), {
      answer: {
        active: true,
        askedAt: Date.now(),
        members: claims({
          active: true,
          sub: '248289761001',
          scope: 'openid orders.read',
          exp: seconds(Date.now()) + 252,
        }),
      },
    }),
  'not active': () =>
    modelOf(opaque(), { answer: { active: false, askedAt: Date.now(), members: claims({ active: false }) } }),
  failed: () =>
    modelOf(inspection(), {
      failure: {
        message: 'login.acme.dev did not tell about the token (invalid_client): no reason was given',
        next: 'Many servers answer only to clients with a secret, or to the API itself. The token stays as it is.',
      },
    }),
  unreadable: () =>
    modelOf(undefined, {
      failure: {
        message: 'The editor’s secret storage could not read a session: locked',
        next: 'Unlock or repair the system’s keyring, then try again. Nothing was stored half.',
      },
    }),
};
