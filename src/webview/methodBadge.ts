import { css, html, type TemplateResult } from 'lit';

const TONES: Readonly<Record<string, string>> = {
  GET: 'read',
  HEAD: 'read',
  OPTIONS: 'read',
  POST: 'create',
  PUT: 'change',
  PATCH: 'change',
  DELETE: 'remove',
};

/** The method, in the tone of what it does. The word itself says it; the color only helps. */
export function methodBadge(method: string): TemplateResult {
  return html`<span class="method ${TONES[method.toUpperCase()] ?? ''}"
    >${method === 'WEBSOCKET' ? 'WS' : method}</span
  >`;
}

export const methodStyles = css`
  .method {
    font-size: 11px;
    font-weight: 700;
    letter-spacing: 0.3px;
    color: var(--vscode-foreground);
  }
  .method.read {
    color: var(--vscode-debugTokenExpression-number);
  }
  .method.create {
    color: var(--vscode-debugTokenExpression-boolean);
  }
  .method.change {
    color: var(--vscode-debugTokenExpression-string);
  }
  .method.remove {
    color: var(--vscode-debugTokenExpression-error);
  }
`;
