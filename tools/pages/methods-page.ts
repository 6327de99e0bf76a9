import type { DjiFacts, JsonSchema, Method } from '../../contracts/index.ts'
import { describeSchema, domains } from '../../contracts/index.ts'
import { generatedNotice, table } from './markdown.ts'

/** Writes `docs/methods.md`: every method by domain, with its arguments. Pure. */
export function methodsPage(methods: readonly Method[]): string {
  const sections = domains.map((domain) =>
    section(
      domain,
      methods.filter((method) => method.domain === domain),
    ),
  )
  return `${[generatedNotice, introduction(methods), ...sections].join('\n\n')}\n`
}

function introduction(methods: readonly Method[]): string {
  const offered = methods.filter((method) => method.offered).length
  return `# The methods

The platform offers ${offered} methods as \`command_type\`; ${methods.length - offered} more stand only in DJI's documentation, marked *not offered*.
\`contracts/methods/\` holds them as data.

- *evidence*: where the arguments come from. \`page\` is the platform's page of \`drone_close\`, \`platform\` another page of the platform,
  \`documented\` DJI's documentation; \`inferred\` means that no page could be read.
- *kind*: a \`command\` is done when it is answered; a \`job\` goes on in events of the same method, a \`long-running\` one in events of another.
- *travels*: on \`services\` a dock answers with a \`services_reply\`; for \`drc\` and \`requests\` a real dock sends none.
- arguments in parentheses are optional.`
}

function section(domain: string, methods: readonly Method[]): string {
  const head = [
    'method',
    'what it does',
    'arguments',
    'evidence',
    'kind',
    'travels',
    'progress',
    'documented for',
  ]
  return `## ${domain}\n\n${table(head, methods.map(row))}${differences(methods)}`
}

function row(method: Method): readonly string[] {
  const { name, title, offered, evidence, transport, dji } = method
  return [
    `\`${name}\``,
    offered ? title : `${title} (*not offered*)`,
    argumentsOf(method.payload),
    evidence,
    dji.kind,
    transport,
    progressOf(dji),
    productsOf(dji),
  ]
}

function argumentsOf({ properties, required }: JsonSchema): string {
  const fields = Object.entries((properties ?? {}) as Readonly<Record<string, JsonSchema>>)
  const due = new Set(Array.isArray(required) ? required.map(String) : [])
  if (fields.length === 0) return 'none'
  return fields.map(([name, schema]) => argument(name, schema, due)).join('; ')
}

function argument(name: string, schema: JsonSchema, due: ReadonlySet<string>): string {
  const unit = typeof schema['x-unit'] === 'string' ? ` ${schema['x-unit']}` : ''
  const words = `\`${name}\`: ${Object.keys(schema).some((key) => key === 'type' || key === 'enum') ? describeSchema(schema) : 'any value'}${unit}`
  return due.has(name) ? words : `(${words})`
}

function progressOf({ progress }: DjiFacts): string {
  if (progress === undefined) return ''
  const events = progress.events.map((event) => `\`${event}\``).join(', ')
  return progress.steps === undefined ? events : `${events}: ${progress.steps.join(', ')}`
}

function productsOf({ products }: DjiFacts): string {
  return Object.entries(products)
    .map(([product, versions]) => `${product} (${versions.join(', ')})`)
    .join(', ')
}

function differences(methods: readonly Method[]): string {
  const notes = methods.flatMap(({ name, differs }) =>
    differs === undefined ? [] : [`- \`${name}\`: ${differs}`],
  )
  return notes.length === 0 ? '' : `\n\nWhere DJI's documentation differs:\n\n${notes.join('\n')}`
}
