import stringWidth from 'string-width'

/**
 * The text on one line with everything invisible made visible: control characters (a payload must not steer the
 * reader's terminal) and the marks that turn the reading direction around.
 */
export function visible(text: string): string {
  return text.replace(invisible, (character) => named.get(character) ?? escaped(character))
}

/** Cuts to a width in columns; `dots` says that something is missing. Wide characters count as two. */
export function clip(text: string, width: number, dots: string): string {
  if (stringWidth(text) <= width) return text
  return take(text, width - stringWidth(dots)) + dots
}

/** Breaks a text into lines of at most `width` columns, between words where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (stringWidth(longer) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (stringWidth(line) > width) {
      const start = take(line, width) || line.charAt(0)
      lines.push(start)
      line = line.slice(start.length)
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** The same in at most so many lines; `dots` at the end say that there was more. */
export function wrapAtMost(
  text: string,
  width: number,
  { most, dots }: { readonly most: number; readonly dots: string },
): readonly string[] {
  const lines = wrap(text, width)
  if (lines.length <= most) return lines
  const last = `${lines[most - 1] ?? ''} ${dots}`
  const fits = stringWidth(last) <= width
  return [...lines.slice(0, most - 1), fits ? last : clip(lines.slice(most - 1).join(' '), width, dots)]
}

function take(text: string, width: number): string {
  let taken = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment)
    if (used > width) break
    taken += segment
  }
  return taken
}

const graphemes = new Intl.Segmenter()

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu

const named = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`
}
