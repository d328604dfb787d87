import * as vscode from 'vscode';
import { typedUrl } from '../../core/oauth/originList';
import { errorText, safeNotification } from '../platform/errorText';
import type { TextQuestion } from '../platform/stepInputs';

/** A question for a URL that is tried out before the box closes. */
export function addressQuestion(
  prompt: string,
  placeholder: string,
  tryOut: (url: URL, signal: AbortSignal, text: string) => Promise<void>,
): TextQuestion {
  return {
    ...{ title: vscode.l10n.t('Add Connection'), prompt, placeholder },
    accept: async (text, signal) => {
      const url = typedUrl(text);
      if (!url) return vscode.l10n.t('Enter an https URL, or an http one of this machine.');
      try {
        await tryOut(url, signal, text);
        return undefined;
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

/** For questions to which every answer is one. */
export function acceptAnything(): Promise<undefined> {
  return Promise.resolve(undefined);
}

/** Why a value was not taken, in words. */
export function problemOf(error: unknown): string {
  const { message, next } = errorText(error);
  return safeNotification(`${message} ${next}`);
}
