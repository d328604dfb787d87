import type { Socket } from 'node:net';
import { LatchkeyError } from '../../core/errors';
import type { Proxy } from '../../core/http/proxy';
import { revealForTransport } from '../../core/secret';
import { proxyData } from './proxyError';

/** Bytes; what a proxy says before the tunnel is open is far shorter. */
const headLimit = 64 * 1024;

/**
 * Asks a proxy, over a connection to it, for a tunnel to the host of a URL (RFC 9110 §9.3.6). What then goes through it
 * the proxy cannot read.
 * @param done gets the error, or `undefined` once the socket leads to the host.
 */
export function requestTunnel(
  socket: Socket,
  { hostname, port, protocol }: URL,
  proxy: Proxy,
  done: (error: Error | undefined) => void,
): void {
  const target = `${hostname}:${port === '' ? (protocol === 'http:' ? 80 : 443) : port}`;
  const received: Buffer[] = [];
  const finish = (error: Error | undefined): void => {
    socket.off('data', onData).off('end', onEnd).off('error', finish);
    done(error);
  };
  const onEnd = (): void => finish(refused(proxy, 'the proxy hung up'));
  const onData = (chunk: Buffer): void => {
    received.push(chunk);
    const all = Buffer.concat(received);
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) {
      if (all.length > headLimit) finish(refused(proxy, 'its answer does not end'));
      return;
    }
    socket.pause();
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(all.toString('latin1', 0, end))?.[1]);
    const isOpen = status >= 200 && status < 300;
    if (!isOpen) finish(tunnelError(status, proxy));
    // The host waits for us to begin with securing the connection.
    else finish(all.length > end + 4 ? refused(proxy, 'it sends more than was asked for') : undefined);
  };
  socket.on('data', onData).on('end', onEnd).on('error', finish);
  const authorization = proxy.authorization
    ? `Proxy-Authorization: ${revealForTransport(proxy.authorization)}\r\n`
    : '';
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`);
}

function tunnelError(status: number, proxy: Proxy): LatchkeyError {
  if (status === 407) return new LatchkeyError('http.proxyAuthorizationRequired', proxyData(proxy));
  return refused(proxy, Number.isNaN(status) ? 'its answer is not HTTP' : `HTTP ${status}`);
}

function refused(proxy: Proxy, reason: string): LatchkeyError {
  return new LatchkeyError('http.proxyTunnelRefused', { ...proxyData(proxy), reason });
}
