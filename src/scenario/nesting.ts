import { CST, Lexer } from 'yaml'

/**
 * Offset at which a YAML text is nested deeper than a number of levels, or `undefined`. Read from the tokens, before the parser, which is
 * recursive: a text of a million brackets would cost it seconds and the stack.
 */
export function nestedBeyond(text: string, levels: number): number | undefined {
  const depth = new Depth()
  let offset = 0
  for (const token of new Lexer().lex(text)) {
    depth.take(CST.tokenType(token), token, offset)
    if (depth.levels() > levels) return offset
    // marks of the lexer itself stand for no text
    if (!isMark(token)) offset += token.length
  }
  return undefined
}

/** Follows how deep the tokens are nested: brackets that are open, and columns at which blocks began. */
class Depth {
  private brackets = 0
  private columns: number[] = []
  private lineStart = 0
  private isAtStart = true

  levels(): number {
    return this.brackets + this.columns.length
  }

  take(type: CST.TokenType | null, token: string, offset: number): void {
    if (type === 'newline') {
      this.lineStart = offset + token.length
      this.isAtStart = true
      return
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.brackets += 1
    if (type === 'flow-map-end' || type === 'flow-seq-end') this.brackets = Math.max(0, this.brackets - 1)
    if (type === 'space' || type === 'comment' || this.brackets > 0) return
    const isItem = type === 'seq-item-ind' || type === 'explicit-key-ind'
    if (isItem || this.isAtStart) this.begin(offset - this.lineStart)
    // what follows `- ` on its line begins a block of its own
    this.isAtStart = isItem
  }

  private begin(column: number): void {
    while ((this.columns.at(-1) ?? -1) >= column) this.columns.pop()
    this.columns.push(column)
  }
}

function isMark(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR || token === CST.BOM
}
