/** The line by which a reader knows that a page is generated, and how to write it anew. */
export const generatedNotice =
  '<!-- Generated, do not edit. Write anew with: npx tsx tools/generate-docs.ts -->'

/** Writes a table; a bar inside a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
