import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** One import or re-export of a file of ours. */
export interface Edge {
  readonly from: string
  /** Path of the imported file from the root, or the name of a package. */
  readonly to: string
  /** Names that are taken; empty when the whole module is, as a dynamic import does. */
  readonly names: readonly string[]
  /** `lazy`: loaded when it is needed; `types`: gone when the program runs. */
  readonly how: 'eager' | 'lazy' | 'types'
}

export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

/** Every TypeScript source of these folders, paths from the root with forward slashes. */
export function sourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .toSorted()
    .map((path) => {
      const text = readFileSync(path, 'utf8')
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) }
    })
}

/** What a file imports. */
export function edgesOf({ path, tree }: SourceFile): readonly Edge[] {
  const edges: Edge[] = []
  const add = (module: ts.Expression | undefined, names: readonly string[], how: Edge['how']): void => {
    if (module === undefined || !ts.isStringLiteral(module)) return
    const to = module.text.startsWith('.')
      ? join(dirname(path), module.text).replaceAll('\\', '/')
      : module.text
    edges.push({ from: path, to, names, how })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importedNames(node), howOf(node.importClause))
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, [], node.isTypeOnly ? 'types' : 'eager')
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], [], 'lazy')
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return edges
}

function howOf(clause: ts.ImportClause | undefined): 'eager' | 'types' {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'types' : 'eager'
}

function importedNames({ importClause }: ts.ImportDeclaration): readonly string[] {
  const bindings = importClause?.namedBindings
  if (bindings === undefined || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
}

export interface FunctionSize {
  readonly name: string
  readonly lines: number
  readonly parameters: number
}

/** Every function and method with a body, with its size. */
export function functionsOf({ path, tree }: SourceFile): readonly FunctionSize[] {
  const found: FunctionSize[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const [first, last] = [node.getStart(), node.getEnd()].map(
        (at) => tree.getLineAndCharacterOfPosition(at).line,
      )
      const name = node.name?.getText() ?? 'a function'
      found.push({
        name: `${path} ${name} (line ${(first ?? 0) + 1})`,
        lines: (last ?? 0) - (first ?? 0) + 1,
        parameters: node.parameters.length,
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** A way round from a file to itself, as file names; undefined when there is none. */
export function findCycle(edges: readonly Edge[]): readonly string[] | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    const place = way.indexOf(file)
    if (place >= 0) return [...way.slice(place), file]
    if (done.has(file)) return undefined
    for (const to of next.get(file) ?? []) {
      const cycle = walk(to, [...way, file])
      if (cycle !== undefined) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const cycle = walk(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}
