import type { EditView } from '../../src/shared/editView';
import type { HistoryItem } from '../../src/shared/historyView';
import type { Exchange } from '../../src/core/http/exchange';
import type { BodyView } from '../../src/core/response/bodyView';
import { openBodyView } from '../../src/core/response/openBodyView';
import { readProblem } from '../../src/core/response/problem';
import { presentBody } from '../../src/vscode/runner/presentBody';
import type { AuthView, ExchangeView, ResponseNotice, RunnerModel, RunState } from '../../src/shared/viewModel';

const minute = 60_000;

/** Earlier sends of a request, of every kind. */
export const historyItems: readonly HistoryItem[] = (
  [
    [0.2, 'local', { kind: 'response', status: 200, statusText: 'OK', ok: true }, 12, 478],
    [12, 'staging', { kind: 'response', status: 404, statusText: 'Not Found', ok: false }, 143, 212],
    [55, undefined, { kind: 'failure', code: 'http.connectionRefused' }, undefined, undefined],
    [190, 'a very long name of an environment', { kind: 'cancelled' }, undefined, undefined],
    [1500, 'local', { kind: 'response', status: 200, statusText: 'OK', ok: true }, 61_400, 14_200_000],
    [40_000, 'local', { kind: 'response', status: 302, statusText: 'Found', ok: true }, 9.4, 0],
  ] as const
).map(([minutes, environment, outcome, duration, size], index) => ({
  id: `a-${index}`,
  at: Date.now() - minutes * minute,
  ...{ environment, outcome, duration, size, isShown: index === 4 },
}));

/** A request with something in each field. */
export const editSample: EditView = {
  base: '1',
  written: {
    method: 'POST',
    url: '/orders/${listOrders.firstId}/lines',
    query: [
      { name: 'dryRun', value: 'true', isFixed: false },
      { name: 'tag', value: 'new, gift', isFixed: true },
    ],
    headers: [{ name: 'If-Match', value: '"${listOrders.version}"', isFixed: false }],
    body: { kind: 'json', text: 'sku: A-1 # the article\nquantity: 2\nreference: "${uuid}"', isYaml: true },
  },
};

/** Something to show: a model and the body that goes with it. */
export interface Sample {
  readonly model: RunnerModel;
  readonly body?: BodyView | undefined;
  /** What it is of, where more than the model is shown of it. */
  readonly exchange?: Exchange | undefined;
}

const alice: AuthView = {
  kind: 'signedIn',
  connection: 'Playground',
  account: 'alice',
  expiresAt: Date.now() + 252_000,
  refreshable: true,
  endsAt: undefined,
};

const baseModel: RunnerModel = {
  file: 'playground.http.yaml',
  requests: [
    { name: 'showProfile', method: 'GET', last: { ok: true, text: '200 · 12 ms' } },
    { name: 'listOrders', method: 'GET', last: undefined },
    { name: 'createOrder', method: 'POST', last: { ok: false, text: '403 · 8 ms' } },
    { name: 'replaceOrder', method: 'PUT', last: undefined },
    { name: 'deleteOrder', method: 'DELETE', last: { ok: false, text: 'failed' } },
  ],
  request: {
    name: 'showProfile',
    method: 'GET',
    url: 'http://127.0.0.1:9321/profile?fields=name,email&key=••••••',
    description: undefined,
  },
  environment: { active: 'local', available: true, isProtected: false },
  auth: alice,
  state: { kind: 'idle' },
  isPinned: false,
  resume: '{"uri":"file:///w/playground.http.yaml","name":"showProfile"}',
};

export function modelWith(change: Partial<RunnerModel>): RunnerModel {
  return { ...baseModel, ...change };
}

export interface Answer {
  readonly id?: string;
  readonly status?: number;
  readonly statusText?: string;
  readonly contentType?: string;
  readonly text: string | Uint8Array;
  readonly notice?: ResponseNotice;
  readonly unverified?: readonly string[];
  readonly notes?: ExchangeView['notes'];
  readonly cookies?: ExchangeView['cookies'];
  readonly stream?: ExchangeView['stream'];
}

