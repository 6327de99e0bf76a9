import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { JsonObject } from '../contracts/index.ts'
import {
  aircraftProducts,
  buildAsyncApi,
  buildOpenApi,
  gatewayProducts,
  httpErrors,
  messageFamilies,
  messages,
  methods,
  packageRoot,
  propertiesOf,
  rules,
} from '../contracts/index.ts'
import { buildControlOpenApi } from '../src/control/index.ts'
import { defects, defectsPage, variants } from '../src/prove/index.ts'
import { compileContracts } from './compile-contracts.ts'
import { methodsPage } from './pages/methods-page.ts'
import { rulesPage } from './pages/rules-page.ts'
import { yamlText } from './pages/yaml-text.ts'

/** A file of the tree that is generated, and what it should hold. */
export interface GeneratedFile {
  /** Below the root of the package. */
  readonly path: string
  readonly content: string
}

/** Everything that is generated from the compiled contracts. Reads them, writes nothing. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    { path: 'docs/rules.md', content: rulesPage(rules()) },
    { path: 'docs/defects.md', content: defectsPage(defects, variants) },
    { path: 'docs/methods.md', content: methodsPage(methods()) },
    { path: 'contracts/schemas/openapi.yaml', content: asYaml(openApi()) },
    { path: 'contracts/schemas/control-openapi.yaml', content: asYaml(controlOpenApi()) },
    { path: 'contracts/schemas/asyncapi.yaml', content: asYaml(asyncApi()) },
  ]
}

function openApi(): JsonObject {
  return buildOpenApi({ version: packageVersion(), methods: methods(), errors: httpErrors })
}

function controlOpenApi(): JsonObject {
  return buildControlOpenApi(packageVersion())
}

function asyncApi(): JsonObject {
  return buildAsyncApi({
    version: packageVersion(),
    methods: methods(),
    messages: messageFamilies.flatMap((family) => messages(family)),
    properties: [...gatewayProducts, ...aircraftProducts].map((product) => propertiesOf(product)),
  })
}

function asYaml(document: JsonObject): string {
  const notice = '# Generated, do not edit. Write anew with: npx tsx tools/generate-docs.ts\n'
  return notice + yamlText(document)
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    readonly version: string
  }
  return version
}

function writeGeneratedFiles(): void {
  for (const { path, content } of generatedFiles()) {
    const file = join(packageRoot(), path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  compileContracts()
  writeGeneratedFiles()
}
