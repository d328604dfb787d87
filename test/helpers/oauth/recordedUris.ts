/**
 * What VS Code's editions were seen to make of our addresses, and to deliver as callbacks: the shapes that everything
 * about ways back is tested with. `P` is the port that was listened on.
 */

const commit = 'stable-0f0d87fa9e96c856c5212fc86db137ac0d783365';
const callbackQuery =
  'vscode-reqid=1&vscode-scheme=code-oss&vscode-authority=latchkey.latchkey&vscode-path=%2Fcallback';

/** `env.asExternalUri` of `<scheme>://latchkey.latchkey/callback`. */
export const externalEditorUris = {
  desktop: 'vscode://latchkey.latchkey/callback?windowId=3',
  serveWeb: `http://localhost:8000/${commit}/callback?${callbackQuery}`,
  codeServer: `https://code.example/${commit}/callback?${callbackQuery}`,
  codeServerOnLan: `http://192.168.1.5:8080/${commit}/callback?${callbackQuery}`,
  embedderWithoutCallbacks: 'unsupported://latchkey.latchkey/callback',
  codespaces:
    'https://fluffy-space-train-1234.github.dev/extension-auth-callback?state=4fe1c0de4fe1c0de4fe1c0de4fe1c0de',
} as const;

/** `env.asExternalUri` of `http://127.0.0.1:P/callback`. */
export const externalLoopbacks = {
  desktop: (port: number) => `http://127.0.0.1:${port}/callback`,
  tunnelSamePort: (port: number) => `http://127.0.0.1:${port}/callback`,
  tunnelOtherPort: (port: number) => `http://127.0.0.1:${port + 1}/callback`,
  tunnelByName: (port: number) => `http://localhost:${port}/callback`,
  codeServer: (port: number) => `https://code.example/proxy/${port}/`,
  codespaces: (port: number) => `https://fluffy-space-train-1234-${port}.app.github.dev/`,
} as const;

/** The query of the URI that reaches the URI handler when a server answered with {@link answered}. */
export const deliveredQueries = {
  /** The desktop decodes it once. */
  desktop: 'code=a+b/c==&state=s-1_x&iss=http://login.example:9000/tenant',
  /** With the window's number, where the address went through `asExternalUri`. */
  desktopWindow: 'windowId=3&code=a+b/c==&state=s-1_x&iss=http://login.example:9000/tenant',
  /** The page of the web edition hands it over as it came. */
  web: 'code=a%2Bb%2Fc%3D%3D&state=s-1_x&iss=http%3A%2F%2Flogin.example%3A9000%2Ftenant',
  codespaces: 'state=s-1_x&code=a%2Bb%2Fc%3D%3D&iss=http%3A%2F%2Flogin.example%3A9000%2Ftenant',
  /** The relay page passes the query on; the desktop decodes it. */
  relay: 'code=a+b/c==&state=s-1_x&iss=http://login.example:9000/tenant',
} as const;

export const answered = { code: 'a+b/c==', state: 's-1_x', iss: 'http://login.example:9000/tenant' } as const;
