import type { FastifyInstance } from 'fastify'
import type { Authenticate } from './authenticate.ts'
import { rawBody } from './authenticate.ts'
import type { CommandDesk } from './command-desk.ts'
import { ApiError } from './errors.ts'
import type { GatewayParts } from './parts.ts'

export interface CommandRoutesOptions {
  readonly base_path: string
  readonly authenticate: Authenticate
  readonly commands: CommandDesk
  readonly parts: GatewayParts
}

/** `POST {base}/downlink/commands` and `GET {base}/downlink/commands/{command_id}` (CONTRACT: sections 1 and 2). */
export function addCommandRoutes(app: FastifyInstance, options: CommandRoutesOptions): void {
  const { base_path, authenticate, commands, parts } = options

  app.post(`${base_path}/downlink/commands`, async (request, reply) => {
    const caller = await authenticate(request, 'open:command:create')
    const body = parts.parseBody(rawBody(request))
    const { how, command } = await commands.create(body, caller.kind === 'credential' ? caller.api_id : '')
    const created = parts.presentCreated(command, how, request.id)
    return await reply.code(created.status).send(created.body)
  })

  app.get<{ Params: { command_id: string } }>(
    `${base_path}/downlink/commands/:command_id`,
    async (request) => {
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
