import type { RunnerStrings } from '../shared/runnerStrings';
import type { MenuItem } from './rowMenu';

/** What can be done with a row of pretty JSON. */
export interface RowActions {
  /** How many lines are folded into the row; `undefined`: nothing begins on it. */
  readonly hiddenLines: number | undefined;
  /** Not in what a path has found: that is no part of the body. */
  readonly canCopyPath: boolean;
  readonly canFoldAll: boolean;
  /** Anything is. */
  readonly isFolded: boolean;
  readonly copy: (what: 'path' | 'value') => void;
  readonly fold: (isFolded: boolean) => void;
  readonly foldAll: (isFolded: boolean) => void;
}

export function rowMenuItems(actions: RowActions, strings: RunnerStrings): readonly (MenuItem | 'separator')[] {
  const { hiddenLines, canCopyPath, canFoldAll, isFolded, copy, fold, foldAll } = actions;
  const isRowFolded = (hiddenLines ?? 0) > 0;
  const own: readonly MenuItem[] =
    hiddenLines === undefined
      ? []
      : [{ label: isRowFolded ? strings.unfold : strings.fold, run: () => fold(!isRowFolded) }];
  return [
    { label: strings.copyValue, run: () => copy('value') },
    ...(canCopyPath ? [{ label: strings.copyPath, run: () => copy('path') }] : []),
    'separator',
    ...own,
    {
      label: canFoldAll ? strings.foldAll : strings.foldAllSmall,
      isDisabled: !canFoldAll,
      run: () => foldAll(true),
    },
    { label: strings.unfoldAll, isDisabled: !isFolded, run: () => foldAll(false) },
  ];
}
