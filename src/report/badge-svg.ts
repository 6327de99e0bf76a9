import stringWidth from 'string-width'
import type { Reporter } from '../scenario/index.ts'
import type { Badge } from './badge.ts'
import { badgeOf } from './badge.ts'
import { conformanceOf } from './conformance.ts'
import { reportAtEnd } from './report-at-end.ts'
import type { ReporterContext } from './reporter-context.ts'
import type { XmlElement } from './xml.ts'
import { formatXml } from './xml.ts'

/** The badge as a picture of its own: no server, no font, no script. */
export function createBadgeSvgReporter(context: ReporterContext): Reporter {
  return reportAtEnd(context, (run) => badgeSvg(badgeOf(conformanceOf(run, context))))
}

const colors = {
  brightgreen: '#2e7d32',
  yellowgreen: '#5f7a0f',
  red: '#c62828',
  lightgrey: '#6b6b6b',
} as const

/** Pixels of a character; `textLength` makes every font keep to it. */
const characterWidth = 6.5
const margin = 8
const height = 20

function badgeSvg({ label, message, color }: Badge): string {
  const [left, right] = [label, message].map(
    (text) => Math.round(stringWidth(text) * characterWidth) + 2 * margin,
  )
  const [labelWidth, messageWidth] = [left ?? 0, right ?? 0]
  const width = labelWidth + messageWidth
  const title = `${label}: ${message}`
  return formatXml({
    name: 'svg',
    attributes: {
      xmlns: 'http://www.w3.org/2000/svg',
      width: String(width),
      height: String(height),
      role: 'img',
      'aria-label': title,
    },
    children: [
      { name: 'title', attributes: {}, text: title },
      box(0, labelWidth, '#444444'),
      box(labelWidth, messageWidth, colors[color]),
      words(label, 0, labelWidth),
      words(message, labelWidth, messageWidth),
    ],
  })
}

function box(x: number, width: number, fill: string): XmlElement {
  return { name: 'rect', attributes: { x: String(x), width: String(width), height: String(height), fill } }
}

function words(text: string, x: number, width: number): XmlElement {
  return {
    name: 'text',
    attributes: {
      x: String(x + margin),
      y: '14',
      textLength: String(width - 2 * margin),
      fill: '#ffffff',
      'font-family': 'Verdana, DejaVu Sans, sans-serif',
      'font-size': '11',
    },
    text,
  }
}
