import { LatchkeyError } from '../../core/errors';
import type { Proxy } from '../../core/http/proxy';
import type { TemplateData } from '../../core/text/template';

/** Which proxy it is, for sentences. */
export function proxyData({ hostname, port, setting }: Proxy): TemplateData {
  return { proxy: `${hostname}:${port}`, setting };
}

/** Says what an error on the way to a proxy means. Our own errors pass unchanged. */
export function proxyError(error: Error, proxy: Proxy): Error {
  if (error instanceof LatchkeyError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const data = { ...proxyData(proxy), reason: code };
  if (code === 'ECONNREFUSED') return new LatchkeyError('http.proxyRefused', data, { cause: error });
  const isSecuring = /^(?:ERR_(?:SSL|TLS|OSSL)|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code);
  if (isSecuring && proxy.scheme === 'https') return new LatchkeyError('http.proxyUntrusted', data, { cause: error });
  return new LatchkeyError('http.proxyUnreachable', data, { cause: error });
}
