import type { Environment } from './signInPorts';

/** Schemes of editors that the relay page (`media/relay`) forwards to; it knows no others. */
export const relaySchemes = [
  'vscode',
  'vscode-insiders',
  'vscodium',
  'vscodium-insiders',
  'code-oss',
  'cursor',
  'windsurf',
] as const;

/** Whether the relay page can bring an answer back here: the editor's scheme is known to it and to the system. */
export function canBeRelayedTo({ ui, portable, uriScheme }: Environment): boolean {
  return ui === 'desktop' && !portable && (relaySchemes as readonly string[]).includes(uriScheme);
}

/**
 * The `state` of a sign-in over the relay page. It names the editor to forward to, out of a closed list, and no address:
 * there is nothing in it with which a forged one could send an answer to somebody else. Like every state it is compared
 * as a whole, so that a changed name is a wrong state here (RFC 9700 §4.7.1).
 */
export function relayState(state: string, uriScheme: string): string {
  return `${state}.${uriScheme}`;
}
