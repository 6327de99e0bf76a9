import type { ScenarioData } from './scenario-data.ts'

type Fails = (data: ScenarioData) => Promise<boolean>

/** Says the same in plainer words where the scenario still fails so: the usual method, the first dock, no list of one. */
export async function plainer(data: ScenarioData, fails: Fails): Promise<ScenarioData> {
  let best = data
  for (const rewrite of rewrites) {
    const candidate = JSON.parse(rewrite(JSON.stringify(best))) as ScenarioData
    if (JSON.stringify(candidate) !== JSON.stringify(best) && (await fails(candidate))) best = candidate
  }
  return best
}

const rewrites: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('"drone_open"', '"drone_close"'),
  (text) => text.replaceAll('"*":', '"drone_close":'),
  (text) => (text.includes('"drone-001"') ? text : text.replaceAll('"drone-002"', '"drone-001"')),
  (text) => mapped(text, onlySend),
  (text) => mapped(text, onlyEntry),
  (text) => renamed(text),
]

function mapped(text: string, change: (key: string, value: unknown) => unknown): string {
  return JSON.stringify(JSON.parse(text, change))
}

/** A parallel block with one step becomes that step. */
function onlySend(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('parallel' in value)) return value
  const { repeat } = value.parallel as { readonly repeat?: { readonly steps?: readonly unknown[] } }
  return repeat?.steps?.length === 1 ? repeat.steps[0] : value
}

/** A list with one behaviour becomes the behaviour. */
function onlyEntry(key: string, value: unknown): unknown {
  return (key === '*' || key.startsWith('drone_')) && Array.isArray(value) && value.length === 1
    ? (value[0] as unknown)
    : value
}

/** The only command is called the first. */
function renamed(text: string): string {
  const names = new Set([...text.matchAll(/"as":"(\w+)"/g)].map(([, name = '']) => name))
  const [only, ...others] = names
  if (only === undefined || others.length > 0) return text
  return text.replaceAll(`"${only}"`, '"first"').replaceAll(`\${fresh.${only}}`, '${fresh.first}')
}
