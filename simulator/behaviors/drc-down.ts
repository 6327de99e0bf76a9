import type { GatewayProduct } from '../../contracts/index.ts'
import { findMessage, isJsonObject, replySchema } from '../../contracts/index.ts'
import type { Behavior } from '../behavior.ts'
import { atOnce, change, drcUp } from '../replies.ts'

/**
 * What a dock does on its low-latency channel (DJI's documentation: dock, DRC): it notes heartbeats, answers what has a
 * documented answer, and is silent to all else; without an open channel it hears nothing.
 */
export const drcDown: Behavior = {
  name: 'drc down',
  answer({ family, method, data }, dock) {
    if (family !== 'drc/down') return undefined
    const message = findMessage('drc-down', method)
    if (dock.state.drc === undefined || message === undefined) return []
    if (method === 'heart_beat')
      return [
        atOnce(
          change((state) =>
            state.drc === undefined ? state : { ...state, drc: { ...state.drc, beatAt: dock.now() } },
          ),
        ),
      ]
    const product = dock.product as GatewayProduct
    if (!Object.hasOwn(message.products, product) || replySchema(message, product) === undefined) return []
    // Only the answer to drone_control repeats a number.
    const seq = isJsonObject(data) && Number.isInteger(data['seq']) ? { output: { seq: data['seq'] } } : {}
    return [atOnce(drcUp(method, () => ({ data: { result: 0, ...seq } })))]
  },
}
