import type { BodyInfo, BodyViewer } from '../shared/viewModel';
import type { UiState } from './uiState';

type ShownBody = Exclude<BodyInfo, { kind: 'empty' }>;

/** The viewer that a body is looked at with: what was chosen for bodies of its kind, else the first that it has. */
export function chosenViewer({ viewers }: Pick<ShownBody, 'viewers'>, ui: UiState): BodyViewer {
  const first = viewers[0] ?? 'hex';
  const chosen = ui.viewers[first] ?? (first === 'pretty' ? ui.form : first);
  return viewers.includes(chosen) ? chosen : first;
}

/** The change of the state that comes of choosing a viewer. */
export function choiceOfViewer(
  { viewers }: Pick<ShownBody, 'viewers'>,
  ui: UiState,
  viewer: BodyViewer,
): Partial<UiState> {
  const first = viewers[0] ?? 'hex';
  const others = { ...ui.viewers, [first]: undefined };
  if (first === 'pretty' && (viewer === 'pretty' || viewer === 'raw')) return { form: viewer, viewers: others };
  return { viewers: viewer === first ? others : { ...others, [first]: viewer } };
}

/** Whether a viewer lists rows of text. */
export function isTextViewer(viewer: BodyViewer): viewer is 'pretty' | 'raw' {
  return viewer === 'pretty' || viewer === 'raw';
}
