import { Document, visit } from 'yaml'

/** The longest collection, as JSON, that is written on one line. */
const longestLine = 100

/** Writes a document as YAML that people can read: small collections on one line, no aliases. */
export function yamlText(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false })
  visit(document, {
    Collection(_, node, path) {
      if (path.length <= 3 || JSON.stringify(node).length > longestLine) return undefined
      node.flow = true
      return visit.SKIP
    },
  })
  return document.toString({ lineWidth: 0 })
}
