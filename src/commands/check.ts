import type { ExitCode, Io } from '../io.ts'
import { formatProblem, loadScenarioFiles } from '../scenario/index.ts'
import { bundledScenarios } from './paths.ts'

/** Looks at scenario files without running anything, and shows every problem at once. */
export async function check(
  paths: readonly string[],
  options: { readonly json?: boolean },
  io: Io,
): Promise<ExitCode> {
  const { scenarios, problems, texts } = await loadScenarioFiles(
    paths.length > 0 ? paths : [bundledScenarios(io.cwd)],
    io.cwd,
  )
  if (options.json === true)
    io.stdout.write(
      `${JSON.stringify({ files: texts.size, scenarios: scenarios.length, problems }, null, 2)}\n`,
    )
  else {
    for (const problem of problems) {
      io.stdout.write(
        `${formatProblem(problem, texts.get(problem.file) ?? '', { color: io.stdout.color })}\n\n`,
      )
    }
    const found = problems.length === 1 ? '1 problem' : `${problems.length} problems`
    io.stdout.write(`${texts.size} files, ${scenarios.length} scenarios, ${found}\n`)
  }
  return problems.length === 0 ? 0 : 2
}
