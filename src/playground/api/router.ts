import type { RequestListener } from 'node:http';
import { Problem, sendEmpty, sendProblem, type Exchange } from './exchange';

/** Method (`*` for any), path (`:name` leaves a part open, a last `*` any rest) and what answers. */
export type Route = readonly [method: string, path: string, answer: (exchange: Exchange) => void | Promise<void>];

/** Serves the routes. A `GET` route answers `HEAD` too, and every known path `OPTIONS`. */
export function serveRoutes(routes: readonly Route[]): RequestListener {
  const compiled = routes.map(([method, path, answer]) => ({ method, answer, pattern: patternOf(path) }));
  return (req, res) => {
    const method = req.method ?? 'GET';
    const url = new URL(req.url ?? '/', 'http://localhost');
    const exchange: Exchange = { req, res, method, url, parameters: [] };
    const onPath = compiled.filter(({ pattern }) => pattern.test(url.pathname));
    const route = onPath.find((candidate) => serves(candidate.method, method));
    const answer = async (): Promise<void> => {
      if (route !== undefined) {
        const parameters = (route.pattern.exec(url.pathname) ?? []).slice(1).map(decode);
        await route.answer({ ...exchange, parameters });
      } else if (onPath.length === 0) {
        throw new Problem(404, 'Not found', `There is nothing at ${url.pathname}. GET / lists what there is.`);
      } else {
        const allow = allowed(onPath.map((candidate) => candidate.method));
        if (method === 'OPTIONS') sendEmpty(exchange, 204, { allow });
        else throw new Problem(405, 'Method not allowed', `${url.pathname} takes ${allow}.`, { headers: { allow } });
      }
    };
    answer().catch((error: unknown) => {
      if (res.headersSent) return void res.destroy();
      if (!(error instanceof Problem)) console.error('sample API:', error);
      sendProblem(
        exchange,
        error instanceof Problem ? error : new Problem(500, 'Internal error', 'The sample API failed.'),
      );
    });
  };
}

function serves(routeMethod: string, method: string): boolean {
  return routeMethod === '*' || routeMethod === method || (routeMethod === 'GET' && method === 'HEAD');
}

function allowed(methods: readonly string[]): string {
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))), 'OPTIONS'].join(
    ', ',
  );
}

function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '([^/]+)' : part.replace(/[.+]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('/')}$`);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Problem(400, 'Bad request', `${part} is not a URL-encoded text.`);
  }
}
