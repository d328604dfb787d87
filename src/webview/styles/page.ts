import { css } from 'lit';

/** What VS Code's own style sheet for webviews sets otherwise. */
export const page = css`
  body {
    padding: 0;
    overflow: hidden;
  }
`;
