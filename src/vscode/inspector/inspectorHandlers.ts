import type { InspectorAction } from '../../shared/inspectorProtocol';

/** What the token inspector asks of the rest of the extension. Every call comes from a person pressing something. */
export interface InspectorHandlers {
  act(action: InspectorAction): void;
  /** The view is hidden or gone: what it was allowed to show is masked again. */
  hidden(): void;
}
