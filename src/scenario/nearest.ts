import { distance } from 'fastest-levenshtein'

/** The name that was probably meant, or `undefined` when none is near; capitals do not count. */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  let best: { readonly name: string; readonly far: number } | undefined
  for (const name of names) {
    if (Math.abs(name.length - word.length) > 4) continue
    const far = slips(wanted, name.toLowerCase())
    if (best === undefined || far < best.far) best = { name, far }
  }
  if (best === undefined) return undefined
  const bearable = Math.max(1, Math.min(4, Math.floor(Math.max(word.length, best.name.length) / 3)))
  return best.far <= bearable ? best.name : undefined
}

/** How many slips of the finger lie between two words; letters in the wrong order are one slip, not two. */
function slips(word: string, name: string): number {
  const far = distance(word, name)
  return far === 2 && letters(word) === letters(name) ? 1 : far
}

function letters(word: string): string {
  return word.split('').sort().join('')
}

/** "unknown verb 'sned', did you mean 'send'?" */
export function unknownWord(noun: string, word: string, suggestion: string | undefined): string {
  const hint = suggestion === undefined ? '' : `, did you mean '${suggestion}'?`
  return `unknown ${noun} '${word}'${hint}`
}
