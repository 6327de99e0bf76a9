/**
 * A function that replaces secrets in a text, in any case: as they are, URL-encoded, JSON-escaped once or twice, in
 * hexadecimal, and in base64 at any offset of a longer text (which goes as a whole). A secret of one to three
 * characters is found only where it stands alone, or it would empty every report.
 */
export function secretReplacer(secrets: readonly string[], replacement: string): (text: string) => string {
  const plain = anyOf(secrets.flatMap(plainForms))
  const cores = anyOf(
    secrets
      .filter((secret) => secret.length >= shortest)
      .flatMap(base64Cores)
      .map(literal),
  )
  return (text) => replaceRuns(text.replace(plain, replacement), cores, replacement)
}

const shortest = 4

function plainForms(secret: string): readonly string[] {
  if (secret.length < shortest) return [`(?<![\\w.-])${literal(secret)}(?![\\w.-])`]
  const escaped = JSON.stringify(secret).slice(1, -1)
  const ascii = escaped.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return [
    Array.from(secret, urlForm).join(''),
    ...[escaped, JSON.stringify(escaped).slice(1, -1), ascii, Buffer.from(secret).toString('hex')].map(
      literal,
    ),
  ]
}

// encoders differ in what they leave as it is
function urlForm(character: string): string {
  const bytes = [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return `(?:${literal(character)}|${bytes}${character === ' ' ? '|\\+' : ''})`
}

// the digits that depend on the secret alone, whichever of three offsets it has within the encoded text
function base64Cores(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const cores = [0, 1, 2].flatMap((offset) => {
    const first = Math.ceil((offset * 8) / 6)
    const last = Math.floor(((offset + bytes.length) * 8) / 6)
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(first, last)
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')]
  })
  return cores.filter((core) => core.length >= shortest)
}

// by hand, since a pattern that reaches out to both sides takes quadratic time on a long text
function replaceRuns(text: string, cores: RegExp, replacement: string): string {
  if (text.search(cores) < 0) return text
  let result = ''
  let done = 0
  for (const { index, 0: core } of text.matchAll(cores)) {
    if (index < done) continue
    let start = index
    while (start > done && isBase64(text.charAt(start - 1))) start -= 1
    let end = index + core.length
    while (end < text.length && isBase64(text.charAt(end))) end += 1
    result += text.slice(done, start) + replacement
    done = end
  }
  return result + text.slice(done)
}

function isBase64(character: string): boolean {
  return /[\w+/=-]/.test(character)
}

function anyOf(patterns: readonly string[]): RegExp {
  // longest first: of two that begin alike, the shorter must not leave the rest of the longer behind
  const parts = [...new Set(patterns)].sort((a, b) => b.length - a.length)
  return parts.length === 0 ? /(?!)/g : new RegExp(parts.join('|'), 'gi')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
