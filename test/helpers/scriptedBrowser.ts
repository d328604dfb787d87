import type { PortOverrides } from '../../src/wiring/activation';
import { eventually } from './eventually';
import { PlaygroundVisitor } from './playgroundVisitor';
import { present } from './present';

/** Who visits the playground's pages, and what they decide. */
export interface Visit {
  readonly user: 'alice' | 'bob';
  readonly decision: 'allow' | 'deny';
}

/** Lets a scripted person sign in instead of a browser; they paste the address they end on. Returns what was opened. */
export function signInByScript(overrides: PortOverrides, visit: () => Visit): readonly string[] {
  const opened: string[] = [];
  const callbacks = new Map<string, Promise<URL>>();
  overrides.browser = {
    open: (url) => {
      opened.push(url);
      callbacks.set(url, new PlaygroundVisitor().signIn(url, visit()));
      return Promise.resolve(true);
    },
  };
  overrides.progress = {
    show: (waiting) => {
      void eventually(() => present(callbacks.get(waiting.authorizationUrl), 'the opened browser'))
        .then((callback) => callback)
        .then(({ href }) => waiting.paste(href));
      return { dispose: () => undefined };
    },
  };
  return opened;
}
