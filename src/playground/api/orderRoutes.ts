import type { TokenLookup } from './accessTokens';
import { authenticate } from './bearer';
import { numberFrom, Problem, readJsonObject, sendJson, type Exchange } from './exchange';
import { isOrderStatus, orderStatuses, type OrderBook, type OrderStatus } from './orders';
import type { Route } from './router';

/** `/orders`: reading needs `orders.read`, changing `orders.write`. */
export function orderRoutes(lookup: TokenLookup, orders: OrderBook): readonly Route[] {
  return [
    ['GET', '/orders', (exchange) => listOrders(exchange, lookup, orders)],
    ['POST', '/orders', (exchange) => createOrder(exchange, lookup, orders)],
    ['GET', '/orders/:id', (exchange) => showOrder(exchange, lookup, orders)],
    ['PATCH', '/orders/:id', (exchange) => changeOrder(exchange, lookup, orders)],
  ];
}

async function listOrders(exchange: Exchange, lookup: TokenLookup, orders: OrderBook): Promise<void> {
  await authenticate(exchange, lookup, 'orders.read');
  const query = exchange.url.searchParams;
  const limit = numberFrom(query.get('limit'), 'limit', 10, 100);
  const found = orders.list(statusFrom(query.get('status')));
  sendJson(exchange, 200, { items: found.slice(0, limit), total: found.length, limit });
}

async function showOrder(exchange: Exchange, lookup: TokenLookup, orders: OrderBook): Promise<void> {
  await authenticate(exchange, lookup, 'orders.read');
  const id = exchange.parameters[0] ?? '';
  sendJson(exchange, 200, orders.find(id) ?? raise(noSuchOrder(id)));
}

async function createOrder(exchange: Exchange, lookup: TokenLookup, orders: OrderBook): Promise<void> {
  const caller = await authenticate(exchange, lookup, 'orders.write');
  const { sku, quantity = 1, note, reference, customer = caller.user.name } = await readJsonObject(exchange);
  if (typeof sku !== 'string') throw invalid('sku', 'must be text');
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1)
    throw invalid('quantity', 'must be a whole number above 0');
  if (typeof customer !== 'string') throw invalid('customer', 'must be text');
  const more = {
    ...(typeof note === 'string' ? { note } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
  };
  const order = orders.create({ sku, quantity, customer }, more) ?? raise(invalid('sku', 'is not in the catalogue'));
  sendJson(exchange, 201, order, { location: `/orders/${order.id}` });
}

async function changeOrder(exchange: Exchange, lookup: TokenLookup, orders: OrderBook): Promise<void> {
  await authenticate(exchange, lookup, 'orders.write');
  const id = exchange.parameters[0] ?? '';
  const { status, note } = await readJsonObject(exchange);
  if (status !== undefined && !isOrderStatus(status))
    throw invalid('status', `must be one of ${orderStatuses.join(', ')}`);
  if (note !== undefined && typeof note !== 'string') throw invalid('note', 'must be text');
  const change = { ...(status === undefined ? {} : { status }), ...(note === undefined ? {} : { note }) };
  sendJson(exchange, 200, orders.update(id, change) ?? raise(noSuchOrder(id)));
}

function statusFrom(text: string | null): OrderStatus | undefined {
  if (text === null) return undefined;
  return isOrderStatus(text)
    ? text
    : raise(new Problem(400, 'Bad request', `status must be one of ${orderStatuses.join(', ')}.`));
}

function invalid(field: string, reason: string): Problem {
  const members = { errors: [{ field, reason }] };
  return new Problem(422, 'Unprocessable content', `${field} ${reason}.`, { members });
}

function noSuchOrder(id: string): Problem {
  return new Problem(404, 'Not found', `There is no order ${id}.`);
}

function raise(problem: Problem): never {
  throw problem;
}
