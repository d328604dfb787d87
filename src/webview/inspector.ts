import { InspectorApp } from './inspector/inspectorApp';
import { TokenInspector } from './inspector/tokenInspector';
import { page } from './styles/page';

if (page.styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, page.styleSheet];

customElements.define('latchkey-token-inspector', TokenInspector);
customElements.define('latchkey-inspector', InspectorApp);
