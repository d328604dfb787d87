/**
 * Who an account is. The Accounts menu has accounts of all kinds, so their labels name the connection
 * (`alice@acme.dev · Acme`); where that stands beside it anyway, it is left out.
 */
export function accountName(label: string, connection: string): string {
  const end = ` · ${connection}`;
  return label.endsWith(end) ? label.slice(0, -end.length) : label;
}
