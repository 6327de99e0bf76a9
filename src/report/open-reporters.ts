import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HarnessError } from '../../contracts/index.ts'
import type { Reporter } from '../scenario/index.ts'
import type { Secrets } from './redact.ts'
import { redactEvents, redactTexts } from './redact.ts'
import type { ReporterContext, Sink } from './reporter-context.ts'
import type { ReporterChoice } from './reporter-option.ts'
import { reporters } from './table.ts'

/**
 * All reporters of a run as one, behind the redactor. `context.write` is standard output; a reporter with a file gets
 * a context that writes there, without colours. Throws FILE_UNWRITABLE and REPORTER_UNKNOWN before anything runs.
 */
export async function openReporters(
  choices: readonly ReporterChoice[],
  context: ReporterContext,
  secrets: Secrets,
): Promise<Reporter> {
  const clean = redactContext(context, secrets)
  const makers = await Promise.all(choices.map((choice) => makerOf(choice, context.cwd)))
  const sinks: Sink[] = []
  const opened = makers.map((make, index) => {
    const file = choices[index]?.file
    if (file === undefined) return make(clean)
    const sink = context.open(file, 'replace')
    sinks.push(sink)
    return make(intoFile(clean, sink))
  })
  const all: Reporter = {
    on(event, stamp) {
      for (const reporter of opened) reporter.on(event, stamp)
    },
    async close() {
      // each gets its chance to write what is left, even when another fails
      const ends = await Promise.allSettled(opened.map((reporter) => reporter.close()))
      await Promise.all(sinks.map((sink) => sink.close()))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    },
  }
  return redactEvents(all, secrets)
}

type Maker = (context: ReporterContext) => Reporter

// what reaches a report beside the events: the plan's ids must stay those of the redacted events
function redactContext(context: ReporterContext, secrets: Secrets): ReporterContext {
  return {
    ...context,
    plan: context.plan.map((id) => secrets.redact(id)),
    ...(context.profile === undefined ? {} : { profile: redactTexts(context.profile, secrets) }),
    readSource(file) {
      const source = context.readSource(file)
      return source === undefined ? undefined : secrets.redact(source)
    },
    rerun: (test, seed) => secrets.redact(context.rerun(test, seed)),
  }
}

function intoFile(context: ReporterContext, sink: Sink): ReporterContext {
  const { every: _, ...rest } = context
  return { ...rest, write: (text) => sink.write(text), color: false, isTTY: false, unicode: true, width: 100 }
}

async function makerOf(choice: ReporterChoice, cwd: string): Promise<Maker> {
  if (choice.kind === 'ours') return (context) => reporters[choice.name].create(context)
  const { path } = choice
  const loaded = await load(path, cwd)
  const create =
    typeof loaded === 'object' && loaded !== null && 'createReporter' in loaded
      ? loaded.createReporter
      : undefined
  if (typeof create !== 'function') {
    throw new HarnessError(
      'REPORTER_UNKNOWN',
      `Cannot report with "${path}": it exports no function "createReporter". Export one that takes a context and returns { on, close }.`,
    )
  }
  return (context) => guarded(path, () => (create as Maker)(context))
}

async function load(path: string, cwd: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(resolve(cwd, path)).href)
  } catch (cause) {
    throw failure(path, 'cannot be loaded', cause)
  }
}

// somebody else's code: its mistakes are named after it, not taken for ours
function guarded(path: string, create: () => Reporter): Reporter {
  const attempt = <Result>(what: string, run: () => Result): Result => {
    try {
      return run()
    } catch (cause) {
      throw failure(path, `fails ${what}`, cause)
    }
  }
  const reporter = attempt('when it is created', create)
  if (typeof reporter?.on !== 'function' || typeof reporter.close !== 'function') {
    throw new HarnessError(
      'REPORTER_UNKNOWN',
      `Cannot report with "${path}": its "createReporter" returned no object with "on" and "close". Return { on(event, stamp), close() }.`,
    )
  }
  return {
    on: (event, stamp) => attempt(`on "${event.kind}"`, () => reporter.on(event, stamp)),
    async close() {
      try {
        await reporter.close()
      } catch (cause) {
        throw failure(path, 'fails when it is closed', cause)
      }
    },
  }
}

function failure(path: string, what: string, cause: unknown): HarnessError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new HarnessError(
    'REPORTER_UNKNOWN',
    `Cannot report with "${path}": it ${what}: ${why}. Fix the module, or leave it out.`,
    { cause },
  )
}
