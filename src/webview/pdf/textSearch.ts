/** How text is compared: letters in either case are the same, and any space is one space, as where a line ends. */
export function comparable(text: string): string {
  // Character by character, so that places stay: some letters have more of them in the other case.
  return text.replace(/\s/g, ' ').replace(/./gsu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length ? lower : letter;
  });
}

/** Where `wanted` begins in `text`, both {@link comparable}; matches do not overlap. */
export function placesOf(text: string, wanted: string, most: number): readonly number[] {
  const places: number[] = [];
  if (wanted === '') return places;
  for (let at = text.indexOf(wanted); at >= 0 && places.length < most; at = text.indexOf(wanted, at + wanted.length)) {
    places.push(at);
  }
  return places;
}
