/** Where in a body a value is: under which name or index of what it is in. `undefined`: the whole body. */
export type Place = { readonly parent: Place; readonly key: string | number } | undefined;

/** Why a value is not valid, the last and innermost reason. Most are found and dropped again, so words come later. */
export interface Mistake {
  readonly place: Place;
  readonly says: () => string;
}

/** In a line: `/items/0/id: 7 is greater than 5`. */
export function describeMistake({ place, says }: Mistake): string {
  const pointer = pointerTo(place);
  return pointer === '' ? says() : `${pointer}: ${says()}`;
}

/** A JSON Pointer as it stands in a URI (RFC 6901 §6). */
function pointerTo(place: Place): string {
  const segments: string[] = [];
  for (let at = place; at; at = at.parent) segments.push(encoded(String(at.key)));
  return segments
    .reverse()
    .map((segment) => `/${segment}`)
    .join('');
}

function encoded(key: string): string {
  const segment = key
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replace(/\p{Surrogate}/gu, '\ufffd');
  return encodeURI(segment).replaceAll('#', '%23');
}
