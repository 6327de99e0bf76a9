import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { HarnessError } from '../contracts/index.ts'
import { systemClock } from '../simulator/index.ts'

/** How long a gateway may take to say goodbye before it is killed, in milliseconds. */
const goodbyeMs = 3_000
const keptLogBytes = 64 * 1024

/** A gateway that the harness starts and stops, with everything that it says. */
export class GatewayProcess {
  readonly #command: string
  readonly #env: Readonly<Record<string, string | undefined>>
  readonly #cwd: string
  #child: ChildProcess | undefined
  #log = ''
  #ending: string | undefined

  constructor(command: string, env: Readonly<Record<string, string | undefined>>, cwd: string) {
    this.#command = command
    this.#env = env
    this.#cwd = cwd
  }

  /** What it has written last, both streams as they came. */
  get log(): string {
    return this.#log
  }

  /** How it ended by itself; undefined while it runs or after it was stopped on purpose. */
  get ending(): string | undefined {
    return this.#ending
  }

  start(): void {
    this.#ending = undefined
    // A group of its own, so that its children end with it; Windows has no groups and uses taskkill.
    const child = spawn(this.#command, {
      shell: true,
      cwd: this.#cwd,
      env: { ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#hear(chunk.toString('utf8')))
    child.once('error', (error) => {
      this.#ending = error.message
    })
    child.once('exit', (code, signal) => {
      if (this.#child === child)
        this.#ending = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`
    })
  }

  /** An orderly end, or after a while a disorderly one. */
  async stop(): Promise<void> {
    const child = this.#take()
    if (child === undefined) return
    const gone = exited(child)
    signal(child, 'SIGTERM')
    const cancel = systemClock.after(goodbyeMs, () => signal(child, 'SIGKILL'))
    await gone
    cancel()
  }

  /** A crash. */
  async kill(): Promise<void> {
    const child = this.#take()
    if (child === undefined) return
    const gone = exited(child)
    signal(child, 'SIGKILL')
    await gone
  }

  /** Throws GATEWAY_BROKEN when it has ended by itself. */
  requireAlive(): void {
    if (this.#ending === undefined) return
    throw new HarnessError(
      'GATEWAY_BROKEN',
      `Cannot test the gateway: ${this.#ending}. Look at what it wrote:\n${lastLines(this.#log)}`,
    )
  }

  #take(): ChildProcess | undefined {
    const child = this.#child
    this.#child = undefined
    return child === undefined || child.exitCode !== null || child.signalCode !== null ? undefined : child
  }

  #hear(text: string): void {
    this.#log = (this.#log + text).slice(-keptLogBytes)
  }
}

function lastLines(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-15)
  return log === '' ? '  (nothing)' : lines.map((line) => `  ${line}`).join('\n')
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', ...(name === 'SIGKILL' ? ['/F'] : [])])
    return
  }
  try {
    process.kill(-child.pid, name)
  } catch {
    // The group has ended in the meantime.
  }
}
