import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { TlsMaterial, TlsProfile } from '../../src/core/http/tlsProfile';
import { TlsTransport } from '../../src/core/http/tlsTransport';
import type { HttpTransport } from '../../src/core/ports';
import { Secret } from '../../src/core/secret';
import { repositoryRoot } from './repository';

/** Opens what is locked among the fixtures. */
export const fixturePassphrase = 'correct horse';

/** Folder of certificates and keys; `make.sh` in it says what each is. */
export const tlsFixtures = path.join(repositoryRoot, 'test', 'fixtures', 'tls');

export function tlsFixture(name: string): Buffer {
  return readFileSync(path.join(tlsFixtures, name));
}

/** Which of the fixtures make up a profile. */
export interface ProfileFiles {
  readonly ca?: readonly string[];
  readonly cert?: string;
  readonly key?: string;
  readonly pfx?: string;
  readonly passphrase?: string;
  readonly verify?: boolean;
}

/** A profile of fixture files. */
export function tlsProfile({ ca = [], cert, key, pfx, passphrase, verify = true }: ProfileFiles): TlsProfile {
  const material = (name: string | undefined): TlsMaterial<Secret> | undefined =>
    name === undefined ? undefined : { name, content: new Secret(tlsFixture(name).toString('base64')) };
  return {
    id: JSON.stringify([ca, cert, key, pfx, passphrase, verify]),
    ca: ca.map((name) => ({ name, content: tlsFixture(name) })),
    cert: material(cert),
    key: material(key),
    pfx: material(pfx),
    passphrase: passphrase === undefined ? undefined : { name: '“passphrase”', content: new Secret(passphrase) },
    verify,
  };
}

/** A transport that secures every connection so. */
export function securedWith(transport: HttpTransport, files: ProfileFiles): HttpTransport {
  const profile = tlsProfile(files);
  return new TlsTransport(transport, {
    profileOf: () => Promise.resolve(profile),
    noteFailure: () => Promise.resolve(),
  });
}
