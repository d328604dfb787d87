import type { Guard } from '../shared/guard';

/** What VS Code gives to a webview's script, once. A test page can define its own. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The view's only way out: messages to the host, and a little state that survives a reload. */
export interface ViewHost<FromHost, ToHost> {
  post(message: ToHost): void;
  /** Calls the listener with every message of the host that is understood. */
  listen(listener: (message: FromHost) => void): void;
  getState(): unknown;
  setState(state: object): void;
}

/** What every view can say: something went wrong in it; for the log. */
interface Problem {
  readonly type: 'problem';
  readonly message: string;
}

/** May be called once in the life of the page. */
export function acquireViewHost<FromHost, ToHost>(
  isHostMessage: Guard<FromHost>,
): ViewHost<FromHost, ToHost | Problem> {
  const api = acquireVsCodeApi();
  const post = (message: ToHost | Problem): void => api.postMessage(message);
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
