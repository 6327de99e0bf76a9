/** A value as one word of a command line that people copy into a shell. */
export function shellWord(word: string): string {
  // a # at the beginning of a word opens a comment in a shell
  return /^[\w./:@=-][\w./:#@=-]*$/.test(word) ? word : `"${word.replaceAll(/["\\$`]/g, String.raw`\$&`)}"`
}
