/** A scope that the playground's authorization server knows. */
export interface Scope {
  readonly name: string;
  /** What it allows, in the words of the consent page. */
  readonly meaning: string;
}

export const scopes: readonly Scope[] = [
  { name: 'openid', meaning: 'Know who you are' },
  { name: 'profile', meaning: 'See your name' },
  { name: 'email', meaning: 'See your e-mail address' },
  { name: 'orders.read', meaning: 'Read orders' },
  { name: 'orders.write', meaning: 'Create and change orders' },
  { name: 'offline_access', meaning: 'Stay signed in' },
];
