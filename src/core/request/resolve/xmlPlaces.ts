/** Where in an XML document something stands. */
type Place = 'content' | 'tag' | 'doubleQuotes' | 'singleQuotes' | 'cdata' | 'comment';

/**
 * Follows an XML document along the pieces that its author wrote, to tell how a value has to be written that stands
 * between two of them. What is put in never changes the place.
 */
export class XmlPlaces {
  #place: Place = 'content';

  /** Goes on behind a piece of the document. */
  pass(piece: string): void {
    for (let at = 0; at < piece.length;) {
      const pattern = ENDS[this.#place];
      pattern.lastIndex = at;
      const found = pattern.exec(piece);
      if (!found) return;
      this.#place = FOLLOWING[this.#place][found[0]] ?? 'tag';
      at = pattern.lastIndex;
    }
  }

  /** Writes a value so that reading the document gives it back. */
  get write(): (value: string) => string {
    if (this.#place === 'cdata') return inCdata;
    return this.#place === 'content' || this.#place === 'comment' ? inContent : inAttribute;
  }
}

/** What leads from a place into another. */
const ENDS: Readonly<Record<Place, RegExp>> = {
  content: /<!\[CDATA\[|<!--|</g,
  tag: /["'>]/g,
  doubleQuotes: /"/g,
  singleQuotes: /'/g,
  cdata: /\]\]>/g,
  comment: /-->/g,
};

const FOLLOWING: Readonly<Record<Place, Readonly<Record<string, Place>>>> = {
  content: { '<![CDATA[': 'cdata', '<!--': 'comment' },
  tag: { '"': 'doubleQuotes', "'": 'singleQuotes', '>': 'content' },
  doubleQuotes: { '"': 'tag' },
  singleQuotes: { "'": 'tag' },
  cdata: { ']]>': 'content' },
  comment: { '-->': 'content' },
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // Readers make spaces and line feeds of these where they are not written like this (XML 1.0 §2.11, §3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function inContent(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character);
}

function inAttribute(text: string): string {
  return text.replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}

/** No bracket ends the section together with what stands beside it, because each section ends behind one. */
function inCdata(text: string): string {
  return text.replace(/^>|[\]\r]/g, (found) => IN_CDATA[found] ?? found);
}

const [BEGIN, END] = ['<![CDATA[', ']]>'];
const IN_CDATA: Readonly<Record<string, string>> = {
  '>': `${END}${BEGIN}>`,
  ']': `]${END}${BEGIN}`,
  '\r': `${END}&#13;${BEGIN}`,
};
