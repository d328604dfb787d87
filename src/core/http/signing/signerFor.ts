import type { Clock, Random } from '../../ports';
import type { SigningCredentials } from '../credentials';
import { DigestNonces } from './digestNonces';
import type { HopSigner } from './hopSigner';

export interface SignerDependencies {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Random;
  /** Absent: every send is challenged anew. */
  readonly digestNonces?: DigestNonces | undefined;
}

/** What signs the hops of one send; loaded when the first request needs it. */
export async function signerFor(
  credentials: SigningCredentials,
  { clock, random, digestNonces = new DigestNonces() }: SignerDependencies,
): Promise<HopSigner> {
  switch (credentials.kind) {
    case 'digest':
      return new (await import('./digestSigner')).DigestSigner(credentials, digestNonces, random);
    case 'awsSigV4':
      return new (await import('./awsSigner')).AwsSigner(credentials, clock);
    case 'hmac':
      return new (await import('./hmacSigner')).HmacSigner(credentials, clock, random);
  }
}
