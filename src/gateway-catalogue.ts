import { checkPayload, findMethod } from '../contracts/index.ts'
import type { Catalogue } from './gateway/index.ts'

/** The bundled contract's methods, as the gateway asks for them. */
export const gatewayCatalogue: Catalogue = {
  find: (method) => findMethod(method),
  check: (name, payload) => {
    const method = findMethod(name)
    return method === undefined ? [] : checkPayload(method, payload)
  },
}
