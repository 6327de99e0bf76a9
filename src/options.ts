import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { levels } from '../contracts/index.ts'

/** Every option of the command line once: name, default, check, help. `DOCKRIG_…` and dockrig.yaml give the same ones. */

/** The environment variable of an option. */
export function variable(name: string): string {
  return `DOCKRIG_${name.toUpperCase().replaceAll('-', '_')}`
}

/** A whole number in a range. */
function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= low && value <= high) return value
    throw new InvalidArgumentError(`It is no whole number from ${low} to ${high}.`)
  }
}

/** Several values, given one by one or with commas. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [
    ...(before ?? []),
    ...value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ]
}

function collectWhole(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** Reads a port. */
export const port = wholeNumber(0, 65_535)

export const seedOption = new Option('--seed <n>', 'everything random comes from it')
  .env(variable('seed'))
  .default(1)
  .argParser(wholeNumber(0, 4_294_967_295))

export const portOption = new Option('--port <port>', 'HTTP port of the gateway, 0 for any free one')
  .env(variable('port'))
  .default(8080)
  .argParser(port)

export const mqttPortOption = new Option('--mqtt-port <port>', 'MQTT port of the broker, 0 for any free one')
  .env(variable('mqtt-port'))
  .default(1883)
  .argParser(port)

export const hostOption = new Option(
  '--host <address>',
  'address to listen on; others than loopback need --allow-remote and --api-key',
)
  .env(variable('host'))
  .default('127.0.0.1')

export const allowRemoteOption = new Option(
  '--allow-remote',
  'allow what may reach other machines, and a real dock',
).env(variable('allow-remote'))

export const devicesOption = new Option('--devices <n>', 'how many docks')
  .env(variable('devices'))
  .default(1)
  .argParser(wholeNumber(1, 10_000))

export const modelOption = new Option(
  '--model <id>',
  'model of every dock: dock1, dock2, dock3, rc-plus, rc-pro',
)
  .env(variable('model'))
  .default('dock2')

export const apiIdOption = new Option('--api-id <id>', 'API ID that requests are signed with').env(
  variable('api-id'),
)
export const apiKeyOption = new Option(
  '--api-key <key>',
  'API key that requests are signed with; better given as DOCKRIG_API_KEY',
).env(variable('api-key'))

export const scriptOption = new Option('--script <file>', 'device script, read again when it changes').env(
  variable('script'),
)

export const jsonOption = new Option('--json', 'print JSON')

export const gatewayOption = new Option(
  '--gateway <url>',
  'gateway under test, instead of the bundled one',
).env(variable('gateway'))

export const gatewayCommandOption = new Option(
  '--gateway-command <command>',
  'starts the gateway under test; it is stopped afterwards',
).env(variable('gateway-command'))

export const readyTimeoutOption = new Option(
  '--ready-timeout <seconds>',
  'how long the gateway under test may take until it is ready (15)',
)
  .env(variable('ready-timeout'))
  .argParser(wholeNumber(1, 600))

export const brokerOption = new Option('--broker <url>', 'an outside broker: mqtt, mqtts, ws or wss').env(
  variable('broker'),
)

export const reporterOption = new Option(
  '--reporter <name[:file]>',
  'pretty, ndjson, junit, github, tap, ctrf, conformance, conformance-json, conformance-markdown, badge, badge-svg or ./mine.mjs; may be given several times',
)
  .env(variable('reporter'))
  .argParser(collectWhole)

export const levelOption = new Option(
  '--level <level>',
  'weakest rules that count: must, should or may (bundled gateway: may, others: should)',
)
  .env(variable('level'))
  .choices(levels)

export const ruleOption = new Option(
  '--rule <id>',
  'only tests that prove this rule; may be given several times',
).argParser(collect)
export const tagOption = new Option(
  '--tag <tag>',
  'only tests with this tag; may be given several times',
).argParser(collect)
export const grepOption = new Option(
  '--grep <text>',
  'only tests whose id, sentence or example has this text or fits this pattern',
)
export const workersOption = new Option('--workers <n>', 'how many tests run side by side')
  .env(variable('workers'))
  .argParser(wholeNumber(1, 256))
export const bailOption = new Option('--bail [n]', 'stop after so many failures (1)')
  .argParser(wholeNumber(1, 1_000_000))
  .preset('1')
export const retriesOption = new Option(
  '--retries <n>',
  'try a failed test again; one that passes then is flaky',
)
  .default(0)
  .argParser(wholeNumber(0, 10))
export const shardOption = new Option('--shard <i/n>', 'only the i-th of n parts of the suite').argParser(
  shard,
)
export const orderOption = new Option('--order <order>', 'order of the tests')
  .choices(['file', 'random'] as const)
  .default('file' as const)
export const realTimeOption = new Option('--real-time', 'bundled gateway on TCP and in real time').env(
  variable('real-time'),
)
export const longOption = new Option('--long', 'in real time, run tests that need more than 5 s too').env(
  variable('long'),
)
export const watchOption = new Option('--watch', 'run again what changed')
export const methodsOption = new Option(
  '--methods',
  'a scenario for every method of the catalogue: right payloads are carried, each wrong one is refused',
)
export const listOption = new Option('--list', 'print the ids of the tests, and run nothing')
export const coverageOption = new Option('--coverage <file>', 'write what the run covered as JSON').env(
  variable('coverage'),
)
export const thresholdOption = new Option(
  '--coverage-threshold <percent>',
  'fail when fewer of the rules of the level were exercised',
).argParser(wholeNumber(0, 100))
export const configOption = new Option(
  '--config <file>',
  'configuration file (default: dockrig.yaml, when it is there)',
).env(variable('config'))

export const runsOption = new Option('--runs <n>', 'how many sequences (1000)').argParser(
  wholeNumber(1, 100_000_000),
)
export const secondsOption = new Option('--seconds <n>', 'explore for so long').argParser(
  wholeNumber(1, 86_400),
)
export const maxActsOption = new Option('--max-acts <n>', 'most acts in a sequence (12)').argParser(
  wholeNumber(1, 100),
)
export const pathOption = new Option('--path <batch:index>', 'play only the sequence of a finding again')
export const outOption = new Option('--out <folder>', 'write the scenario files there')
export const defectOption = new Option(
  '--defect <name>',
  'gateway with a known defect, to see whether your client notices; see docs/defects.md',
)
export const threadsOption = new Option(
  '--threads <n>',
  'how many gateways are tried side by side (one a processor)',
)
  .env(variable('threads'))
  .argParser(wholeNumber(1, 64))
export const onlyOption = new Option(
  '--only <name>',
  'only this defect or variant; may be given several times',
).argParser(collect)

function shard(text: string): { readonly index: number; readonly count: number } {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  const part = { index: Number(index), count: Number(count) }
  if (index !== undefined && part.index >= 1 && part.index <= part.count) return part
  throw new InvalidArgumentError('Write it as 1/4: the first of four parts.')
}
