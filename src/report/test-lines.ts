import stringWidth from 'string-width'
import type { TestRecord } from './collect.ts'
import { formatDuration } from './duration.ts'
import { testName } from './failure.ts'
import type { Colour, Look } from './look.ts'
import { reasonTitle } from './reason-lines.ts'
import { clip, visible, wrap } from './visible.ts'

/** A test in a list: its verdict and times in one line, and below it in short why it is not simply passed. */
export function testLines(record: TestRecord, look: Look): readonly string[] {
  const { paint, signs, width } = look
  const { test, verdict, wallMs, scenarioMs } = record
  const indent = test.example === undefined ? '  ' : '      '
  const sign = paint[colourOf[verdict]](signs[verdict])
  const room = width - indent.length - 2
  const name = clip(
    test.example === undefined ? testName(record, signs.crumb) : visible(test.example),
    room,
    signs.dots,
  )
  const aside =
    verdict === 'skipped'
      ? skipReason(record)
      : `${formatDuration(wallMs)} ${signs.dot} ${formatDuration(scenarioMs)}`
  const fits = stringWidth(name) + stringWidth(aside) + 4 <= room
  const line = `${indent}${sign} ${verdict === 'skipped' ? paint.dim(name) : name}`
  const why = wrapped(whyLines(record), `${indent}    `, look)
  if (fits) return [`${line}  ${paint.dim(`(${aside})`)}`, ...why]
  return verdict === 'skipped' ? [line, ...wrapped([aside], `${indent}    `, look)] : [line, ...why]
}

const colourOf = {
  passed: 'good',
  flaky: 'warn',
  skipped: 'dim',
  failed: 'bad',
  broken: 'bad',
} as const satisfies Record<TestRecord['verdict'], Colour>

function skipReason({ outcome }: TestRecord): string {
  return outcome.kind === 'skipped' ? visible(outcome.because) : ''
}

// findings of a test that passed are of a weaker level, or allowed: the summary counts them
function whyLines({ verdict, outcome, earlier }: TestRecord): readonly string[] {
  if (verdict === 'skipped') return []
  if (verdict === 'failed' || verdict === 'broken') return [reasonTitle(outcome)]
  return earlier.map((before) => `failed before: ${reasonTitle(before)}`)
}

function wrapped(texts: readonly string[], indent: string, look: Look): readonly string[] {
  const most = 3
  return texts.flatMap((text) => {
    const lines = wrap(text, look.width - indent.length)
    const shown = lines
      .slice(0, most)
      .map((line, index) => (index === most - 1 && lines.length > most ? `${line}${look.signs.dots}` : line))
    return shown.map((line) =>
      look.paint.dim(indent + clip(line, look.width - indent.length, look.signs.dots)),
    )
  })
}
