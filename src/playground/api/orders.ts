/** An order of the sample shop. */
export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  readonly customer: string;
  readonly placedAt: string;
  readonly items: readonly (Product & { readonly quantity: number })[];
  readonly total: number;
  readonly note?: string;
  readonly reference?: string;
}

export const orderStatuses = ['open', 'shipped', 'closed'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

export function isOrderStatus(value: unknown): value is OrderStatus {
  return orderStatuses.some((status) => status === value);
}

interface Product {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
}

const products: readonly [Product, ...Product[]] = [
  { sku: 'KEY-01', name: 'Brass key', price: 4.5 },
  { sku: 'LCK-07', name: 'Mortise lock', price: 38.9 },
  { sku: 'LTC-02', name: 'Gate latch', price: 17.25 },
  { sku: 'HNG-11', name: 'Door hinge, pair', price: 12 },
];

const customers = [
  'Ada Lovelace',
  'Grace Hopper',
  'Katherine Johnson',
  'Mary Jackson',
  'Radia Perlman',
  'Hedy Lamarr',
] as const;

const firstNumber = 1001;
const seeded = 24;

/** The orders of one playground run, newest first. They start the same every time. */
export class OrderBook {
  #orders: readonly Order[] = Array.from({ length: seeded }, (_unused, index) => seedOrder(index)).reverse();
  #next = firstNumber + seeded;

  list(status: OrderStatus | undefined): readonly Order[] {
    return this.#orders.filter((order) => status === undefined || order.status === status);
  }

  find(id: string): Order | undefined {
    return this.#orders.find((order) => order.id === id);
  }

  /** Adds an order for a product and returns it. `undefined` when the shop does not have the product. */
  create(
    wish: { readonly sku: string; readonly quantity: number; readonly customer: string },
    more: Partial<Order>,
  ): Order | undefined {
    const product = products.find(({ sku }) => sku === wish.sku);
    if (product === undefined) return undefined;
    const items = [{ ...product, quantity: wish.quantity }];
    const order: Order = {
      id: `ord_${this.#next++}`,
      status: 'open',
      customer: wish.customer,
      placedAt: new Date().toISOString(),
      items,
      total: totalOf(items),
      ...more,
    };
    this.#orders = [order, ...this.#orders];
    return order;
  }

  /** Replaces what `change` names. `undefined` when there is no such order. */
  update(id: string, change: Partial<Pick<Order, 'status' | 'note'>>): Order | undefined {
    const order = this.find(id);
    if (order === undefined) return undefined;
    const updated = { ...order, ...change };
    this.#orders = this.#orders.map((other) => (other === order ? updated : other));
    return updated;
  }
}

function seedOrder(index: number): Order {
  const items = Array.from({ length: 1 + (index % 3) }, (_unused, line) => ({
    ...pick(products, index + line),
    quantity: 1 + ((index * 7 + line) % 4),
  }));
  return {
    id: `ord_${firstNumber + index}`,
    status: pick(orderStatuses, index),
    customer: pick(customers, index * 5 + 1),
    placedAt: new Date(Date.UTC(2026, 0, 5 + index * 3, 8 + (index % 9), (index * 13) % 60)).toISOString(),
    items,
    total: totalOf(items),
  };
}

function pick<T>(list: readonly [T, ...T[]], index: number): T {
  return list[index % list.length] ?? list[0];
}

function totalOf(items: Order['items']): number {
  return Math.round(items.reduce((sum, item) => sum + item.price * item.quantity, 0) * 100) / 100;
}
