import { css, type CSSResultGroup } from 'lit';
import { noticeStyles } from '../notice';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { spinner } from '../styles/spinner';
import { accountHeaderStyles } from './accountHeader';
import { claimSectionsStyles } from './claimSections';
import { destinationsSectionStyles } from './destinationsSection';
import { scopesSectionStyles } from './scopesSection';
import { sectionStyles } from './section';
import { tokenSectionStyles } from './tokenSection';

const frame = css`
  :host {
    display: block;
    height: 100%;
    overflow: auto;
  }
  .page {
    max-width: 800px;
    margin: 0 auto;
    padding: 0 24px 24px;
  }
  @media (max-width: 440px) {
    .page {
      padding: 0 12px 16px;
    }
  }
`;

export const inspectorStyles: CSSResultGroup = [
  controls,
  spinner,
  frame,
  sectionStyles,
  accountHeaderStyles,
  tokenSectionStyles,
  scopesSectionStyles,
  destinationsSectionStyles,
  claimSectionsStyles,
  noticeStyles,
  focusRing,
];
