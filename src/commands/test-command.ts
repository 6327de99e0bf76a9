import { HarnessError } from '../../contracts/index.ts'
import { referenceTarget } from '../compose.ts'
import type { ExitCode, Io } from '../io.ts'
import { localAccess } from '../local-access.ts'
import type { Target } from '../scenario/index.ts'
import { listTests } from './choose-tests.ts'
import type { TestOptions } from './test.ts'
import { test } from './test.ts'

/** What the command line gives beside the options of the run itself. */
export interface TestCommandOptions extends Omit<TestOptions, 'target' | 'secrets'> {
  readonly gateway?: string
  readonly gatewayCommand?: string
  readonly readyTimeout?: number
  readonly broker?: string
  readonly mqttPort: number
  readonly allowRemote?: boolean
  readonly apiId?: string
  readonly apiKey?: string
  readonly config?: string
  readonly realTime?: boolean
  readonly watch?: boolean
  readonly list?: boolean
}

/** Chooses the target, then runs scenarios on it, once or whenever one changes. */
export async function testCommand(
  paths: readonly string[],
  options: TestCommandOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.list === true) return listTests(paths, options, io)
  if (options.watch === true && options.methods === true) {
    throw new HarnessError(
      'OPTION_INVALID',
      'Cannot watch with --methods: the scenarios of methods come from the catalogue, and there is no file to save. Leave out --watch or --methods.',
    )
  }
  const target = await chooseTarget(options, io)
  const local = localAccess(options.seed)
  const secrets = [
    local.credential.api_key,
    local.secondCredential.api_key,
    local.mqtt.password,
    ...(options.apiKey === undefined ? [] : [options.apiKey]),
  ]
  const run = { ...options, target, secrets }
  try {
    if (options.watch !== true) return await test(paths, run, io)
    const { testAgain } = await import('./test-again.ts')
    return await testAgain(paths, run, io)
  } finally {
    await target.close()
  }
}

/** What decides which gateway is tested. */
export type TargetOptions = Pick<
  TestCommandOptions,
  | 'gateway'
  | 'gatewayCommand'
  | 'readyTimeout'
  | 'broker'
  | 'mqttPort'
  | 'allowRemote'
  | 'apiId'
  | 'apiKey'
  | 'config'
  | 'realTime'
  | 'level'
  | 'seed'
>

/** The gateway that the options name; the bundled one without `--gateway`. Throws OPTION_INVALID and what `externalTarget` throws. */
export async function chooseTarget(options: TargetOptions, io: Io): Promise<Target> {
  const { gateway, gatewayCommand, broker, realTime, level } = options
  if (gateway === undefined) {
    if (gatewayCommand !== undefined || broker !== undefined) {
      throw new HarnessError(
        'OPTION_INVALID',
        'Cannot use --gateway-command or --broker alone: the address of the gateway is missing. Add --gateway URL.',
      )
    }
    return referenceTarget({
      time: realTime === true ? 'real' : 'virtual',
      accessSeed: options.seed,
      ...(level === undefined ? {} : { level }),
    })
  }
  const { externalTarget } = await import('../external-target.ts')
  return externalTarget({ ...options, gateway }, io)
}
