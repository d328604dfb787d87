import { createHash, randomBytes } from 'node:crypto';
import type * as http from 'node:http';
import type { TestContext } from 'node:test';
import { startHttp, type LocalServer } from './localServers';

export interface DigestServerOptions {
  /** As the header says it; `undefined`: it says nothing. */
  readonly algorithm?: string | undefined;
  readonly qop?: string | undefined;
  readonly userhash?: boolean;
  /** How often a nonce counts before it is stale; no limit when left out. */
  readonly uses?: number;
  /** Does not say that a nonce is stale. */
  readonly silent?: boolean;
  /** Names the next nonce with each answer. */
  readonly nextNonce?: boolean;
  /** Where it redirects to once somebody is known, by path. */
  readonly redirects?: Readonly<Record<string, { readonly status: number; readonly to: string }>>;
  /** In front of the challenge. */
  readonly before?: string;
}

export interface DigestServer extends LocalServer {
  /** `method path status nc`, one a request. */
  readonly log: readonly string[];
  readonly bodies: readonly string[];
  readonly headers: readonly (string | undefined)[];
}

export const USER = { name: 'jürgen "x"', password: 'canary-päss:word' } as const;

const REALM = 'all of it, really';

/** A server that lets in one user by Digest authentication, and takes every nonce count only once. */
export async function startDigestServer(t: TestContext, options: DigestServerOptions): Promise<DigestServer> {
  const log: string[] = [];
  const bodies: string[] = [];
  const headers: (string | undefined)[] = [];
  const counts = new Map<string, number>();
  const issue = (): string => {
    const nonce = randomBytes(12).toString('base64');
    counts.set(nonce, 0);
    return nonce;
  };
  const server = await startHttp(t, (request, response) => {
    void bodyOf(request).then((body) => {
      bodies.push(body.toString('latin1'));
      headers.push(request.headers.authorization);
      const verdict = judge(request, body, options, counts);
      log.push(`${request.method ?? ''} ${request.url ?? ''} ${verdict.status} ${verdict.count ?? '-'}`);
      const redirect = options.redirects?.[request.url ?? ''];
      if (verdict.status === 401) {
        const challenge = challengeOf(issue(), verdict.isStale && options.silent !== true, options);
        response.writeHead(401, { 'WWW-Authenticate': (options.before ?? '') + challenge }).end('no');
        return;
      }
      if (options.nextNonce === true) response.setHeader('Authentication-Info', `nextnonce="${issue()}"`);
      if (redirect) response.writeHead(redirect.status, { Location: redirect.to }).end();
      else response.writeHead(200).end('yes');
    });
  });
  return { ...server, log, bodies, headers };
}

interface Verdict {
  readonly status: number;
  readonly count: number | undefined;
  readonly isStale: boolean;
}

function judge(
  request: http.IncomingMessage,
  body: Buffer,
  options: DigestServerOptions,
  counts: Map<string, number>,
): Verdict {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Digest ')) return { status: 401, count: undefined, isStale: false };
  const said = fieldsOf(header);
  const nonce = said.get('nonce') ?? '';
  const count = said.has('nc') ? parseInt(said.get('nc') ?? '', 16) : undefined;
  const used = counts.get(nonce);
  if (used === undefined) return { status: 401, count, isStale: true };
  const isRight =
    said.get('response') === expected(request, body, said, options) &&
    userIn(said, options) &&
    said.get('realm') === REALM &&
    said.get('uri') === request.url &&
    said.get('opaque') === 'o"p' &&
    (options.qop === undefined) === (count === undefined);
  if (!isRight) return { status: 401, count, isStale: false };
  if (count !== undefined && count <= used) return { status: 401, count, isStale: false };
  counts.set(nonce, count ?? used + 1);
  if (used >= (options.uses ?? Infinity)) return { status: 401, count, isStale: true };
  return { status: 200, count, isStale: false };
}

function expected(
  { method, url }: http.IncomingMessage,
  body: Buffer,
  said: ReadonlyMap<string, string>,
  options: DigestServerOptions,
): string {
  const hash = hashOf(options);
  const [nonce, cnonce, qop] = ['nonce', 'cnonce', 'qop'].map((name) => said.get(name) ?? '');
  let key = hash(`${USER.name}:${REALM}:${USER.password}`);
  if (options.algorithm?.toLowerCase().endsWith('-sess') === true) key = hash(`${key}:${nonce}:${cnonce}`);
  const what = hash(`${method ?? ''}:${url ?? ''}${qop === 'auth-int' ? `:${hash(body)}` : ''}`);
  const middle = options.qop === undefined ? nonce : `${nonce}:${said.get('nc') ?? ''}:${cnonce}:${qop}`;
  return hash(`${key}:${middle}:${what}`);
}

function userIn(said: ReadonlyMap<string, string>, options: DigestServerOptions): boolean {
  if (options.userhash === true) {
    return said.get('username') === hashOf(options)(`${USER.name}:${REALM}`) && said.get('userhash') === 'true';
  }
  return decodeURIComponent(said.get('username*')?.replace(/^UTF-8''/, '') ?? '') === USER.name;
}

function hashOf({ algorithm = 'MD5' }: DigestServerOptions): (text: string | Buffer) => string {
  const name = { md5: 'md5', 'sha-256': 'sha256', 'sha-512-256': 'sha512-256' }[
    algorithm.toLowerCase().replace(/-sess$/, '')
  ];
  return (text) =>
    createHash(name ?? '')
      .update(text)
      .digest('hex');
}

function challengeOf(nonce: string, isStale: boolean, { algorithm, qop, userhash }: DigestServerOptions): string {
  return [
    `Digest realm="${REALM}", nonce="${nonce}", opaque="o\\"p"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(qop === undefined ? [] : [`qop="${qop}"`]),
    ...(userhash === true ? ['userhash=true'] : []),
    ...(isStale ? ['stale=TRUE'] : []),
    'charset=UTF-8',
  ].join(', ');
}

function fieldsOf(header: string): ReadonlyMap<string, string> {
  const fields = header.slice('Digest '.length).matchAll(/([\w*]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return new Map(
    Array.from(
      fields,
      ([, name, quoted, token]) => [name ?? '', quoted?.replace(/\\(.)/g, '$1') ?? token ?? ''] as const,
    ),
  );
}

async function bodyOf(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
