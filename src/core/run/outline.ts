import type { RequestAuth } from '../http/httpRequest';
import { shownOrigin } from '../http/httpUrl';
import { prepareRequest } from '../request/resolve/prepareRequest';
import { textOf } from '../request/resolve/resolved';
import type { Supplies } from '../request/resolve/supplies';
import { revealForTransport, Secret, type Sensitive } from '../secret';
import { evaluatorFor, rowsToCome, type Sources } from './evaluateSite';
import type { Site } from './site';

/** What can be told of a request before its values are there; `undefined` what they decide. */
export interface RequestOutline {
  readonly auth: RequestAuth | undefined;
  readonly url: Sensitive | undefined;
}

/** Stands where a value will be. A secret, so that where it is part of an origin this can be told. */
const standIn = { state: 'known', value: textOf(new Secret('latchkey-stand-in')) } as const;

/** Draws up a request without reading or asking for anything. */
export function outlineOf(site: Site, supplies: Supplies, sources: Sources): RequestOutline {
  const isField = rowsToCome(site);
  const standIns: Supplies = {
    find: (need) => {
      const found = supplies.find(need);
      return found.state === 'known' ? found : standIn;
    },
    row: (name) => (isField?.(name) ? standIn : undefined),
  };
  const { place, entry } = site;
  const prepared = prepareRequest(entry, place.file, place.project, evaluatorFor(site, standIns, sources));
  return { auth: prepared.auth?.auth, url: prepared.url };
}

/** The origin of a URL as it is; a secret where a secret is part of it. */
export function originOf(url: Sensitive): { readonly origin: string; readonly destination: Sensitive } {
  const destination = new URL(revealForTransport(url)).origin;
  const origin = shownOrigin(url);
  return { origin, destination: origin === destination ? destination : new Secret(destination) };
}
