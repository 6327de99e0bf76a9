import type { Command } from '@commander-js/extra-typings'
import { loadConfig } from './config.ts'

/** Puts what dockrig.yaml says in the place of defaults, for options that the command has: flags and environment variables go before it. */
export function applyConfig(command: Command, cwd: string): void {
  const named: unknown = command.getOptionValue('config')
  const { target: _, ...given } = loadConfig(cwd, typeof named === 'string' ? named : undefined)
  for (const option of command.options) {
    const value = (given as Readonly<Record<string, unknown>>)[option.long?.replace(/^--/, '') ?? '']
    const key = option.attributeName()
    const source = command.getOptionValueSource(key)
    if (value === undefined || (source !== undefined && source !== 'default')) continue
    command.setOptionValueWithSource(key, value, 'config')
  }
}
