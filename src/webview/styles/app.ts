import { css, type CSSResultGroup } from 'lit';
import { contextBarStyles } from '../contextBar';
import { failureCardStyles } from '../failureCard';
import { methodStyles } from '../methodBadge';
import { noticeStyles } from '../notice';
import { bodyPaneStyles } from '../panes/bodyPane';
import { cookiesPaneStyles } from '../panes/cookiesPane';
import { headersPaneStyles } from '../panes/headersStyles';
import { sentPaneStyles } from '../panes/sentPane';
import { testsPaneStyles } from '../panes/testsPane';
import { timingPaneStyles } from '../panes/timingPane';
import { pastBannerStyles } from '../pastBanner';
import { problemCardStyles } from '../problemCard';
import { requestLineStyles } from '../requestLine';
import { responseNoticeStyles } from '../responseNotice';
import { statesStyles } from '../states';
import { statusLineStyles } from '../statusLine';
import { tabStripStyles } from '../tabStrip';
import { controls } from './controls';
import { focusRing } from './focusRing';
import { spinner } from './spinner';
import { strip } from './strip';

const frame = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100vh;
    overflow: hidden;
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size, 13px);
    font-weight: var(--vscode-font-weight, normal);
    line-height: 18px;
    color: var(--vscode-foreground);
    background: var(--vscode-editor-background);
  }
  .top {
    flex: none;
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding: 8px 12px 4px;
  }
  .main {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    white-space: pre;
    pointer-events: none;
  }
  .pane-bar {
    flex: none;
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 32px;
    padding: 4px 8px 4px 12px;
  }
  /* Its edge is seen, which that of a tool is not. */
  .pane-bar > .secondary:last-child {
    margin-right: 4px;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
  }
  .pane {
    margin: 0;
    padding: 12px;
  }
  @media (prefers-reduced-motion: reduce) {
    .progress-bit {
      animation: none;
    }
  }
  /* VS Code's own setting, which may differ from the system's. */
  :host-context(body.vscode-reduce-motion) .progress-bit {
    animation: none;
  }
`;

export const appStyles: CSSResultGroup = [
  controls,
  spinner,
  frame,
  contextBarStyles,
  requestLineStyles,
  methodStyles,
  statusLineStyles,
  tabStripStyles,
  strip,
  pastBannerStyles,
  noticeStyles,
  failureCardStyles,
  problemCardStyles,
  responseNoticeStyles,
  bodyPaneStyles,
  headersPaneStyles,
  cookiesPaneStyles,
  timingPaneStyles,
  sentPaneStyles,
  testsPaneStyles,
  statesStyles,
  focusRing,
];
