import type { InspectorModel } from '../../shared/inspectorModel';
import type { InspectorAction } from '../../shared/inspectorProtocol';
import type { InspectorStrings } from '../../shared/inspectorStrings';

/** What the parts of the token inspector draw from, and how they ask for something. */
export interface InspectorView {
  readonly model: InspectorModel;
  readonly strings: InspectorStrings;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly act: (action: InspectorAction) => void;
}
