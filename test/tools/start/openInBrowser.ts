import { spawn } from 'node:child_process';

/** Opens an address in the user's browser. Failing is harmless: the address has been printed. */
export function openInBrowser(address: string): void {
  const command = openCommand(address);
  if (command === undefined) return;
  const [program, ...args] = command;
  const opener = spawn(program, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}

function openCommand(address: string): readonly [string, ...string[]] | undefined {
  if (process.platform === 'darwin') return ['open', address];
  // `start` is a command of the shell, whose first quoted argument is a title.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '""', address.replaceAll('&', '^&')];
  const { DISPLAY, WAYLAND_DISPLAY, BROWSER } = process.env;
  // Without a display xdg-open may start a browser for terminals, in this one.
  return (DISPLAY ?? WAYLAND_DISPLAY ?? BROWSER) === undefined ? undefined : ['xdg-open', address];
}
