import { css } from 'lit';

/**
 * Turns while something is being done, unless the reader wants no motion. In steps, as VS Code's own icons do: a frame
 * that is drawn sixty times a second is taken from what is being waited for.
 */
export const spinner = css`
  .spinner {
    flex: none;
    width: 14px;
    height: 14px;
    margin: 1px;
    border: 2px solid var(--vscode-progressBar-background);
    border-top-color: transparent;
    border-radius: 50%;
    animation: turn 1s steps(20) infinite;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
  /* VS Code's own setting, which may differ from the system's. */
  :host-context(body.vscode-reduce-motion) .spinner {
    animation: none;
  }
`;
