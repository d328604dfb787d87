import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { startHttp } from '../localServers';

/** A proof that passed, as the API read it. */
export interface SeenProof {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** An API that takes tokens bound to a key only, and checks every proof by RFC 9449 §4.3 with nothing of ours. */
export interface DpopApi {
  readonly origin: string;
  /** Of requests that were let through. */
  readonly proofs: readonly SeenProof[];
  /** What was answered, as `METHOD /path status error`. */
  readonly answers: readonly string[];
  /** Wanted from now on; `undefined`: none. */
  nonce: string | undefined;
  /** Seconds by which its clock is ahead. */
  ahead: number;
  /** Answers requests that were let through; default: 200 with `{}`. */
  handle: RequestListener;
}

/** @param boundTo the thumbprint of the key that a token is bound to; `undefined` for a token that is not valid. */
export async function startDpopApi(
  t: TestContext,
  boundTo: (token: string) => string | undefined | Promise<string | undefined>,
): Promise<DpopApi> {
  const seenIds = new Set<unknown>();
  const proofs: SeenProof[] = [];
  const answers: string[] = [];
  const server = await startHttp(t, (request, response) => {
    const { method = '', url = '' } = request;
    const done = (what: string): void => void answers.push(`${method} ${url} ${what}`.trim());
    response.setHeader('date', new Date(Date.now() + api.ahead * 1000).toUTCString());
    judge(request)
      .then((proof) => {
        proofs.push(proof);
        if (api.nonce !== undefined) response.setHeader('dpop-nonce', api.nonce);
        api.handle(request, response);
        done(String(response.statusCode));
      })
      .catch((error: unknown) => {
        const code = error instanceof Refusal ? error.code : 'invalid_dpop_proof';
        refuse(response, code, error instanceof Error ? error.message : '');
        done(`401 ${code}`);
      });
  });

  async function judge(request: IncomingMessage): Promise<SeenProof> {
    const { authorization = '', dpop } = request.headersDistinct['dpop']?.length === 1 ? request.headers : {};
    assert.ok(typeof dpop === 'string', 'exactly one proof');
    const proof = readProof(dpop);
    const { header, claims } = proof;
    assert.equal(claims['htm'], request.method);
    assert.equal(claims['htu'], `${server.origin}${(request.url ?? '').split('?')[0] ?? ''}`);
    if (api.nonce !== undefined && claims['nonce'] !== api.nonce) throw new Refusal('use_dpop_nonce');
    const now = Date.now() / 1000 + api.ahead;
    assert.ok(Math.abs(now - Number(claims['iat'])) < 30, 'the proof is of now');
    assert.ok(!seenIds.has(claims['jti']), 'the proof was not used before');
    seenIds.add(claims['jti']);
    const [scheme, token = ''] = authorization.split(' ');
    assert.equal(scheme, 'DPoP');
    assert.equal(claims['ath'], createHash('sha256').update(token).digest('base64url'));
    const bound = await boundTo(token);
    if (bound === undefined || bound !== thumbprint(header['jwk'])) throw new Refusal('invalid_token');
    return proof;
  }

  function refuse(response: ServerResponse, error: string, description: string): void {
    if (api.nonce !== undefined) response.setHeader('dpop-nonce', api.nonce);
    const text = description.replaceAll(/[^\w ]+/g, ' ');
    response.setHeader('www-authenticate', `DPoP error="${error}", error_description="${text}", algs="ES256"`);
    response.writeHead(401).end();
  }

  const api: DpopApi = {
    origin: server.origin,
    proofs,
    answers,
    nonce: undefined,
    ahead: 0,
    handle: (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  };
  return api;
}

class Refusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A proof whose header is as it must be and whose signature is right. */
export function readProof(proof: string): SeenProof {
  const [head = '', body = '', signature = ''] = proof.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as SeenProof['header'];
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as SeenProof['claims'];
  assert.deepEqual([header['typ'], header['alg']], ['dpop+jwt', 'ES256']);
  const jwk = header['jwk'] as JsonWebKey;
  assert.deepEqual(Object.keys(jwk).sort(), ['crv', 'kty', 'x', 'y']);
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  assert.ok(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')));
  return { header, claims };
}

/** RFC 7638. */
export function thumbprint(jwk: unknown): string {
  const { crv, kty, x, y } = jwk as JsonWebKey;
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
