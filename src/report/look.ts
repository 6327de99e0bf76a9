import { styleText } from 'node:util'

/** How text looks here: colours, signs and the width of a line. Decided once from the context, never from the process. */
export interface Look {
  readonly paint: Paint
  readonly signs: Signs
  readonly width: number
}

type Paint = Readonly<Record<Colour, (text: string) => string>>

/** Colours and weights by what they say. */
export type Colour = 'good' | 'bad' | 'warn' | 'dim' | 'strong' | 'place'

type Signs = Readonly<Record<keyof typeof unicodeSigns, string>>

/** Narrower terminals are treated as if they had 40 columns, wider ones as if they had 120. */
export function createLook(options: {
  readonly color: boolean
  readonly unicode: boolean
  readonly width: number
}): Look {
  return {
    paint: options.color ? colours : plain,
    signs: options.unicode ? unicodeSigns : asciiSigns,
    width: Math.min(Math.max(options.width, 40), 120),
  }
}

const unicodeSigns = {
  passed: '✓',
  failed: '✗',
  skipped: '○',
  broken: '‼',
  flaky: '~',
  arrow: '→',
  bar: '│',
  dots: '…',
  dot: '·',
  crumb: '›',
  times: '×',
  proof: '▶',
  near: '?',
}

const asciiSigns: Signs = {
  passed: '+',
  failed: 'x',
  skipped: 'o',
  broken: '!',
  flaky: '~',
  arrow: '->',
  bar: '|',
  dots: '...',
  dot: '-',
  crumb: '>',
  times: 'x',
  proof: '>',
  near: '?',
}

// `validateStream` off: whether there are colours was decided by who made the context
const always = { validateStream: false }

const colours: Paint = {
  good: (text) => styleText('green', text, always),
  bad: (text) => styleText('red', text, always),
  warn: (text) => styleText('yellow', text, always),
  dim: (text) => styleText('dim', text, always),
  strong: (text) => styleText('bold', text, always),
  place: (text) => styleText('cyan', text, always),
}

const same = (text: string): string => text

const plain: Paint = { good: same, bad: same, warn: same, dim: same, strong: same, place: same }
