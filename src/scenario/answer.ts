import type { HttpExchange } from '../../contracts/index.ts'
import { isJsonObject } from '../../contracts/index.ts'
import { jsonOf, statusOf } from './caller.ts'
import { match } from './match.ts'
import type { Difference, Failure, Outcome } from './outcome.ts'
import type { Rig } from './rig.ts'
import type { Scene } from './scene.ts'

export const passed: Outcome = { kind: 'passed' }

/** The JSON of an answer with its device named as the scenario names it, `undefined` when it is none. */
export function answerBody(exchange: HttpExchange, { devices }: Pick<Rig, 'devices'>): unknown {
  const body = jsonOf(exchange)
  if (!isJsonObject(body)) return body
  const alias = [...devices.values()].find(({ device_id }) => device_id === body['device_id'])
  return alias === undefined ? body : { ...body, device_id: alias.name }
}

/** An answer as `expect: { http, headers, body }` sees it. */
function answerView(exchange: HttpExchange, rig: Pick<Rig, 'devices'>): Readonly<Record<string, unknown>> {
  const { outcome } = exchange
  if (outcome.kind === 'unanswered') return { http: 0 }
  return {
    http: outcome.response.status,
    headers: outcome.response.headers,
    body: answerBody(exchange, rig) ?? outcome.response.body,
  }
}

/** Judges an answer by a step's expectation; without `http` in it, a 2xx is demanded, and a 429 says nothing. */
export function judgeAnswer(
  exchange: HttpExchange,
  expect: unknown,
  { rig, memory }: Pick<Scene, 'rig' | 'memory'>,
): Outcome {
  if (exchange.outcome.kind === 'unanswered') {
    return {
      kind: 'broken',
      error: {
        code: 'GATEWAY_UNREACHABLE',
        message: `Cannot get an answer to ${exchange.request.method} ${exchange.request.path}: ${exchange.outcome.why}. Check that the gateway still runs.`,
      },
    }
  }
  const demandsStatus = typeof expect === 'object' && expect !== null && 'http' in expect
  const status = statusOf(exchange)
  if (!demandsStatus && status === 429)
    return { kind: 'skipped', because: 'the gateway answered 429: inconclusive' }
  const own: readonly Difference[] =
    demandsStatus || (status >= 200 && status < 300)
      ? []
      : [
          {
            path: 'http',
            expected: '2xx',
            actual: status,
            reason: `the status ${status}, expected a 2xx: ${errorText(exchange)}`,
          },
        ]
  const expected = lowerHeaderNames(expect)
  const differences =
    expected === undefined ? own : [...own, ...match(expected, answerView(exchange, rig), memory)]
  return failedBy(
    differences,
    `the answer to ${exchange.request.method} ${exchange.request.path}`,
    exchange.seqDone,
  )
}

/** Passed, or failed with the differences that there are. */
export function failedBy(differences: readonly Difference[], what: string, seq?: number): Outcome {
  if (differences.length === 0) return passed
  const failure: Failure = { kind: 'differs', what, differences, ...(seq === undefined ? {} : { seq }) }
  return { kind: 'failed', failures: [failure], nearest: [] }
}

function errorText(exchange: HttpExchange): string {
  return exchange.outcome.kind === 'answered' ? exchange.outcome.response.body.slice(0, 200) : ''
}

/** Header names are compared in lower case. */
function lowerHeaderNames(expect: unknown): unknown {
  if (typeof expect !== 'object' || expect === null || !('headers' in expect)) return expect
  const { headers } = expect
  if (typeof headers !== 'object' || headers === null) return expect
  return {
    ...expect,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }
}
