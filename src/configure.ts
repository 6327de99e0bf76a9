import type { Command } from '@commander-js/extra-typings'
import type { Io } from './io.ts'

/** A hook that lets dockrig.yaml speak before a command begins; what reads the file is loaded only then. */
export function configure(io: Io): (_: unknown, command: object) => Promise<void> {
  return async (_, command) => {
    const { applyConfig } = await import('./apply-config.ts')
    // The hook is the same for commands whatever their options.
    applyConfig(command as Command, io.cwd)
  }
}
