import assert from 'node:assert/strict';
import type { HttpRequest } from '../../../../src/core/http/httpRequest';
import { importCurl } from '../../../../src/core/curl/importCurl';
import { parseCurl } from '../../../../src/core/curl/parseCurl';
import type { RequestDraft } from '../../../../src/core/curl/requestDraft';
import { insertRequest } from '../../../../src/core/request/edit/insertRequest';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { textOf } from '../../../../src/core/request/resolve/resolved';
import { resolveRequest } from '../../../../src/core/request/resolveRequest';
import { revealForTransport, Secret } from '../../../../src/core/secret';

export function drafted(command: string): RequestDraft {
  const draft = importCurl(parseCurl(command), { requestNames: [], secretNames: [], inheritsAuth: false });
  assert.ok(draft, 'a request');
  return draft;
}

/** The request file that a command becomes. */
export function fileOf(command: string): string {
  const draft = drafted(command);
  return insertRequest('', 'a.http.yaml', draft).text;
}

/** What would be sent for the request that a command becomes. */
export function sentFor(command: string): HttpRequest {
  const draft = drafted(command);
  const text = insertRequest('', 'a.http.yaml', draft).text;
  const file = parseRequestFile(text);
  const [request] = file.requests;
  assert.ok(request);
  const stored = new Map(draft.secrets.map(({ name, value }) => [name, value.revealForTransport()]));
  const resolved = resolveRequest({
    ...{ file, request, project: undefined, environment: undefined, directory: '' },
    clock: { now: () => 0 },
    random: { bytes: (length) => new Uint8Array(length) },
    supplies: {
      find: (need) => {
        const value = need.kind === 'secret' ? stored.get(need.name) : `value of ${JSON.stringify(need)}`;
        assert.ok(value !== undefined, `${JSON.stringify(need)} in ${text}`);
        return { state: 'known', value: textOf(need.kind === 'secret' ? new Secret(value) : value) };
      },
    },
  });
  assert.ok(resolved.ok, `${text}\n${JSON.stringify(resolved.diagnostics)}`);
  return resolved.request;
}

export function bodyText({ body }: HttpRequest): string | undefined {
  if (body === undefined) return undefined;
  assert.ok(!('parts' in body));
  return body instanceof Secret ? revealForTransport(body) : new TextDecoder().decode(body);
}
