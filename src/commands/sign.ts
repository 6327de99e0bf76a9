import { explainSignature, HarnessError, signRequest } from '../../contracts/index.ts'
import { createIds, createRandom, freshSeed } from '../../simulator/index.ts'
import type { ExitCode, Io } from '../io.ts'
import { curlLine } from '../signed-curl.ts'
import type { Signer, SignerOptions } from './credentials.ts'
import { signerOf } from './credentials.ts'

export interface SignOptions extends SignerOptions {
  readonly body?: string
  readonly timestamp?: string
  readonly nonce?: string
  readonly check?: string
  readonly curl?: string
  readonly json?: boolean
}

/** Prints the signing headers of a request, or says why a given signature does not match. */
export async function sign(method: string, target: string, options: SignOptions, io: Io): Promise<ExitCode> {
  if (!target.startsWith('/')) {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot sign "${target}": it is no path that begins with "/". Give path and query as they travel, such as /api/v1/open/downlink/commands.`,
    )
  }
  const body = options.body === '-' ? await io.readStdin() : (options.body ?? '')
  const newId = createIds(createRandom(freshSeed()))
  const { credential, profile } = signerOf(options, io.cwd)
  const request = {
    method,
    target,
    body,
    ...credential,
    timestamp: options.timestamp ?? String(Math.floor(io.now() / 1000)),
    nonce: options.nonce ?? newId(),
  }
  if (options.check !== undefined)
    return explainGiven(request, profile, { ...options, check: options.check }, io)
  const headers = signRequest(request, profile.signing, profile.headers)
  if (options.json === true) io.stdout.write(`${JSON.stringify(headers, null, 2)}\n`)
  else if (options.curl === undefined)
    io.stdout.write(
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
    )
  else io.stdout.write(`${curlLine(method, options.curl.replace(/\/$/, '') + target, headers, body)}\n`)
  return 0
}

function explainGiven(
  request: Parameters<typeof explainSignature>[1],
  { signing }: Signer['profile'],
  options: SignOptions & { readonly check: string },
  io: Io,
): ExitCode {
  if (options.timestamp === undefined || options.nonce === undefined) {
    throw new HarnessError(
      'OPTION_INVALID',
      'Cannot check a signature without the timestamp and the nonce that it was made with. Add --timestamp and --nonce.',
    )
  }
  const verdict = explainSignature(options.check, request, signing)
  if (options.json === true) {
    io.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`)
    return verdict.kind === 'matches' ? 0 : 1
  }
  const remarks = verdict.remarks.map((remark) => `Note: ${remark}\n`).join('')
  if (verdict.kind === 'matches') {
    io.stdout.write(`The signature matches.\n${remarks}`)
    return 0
  }
  if (verdict.kind === 'explained') {
    const mistakes = verdict.mistakes.map(
      ({ place, did }) => `  ${typeof place === 'number' ? `line ${place}` : place}: ${did}\n`,
    )
    io.stdout.write(
      `The signature does not match. It is right for a request that differs so:\n${mistakes.join('')}${remarks}`,
    )
    return 1
  }
  const canonical = verdict.canonical
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('')
  io.stdout.write(
    `The signature does not match, and no usual mistake leads to it: probably another key, or another body.\nThe canonical string is\n${canonical}and its signature ${verdict.expected}\n${remarks}`,
  )
  return 1
}
