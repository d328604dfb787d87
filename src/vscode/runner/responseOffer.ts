import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { LatchkeyError } from '../../core/errors';
import { isHostShown, parseHttpUrl } from '../../core/http/httpUrl';
import type { AskedApi } from '../../core/oauth/resourceDiscovery';
import type { TlsScope } from '../../core/session/tlsScope';
import { redact, revealForTransport } from '../../core/secret';
import type { ResponseNotice } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { SendResult } from './requestSender';

/** What the user can do about a response. */
export type ResponseOffer =
  | {
      readonly kind: 'signInToApi';
      readonly asked: AskedApi;
      /** How connections are secured, and for which folder. */
      readonly tls: TlsScope;
      /** The request says `auth: auto`, so it is waiting for this. */
      readonly isWaiting: boolean;
      /** The API has refused the token of the session that there is. */
      readonly wasRefused: boolean;
    }
  | { readonly kind: 'saveConnection'; readonly found: FoundConnection };

/**
 * What can be done about a response right from the runner, when there is something.
 * @param justSignedIn the send follows a sign-in to an API that no project file describes.
 */
export function responseOffer(result: SendResult, justSignedIn: boolean): ResponseOffer | undefined {
  const { connection: found, exchange, request } = result;
  if (exchange.outcome.kind !== 'response') return undefined;
  if (exchange.outcome.response.status !== 401) {
    return justSignedIn && found?.connection.discovered === true ? { kind: 'saveConnection', found } : undefined;
  }
  const asked = askedApi(result);
  if (!asked) return undefined;
  const isWaiting = request.auth.kind === 'auto';
  return { kind: 'signInToApi', asked, tls: result.tls, isWaiting, wasRefused: found !== undefined };
}

/** The API behind a 401 that a token could help, if it is the one that the request was written for. */
function askedApi({ request, exchange }: SendResult): AskedApi | undefined {
  const last = exchange.hops.at(-1);
  const isOpen = request.auth.kind === 'none' || request.auth.kind === 'auto';
  if (!isOpen || !last || !isHostShown(request.url)) return undefined;
  if (request.headers.some(([name]) => name.toLowerCase() === 'authorization')) return undefined;
  const url = parseHttpUrl(request.url);
  // A redirect led to somebody else, who would get no token.
  if (URL.parse(last.request.url)?.origin !== url.origin) return undefined;
  // A secret in the path goes nowhere but into the request itself.
  const isPlain = redact(request.url) === revealForTransport(request.url);
  return { url: isPlain ? url : new URL(url.origin), headers: last.headers };
}

/** @param hosts where the API says that one signs in, once that is known. */
export function noticeOf(offer: ResponseOffer, hosts: readonly string[] = []): ResponseNotice {
  const t = vscode.l10n.t;
  switch (offer.kind) {
    case 'signInToApi': {
      const { isWaiting } = offer;
      const known = t('This API asks you to sign in at {0}.', hosts.join(', '));
      const message = hosts.length > 0 ? known : t('This API asks you to sign in.');
      const label = isWaiting ? t('Sign In') : t('Sign In to This API…');
      return { message, action: { action: offer.kind, label } };
    }
    case 'saveConnection': {
      const message = t('You are signed in to {0}, as the API describes it itself.', offer.found.connection.label);
      return { message, action: { action: offer.kind, label: t('Save as Connection') } };
    }
    default:
      return assertNever(offer);
  }
}

/** Why a response with `auth: auto` is not the one that was wanted; for those who send without looking at it. */
export function signInRequired(offer: ResponseOffer | undefined): LatchkeyError | undefined {
  if (offer?.kind !== 'signInToApi' || !offer.isWaiting) return undefined;
  return new LatchkeyError('session.signInRequired', { connection: offer.asked.url.host });
}
