import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

/** A value that only a client and its authorization server may know. */
export interface IssuedSecret {
  readonly kind:
    'access token' | 'refresh token' | 'ID token' | 'authorization code' | 'code verifier' | 'client secret';
  readonly value: string;
}

/** By the name that they have in the token endpoint's requests and answers, and in the answer to a registration. */
const kinds = {
  access_token: 'access token',
  refresh_token: 'refresh token',
  id_token: 'ID token',
  code: 'authorization code',
  code_verifier: 'code verifier',
  client_secret: 'client secret',
  registration_access_token: 'client secret',
} as const satisfies Record<string, IssuedSecret['kind']>;

/** A list that grows with every secret that `provider` takes or gives. */
export function recordIssued(provider: Provider): readonly IssuedSecret[] {
  const issued: IssuedSecret[] = [];
  const record = (fields: unknown): void => {
    for (const [name, value] of Object.entries(fields ?? {})) {
      const kind = (kinds as Readonly<Record<string, IssuedSecret['kind'] | undefined>>)[name];
      if (!kind || typeof value !== 'string' || issued.some((known) => known.value === value)) continue;
      issued.push({ kind, value });
    }
  };
  provider.on('grant.success', (context: KoaContextWithOIDC) => {
    record(context.oidc.params);
    record(context.body);
  });
  provider.on('registration_create.success', (context: KoaContextWithOIDC) => record(context.body));
  return issued;
}
