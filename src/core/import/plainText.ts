/** A text with marks in it for people, with variables as most tools write them. */
export function plainText(text: string): string {
  return text.replace(/\ufdd4([^\ufdd5]*)\ufdd5/g, '{{$1}}');
}
