/** A sentence as the name of a file: lower case, words joined by `-`. */
export function kebabCase(sentence: string): string {
  const plain = sentence.normalize('NFKD').replaceAll(/[\u0300-\u036F'’]/g, '')
  return plain
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
