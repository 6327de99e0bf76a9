/** A duration for people, from milliseconds: `12 ms`, `1.5 s`, `5 min`, `1 h 12 min`. */
export function formatDuration(ms: number): string {
  const whole = Math.round(ms)
  if (whole < 1000) return `${whole} ms`
  if (whole < 59_950) return `${trim(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return join(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(ms / 60_000)
  return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

/** A point of scenario time in a timeline, always in seconds with three decimals. */
export function formatMoment(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`
}

function trim(seconds: number): string {
  return seconds.toFixed(seconds < 10 ? 2 : 1).replace(/\.?0+$/, '')
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
