import type { JsonObject, JsonSchema } from '../../contracts/index.ts'
import { checkAgainst, isJsonObject, settableProperties } from '../../contracts/index.ts'
import type { Behavior, DockView, Effect } from '../behavior.ts'
import { withAircraft, withDock } from '../dock-state.ts'
import { atOnce, change, setReply } from '../replies.ts'

const success = 0
const failure = 1

/**
 * Settings (DJI's documentation: property/set). The answer nests its results as the request nested its values (rule:
 * dock-property-set-mirrored); the new value then shows in the next state or osd message.
 */
export const propertySet: Behavior = {
  name: 'property set',
  answer(request, dock) {
    if (request.family !== 'property/set') return undefined
    const data = isJsonObject(request.data) ? request.data : {}
    const verdicts = Object.entries(data).map(([name, value]) => setOne(dock, name, value))
    const answer = Object.fromEntries(verdicts.map(({ name, results }) => [name, results]))
    return [atOnce(setReply(request, dock, answer), ...verdicts.flatMap(({ effects }) => effects))]
  },
}

interface Verdict {
  readonly name: string
  readonly results: JsonObject
  readonly effects: readonly Effect[]
}

/** An object is set field by field. */
function setOne(dock: DockView, name: string, value: unknown): Verdict {
  if (!isJsonObject(value)) {
    const owner = ownerOf(dock, [name], value)
    return { name, results: { result: codeOf(owner) }, effects: effectsOf(owner, name, () => value) }
  }
  const fields = Object.entries(value).map(([field, inner]) => {
    const owner = ownerOf(dock, [name, field], inner)
    const merged = (before: unknown): unknown => ({ ...(isJsonObject(before) ? before : {}), [field]: inner })
    return { field, code: codeOf(owner), effects: effectsOf(owner, name, merged) }
  })
  return {
    name,
    results: Object.fromEntries(fields.map(({ field, code }) => [field, { result: code }])),
    effects: fields.flatMap(({ effects }) => effects),
  }
}

type Owner = 'dock' | 'aircraft' | 'none'

/** Whose property it is, when it may be set and the value fits; an aircraft that is off sets nothing. */
function ownerOf(dock: DockView, path: readonly string[], value: unknown): Owner {
  const { product, aircraft, state } = dock
  const fits = (of: DockView['product']): boolean => {
    const schema = schemaAt(of, path)
    return schema !== undefined && checkAgainst(schema, value).length === 0
  }
  if (fits(product)) return 'dock'
  return aircraft !== undefined && state.aircraftLink === 'on' && fits(aircraft.product) ? 'aircraft' : 'none'
}

/** Schema of a property that may be set, or of a field of it. */
function schemaAt(
  product: DockView['product'],
  [name = '', field]: readonly string[],
): JsonSchema | undefined {
  const schema = settableProperties(product).find(({ path }) => path === name)?.schema
  if (field === undefined || schema === undefined) return schema
  const fields = schema['properties']
  return isJsonObject(fields) ? (fields[field] as JsonSchema | undefined) : undefined
}

function codeOf(owner: Owner): number {
  return owner === 'none' ? failure : success
}

function effectsOf(owner: Owner, name: string, next: (before: unknown) => unknown): readonly Effect[] {
  if (owner === 'none') return []
  return [
    change((state) =>
      owner === 'dock'
        ? withDock(state, { [name]: next(state.dock[name]) })
        : withAircraft(state, { [name]: next(state.aircraft[name]) }),
    ),
  ]
}
