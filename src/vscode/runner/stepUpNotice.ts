import * as vscode from 'vscode';
import type { StepUp } from '../../core/http/stepUp';
import type { ResponseNotice } from '../../shared/viewModel';

/** A longer list would make a button that fits nowhere, and a sentence that nobody reads. */
const longestList = { button: 40, sentence: 300 } as const;

/** The API refused for want of something that another sign-in can bring: what it is, and the button. */
export function stepUpNotice(stepUp: StepUp): ResponseNotice {
  return { message: message(stepUp), action: { action: 'stepUp', label: label(stepUp) } };
}

function message({ scopes, acrValues, maxAge }: StepUp): string {
  const t = vscode.l10n.t;
  return [
    scopes.length > 0
      ? t('The API wants more access than this sign-in has: {0}.', shortList(scopes))
      : t('The API wants you to prove who you are once more.'),
    ...(acrValues.length > 0 ? [t('It accepts: {0}.', shortList(acrValues))] : []),
    ...(maxAge === undefined ? [] : [t('The sign-in may be at most {0} seconds old.', maxAge)]),
  ].join(' ');
}

function label({ scopes }: StepUp): string {
  const list = scopes.join(' ');
  return list === '' || list.length > longestList.button
    ? vscode.l10n.t('Sign In Again')
    : vscode.l10n.t('Sign In Again with {0}', list);
}

function shortList(values: readonly string[]): string {
  const list = values.join(' ');
  return list.length > longestList.sentence ? `${list.slice(0, longestList.sentence)}…` : list;
}
