import type { Command } from './command.ts'
import type { Clock } from './seams.ts'

/** One timer for each open command. */
export interface Deadlines {
  /** Sets the command's timer; does nothing when it stands already. */
  arm(command: Command): void
  disarm(command_id: string): void
  clear(): void
}

interface Timer {
  readonly due: number
  cancel: () => void
}

/** `expire` is called once, not before the deadline. */
export function createDeadlines(clock: Clock, expire: (command_id: string) => void): Deadlines {
  const timers = new Map<string, Timer>()
  const disarm = (command_id: string): void => {
    timers.get(command_id)?.cancel()
    timers.delete(command_id)
  }
  const fire = (command_id: string, timer: Timer): void => {
    const left = timer.due - clock.now()
    // A system timer may fire a millisecond early.
    if (left > 0) {
      timer.cancel = clock.after(left, () => fire(command_id, timer))
      return
    }
    timers.delete(command_id)
    expire(command_id)
  }
  return {
    arm({ command_id, deadline_at }) {
      if (timers.get(command_id)?.due === deadline_at) return
      disarm(command_id)
      const timer: Timer = { due: deadline_at, cancel: () => undefined }
      timer.cancel = clock.after(Math.max(0, deadline_at - clock.now()), () => fire(command_id, timer))
      timers.set(command_id, timer)
    },
    disarm,
    clear() {
      for (const timer of timers.values()) timer.cancel()
      timers.clear()
    },
  }
}
