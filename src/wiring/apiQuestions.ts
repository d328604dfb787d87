import type { ApiQuestions } from '../core/oauth/apiConnection';
import { type Redirecting, redirectUrisToRegister } from '../core/oauth/redirectUris';
import { ApiQuestionBoxes } from '../vscode/auth/apiQuestions';
import { plainEditorUri } from '../vscode/auth/editorUriRedirect';
import type { Scope } from './activation';

/** Where no project file says more: a client that somebody is about to register. */
export const anyConnection: Redirecting = {
  redirect: { kind: 'auto' },
  redirectRules: undefined,
  clientId: undefined,
  grant: 'authorizationCode',
};

/** Asked as late as possible, because tests replace it after activation. */
export function apiQuestions({ environment, overrides }: Pick<Scope, 'environment' | 'overrides'>): ApiQuestions {
  const redirectUris = redirectUrisToRegister(anyConnection, environment, plainEditorUri());
  const boxes = new ApiQuestionBoxes(redirectUris.map(({ uri }) => uri));
  const questions = (): ApiQuestions => overrides?.apiQuestions ?? boxes;
  return {
    chooseServer: (...args) => questions().chooseServer(...args),
    chooseScopes: (...args) => questions().chooseScopes(...args),
    enterClientId: (...args) => questions().enterClientId(...args),
  };
}
