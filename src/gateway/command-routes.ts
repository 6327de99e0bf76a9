import type { FastifyInstance } from 'fastify'
import { rawBody } from './authenticate.ts'
import { ApiError } from './errors.ts'
import { tenantOf } from './tenant.ts'

/** `POST {base}/downlink/commands` and `GET {base}/downlink/commands/{command_id}` (CONTRACT: sections 1 and 2). */
export function addCommandRoutes(app: FastifyInstance, base_path: string): void {
  app.post(`${base_path}/downlink/commands`, async (request, reply) => {
    const { authenticate, commands, parts } = tenantOf(request)
    const caller = await authenticate(request, 'open:command:create')
    const body = parts.parseBody(rawBody(request))
    const { how, command } = await commands.create(body, caller.kind === 'credential' ? caller.api_id : '')
    const created = parts.presentCreated(command, how, request.id)
    return await reply.code(created.status).send(created.body)
  })

  app.get<{ Params: { command_id: string } }>(
    `${base_path}/downlink/commands/:command_id`,
    async (request) => {
      const { authenticate, commands, parts } = tenantOf(request)
      const caller = await authenticate(request, 'open:command:read')
      const command = await commands.find(request.params.command_id)
      const visible =
        command !== undefined && (caller.kind === 'anybody' || parts.mayRead(command, caller.api_id))
      // rule: query-unknown-id, query-own-commands
      if (!visible) throw new ApiError('COMMAND_NOT_FOUND', 'No command has this id.')
      return parts.presentCommand(command)
    },
  )
}
