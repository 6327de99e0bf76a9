import { join } from 'node:path'
import type { ErrorCode } from '../../contracts/index.ts'
import { sideOf } from '../../contracts/index.ts'
import { text } from './schema-shapes.ts'
import { readSource } from './source-file.ts'

const shape = {
  type: 'object',
  required: ['codes'],
  properties: {
    codes: {
      type: 'object',
      propertyNames: { type: 'string', pattern: '^(0|[1-9][0-9]{5})$' },
      additionalProperties: {
        type: 'object',
        required: ['module', 'meaning', 'sources'],
        properties: { module: text, meaning: text, sources: { type: 'array', minItems: 1, items: text } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
}

interface ErrorCodeFile {
  readonly codes: Readonly<Record<string, Omit<ErrorCode, 'code' | 'side'>>>
}

/** Compiles `error-codes.yaml`, in ascending order. */
export function compileErrorCodes(from: string): readonly ErrorCode[] {
  const { content } = readSource<ErrorCodeFile>(join(from, 'error-codes.yaml'), shape)
  const entries = Object.entries(content.codes).map(([digits, rest]) =>
    withSide({ code: Number(digits), ...rest }),
  )
  return entries.sort((left, right) => left.code - right.code)
}

function withSide(entry: Omit<ErrorCode, 'side'>): ErrorCode {
  const side = sideOf(entry.code)
  return side === undefined ? entry : { ...entry, side }
}
