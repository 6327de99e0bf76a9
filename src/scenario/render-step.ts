import { HarnessError } from '../../contracts/index.ts'
import { checkLocally } from './check-locally.ts'
import { companions, verbs } from './language-verbs.ts'
import type { PlannedStep, PlannedTest } from './planned.ts'
import type { Lookup } from './template.ts'
import { fillTemplates, keepTemplate, renderTemplates, templateExpressions } from './template.ts'

/**
 * Fills the templates of a step and checks that what came out has the shape that its verb wants. The script of a `device` step keeps
 * `${request.…}` and what the lookup does not know yet: the device fills it when it answers.
 * Throws HarnessError TEMPLATE_INVALID for what the lookup does not know, SCENARIO_INVALID for a value of the wrong shape.
 */
export function renderStep<S extends PlannedStep>(step: S, lookup: Lookup, test: PlannedTest): S {
  const body = renderBody(step, lookup)
  const options = renderTemplates(step.options, lookup)
  if (templateExpressions([step.body, step.options]).length > 0) {
    requireShape(step, { body, options }, test)
  }
  // requireShape has checked what the templates gave, the loader all else
  return { ...step, body, options }
}

/** Fills a script as far as it can be filled before a request is there. */
export function renderScript(script: unknown, lookup: Lookup): unknown {
  return fillTemplates(script, (expression) =>
    expression === 'request' || expression.startsWith('request.')
      ? keepTemplate
      : (lookup(expression) ?? keepTemplate),
  )
}

function renderBody(step: PlannedStep, lookup: Lookup): unknown {
  if (step.verb !== 'device' || !('script' in step.body)) return renderTemplates(step.body, lookup)
  const { on, ...others } = step.body
  return { ...(renderTemplates(others, lookup) as object), on: renderScript(on, lookup) }
}

function requireShape(
  step: PlannedStep,
  filled: { body: unknown; options: unknown },
  test: PlannedTest,
): void {
  const problems = [
    // the steps of these are the children, and were checked when the file was loaded
    ...(step.verb === 'repeat' || step.verb === 'parallel'
      ? []
      : checkLocally(verbs[step.verb].body, filled.body)),
    ...Object.entries(filled.options as object).flatMap(([name, value]) =>
      name in companions ? checkLocally(companions[name as keyof typeof companions], value) : [],
    ),
  ]
  const [first] = problems
  if (first === undefined) return
  const expected = first.expected === undefined ? 'another value there' : first.expected
  throw new HarnessError(
    'SCENARIO_INVALID',
    `Cannot run step ${step.path} ("${step.summary}"): ${first.message}. Let its templates give ${expected}.`,
    { position: { file: test.source.file, line: step.line, column: step.column } },
  )
}
