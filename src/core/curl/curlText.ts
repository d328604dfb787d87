import { withCredentials } from '../http/credentials';
import type { HttpRequest } from '../http/httpRequest';
import { revealForTransport, type Sensitive } from '../secret';
import { bodyOptions } from './curlTextBody';
import { tlsOptions, type CurlTls } from './curlTextTls';
import { shellWord, type PartsOf } from './shellText';

/**
 * A command line for a POSIX shell that sends what the request sends. The token of a connection is in it already. A
 * signature with a shared key is not in it: curl has no option for one.
 */
export function curlText(written: HttpRequest, partsOf: PartsOf, tls?: CurlTls): string {
  const { request, options } = withAuth(written, partsOf);
  const body = bodyOptions(request, partsOf);
  const groups = [
    [...methodOption(request), shellWord(partsOf(request.url))].join(' '),
    ...(tls ? tlsOptions(tls, partsOf) : []),
    ...options,
    ...headerOptions(request, body?.isForm === true, partsOf),
    ...(body?.options ?? []),
    ...limits(request),
  ];
  const command = ['curl', groups[0]].join(' ');
  const text = [command, ...groups.slice(1).map((group) => `  ${group}`)].join(' \\\n');
  return body?.input === undefined ? text : `${body.input} | ${text}`;
}

/** Credentials as curl takes them; where it has no option of its own, in the place where they are sent. */
function withAuth(
  request: HttpRequest,
  partsOf: PartsOf,
): { readonly request: HttpRequest; readonly options: readonly string[] } {
  const { auth } = request;
  const user = (name: Sensitive, password: Sensitive): string =>
    `--user ${shellWord([...partsOf(name), ':', ...partsOf(password)])}`;
  switch (auth.kind) {
    case 'basic':
      return { request, options: [user(auth.username, auth.password)] };
    case 'digest':
      return { request, options: ['--digest', user(auth.username, auth.password)] };
    case 'awsSigV4': {
      const { region, service, accessKeyId, secretAccessKey, sessionToken } = auth;
      const signature = `--aws-sigv4 ${shellWord([`aws:amz:${region}:${service}`])}`;
      const token = sessionToken ? [`-H ${shellWord(['X-Amz-Security-Token: ', ...partsOf(sessionToken)])}`] : [];
      return { request, options: [signature, user(accessKeyId, secretAccessKey), ...token] };
    }
    case 'bearer':
    case 'apiKey':
      return { request: withCredentials(request, auth), options: [] };
    case 'none':
    case 'auto':
    case 'connection':
    case 'hmac':
      return { request, options: [] };
  }
}

/** `-X` only where curl would not come to the method by itself. */
function methodOption({ method, body, url }: HttpRequest): readonly string[] {
  const own = body === undefined ? 'GET' : 'POST';
  const glob = /[[\]{}]/.test(revealForTransport(url)) ? ['--globoff'] : [];
  if (method === own) return glob;
  if (method === 'HEAD' && body === undefined) return ['--head', ...glob];
  return ['-X', shellWord([method]), ...glob];
}

/** curl leaves a header out when nothing follows its colon, and brings headers of its own. */
function headerOptions({ headers, body }: HttpRequest, isForm: boolean, partsOf: PartsOf): readonly string[] {
  const own = headers.filter(([name]) => !isForm || name.toLowerCase() !== 'content-type');
  const options = own.map(([name, value]) => {
    const isEmpty = revealForTransport(value).trim() === '';
    return `-H ${shellWord(isEmpty ? [`${name};`] : [`${name}: `, ...partsOf(value)])}`;
  });
  const hasType = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return body === undefined || hasType || isForm ? options : [...options, `-H 'Content-Type:'`];
}

function limits({ redirects, timeouts }: HttpRequest): readonly string[] {
  const seconds = (time: number): string => String(time / 1000);
  return [
    ...(redirects > 0 ? [redirects === DEFAULT_REDIRECTS ? '--location' : `--location --max-redirs ${redirects}`] : []),
    ...(timeouts.connect === undefined ? [] : [`--connect-timeout ${seconds(timeouts.connect)}`]),
    ...(timeouts.total === undefined ? [] : [`--max-time ${seconds(timeouts.total)}`]),
  ];
}

/** As many as are followed where the files do not say; curl stops at 50, which makes no difference to read about. */
const DEFAULT_REDIRECTS = 10;
