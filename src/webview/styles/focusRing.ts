import { css } from 'lit';

/** One ring for everything that takes the focus by keyboard. */
export const focusRing = css`
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  .ring-inside:focus-visible {
    outline-offset: -1px;
  }
`;
