import type { ResourceServer } from 'oauth4webapi';
import { LatchkeyError } from '../errors';
import { isLoopbackHost } from '../http/loopback';
import { secureUrl } from './secureUrl';
import { plainServerText } from './serverText';

/** What an API says about itself (RFC 9728 §2), checked, with nothing in it that cannot be used. */
export interface ProtectedResource {
  /** Its identifier (RFC 8707), as it published it: the URL that was asked lies at or below it. */
  readonly resource: string;
  /** Of its authorization servers, in the API's order; at least one. */
  readonly issuers: readonly string[];
  readonly scopes: readonly string[];
  /** It takes only tokens that are bound to a key (RFC 9449). */
  readonly dpop: boolean;
  /** An https URL for people. */
  readonly documentation: string | undefined;
}

/** More are not read: nobody picks from so many, and a hostile list must not fill the screen. */
const most = { issuers: 20, scopes: 200 } as const;

/**
 * The identifier that metadata claims to be about, if it may be (RFC 9728 §3.3).
 * @throws LatchkeyError `api.resourceMismatch`.
 */
export function checkIdentifier(resource: string, asked: URL, place: string): URL {
  const identifier = URL.parse(resource);
  if (identifier && isWithin(asked, resource)) return identifier;
  const found = plainServerText(resource) || '?';
  throw new LatchkeyError('api.resourceMismatch', { url: place, found, asked: asked.origin });
}

/**
 * Judges the metadata that was found for a URL. An API without `authorization_servers` is taken for its own, as the
 * first APIs of this kind were.
 * @param place where the metadata was, for messages.
 * @throws LatchkeyError `api.serversUnusable`, `api.headerNotTaken`.
 */
export function checkResource(metadata: ResourceServer, asked: URL, place: string): ProtectedResource {
  const methods = textsOf(metadata.bearer_methods_supported);
  if (methods && !methods.includes('header')) {
    const named = plainServerText(methods.join(', ')) || 'none';
    throw new LatchkeyError('api.headerNotTaken', { origin: asked.origin, methods: named });
  }
  return {
    resource: metadata.resource,
    issuers: issuersOf(metadata, asked, place),
    scopes: scopeTokens(textsOf(metadata.scopes_supported) ?? []),
    dpop: metadata.dpop_bound_access_tokens_required === true,
    documentation: documentationUrl(metadata.resource_documentation),
  };
}

/**
 * Whether a URL belongs to the API with this identifier: the same origin, and a path at or below the identifier's.
 * RFC 9728 §3.3 wants the two equal, which holds for an API with one URL; this is the narrowest reading that lets an
 * API have several. The token never leaves the origin that was asked.
 */
export function isWithin(asked: URL, resource: string): boolean {
  const api = URL.parse(resource);
  if (api?.origin !== asked.origin || api.hash !== '' || api.username !== '' || api.password !== '') return false;
  if (api.search !== '') return api.search === asked.search && api.pathname === asked.pathname;
  const path = api.pathname.replace(/\/$/, '');
  return asked.pathname === path || asked.pathname.startsWith(`${path}/`);
}

/** What of a list are scopes by RFC 6749 §3.3. */
export function scopeTokens(texts: readonly string[]): readonly string[] {
  const tokens = texts.filter((text) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(text));
  return [...new Set(tokens)].slice(0, most.scopes);
}

/** A link that people may be sent to, if it is one. */
export function documentationUrl(value: unknown): string | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url?.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined;
}

function issuersOf(metadata: ResourceServer, asked: URL, place: string): readonly string[] {
  const named = textsOf(metadata.authorization_servers);
  if (named === undefined || named.length === 0) return [asked.origin];
  const usable = [...new Set(named)].slice(0, most.issuers).filter((issuer) => isUsableIssuer(issuer, asked));
  if (usable.length > 0) return usable;
  throw new LatchkeyError('api.serversUnusable', { url: place, found: plainServerText(named.join(', ')) });
}

/** RFC 8414 §2: no query, no fragment. And no API elsewhere may send us to a server of this machine. */
function isUsableIssuer(issuer: string, asked: URL): boolean {
  if (/[?#]/.test(issuer)) return false;
  try {
    const { hostname } = secureUrl(issuer, 'issuer', []);
    return !isLoopbackHost(hostname) || isLoopbackHost(asked.hostname);
  } catch {
    return false;
  }
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
