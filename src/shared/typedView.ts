import type { EditView, WantedRequest } from './editView';
import { isObject, isOptional, isString, type Guard } from './guard';
import { isEditView, isWantedRequest } from './editGuards';
import type { RunnerModel } from './viewModel';

/** Fields that say something else than the file. */
export interface TypedEdit {
  /** What they were filled from. */
  readonly from: EditView;
  readonly wanted: WantedRequest;
}

/**
 * What somebody has typed for a request, and has neither written nor sent. It is kept in memory only: nobody knows
 * whether a secret is in it.
 */
export interface TypedView {
  /** `undefined`: nothing, or what the file says. */
  readonly edit: TypedEdit | undefined;
  /** For its WebSocket; empty: none. */
  readonly message: string;
}

/** Tells requests apart; `undefined`: none is shown. */
export function shownRequest(model: Pick<RunnerModel, 'file' | 'request'> | undefined): string | undefined {
  return model?.request && requestKey(model.file, model.request.name);
}

/** Tells requests apart. `file`: as a model names it. */
export function requestKey(file: string | undefined, name: string): string {
  return JSON.stringify([file ?? '', name]);
}

export const isTypedEdit: Guard<TypedEdit> = isObject<TypedEdit>({ from: isEditView, wanted: isWantedRequest });

export const isTypedView: Guard<TypedView> = isObject<TypedView>({ edit: isOptional(isTypedEdit), message: isString });
