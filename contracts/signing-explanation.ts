import type { SigningSpec } from './profile.ts'
import type { RequestToSign } from './signing.ts'
import { canonicalQuery, fillLines, sha256Hex, signatureOf, splitTarget } from './signing.ts'
import type { SigningRecipe, Slip } from './signing-slips.ts'
import { signingSlips } from './signing-slips.ts'

/** What a comparison of a given signature with the right one has shown. */
export type SignatureExplanation =
  /** The signature is right; what else may be wrong with the request is in `remarks`. */
  | { readonly kind: 'matches'; readonly remarks: readonly string[] }
  /** The given signature is right for a request that differs in these points. */
  | {
      readonly kind: 'explained'
      readonly mistakes: readonly SigningMistake[]
      readonly remarks: readonly string[]
    }
  /** Nothing that is known to go wrong leads to the given signature: most likely another key or another body. */
  | {
      readonly kind: 'unexplained'
      readonly expected: string
      readonly canonical: string
      readonly remarks: readonly string[]
    }

export interface SigningMistake {
  /** Where it lies: the number of a line of the canonical string from 1, or what is done with the whole. */
  readonly place: number | 'lines' | 'key' | 'digest'
  /** What the signer did, in words. */
  readonly did: string
}

/**
 * Says why a signature does not match the request, by trying what is known to go wrong, alone and in pairs. For people who
 * write a client; never part of a verification. Throws CONFIG_INVALID for a line that names an unknown part.
 */
export function explainSignature(
  given: string,
  request: RequestToSign,
  spec: SigningSpec,
): SignatureExplanation {
  const right = recipeOf(request, spec)
  const expected = sign(right)
  const remarks = remarksOn(given, request)
  if (given === expected) return { kind: 'matches', remarks }
  const slips = findSlips(given, right, signingSlips(request))
  if (slips === undefined) return { kind: 'unexplained', expected, canonical: canonicalOf(right), remarks }
  return { kind: 'explained', mistakes: slips.map((slip) => mistakeOf(slip, spec)), remarks }
}

/** The one slip, or the two, that lead to the given signature. */
function findSlips(given: string, right: SigningRecipe, slips: readonly Slip[]): readonly Slip[] | undefined {
  const alone = slips.find((slip) => sign(slip.apply(right)) === given)
  if (alone !== undefined) return [alone]
  for (const [index, first] of slips.entries()) {
    const after = first.apply(right)
    const second = slips
      .slice(index + 1)
      .find((slip) => slip.place !== first.place && sign(slip.apply(after)) === given)
    if (second !== undefined) return [first, second]
  }
  return undefined
}

function remarksOn(given: string, { timestamp, nonce, api_key }: RequestToSign): readonly string[] {
  const remarks: readonly (readonly [boolean, string])[] = [
    [/^\d{13}$/.test(String(timestamp)), 'The timestamp is in milliseconds; the header carries seconds.'],
    [!/^\d+$/.test(String(timestamp)), 'The timestamp is not a whole number of seconds.'],
    [!/^[0-9a-f]{64}$/.test(given), 'The signature is not 64 lowercase hexadecimal digits.'],
    [nonce === '', 'The nonce is empty.'],
    [api_key !== api_key.trim(), 'The key has white space at its ends.'],
  ]
  return remarks.filter(([applies]) => applies).map(([, remark]) => remark)
}

function recipeOf(request: RequestToSign, spec: SigningSpec): SigningRecipe {
  const { path, query } = splitTarget(request.target)
  return {
    lines: spec.lines,
    values: {
      METHOD: request.method.toUpperCase(),
      path,
      query: canonicalQuery(query),
      'api id': request.api_id,
      timestamp: String(request.timestamp),
      nonce: request.nonce,
      'body sha256': sha256Hex(request.body),
    },
    join: '\n',
    end: '',
    key: request.api_key,
    digest: signatureOf,
  }
}

function canonicalOf({ lines, values, join, end }: SigningRecipe): string {
  return fillLines(lines, values).join(join) + end
}

function sign(recipe: SigningRecipe): string {
  return recipe.digest(canonicalOf(recipe), recipe.key)
}

function mistakeOf({ place, did }: Slip, spec: SigningSpec): SigningMistake {
  if (place === 'lines' || place === 'key' || place === 'digest') return { place, did }
  // A part that no line names leads to no other signature, so a mistake with it is never found.
  return { place: spec.lines.findIndex((template) => template.includes(`{${place}}`)) + 1, did }
}
