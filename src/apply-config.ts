import type { Command } from '@commander-js/extra-typings'
import { loadConfig } from './config.ts'

/** Puts what dockrig.yaml says in the place of defaults: flags and environment variables go before it. */
export function applyConfig(command: Command, cwd: string): void {
  const named: unknown = command.getOptionValue('config')
  const { target: _, ...options } = loadConfig(cwd, typeof named === 'string' ? named : undefined)
  for (const [key, value] of Object.entries(options)) {
    const name = key.replaceAll(/-([a-z])/g, (_hyphen, letter: string) => letter.toUpperCase())
    const source = command.getOptionValueSource(name)
    if (source === undefined || source === 'default') command.setOptionValueWithSource(name, value, 'config')
  }
}
