import { pasteUri } from './redirectUris';
import type { RedirectStrategy } from './signInPorts';

/** No place where a callback arrives: the user brings it, through the paste box that every sign-in shows. */
export const pasteRedirect: RedirectStrategy = {
  kind: 'paste',
  open: (connection) =>
    Promise.resolve({
      kind: 'paste',
      uri: pasteUri(connection),
      onCallback: () => ({ dispose: () => undefined }),
      close: () => Promise.resolve(),
    }),
};
