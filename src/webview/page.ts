import type { ViewMessage } from '../shared/protocol';

/** What the sections of the runner need of the page that they are in. */
export interface Page {
  readonly post: (message: ViewMessage) => void;
  /** Something has changed that is drawn. */
  readonly changed: () => void;
  /** What the elements of the page are in. */
  readonly root: () => ParentNode;
  /** Runs when what has changed is drawn. */
  readonly whenDrawn: (task: () => void) => void;
  /** Has a screen reader say it. */
  readonly announce: (text: string) => void;
}
