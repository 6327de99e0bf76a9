#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings'
import { HarnessError } from '../contracts/index.ts'
import type { ExitCode, Io, Out } from './io.ts'
import { createProgram } from './program.ts'

/** The only file that touches the process: streams, signals, environment and exit code. */

function outOf(stream: NodeJS.WriteStream): Out {
  const forced = process.env['FORCE_COLOR'] !== undefined && process.env['FORCE_COLOR'] !== '0'
  return {
    write: (text) => {
      stream.write(text)
    },
    isTTY: stream.isTTY,
    columns: stream.columns ?? 100,
    color: process.env['NO_COLOR'] === undefined && (stream.isTTY || forced),
  }
}

/** Windows consoles before Windows Terminal show ASCII only. */
function showsUnicode(): boolean {
  if (process.platform === 'win32')
    return process.env['WT_SESSION'] !== undefined || process.env['TERM_PROGRAM'] === 'vscode'
  return process.env['TERM'] !== 'linux'
}

function onStop(listener: () => void): () => void {
  let wishes = 0
  const wish = (): void => {
    wishes++
    if (wishes > 1) process.exit(130)
    listener()
  }
  process.on('SIGINT', wish)
  process.on('SIGTERM', wish)
  return () => {
    process.off('SIGINT', wish)
    process.off('SIGTERM', wish)
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

const io: Io = {
  stdout: outOf(process.stdout),
  stderr: outOf(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  unicode: showsUnicode(),
  node: process.versions.node,
  // oxlint-disable-next-line -- the clock of the process itself; scenario time has its own
  wallMs: () => performance.now(),
  now: () => Date.now(),
  onStop,
  readStdin,
}

/** Says what went wrong: the operator's mistakes in one sentence, our own with the stack that a report needs. */
function explain(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof HarnessError) {
    const at = error.position
    io.stderr.write(`${at === undefined ? '' : `${at.file}:${at.line}:${at.column} `}${error.message}\n`)
    if (error.hint !== undefined) io.stderr.write(`${error.hint}\n`)
    return 2
  }
  io.stderr.write(
    `This is a bug of Dockrig. Please report it with what follows.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 3
}

// A reader that goes away (`dockrig contract methods | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

let code: ExitCode = 0
try {
  await createProgram(io, (ended) => {
    code = ended
  }).parseAsync(process.argv)
} catch (error) {
  code = explain(error)
}
process.exitCode = code
