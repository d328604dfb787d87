import type { BodyForm, BodyViewer } from '../shared/viewModel';

export const TABS = ['stream', 'body', 'headers', 'cookies', 'timing', 'sent', 'tests'] as const;
export type TabName = (typeof TABS)[number];

/** What of the view survives a reload. Nothing of a request or a response is in it. */
export interface UiState {
  readonly tab: TabName;
  readonly form: BodyForm;
  readonly wrap: boolean;
  /** How bodies are looked at that would begin with the viewer that is the key; text is told by {@link form}. */
  readonly viewers: Readonly<Partial<Record<BodyViewer, BodyViewer | undefined>>>;
  /** Whether the first row of a table names its columns. */
  readonly tableNames: boolean;
  /** The first row in sight, of the body with this id. */
  readonly scroll: { readonly bodyId: string; readonly row: number } | undefined;
}

const initial: UiState = {
  tab: 'body',
  form: 'pretty',
  wrap: true,
  viewers: {},
  tableNames: true,
  scroll: undefined,
};

/** Reads what was persisted, by this build or an older one; what is not understood is as at first. */
export function readUiState(value: unknown): UiState {
  if (typeof value !== 'object' || value === null) return initial;
  const state = value as Partial<Record<keyof UiState, unknown>>;
  return {
    tab: TABS.find((tab) => tab === state.tab) ?? initial.tab,
    form: state.form === 'raw' ? 'raw' : 'pretty',
    wrap: state.wrap !== false,
    viewers: readViewers(state.viewers),
    tableNames: state.tableNames !== false,
    scroll: readScroll(state.scroll),
  };
}

const VIEWERS: readonly BodyViewer[] = [
  ...(['pretty', 'raw', 'hex', 'image', 'audio', 'video', 'pdf', 'preview', 'table'] as const),
];

function readViewers(value: unknown): UiState['viewers'] {
  if (typeof value !== 'object' || value === null) return {};
  const isViewer = (name: unknown): boolean => VIEWERS.some((viewer) => viewer === name);
  return Object.fromEntries(Object.entries(value).filter(([first, chosen]) => isViewer(first) && isViewer(chosen)));
}

function readScroll(value: unknown): UiState['scroll'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { bodyId, row } = value as { bodyId?: unknown; row?: unknown };
  return typeof bodyId === 'string' && typeof row === 'number' && row >= 0 ? { bodyId, row } : undefined;
}
