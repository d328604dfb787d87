/**
 * Whether one of the exceptions is meant for a URL: `*`, a host with all below it (`acme.dev`, `.acme.dev`,
 * `*.acme.dev`), an address, or a range of addresses (`10.0.0.0/8`, `fd00::/8`); each with a port or without.
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

interface Address {
  readonly value: bigint;
  /** 32 or 128. */
  readonly bits: number;
}

/** An address alone is a range of one, however it is written. `undefined`: it is neither. */
function isInRange(host: string, range: string): boolean | undefined {
  const [, base = '', length] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
  const first = addressOf(base);
  const fixed = Number(length ?? first?.bits);
  if (!first || fixed > first.bits) return undefined;
  const second = addressOf(host);
  if (second?.bits !== first.bits) return false;
  const free = BigInt(first.bits - fixed);
  return first.value >> free === second.value >> free;
}

function addressOf(text: string): Address | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text);
}

function ipv4(text: string): Address | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (parts?.every((part) => part < 256) !== true) return undefined;
  return { value: BigInt(parts.reduce((sum, part) => sum * 256 + part, 0)), bits: 32 };
}

function ipv6(text: string): Address | undefined {
  // It comes back in the one form of RFC 5952.
  const short = /^[\da-f.:]+$/.test(text) ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined;
  if (short === undefined) return undefined;
  const [before = [], after = []] = short.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const digits = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('');
  return { value: BigInt(`0x${digits}`), bits: 128 };
}
