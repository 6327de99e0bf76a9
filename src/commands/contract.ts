import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Method } from '../../contracts/index.ts'
import {
  errorCodes,
  findErrorCode,
  findMethod,
  HarnessError,
  httpErrors,
  methods,
  packageRoot,
  rules,
} from '../../contracts/index.ts'
import { closest } from 'fastest-levenshtein'
import { parse } from 'yaml'
import { quirkNames, quirks } from '../../simulator/index.ts'
import { ConfigFile } from '../config.ts'
import type { ExitCode, Io } from '../io.ts'

export const contractTopics = [
  'rules',
  'methods',
  'method',
  'errors',
  'error',
  'quirks',
  'openapi',
  'asyncapi',
  'control',
  'schema',
  'config',
] as const
export type ContractTopic = (typeof contractTopics)[number]

interface ContractOptions {
  readonly json?: boolean
}

/** Prints a part of the contract. */
export function contract(
  topic: ContractTopic,
  name: string | undefined,
  options: ContractOptions,
  io: Io,
): ExitCode {
  const print = (text: string, data: unknown): void =>
    io.stdout.write(options.json === true ? `${JSON.stringify(data, null, 2)}\n` : text)
  switch (topic) {
    case 'rules':
      print(ruleLines(), rules())
      return 0
    case 'methods':
      print(methodLines(), methods())
      return 0
    case 'method':
      return printMethod(name, print)
    case 'errors':
      print(errorLines(), { http: httpErrors, device: errorCodes() })
      return 0
    case 'error':
      return printError(name, print)
    case 'quirks':
      print(quirkLines(), quirks)
      return 0
    case 'openapi':
    case 'asyncapi':
      return printDocument(`${topic}.yaml`, options, io)
    case 'control':
      return printDocument('control-openapi.yaml', options, io)
    case 'schema':
      return printDocument('scenario.schema.json', options, io)
    default:
      io.stdout.write(
        `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: 'dockrig.yaml', ...ConfigFile }, null, 2)}\n`,
      )
      return 0
  }
}

type Print = (text: string, data: unknown) => void

function ruleLines(): string {
  const widest = Math.max(...rules().map(({ id }) => id.length))
  return rules()
    .map(
      (rule) =>
        `${rule.id.padEnd(widest)}  ${rule.level.padEnd(6)}  ${rule.source.padEnd(10)}  ${rule.statement}\n`,
    )
    .join('')
}

function methodLines(): string {
  const widest = Math.max(...methods().map(({ name }) => name.length))
  return methods()
    .map(
      (method) =>
        `${method.name.padEnd(widest)}  ${method.domain.padEnd(8)}  ${(method.offered ? 'offered' : 'DJI only').padEnd(8)}  ${method.title}\n`,
    )
    .join('')
}

/** In what ways docks may be odd: names for `quirks` in scenarios and scripts, and for `--quirk`. */
function quirkLines(): string {
  const widest = Math.max(...quirkNames.map((name) => name.length))
  return quirkNames.map((name) => `${name.padEnd(widest)}  ${quirks[name].description}\n`).join('')
}

function printMethod(name: string | undefined, print: Print): ExitCode {
  const method = name === undefined ? undefined : findMethod(name)
  if (method === undefined) {
    const near = closest(
      name ?? '',
      methods().map((each) => each.name),
    )
    throw new HarnessError(
      'METHOD_UNKNOWN',
      `Cannot show the method "${name ?? ''}": there is none of that name, the nearest is "${near}". "dockrig contract methods" lists all.`,
    )
  }
  print(describeMethod(method), method)
  return 0
}

function describeMethod(method: Method): string {
  const { dji } = method
  const errors = (dji.typical_errors?.codes ?? []).map(
    (code) => `  ${code}  ${findErrorCode(code)?.meaning ?? 'not documented'}\n`,
  )
  return [
    `${method.name}: ${method.title}\n`,
    `domain ${method.domain}, ${method.offered ? 'offered by the platform' : 'documented by DJI, not offered by the platform'}, evidence ${method.evidence}\n`,
    `carried as ${method.transport}, ${dji.kind}\n`,
    method.differs === undefined ? '' : `differs: ${method.differs}\n`,
    `payload:\n${indent(JSON.stringify(method.payload, null, 2))}`,
    `example: ${JSON.stringify(method.example)}\n`,
    dji.progress === undefined ? '' : `progress:\n${indent(JSON.stringify(dji.progress, null, 2))}`,
    errors.length === 0 ? '' : `typical errors:\n${errors.join('')}`,
  ].join('')
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('')
}

function errorLines(): string {
  return errorCodes()
    .map(({ code, module, meaning }) => `${String(code).padEnd(7)}  ${module.padEnd(20)}  ${meaning}\n`)
    .join('')
}

function printError(name: string | undefined, print: Print): ExitCode {
  const code = findErrorCode(Number(name))
  if (name === undefined || code === undefined) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot explain the error "${name ?? ''}": no document of DJI's has that code. "dockrig contract errors" lists all.`,
    )
  }
  print(`${code.code}  ${code.module}  ${code.meaning}\n`, code)
  return 0
}

/** The published documents are generated and checked to be current, so they are shown as they lie there. */
function printDocument(file: string, options: ContractOptions, io: Io): ExitCode {
  const text = readFileSync(resolve(packageRoot(), 'contracts', 'schemas', file), 'utf8')
  if (options.json !== true || file.endsWith('.json')) {
    io.stdout.write(text)
    return 0
  }
  io.stdout.write(`${JSON.stringify(parse(text), null, 2)}\n`)
  return 0
}
