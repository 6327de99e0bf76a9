import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Static } from 'typebox'
import { Type } from 'typebox'
import { LineCounter, isNode, parseDocument } from 'yaml'
import type { Profile } from '../contracts/index.ts'
import {
  capabilities,
  checkAgainst,
  foreignProfile,
  HarnessError,
  levels,
  SigningHeaders,
  SigningSpec,
} from '../contracts/index.ts'
import { parseDuration } from '../simulator/index.ts'

const closed = { additionalProperties: false } as const
const Span = Type.String({
  pattern: String.raw`^\d+(\.\d+)?(ms|s|m)$`,
  description: 'A duration such as 500ms or 2s.',
})
const Words = Type.Array(Type.String())

/** What dockrig.yaml says of a gateway under test. */
export const TargetConfig = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'How reports call it.' })),
    base_path: Type.Optional(Type.String({ pattern: '^/', description: 'Path before /downlink/commands.' })),
    headers: Type.Optional(Type.Partial(SigningHeaders)),
    signing: Type.Optional(Type.Partial(SigningSpec)),
    methods: Type.Optional(
      Type.Union([Type.Literal('all'), Words], {
        description: 'Methods that it offers. Default: drone_close.',
      }),
    ),
    capabilities: Type.Optional(Type.Array(Type.Enum([...capabilities]))),
    slack: Type.Optional(Span),
    settle: Type.Optional(Span),
    keeps: Type.Optional(Words),
    waives: Type.Optional(Words),
    api_id: Type.Optional(Type.String()),
    api_key: Type.Optional(Type.String({ description: 'Better given as DOCKRIG_API_KEY.' })),
    second_credential: Type.Optional(Type.Object({ api_id: Type.String(), api_key: Type.String() }, closed)),
    mqtt_username: Type.Optional(Type.String({ description: "The platform's user name at the broker." })),
    mqtt_password: Type.Optional(Type.String()),
    devices: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Object({ gateway_sn: Type.String(), password: Type.Optional(Type.String()) }, closed),
        {
          description: 'Devices that the gateway knows, when it is not started by Dockrig.',
        },
      ),
    ),
  },
  closed,
)
export type TargetConfig = Static<typeof TargetConfig>

/** Definition of dockrig.yaml: options of the command line by their long names, and the gateway under test. */
export const ConfigFile = Type.Object(
  {
    gateway: Type.Optional(Type.String()),
    'gateway-command': Type.Optional(Type.String()),
    'ready-timeout': Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
    broker: Type.Optional(Type.String()),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    'control-port': Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    host: Type.Optional(Type.String()),
    devices: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    model: Type.Optional(Type.String()),
    aircraft: Type.Optional(Type.String()),
    place: Type.Optional(Type.String({ description: 'Around where the docks stand: latitude,longitude.' })),
    quirk: Type.Optional(Words),
    session: Type.Optional(Type.Enum(['short', 'full'])),
    telemetry: Type.Optional(Type.Boolean()),
    script: Type.Optional(Type.String({ description: 'Device script of the sandbox.' })),
    'mqtt-port': Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
    'api-id': Type.Optional(Type.String()),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    level: Type.Optional(Type.Enum([...levels])),
    reporter: Type.Optional(Words),
    workers: Type.Optional(Type.Integer({ minimum: 1, maximum: 256 })),
    retries: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
    long: Type.Optional(Type.Boolean()),
    'real-time': Type.Optional(Type.Boolean()),
    target: Type.Optional(TargetConfig),
  },
  closed,
)
export type ConfigFile = Static<typeof ConfigFile>

/** Name of the file that is read when none is named. */
export const configName = 'dockrig.yaml'

/** Reads a configuration file; without a name the one in `cwd`, when it is there. Throws FILE_UNREADABLE or CONFIG_INVALID with the place. */
export function loadConfig(cwd: string, name: string | undefined): ConfigFile {
  const file = resolve(cwd, name ?? configName)
  if (name === undefined && !existsSync(file)) return {}
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new HarnessError(
      'FILE_UNREADABLE',
      `Cannot read the configuration "${name ?? configName}": ${error instanceof Error ? error.message : String(error)}. Check the path.`,
      { cause: error },
    )
  }
  return parseConfig(name ?? configName, text)
}

/** Reads a configuration from its text; `file` is only its name. Throws CONFIG_INVALID with the place. */
export function parseConfig(file: string, text: string): ConfigFile {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false })
  const at = (offset: number): { file: string; line: number; column: number } => {
    const { line, col } = lineCounter.linePos(offset)
    return { file, line, column: col }
  }
  const [syntax] = document.errors
  if (syntax !== undefined) {
    throw new HarnessError(
      'CONFIG_INVALID',
      `Cannot read the configuration "${file}": ${syntax.message}. Mend the YAML.`,
      { position: at(syntax.pos[0]) },
    )
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {}
  const [problem] = checkAgainst({ ...ConfigFile }, value)
  if (problem === undefined) return value as ConfigFile
  const path = problem.pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const node = document.getIn(path, true)
  const position = at(isNode(node) ? (node.range?.[0] ?? 0) : 0)
  throw new HarnessError(
    'CONFIG_INVALID',
    `Cannot use the configuration "${file}": ${problem.pointer === '' ? 'the file' : problem.pointer} has to be ${problem.expected}, found ${problem.found}. Correct it there.`,
    { position },
  )
}

/** The profile of a gateway under test: what its configuration says, else what is assumed of strangers. */
export function profileOf(target: TargetConfig = {}): Profile {
  const { headers, signing, slack, settle } = target
  return {
    name: target.name ?? foreignProfile.name,
    base_path: target.base_path ?? foreignProfile.base_path,
    headers: { ...foreignProfile.headers, ...headers },
    signing: { ...foreignProfile.signing, ...signing },
    methods: target.methods ?? foreignProfile.methods,
    capabilities: target.capabilities ?? foreignProfile.capabilities,
    slack_ms: slack === undefined ? foreignProfile.slack_ms : parseDuration(slack),
    settle_ms: settle === undefined ? foreignProfile.settle_ms : parseDuration(settle),
    keeps: target.keeps ?? foreignProfile.keeps,
    waives: target.waives ?? foreignProfile.waives,
  }
}
