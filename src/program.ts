import { Command } from '@commander-js/extra-typings'
import { configure } from './configure.ts'
import * as option from './options.ts'
import * as fleet from './options-fleet.ts'
import type { ExitCode, Io } from './io.ts'
import { addFuzz, addProofs } from './program-proofs.ts'
import { defined } from './defined.ts'
import { version } from './version.ts'

/** What the program ended with, for the caller who owns the process. */
type Report = (code: ExitCode) => void

/**
 * The command line. Every command is loaded when it is called, so that `--help` and small commands start at once.
 * Touches no process: text goes to `io`, the exit code to `report`; parsing errors are thrown as CommanderError.
 */
export function createProgram(io: Io, report: Report): Command {
  const program = new Command('dockrig')
    .description('Virtual DJI docks, a reference command gateway, and a contract test harness.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns,
      getErrHelpWidth: () => io.stderr.columns,
      getOutHasColors: () => io.stdout.color,
      getErrHasColors: () => io.stderr.color,
    })
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 all well, 1 findings, 2 a mistake in use or a broken target, 3 a bug of Dockrig.',
    )
  addServe(program, io, report)
  addTest(program, io, report)
  addChecks(program, io, report)
  addCalls(program, io, report)
  addContract(program, io, report)
  addProofs(program, io, report)
  addFuzz(program, io, report)
  return program
}

function addServe(program: Command, io: Io, report: Report): void {
  program
    .command('serve')
    .description('start gateway, broker and docks on this machine, until Ctrl-C')
    .addOption(option.portOption)
    .addOption(option.mqttPortOption)
    .addOption(option.hostOption)
    .addOption(option.devicesOption)
    .addOption(option.modelOption)
    .addOption(fleet.aircraftOption)
    .addOption(fleet.placeOption)
    .addOption(fleet.quirkOption)
    .addOption(fleet.sessionOption)
    .addOption(fleet.timingOption)
    .addOption(fleet.telemetryOption)
    .addOption(fleet.initialOption)
    .addOption(option.seedOption)
    .addOption(option.apiIdOption)
    .addOption(option.apiKeyOption)
    .addOption(option.scriptOption)
    .addOption(option.defectOption)
    .addOption(fleet.controlPortOption)
    .addOption(fleet.controlTokenOption)
    .addOption(option.allowRemoteOption)
    .addOption(option.configOption)
    .addOption(option.jsonOption)
    .hook('preAction', configure(io))
    .action(async (options) => {
      const { serve } = await import('./commands/serve.ts')
      report(await serve(defined(options), io))
    })
}

function addTest(program: Command, io: Io, report: Report): void {
  program
    .command('test')
    .description('run scenario files (default: ./scenarios, else the bundled ones)')
    .argument('[paths...]', 'files, folders or patterns')
    .addOption(option.gatewayOption)
    .addOption(option.gatewayCommandOption)
    .addOption(option.readyTimeoutOption)
    .addOption(option.brokerOption)
    .addOption(option.mqttPortOption)
    .addOption(option.allowRemoteOption)
    .addOption(option.apiIdOption)
    .addOption(option.apiKeyOption)
    .addOption(option.configOption)
    .addOption(option.reporterOption)
    .addOption(option.levelOption)
    .addOption(option.ruleOption)
    .addOption(option.tagOption)
    .addOption(option.grepOption)
    .addOption(option.seedOption)
    .addOption(option.workersOption)
    .addOption(option.bailOption)
    .addOption(option.retriesOption)
    .addOption(option.shardOption)
    .addOption(option.orderOption)
    .addOption(option.realTimeOption)
    .addOption(option.longOption)
    .addOption(option.methodsOption)
    .addOption(option.listOption)
    .addOption(option.watchOption)
    .addOption(option.coverageOption)
    .addOption(option.thresholdOption)
    .hook('preAction', configure(io))
    .action(async (paths, options) => {
      const { testCommand } = await import('./commands/test-command.ts')
      report(await testCommand(paths, defined(options), io))
    })
}

function addChecks(program: Command, io: Io, report: Report): void {
  program
    .command('check')
    .description('look at scenario files without running them')
    .argument('[paths...]', 'files, folders or patterns')
    .addOption(option.jsonOption)
    .action(async (paths, options) => {
      const { check } = await import('./commands/check.ts')
      report(await check(paths, defined(options), io))
    })
  program
    .command('explain')
    .description('say in plain English what scenarios do and prove')
    .argument('<paths...>', 'files, folders or patterns')
    .action(async (paths) => {
      const { explain } = await import('./commands/explain.ts')
      report(await explain(paths, io))
    })
}

function addCalls(program: Command, io: Io, report: Report): void {
  program
    .command('send')
    .description('send one command and show its life')
    .argument('<device>', 'device id, such as drone-001')
    .argument('<method>', 'method, such as drone_close')
    .argument('[payload]', 'payload as JSON', '{}')
    .addOption(option.gatewayOption)
    .option('--timeout <seconds>', 'timeout_seconds of the command', Number)
    .addOption(option.apiIdOption)
    .addOption(option.apiKeyOption)
    .addOption(option.seedOption)
    .addOption(option.allowRemoteOption)
    .addOption(option.configOption)
    .addOption(option.jsonOption)
    .hook('preAction', configure(io))
    .action(async (device, method, payload, options) => {
      const { send } = await import('./commands/send.ts')
      report(await send({ device, method, payload }, defined(options), io))
    })
  program
    .command('sign')
    .description('print the signing headers of a request, or say why a signature does not match')
    .argument('<method>', 'HTTP method')
    .argument('<path>', 'path and query, as they travel')
    .option('--body <text>', 'body of the request; - reads standard input')
    .option('--timestamp <seconds>', 'Unix seconds (default: now)')
    .option('--nonce <text>', 'nonce (default: a fresh one)')
    .option('--check <signature>', 'say why this signature does not match')
    .option('--curl <url>', 'print a curl command for the gateway at this address')
    .addOption(option.apiIdOption)
    .addOption(option.apiKeyOption)
    .addOption(option.seedOption)
    .addOption(option.configOption)
    .addOption(option.jsonOption)
    .hook('preAction', configure(io))
    .action(async (method, path, options) => {
      const { sign } = await import('./commands/sign.ts')
      report(await sign(method, path, defined(options), io))
    })
}

function addContract(program: Command, io: Io, report: Report): void {
  const topics = [
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
  const command = program
    .command('contract')
    .description('print the contract: rules, methods, error codes, quirks, OpenAPI, AsyncAPI, JSON Schema')
  for (const topic of topics) {
    const named = topic === 'method' || topic === 'error'
    command
      .command(named ? `${topic} <name>` : topic)
      .description(descriptions[topic])
      .addOption(option.jsonOption)
      .action(async (...given: readonly unknown[]) => {
        const { contract } = await import('./commands/contract.ts')
        const name = named ? String(given[0]) : undefined
        const options = given[named ? 1 : 0] as { readonly json?: boolean }
        report(contract(topic, name, options, io))
      })
  }
}

const descriptions = {
  rules: 'every rule with level and source',
  methods: 'every method',
  method: 'one method: payload, replies, progress, errors',
  errors: "DJI's error codes",
  error: 'what one error code means',
  quirks: 'in what ways virtual docks may be odd',
  openapi: 'OpenAPI 3.1 of the HTTP API',
  asyncapi: 'AsyncAPI 3 of the MQTT side',
  control: 'OpenAPI 3.1 of the control API of a sandbox',
  schema: 'JSON Schema of scenario files',
  config: 'JSON Schema of dockrig.yaml',
} as const
