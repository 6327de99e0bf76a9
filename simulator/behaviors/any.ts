import { findMethod } from '../../contracts/index.ts'
import type { Behavior } from '../behavior.ts'
import { servicePlan } from '../deed-behavior.ts'
import { atOnce, reply } from '../replies.ts'

/** A command or job of the catalogue that changes nothing in a way of its own. */
export const anyMethod: Behavior = {
  name: 'any method',
  answer: (request, dock) => servicePlan({}, request, dock),
}

/**
 * The last behaviour of every dock: a command that DJI does not document is answered with `result: 0` at once. Methods
 * that DJI carries on other topics than `services` get no answer there, so that the command times out as it would on a
 * real dock (rule: dock-silent-on-drc-methods).
 */
export const anyService: Behavior = {
  name: 'any service',
  answer(request, dock) {
    if (request.family !== 'services') return undefined
    const transport = findMethod(request.method)?.transport ?? 'services'
    return transport === 'services' ? [atOnce(reply(request, dock, { result: 0 }))] : []
  },
}
