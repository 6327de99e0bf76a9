/** An element of an XML document: with text, or with other elements in it. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children?: readonly XmlElement[]
  readonly text?: string
}

/** An XML 1.0 document in UTF-8. Characters that XML cannot carry at all, escaped or not, are left out. */
export function formatXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${formatElement(root, '')}`
}

function formatElement(element: XmlElement, indent: string): string {
  const { name, attributes, children = [], text = '' } = element
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(value).replace(/[\t\n\r]/g, reference)}"`,
  )
  const start = `${indent}<${name}${pairs.join('')}`
  if (children.length > 0) {
    const inner = children.map((child) => formatElement(child, `${indent}  `)).join('')
    return `${start}>\n${inner}${indent}</${name}>\n`
  }
  return text === '' ? `${start}/>\n` : `${start}>${escapeXml(text)}</${name}>\n`
}

/** Text as XML 1.0 carries it, in an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replace(forbidden, '')
    .replace(/[&<>"']|\r/g, (character) => entities.get(character) ?? reference(character))
}

// eslint-disable-next-line no-control-regex -- XML 1.0, production 2: Char
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
])

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
