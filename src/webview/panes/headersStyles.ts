import { css } from 'lit';

/** A table of names and values; long values wrap. */
export const headersPaneStyles = css`
  .headers {
    width: 100%;
    border-spacing: 0;
    table-layout: auto;
  }
  .headers th,
  .headers td {
    padding: 4px 12px;
    font-size: 12px;
    font-weight: inherit;
    line-height: 18px;
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid var(--vscode-panel-border, transparent);
  }
  .headers th {
    width: 1%;
    padding-right: 4px;
    white-space: nowrap;
    color: var(--vscode-debugTokenExpression-name);
  }
  .headers td {
    overflow-wrap: anywhere;
  }
  .headers tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
  /* Beside a narrow editor the value goes below its name. */
  @media (max-width: 440px) {
    .headers tbody :is(tr, th, td) {
      display: block;
      width: auto;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .headers th {
      padding-bottom: 0;
      border-bottom: 0;
    }
    .headers td {
      padding-top: 0;
    }
  }
`;
