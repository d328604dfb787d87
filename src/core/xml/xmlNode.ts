/** A node of an XML document, as XPath 1.0 §5 sees it; CDATA is text. */
export interface XmlNode {
  readonly kind: 'document' | 'element' | 'attribute' | 'text' | 'comment' | 'instruction';
  readonly parent: XmlNode | undefined;
  /** Place in the document: a node comes before those in it, its attributes before its children. */
  readonly order: number;
  /** Of an element or attribute as written, with its prefix; of an instruction its target; else empty. */
  readonly name: string;
  readonly local: string;
  /** Empty: none. */
  readonly namespace: string;
  /** Of elements and documents empty: see `stringValue`. */
  readonly value: string;
  /** Offsets in the text that it was read from, `end` exclusive; of an attribute, where its element begins. */
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly XmlNode[];
  readonly children: readonly XmlNode[];
}

export interface XmlDocument {
  readonly root: XmlNode;
  /** Every prefix that is declared anywhere, with its first URI; `_` stands for the first default namespace. */
  readonly namespaces: ReadonlyMap<string, string>;
}
