import type { Look } from './look.ts'
import { clip, visible } from './visible.ts'

/** The lines of a file around one line, which is marked; nothing when the file cannot be read or is shorter. */
export function codeFrame(
  source: string | undefined,
  line: number,
  around: number,
  look: Look,
): readonly string[] {
  const lines = source?.split(/\r?\n/) ?? []
  if (line < 1 || line > lines.length) return []
  const first = Math.max(1, line - around)
  const last = Math.min(lines.length, line + around)
  const digits = String(last).length
  return lines.slice(first - 1, last).map((text, offset) => {
    const number = first + offset
    const isMarked = number === line
    const gutter = `  ${isMarked ? '>' : ' '} ${String(number).padStart(digits)} ${look.signs.bar} `
    const shown = clip(visible(text.replaceAll('\t', '  ')), look.width - gutter.length, look.signs.dots)
    return isMarked ? look.paint.bad(gutter) + look.paint.strong(shown) : look.paint.dim(gutter + shown)
  })
}
