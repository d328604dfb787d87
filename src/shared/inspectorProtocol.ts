import type { InspectorModel } from './inspectorModel';
import type { InspectorStrings } from './inspectorStrings';

/** Raised whenever a message changes its meaning, so that a view of an older build is not misread. */
export const INSPECTOR_PROTOCOL_VERSION = 1;

/** What the host tells the token inspector. */
export type InspectorHostMessage =
  /** Everything, in answer to `ready`. */
  | {
      readonly type: 'snapshot';
      readonly version: number;
      readonly strings: InspectorStrings;
      readonly model: InspectorModel;
    }
  | { readonly type: 'update'; readonly model: InspectorModel }
  /** Something for screen readers. */
  | { readonly type: 'announce'; readonly text: string };

/** What can be asked for. The host asks the user before it copies, shows what is masked, or signs out. */
export type InspectorAction = 'refresh' | 'introspect' | 'copyToken' | 'signOut' | 'reveal' | 'hide' | 'signIn';

/** What the token inspector asks the host for. It names an action and nothing to act on: that is what is shown. */
export type InspectorViewMessage =
  /** Loaded, or loaded again after having been hidden: asks for the snapshot. */
  | { readonly type: 'ready'; readonly version: number }
  | { readonly type: 'action'; readonly action: InspectorAction }
  /** Something went wrong in the view; for the log. */
  | { readonly type: 'problem'; readonly message: string };
