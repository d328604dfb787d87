import type { ResponseBody } from '../../../../src/core/http/exchange';
import { openBodyView } from '../../../../src/core/response/openBodyView';
import type { BodyRow, BodyView, RowLayout } from '../../../../src/core/response/bodyView';
import type { Secret } from '../../../../src/core/secret';

/** A body in memory, for tests. */
export function memoryBody(content: string | Uint8Array): ResponseBody {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
    dispose: () => undefined,
  };
}

/** Opens a body, JSON unless said otherwise. */
export function openBody(
  content: string | Uint8Array,
  options: { readonly contentType?: string | undefined; readonly mask?: readonly Secret[] } = {},
): Promise<BodyView> {
  return openBodyView(memoryBody(content), {
    id: 'body',
    contentType: 'contentType' in options ? options.contentType : 'application/json',
    mask: options.mask ?? [],
    pause: () => Promise.resolve(),
  });
}

/** Every row of a body at a layout. */
export async function allRows(view: BodyView, layout: RowLayout): Promise<readonly BodyRow[]> {
  return view.rows(layout, 0, await view.rowCount(layout));
}
