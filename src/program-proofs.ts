import type { Command } from '@commander-js/extra-typings'
import { configure } from './configure.ts'
import { defined } from './defined.ts'
import type { ExitCode, Io } from './io.ts'
import * as option from './options.ts'

type Report = (code: ExitCode) => void

/** The commands that try the suite and the gateway themselves. */
export function addProofs(program: Command, io: Io, report: Report): void {
  program
    .command('prove')
    .description('run the suite against gateways with one known defect, and against permitted variants')
    .option('--full', 'run every test against every defect, not only until it is caught')
    .option(
      '--matrix <file>',
      'go on when a defect is caught, and write which rules caught it: Markdown, or JSON by the name',
    )
    .addOption(option.onlyOption)
    .addOption(option.threadsOption)
    .addOption(option.seedOption)
    .addOption(option.configOption)
    .addOption(option.jsonOption)
    .hook('preAction', configure(io))
    .action(async (options) => {
      const { prove } = await import('./commands/prove.ts')
      report(await prove(defined(options), io))
    })
}

/** Random exploration, judged. */
export function addFuzz(program: Command, io: Io, report: Report): void {
  program
    .command('fuzz')
    .description('explore a gateway at random; what breaks a rule becomes a minimal scenario file')
    .addOption(option.runsOption)
    .addOption(option.secondsOption)
    .addOption(option.maxActsOption)
    .addOption(option.bailOption)
    .addOption(option.pathOption)
    .addOption(option.outOption)
    .addOption(option.seedOption)
    .addOption(option.levelOption)
    .addOption(option.gatewayOption)
    .addOption(option.gatewayCommandOption)
    .addOption(option.readyTimeoutOption)
    .addOption(option.brokerOption)
    .addOption(option.mqttPortOption)
    .addOption(option.allowRemoteOption)
    .addOption(option.apiIdOption)
    .addOption(option.apiKeyOption)
    .addOption(option.configOption)
    .hook('preAction', configure(io))
    .action(async (options) => {
      const { fuzz } = await import('./commands/fuzz.ts')
      const { chooseTarget } = await import('./commands/test-command.ts')
      const given = defined(options)
      report(await fuzz({ ...given, target: await chooseTarget(given, io) }, io))
    })
}
