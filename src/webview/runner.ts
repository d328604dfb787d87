import { FindBar } from './findBar';
import { HistoryMenu } from './historyMenu';
import { RequestEditor } from './requestEditor';
import { RequestPicker } from './requestPicker';
import { RowList } from './rowList';
import { RunnerApp } from './runnerApp';
import { StreamList } from './streamList';
import { page } from './styles/page';
import { TickingText } from './tickingText';
import { HexView } from './viewers/hexView';
import { MediaView } from './viewers/mediaView';
import { PreviewView } from './viewers/previewView';
import { TableView } from './viewers/tableView';

if (page.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page.styleSheet];

customElements.define('latchkey-ticking-text', TickingText);
customElements.define('latchkey-request-picker', RequestPicker);
customElements.define('latchkey-history-menu', HistoryMenu);
customElements.define('latchkey-request-editor', RequestEditor);
customElements.define('latchkey-row-list', RowList);
customElements.define('latchkey-find-bar', FindBar);
customElements.define('latchkey-hex', HexView);
customElements.define('latchkey-media', MediaView);
customElements.define('latchkey-preview', PreviewView);
customElements.define('latchkey-table', TableView);
customElements.define('latchkey-stream-list', StreamList);
customElements.define('latchkey-runner', RunnerApp);
