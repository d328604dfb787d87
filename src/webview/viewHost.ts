import type { HostMessage, ViewMessage } from '../shared/protocol';
import { isHostMessage } from '../shared/protocolGuards';

/** What VS Code gives to a webview's script, once. A test page can define its own. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The view's only way out: messages to the host, and a little state that survives a reload. */
export interface ViewHost {
  post(message: ViewMessage): void;
  /** Calls the listener with every message of the host that is understood. */
  listen(listener: (message: HostMessage) => void): void;
  getState(): unknown;
  setState(state: object): void;
}

/** May be called once in the life of the page. */
export function acquireViewHost(): ViewHost {
  const api = acquireVsCodeApi();
  const post = (message: ViewMessage): void => api.postMessage(message);
  return {
    post,
    listen: (listener) => {
      window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (isHostMessage(data)) listener(data);
        else post({ type: 'problem', message: 'A message of the host is not understood; it was ignored.' });
      });
    },
    getState: () => api.getState(),
    setState: (state) => api.setState(state),
  };
}
