import type { FastifyInstance } from 'fastify'
import type { DockRig } from '../library.ts'
import type { AppliedScript } from '../library-scripts.ts'
import { addRoute } from './add-route.ts'
import { ControlError } from './control-error.ts'
import { readScript } from './read-body.ts'
import { routes } from './routes.ts'

const source = 'control'

/** Scripts in force: the same documents that `--script` takes, the newest asked first. */
export function addScriptRoutes(app: FastifyInstance, rig: DockRig): void {
  addRoute(app, routes.listScripts, () => ({ scripts: rig.scripts.map(showScript) }))
  addRoute(app, routes.addScript, ({ body }) => showScript(rig.script(readScript(body), { source })))
  addRoute(app, routes.readScript, ({ params }) => showScript(find(rig, params.id)))
  addRoute(app, routes.replaceScript, ({ params, body }) => {
    const { id } = find(rig, params.id)
    return showScript(rig.script(readScript(body), { source, instead: id }))
  })
  addRoute(app, routes.removeScript, ({ params }) => find(rig, params.id).undo())
}

/** A script as the control API shows it. */
function showScript({ id, source: from, docks, script }: AppliedScript): Readonly<Record<string, unknown>> {
  return { id, source: from, devices: docks, script }
}

function find(rig: DockRig, id: string): AppliedScript {
  const script = rig.scripts.find((each) => each.id === id)
  if (script !== undefined) return script
  throw new ControlError(
    'SCRIPT_UNKNOWN',
    `Cannot find the script "${id}": none of that id is in force. GET /scripts lists them.`,
  )
}
