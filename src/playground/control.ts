import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** What an adopter learns of the playground; also the process to end it by. */
export interface PlaygroundFacts {
  readonly issuer: string;
  readonly api: string;
  readonly pid: number;
}

/** Where a window that has reloaded, or another one, takes the playground over. */
export const adoptPath = '/playground/adopt';

/** The header makes browsers ask first, and they get no answer: no web page can adopt a playground. */
const adopterHeader = 'x-latchkey-adopter';

/** Answers `POST /playground/adopt` with the facts, and leaves everything else to the sample API. */
export function withControl(
  api: RequestListener,
  facts: PlaygroundFacts,
  adopt: (pid: number) => void,
): RequestListener {
  return (request, response) => {
    if (request.url !== adoptPath) {
      api(request, response);
      return;
    }
    const pid = adopterOf(request);
    if (pid === undefined) {
      answer(response, 400, { error: `POST with the header ${adopterHeader}: <pid>` });
      return;
    }
    adopt(pid);
    answer(response, 200, { ...facts });
  };
}

function adopterOf({ method, headers }: IncomingMessage): number | undefined {
  const value = headers[adopterHeader];
  return method === 'POST' && typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : undefined;
}

function answer(response: ServerResponse, status: number, body: Readonly<Record<string, unknown>>): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