/** A response as the extension would present it. */
export async function responseSample(answer: Answer, change: Partial<RunnerModel> = {}): Promise<Sample> {
  const { id = 'exchange-1', status = 200, statusText = 'OK', contentType = 'application/json', text } = answer;
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const source = {
    size: bytes.length,
    read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
  const body = await openBodyView(source, { id, contentType, mask: [], pause: () => Promise.resolve() });
  const problem = typeof text === 'string' ? readProblem(status, contentType, text) : undefined;
  const exchange = exchangeOf({
    id,
    status,
    statusText,
    contentType,
    body: presentBody(body),
    problem,
    notice: answer.notice,
    unverified: answer.unverified ?? [],
    notes: answer.notes ?? [],
    ...(answer.cookies && { cookies: answer.cookies }),
    ...(answer.stream && { stream: answer.stream }),
  });
  return { model: modelWith({ state: { kind: 'response', exchange }, ...change }), body };
}

/** A response whose body is open already, and may still be arriving. */
export function arrivingModel(body: BodyView, receiving: boolean): RunnerModel {
  const answer = { id: 'exchange-1', status: 200, statusText: 'OK', contentType: 'application/json' };
  const nothing = { problem: undefined, notice: undefined, unverified: [], notes: [] };
  const exchange = exchangeOf({ ...answer, ...nothing, body: presentBody(body) });
  return modelWith({ state: { kind: 'response', exchange: { ...exchange, receiving } } });
}

const noCookies: ExchangeView['cookies'] = { kept: true, sent: [], received: [] };

function exchangeOf(
  facts: Pick<ExchangeView, 'id' | 'status' | 'statusText' | 'body' | 'problem' | 'notice' | 'unverified' | 'notes'> &
    Partial<Pick<ExchangeView, 'cookies' | 'stream'>> & {
      readonly contentType: string;
    },
): ExchangeView {
  const { contentType, ...view } = facts;
  return {
    cookies: noCookies,
    stream: undefined,
    ...view,
    duration: 123.4,
    receiving: false,
    finalUrl: undefined,
    headers: [
      { name: 'Content-Type', value: contentType },
      { name: 'Date', value: 'Sat, 21 Nov 2026 08:00:00 GMT' },
      { name: 'Cache-Control', value: 'no-store' },
      { name: 'X-Request-Id', value: '0a8f0b5e-3a44-4a4f-8f0a-6e8ad2b1f9c3' },
      { name: 'Strict-Transport-Security', value: 'max-age=63072000; includeSubDomains; preload' },
      { name: 'Connection', value: 'keep-alive' },
    ],
    hops: [
      {
        redirect: undefined,
        method: 'GET',
        url: 'http://127.0.0.1:9321/profile',
        status: view.status,
        http2: false,
        phases: [
          { phase: 'dns', start: 0, duration: 4.2 },
          { phase: 'connect', start: 4.2, duration: 11.8 },
          { phase: 'tls', start: 16, duration: 31.5 },
          { phase: 'send', start: 47.5, duration: 0.4 },
          { phase: 'wait', start: 47.9, duration: 62.1 },
          { phase: 'download', start: 110, duration: 13.4 },
        ],
      },
    ],
    sent: {
      method: 'GET',
      url: 'http://127.0.0.1:9321/profile?fields=name,email&key=••••••',
      headers: [
        { name: 'Accept', value: 'application/json' },
        { name: 'Authorization', value: 'Bearer ••••••' },
        { name: 'User-Agent', value: 'Latchkey/0.1.0' },
      ],
      body: undefined,
      bodyBytes: 0,
    },
    expectations: [{ what: 'status is 200', ok: view.status === 200, actual: String(view.status) }],
    captures: view.status === 200 ? [{ name: 'token', from: '$.access_token', value: '••••••' }] : [],
  };
}

export const PROFILE = JSON.stringify({
  sub: 'alice',
  name: 'Alice Liddell',
  email: 'alice@example.com',
  email_verified: true,
  balance: 1240.5,
  manager: null,
  roles: ['orders.read', 'orders.write'],
  address: { street: '12 Rabbit Hole Lane', city: 'Oxford', country: 'GB' },
  note: 'Down the rabbit-hole, and never once considering how in the world she was to get out again.',
  links: [
    { rel: 'self', href: 'https://api.example.com/profile/alice' },
    { rel: 'orders', href: 'https://api.example.com/orders?customer=alice' },
  ],
});

/** Hops of a request that was sent on to another origin. */
export const REDIRECTED: ExchangeView['hops'] = [
  {
    redirect: undefined,
    method: 'POST',
    url: 'https://api.acme.dev/v1/reports',
    status: 303,
    http2: false,
    phases: [
      { phase: 'dns', start: 0, duration: 4 },
      { phase: 'connect', start: 4, duration: 12 },
      { phase: 'tls', start: 16, duration: 30 },
      { phase: 'wait', start: 46, duration: 22 },
    ],
  },
  {
    redirect: { isElsewhere: true, dropped: ['Authorization', 'Cookie', 'Content-Type'], droppedBody: true },
    method: 'GET',
    url: 'https://files.acme-cdn.net/reports/2026.json',
    status: 200,
    http2: true,
    phases: [
      { phase: 'connect', start: 68, duration: 8 },
      { phase: 'tls', start: 76, duration: 20 },
      { phase: 'wait', start: 96, duration: 14 },
      { phase: 'download', start: 110, duration: 13.4 },
    ],
  },
];

export const PROBLEM = JSON.stringify({
  type: 'https://api.example.com/problems/order-not-found',
  title: 'The order does not exist',
  status: 404,
  detail: 'There is no order 4711 among those that alice may see.',
  instance: '/orders/4711',
});

export const refused: RunState = {
  kind: 'failure',
  failure: {
    code: 'http.connectionRefused',
    message: 'Nothing listens at 127.0.0.1:9321.',
    next: 'Start the server, or correct the address in playground.http.yaml.',
    action: { action: 'retry', label: 'Send Again' },
  },
  sent: {
    method: 'GET',
    url: 'http://127.0.0.1:9321/profile?fields=name,email&key=••••••',
    headers: [
      { name: 'Accept', value: 'application/json' },
      { name: 'Authorization', value: 'Bearer ••••••' },
    ],
    body: undefined,
    bodyBytes: 0,
  },
};

export const notSignedIn: AuthView = { kind: 'notSignedIn', connection: 'Playground' };

/** A list of that many orders, some 170 bytes each. */
export function orders(count: number): string {
  const order = (id: number): object => ({
    id,
    reference: `A-${String(id).padStart(6, '0')}`,
    state: id % 3 === 0 ? 'closed' : 'open',
    total: (id * 1.5).toFixed(2),
    lines: [{ sku: 'tea', count: 2 }],
    note: 'ships with the next post',
  });
  return JSON.stringify(Array.from({ length: count }, (_, index) => order(index + 1)));
}
