import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { packageRoot } from '../contracts/index.ts'
import { scenarioSchema } from '../src/scenario/scenario-schema.ts'

/** Where the published schema lies. */
export const schemaFile = join(packageRoot(), 'contracts', 'schemas', 'scenario.schema.json')

/** The published schema as text; `test/scenario/scenario-schema.test.ts` checks that the file is current. */
export function scenarioSchemaText(): string {
  return `${JSON.stringify(scenarioSchema(), null, 2)}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(schemaFile, scenarioSchemaText())
  console.log(`wrote ${schemaFile}`)
}
