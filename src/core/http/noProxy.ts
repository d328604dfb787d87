/**
 * Whether one of the exceptions is meant for a URL: `*`, a host with all below it (`acme.dev`, `.acme.dev`,
 * `*.acme.dev`), an address, or a range of IPv4 addresses (`10.0.0.0/8`); each with a port or without.
 */
export function isUnproxied(url: URL, exceptions: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return exceptions.some((exception) => matches(exception.trim().toLowerCase(), host, port));
}

function matches(exception: string, host: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [, name = '', ownPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (ownPort !== undefined && ownPort !== port) return false;
  const wanted = name.replace(/^\[|\]$/g, '').replace(/^\*?\.|\.$/g, '');
  if (wanted === '') return false;
  return host === wanted || (isInRange(host, wanted) ?? host.endsWith(`.${wanted}`));
}

/** `undefined`: it is no range. */
function isInRange(host: string, range: string): boolean | undefined {
  const [, base = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(range) ?? [];
  const [first, second] = [base, host].map(ipv4);
  if (first === undefined || Number(bits) > 32) return undefined;
  if (second === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(first / size) === Math.floor(second / size);
}

function ipv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) === true ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
