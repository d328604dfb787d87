import { scopes } from './scopes';

/** Somebody who can sign in to the playground. There is no password: one click is the login. */
export interface User {
  /** `sub` and user name. */
  readonly id: string;
  readonly givenName: string;
  readonly name: string;
  readonly email: string;
  /** One line for the login page. */
  readonly summary: string;
  /** Scopes that this user can hand out; others are refused even when they click Allow. */
  readonly mayGrant: ReadonlySet<string>;
}

const everything = new Set(scopes.map((scope) => scope.name));

export const users: readonly User[] = [
  {
    id: 'alice',
    givenName: 'Alice',
    name: 'Alice Archer',
    email: 'alice@playground.localhost',
    summary: 'May read and change orders',
    mayGrant: everything,
  },
  {
    id: 'bob',
    givenName: 'Bob',
    name: 'Bob Baker',
    email: 'bob@playground.localhost',
    summary: 'May only read',
    mayGrant: new Set([...everything].filter((name) => name !== 'orders.write')),
  },
];

/** The user with this id or e-mail address, in any case: what a `login_hint` holds. */
export function findUser(idOrEmail: string | undefined): User | undefined {
  const wanted = idOrEmail?.toLowerCase();
  return users.find((user) => user.id === wanted || user.email === wanted);
}
