import type { ExitCode, Io } from '../io.ts'
import { explain as explainScenario, formatProblem, loadScenarioFiles } from '../scenario/index.ts'

/** Says in plain English what scenarios do and prove. */
export async function explain(paths: readonly string[], io: Io): Promise<ExitCode> {
  const { scenarios, problems, texts } = await loadScenarioFiles(paths, io.cwd)
  for (const problem of problems) {
    io.stderr.write(
      `${formatProblem(problem, texts.get(problem.file) ?? '', { color: io.stderr.color })}\n\n`,
    )
  }
  io.stdout.write(scenarios.map((scenario) => `${explainScenario(scenario).trimEnd()}\n`).join('\n'))
  return problems.length === 0 ? 0 : 2
}
