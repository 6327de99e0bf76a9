import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RouteDefinition } from './routes.ts'

/** What a handler is given of the path. */
export interface InPath {
  readonly Params: { readonly name: string; readonly id: string }
}

/** Answers what a route is about; what it returns is sent with the status of the definition. */
export type Handler = (request: FastifyRequest<InPath>, reply: FastifyReply) => unknown

/** Adds a route as it is defined. */
export function addRoute(
  app: FastifyInstance,
  { method, path, answer }: RouteDefinition,
  handle: Handler,
): void {
  app.route<InPath>({
    method,
    url: path,
    async handler(request, reply) {
      const said = await handle(request, reply)
      // A stream speaks for itself.
      if (answer.media !== undefined) return reply
      return reply.code(answer.status).send(said)
    },
  })
}
