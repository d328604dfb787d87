/**
 * The authorization server prints notices meant for people who run it in production, one of them while it loads.
 * Importing this module first keeps them off our output; its errors still come through events.
 */
const prefix = 'oidc-provider ';

for (const method of ['info', 'warn'] as const) {
  const original = console[method].bind(console);
  console[method] = (...args: unknown[]): void => {
    if (typeof args[0] === 'string' && args[0].includes(prefix)) return;
    original(...args);
  };
}
