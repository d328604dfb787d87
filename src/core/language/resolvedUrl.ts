import { redact, Secret } from '../secret';
import { shorten } from '../request/shorten';
import type { RequestEntry } from '../request/model';
import { Evaluator } from '../request/resolve/evaluator';
import { prepareRequest } from '../request/resolve/prepareRequest';
import { requestScopes } from '../request/resolve/scopes';
import { laterSupplies } from '../request/resolve/supplies';
import type { LanguageFile } from './languageFile';

export interface ResolvedUrl {
  /** As it will be sent, secrets masked and cut short. */
  readonly shown: string;
  /** To be opened; `undefined` where a secret is in it. */
  readonly href: string | undefined;
}

/**
 * The URL of a request with its variables and its query put in; `undefined` while that takes what only a send brings,
 * or something is wrong with it.
 */
export function resolvedUrl(
  { requests, project, environment }: LanguageFile,
  request: RequestEntry,
): ResolvedUrl | undefined {
  if (!requests) return undefined;
  const [url, again] = [0, 1].map((send) => {
    const evaluator = new Evaluator({
      scopes: requestScopes(request, requests, project, environment),
      home: 'requestFile',
      now: send * 1e10,
      random: { bytes: (length) => new Uint8Array(length).fill(send * 0x55) },
      supplies: laterSupplies,
      directories: { requestFile: '', project: project?.directory ?? '' },
    });
    return prepareRequest(request, requests, project, evaluator).url;
  });
  // What is drawn anew for each send is not the URL.
  if (url === undefined || again === undefined || redact(url) !== redact(again)) return undefined;
  return { shown: shorten(redact(url), MAX_SHOWN), href: url instanceof Secret ? undefined : url };
}

const MAX_SHOWN = 500;
