import { LatchkeyError } from '../../errors';
import { Secret } from '../../secret';
import { derTags, oidText, readDerIn, writeDer, type DerElement } from './der';
import { readPem, type PemBlock } from './pem';

/** Kinds of keys that can sign. */
export type KeyType = 'RSA' | 'EC P-256' | 'EC P-384' | 'EC P-521' | 'Ed25519';

/** A private key as it was read, not checked by a cryptographic library yet. */
export interface PrivateKey {
  readonly type: KeyType;
  /** PKCS#8 in base64, or a JWK. */
  readonly material: { readonly format: 'pkcs8' | 'jwk'; readonly value: Secret };
  /** `kid` that came with the key. */
  readonly keyId: string | undefined;
  /** The only algorithms that the key is meant for; `undefined`: all that fit its type. */
  readonly algorithms: readonly string[] | undefined;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Longer than any key, a chain of certificates beside it included. */
const longestText = 65_536;

const rsaOid = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
const ecOid = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

const curves: Readonly<Record<string, KeyType>> = {
  '1.2.840.10045.3.1.7': 'EC P-256',
  '1.3.132.0.34': 'EC P-384',
  '1.3.132.0.35': 'EC P-521',
};

/** For people: keys that are known and cannot be used. */
const unusable: Readonly<Record<string, string>> = {
  '1.2.840.10040.4.1': 'DSA',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.113': 'Ed448',
  '1.3.132.0.10': 'EC secp256k1',
};

const jwkTypes: Readonly<Record<string, KeyType>> = {
  'EC P-256': 'EC P-256',
  'EC P-384': 'EC P-384',
  'EC P-521': 'EC P-521',
  'OKP Ed25519': 'Ed25519',
};

/**
 * Reads a private key: PEM as PKCS#8, PKCS#1 or SEC 1, JWK (RFC 7517), a set of JWKs, or the JSON file of a service
 * account with `private_key` in it.
 * @param name what people call the key, for messages.
 * @param keyId which key of a set.
 * @throws LatchkeyError `oauth.keyInvalid`, `oauth.keyEncrypted`, `oauth.keyNotPrivate`, `oauth.keyUnsupported`.
 */
export function readPrivateKey(text: Secret, name: string, keyId?: string): PrivateKey {
  const plain = text.revealForTransport().trim();
  if (plain.length > longestText) throw new LatchkeyError('oauth.keyInvalid', { key: name });
  return plain.startsWith('{') ? keyOfJson(plain, name, keyId) : keyOfPem(plain, name);
}

function keyOfPem(text: string, name: string): PrivateKey {
  const blocks = readPem(text);
  const block =
    blocks.find(({ label }) => label.endsWith('PRIVATE KEY')) ?? blocks.find(({ label }) => label !== 'EC PARAMETERS');
  if (!block) throw new LatchkeyError('oauth.keyInvalid', { key: name });
  if (block.encrypted || block.label === 'ENCRYPTED PRIVATE KEY')
    throw new LatchkeyError('oauth.keyEncrypted', { key: name });
  if (!block.label.endsWith('PRIVATE KEY')) {
    throw new LatchkeyError('oauth.keyNotPrivate', { key: name, found: block.label.toLowerCase() });
  }
  if (block.label === 'OPENSSH PRIVATE KEY') throw unsupported(name, 'OpenSSH');
  if (block.label === 'DSA PRIVATE KEY') throw unsupported(name, 'DSA');
  return keyOfPkcs8(pkcs8Of(block), name);
}

/** The older forms hold the same key without saying of what kind it is. */
function pkcs8Of({ label, bytes }: PemBlock): Uint8Array | undefined {
  switch (label) {
    case 'PRIVATE KEY':
      return bytes;
    case 'RSA PRIVATE KEY':
      return bytes && wrapped(writeDer(derTags.sequence, writeDer(derTags.oid, rsaOid), writeDer(derTags.null)), bytes);
    case 'EC PRIVATE KEY': {
      // ECPrivateKey ::= { version, privateKey, [0] parameters, [1] publicKey } (RFC 5915 §3).
      const parameters = readDerIn(derTags.sequence, bytes)?.find(({ tag }) => tag === derTags.first);
      if (!bytes || !parameters) return undefined;
      return wrapped(writeDer(derTags.sequence, writeDer(derTags.oid, ecOid), parameters.content), bytes);
    }
    default:
      return undefined;
  }
}

/** PrivateKeyInfo ::= { version 0, algorithm, privateKey } (RFC 5208 §5). */
function wrapped(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  const version = writeDer(derTags.integer, Uint8Array.of(0));
  return writeDer(derTags.sequence, version, algorithm, writeDer(derTags.octetString, key));
}

function keyOfPkcs8(pkcs8: Uint8Array | undefined, name: string): PrivateKey {
  const [version, algorithm, key] = readDerIn(derTags.sequence, pkcs8) ?? [];
  const [oid, parameters] = algorithm?.tag === derTags.sequence ? (readElements(algorithm) ?? []) : [];
  if (!pkcs8 || version?.tag !== derTags.integer || oid?.tag !== derTags.oid || key?.tag !== derTags.octetString) {
    throw new LatchkeyError('oauth.keyInvalid', { key: name });
  }
  const read = (type: KeyType, bytes = pkcs8, algorithms?: readonly string[]): PrivateKey => {
    const material = { format: 'pkcs8', value: new Secret(base64(bytes)) } as const;
    return { type, material, keyId: undefined, algorithms };
  };
  switch (oidText(oid.content)) {
    case '1.2.840.113549.1.1.1':
      return read('RSA');
    case '1.2.840.113549.1.1.10': {
      // A key for PSS alone, which cryptographic libraries read only under the common name of RSA keys.
      const common = writeDer(derTags.sequence, writeDer(derTags.oid, rsaOid), writeDer(derTags.null));
      return read('RSA', wrapped(common, key.content), ['PS256', 'PS384', 'PS512']);
    }
    case '1.2.840.10045.2.1': {
      const curve = parameters?.tag === derTags.oid ? oidText(parameters.content) : '';
      const type = curves[curve];
      if (type === undefined) throw unsupported(name, unusable[curve] ?? 'EC');
      return read(type);
    }
    case '1.3.101.112':
      return read('Ed25519');
    default:
      throw unsupported(name, unusable[oidText(oid.content)] ?? oidText(oid.content));
  }
}

function readElements({ tag, content }: DerElement): readonly DerElement[] | undefined {
  return readDerIn(tag, writeDer(tag, content));
}

function keyOfJson(text: string, name: string, keyId: string | undefined): PrivateKey {
  const json = objectOf(text);
  if (!json) throw new LatchkeyError('oauth.keyInvalid', { key: name });
  const { private_key: pem, private_key_id: id, keys } = json;
  if (typeof pem === 'string') return { ...keyOfPem(pem, name), keyId: typeof id === 'string' ? id : undefined };
  if (!Array.isArray(keys)) return keyOfJwk(json, name);
  const jwks = keys.filter(isObject).filter(({ kid }) => keyId === undefined || kid === keyId);
  const jwk = jwks.find(({ d }) => d !== undefined) ?? jwks[0];
  if (!jwk) throw new LatchkeyError('oauth.keyInvalid', { key: name });
  return keyOfJwk(jwk, name);
}

function keyOfJwk(jwk: JsonObject, name: string): PrivateKey {
  const { kty, crv, kid, alg, d } = jwk;
  if (typeof kty !== 'string') throw new LatchkeyError('oauth.keyInvalid', { key: name });
  if (kty === 'oct') throw unsupported(name, 'symmetric');
  if (typeof d !== 'string') throw new LatchkeyError('oauth.keyNotPrivate', { key: name, found: 'public key' });
  const curve = typeof crv === 'string' ? crv : '';
  const type = kty === 'RSA' ? 'RSA' : jwkTypes[`${kty} ${curve}`];
  if (type === undefined) throw unsupported(name, `${kty} ${curve}`.slice(0, 40));
  // What a key says of its own use is not what decides here, and importing would fail over it.
  const names = ['kty', 'crv', 'd', 'x', 'y', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi'] as const;
  const kept = Object.fromEntries(names.map((member) => [member, jwk[member]]));
  return {
    type,
    material: { format: 'jwk', value: new Secret(JSON.stringify(kept)) },
    keyId: typeof kid === 'string' && kid !== '' ? kid : undefined,
    algorithms: typeof alg === 'string' ? [alg] : undefined,
  };
}

function unsupported(key: string, type: string): LatchkeyError {
  return new LatchkeyError('oauth.keyUnsupported', { key, type });
}

function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // The parser's message quotes the text.
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
