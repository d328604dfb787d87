import type { Session } from '../../core/oauth/model';
import type { StoredSecret } from '../../core/session/secretVault';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';

/** What the Connections view shows. */
export type ConnectionsNode =
  | ConnectionNode
  | AccountNode
  | { readonly kind: 'faulty'; readonly name: string; readonly file: string; readonly problem: string }
  | { readonly kind: 'playground' }
  | { readonly kind: 'add' }
  | { readonly kind: 'elsewhere'; readonly accounts: readonly AccountNode[] }
  | { readonly kind: 'secrets'; readonly secrets: readonly StoredSecret[] }
  | { readonly kind: 'secret'; readonly secret: StoredSecret };

/** A connection of a project file, or what an API said itself about signing in. */
export interface ConnectionNode {
  readonly kind: 'connection';
  readonly found: FoundConnection;
  /** Path of its project file for people; `undefined`: it was found at the API. */
  readonly file: string | undefined;
  readonly accounts: readonly AccountNode[];
}

export interface AccountNode {
  readonly kind: 'account';
  readonly session: Session;
  /** The connection it is shown at; `undefined`: none of this workspace. */
  readonly found: FoundConnection | undefined;
  /** Of several accounts the one that requests are sent as. */
  readonly isUsed: boolean;
}

/** The connection that a menu of the view is about; `undefined` for every other argument. */
export function connectionIn(argument: unknown): FoundConnection | undefined {
  return isNode(argument) && (argument.kind === 'connection' || argument.kind === 'account')
    ? argument.found
    : undefined;
}

/** The account that a menu of the view is about; `undefined` for every other argument. */
export function sessionIn(argument: unknown): Session | undefined {
  return isNode(argument) && argument.kind === 'account' ? argument.session : undefined;
}

const nodes = new WeakSet<ConnectionsNode>();

/** Marks a node as one of ours, so that nothing that another extension passes to a command is taken for one. */
export function node<T extends ConnectionsNode>(made: T): T {
  nodes.add(made);
  return made;
}

function isNode(argument: unknown): argument is ConnectionsNode {
  return typeof argument === 'object' && argument !== null && nodes.has(argument as ConnectionsNode);
}
