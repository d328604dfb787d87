/** The lock that whoever writes a session's tokens must hold. */
export function sessionLockName(id: string): string {
  return `session-${id}`;
}
