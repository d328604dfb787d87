// Loaded with the first PDF: what draws it is several times as large as the rest of the runner.
import { PdfView } from './pdfView';

customElements.define('latchkey-pdf', PdfView);
