import type { ResponseBody } from '../http/exchange';
import { secretForms, secretMasker } from '../http/secretMasker';
import type { BodyView } from '../response/bodyView';
import type { Secret } from '../secret';
import type { KeptBody } from './historyEntry';

/** Bytes of a body that are kept at most. */
export const KEPT_BYTES = 256 * 1024;

/**
 * The text of a body, or its beginning, masked. Begins to read at once: the body may be given up right after.
 * `undefined` for what is no text: nobody could tell what is secret in it.
 */
export async function keptBody(
  body: ResponseBody,
  view: Pick<BodyView, 'kind' | 'text'>,
  secrets: readonly Secret[],
): Promise<KeptBody | undefined> {
  if (view.kind.kind !== 'text') return undefined;
  if (body.size <= KEPT_BYTES) return { text: await view.text('raw'), isWhole: true };
  const bytes = await body.read(0, KEPT_BYTES);
  const text = secretMasker(secrets)(new TextDecoder(view.kind.charset).decode(bytes));
  // A secret that the cut has gone through is not found; it is no longer than what is left out here.
  const longest = secretForms(secrets).reduce((most, form) => Math.max(most, form.length), 0);
  return { text: text.slice(0, text.length - longest - 1), isWhole: false };
}
