import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../contracts/index.ts'
import { generatedFiles } from '../../tools/generate-docs.ts'

describe('generatedFiles', () => {
  it.each(generatedFiles().map(({ path, content }) => [path, content]))(
    'finds %s current',
    (path, content) => {
      const inTree = readFileSync(join(packageRoot(), path), 'utf8')

      expect(inTree === content, `${path} is out of date. Run "npx tsx tools/generate-docs.ts".`).toBe(true)
    },
  )

  it.each([
    'contracts/schemas/openapi.yaml',
    'contracts/schemas/control-openapi.yaml',
    'contracts/schemas/asyncapi.yaml',
  ])('writes a valid document to %s', async (path) => {
    expect(await problemsOf(contentOf(path))).toEqual([])
  })

  it.each([
    ['contracts/schemas/openapi.yaml', 'operationId: createCommand', 'operation: createCommand'],
    ['contracts/schemas/control-openapi.yaml', 'operationId: addDevices', 'operation: addDevices'],
    ['contracts/schemas/control-openapi.yaml', '#/components/schemas/Error', '#/components/schemas/Nowhere'],
    ['contracts/schemas/asyncapi.yaml', 'action: send', 'action: shout'],
    ['contracts/schemas/asyncapi.yaml', '#/components/schemas/DrcEnvelope', '#/components/schemas/Nowhere'],
  ])('would notice in %s that "%s" became "%s"', async (path, right, wrong) => {
    const broken = contentOf(path).replace(right, wrong)

    expect(await problemsOf(broken)).not.toEqual([])
  })
})

function contentOf(path: string): string {
  return generatedFiles().find((file) => file.path === path)?.content ?? ''
}

async function problemsOf(source: string): Promise<readonly string[]> {
  const config = await createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error' } })
  const problems = await lintFromString({ source, config })
  return problems.map(({ message, location }) => `${location[0]?.pointer ?? ''} ${message}`)
}
