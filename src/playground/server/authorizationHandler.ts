import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { pageHeaders } from '../pages/layout';
import { homePage } from '../pages/messagePages';
import { interactionPath } from './authorizationServer';
import { handleInteraction } from './interactions';

/** Everything that the authorization server's port answers. */
export function authorizationHandler(
  provider: Provider,
  facts: { readonly issuer: string; readonly api: string },
): RequestListener {
  const serve = provider.callback();
  return (req, res) => {
    const path = req.url?.split('?')[0] ?? '/';
    if (path === '/') {
      res.writeHead(200, pageHeaders("'self'")).end(homePage(facts));
    } else if (path.startsWith(interactionPath)) {
      handleInteraction(provider, req, res).catch((error: unknown) => failed(res, error));
    } else {
      if (path === '/auth') req.url = withConsentPrompt(req);
      void serve(req, res);
    }
  };
}

/**
 * OpenID Connect Core §11 grants `offline_access` only when the request says `prompt=consent`. The playground asks
 * for consent every time anyway, so it is never dropped here.
 */
function withConsentPrompt(req: IncomingMessage): string {
  const [path = '', query = ''] = (req.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const prompt = parameters.get('prompt');
  const offline = parameters.get('scope')?.split(' ').includes('offline_access') === true;
  if (!offline || prompt === 'none' || prompt?.split(' ').includes('consent') === true) return `${path}?${query}`;
  parameters.set('prompt', prompt === null ? 'consent' : `${prompt} consent`);
  return `${path}?${parameters.toString()}`;
}

function failed(res: ServerResponse, error: unknown): void {
  console.error('authorization server:', error);
  if (res.headersSent) res.destroy();
  else res.writeHead(500, { 'content-type': 'text/plain' }).end('Something went wrong in the playground.\n');
}
