import type { FastifyInstance } from 'fastify'
import type { DockRig } from '../library.ts'
import type { AppliedScript } from '../library-scripts.ts'
import { ControlError } from './control-error.ts'
import { readScript } from './read-body.ts'

interface Identified {
  readonly Params: { readonly id: string }
}

const source = 'control'

/** Scripts in force: the same documents that `--script` takes, the newest asked first. */
export function addScriptRoutes(app: FastifyInstance, rig: DockRig): void {
  app.get('/scripts', () => ({ scripts: rig.scripts.map(showScript) }))
  app.post('/scripts', (request, reply) =>
    reply.code(201).send(showScript(rig.script(readScript(request.body), { source }))),
  )
  app.get<Identified>('/scripts/:id', ({ params }) => showScript(find(rig, params.id)))
  app.put<Identified>('/scripts/:id', ({ params, body }) => {
    const { id } = find(rig, params.id)
    return showScript(rig.script(readScript(body), { source, instead: id }))
  })
  app.delete<Identified>('/scripts/:id', ({ params }, reply) => {
    find(rig, params.id).undo()
    return reply.code(204).send()
  })
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
