import type { TSchema } from 'typebox'
import type { Definition } from '../scenario/index.ts'
import { publishedDefinition, scenarioSchema } from '../scenario/index.ts'
import type { ControlStatus } from './control-error.ts'
import { codesOf } from './control-error.ts'
import type { Answer, RouteDefinition } from './routes.ts'
import { routes } from './routes.ts'
import { Refusal } from './shown.ts'

/** Builds the OpenAPI 3.1 document of the control API from the definitions that check its bodies and queries. */
export function buildControlOpenApi(version: string): Definition {
  const paths = pathsOf()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control API of a Dockrig sandbox',
      version,
      description: 'Adds, scripts, cuts off, reboots and removes the docks of a running sandbox.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:8081' }],
    // The token is demanded where one was given.
    security: [{}, { token: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: Object.fromEntries(allStatuses.map((status) => [`Error${status}`, refusal(status)])),
      schemas: { Error: schemaOf(Refusal), ...languageSchemas(paths) },
    },
  }
}

const tags = {
  devices: 'Docks and remote controllers',
  scripts: 'What docks do otherwise',
  sandbox: 'The sandbox itself, and what happens in it',
} as const

const allStatuses = [400, 401, 403, 404, 413, 415, 429, 500, 503] as const
type Status = (typeof allStatuses)[number] & (ControlStatus | 503)

function pathsOf(): Definition {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, route] of Object.entries<RouteDefinition>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(operationId, route) }
  }
  return paths
}

function operation(operationId: string, route: RouteDefinition): Definition {
  const { path, summary, body, answer } = route
  const parameters = [...pathParameters(path), ...queryParameters(route)]
  return {
    operationId,
    tags: [tagOf(path)],
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: {
      [answer.status]: answerOf(answer),
      ...Object.fromEntries(refusalsOf(route).map((status) => [status, ref('responses', `Error${status}`)])),
    },
  }
}

function tagOf(path: string): keyof typeof tags {
  if (path.startsWith('/devices')) return 'devices'
  return path.startsWith('/scripts') ? 'scripts' : 'sandbox'
}

function pathParameters(path: string): readonly Definition[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters({ query }: RouteDefinition): readonly Definition[] {
  return Object.entries(query?.properties ?? {}).map(([name, schema]) => {
    const { description, ...shape } = schemaOf(schema)
    const isList = shape['type'] === 'array'
    return {
      name,
      in: 'query',
      description,
      ...(isList ? { style: 'form', explode: false } : {}),
      schema: shape,
    }
  })
}

/** The same in JSON and in YAML, and empty where nothing has to be said. */
function requestBody(body: TSchema): Definition {
  const schema = schemaOf(body)
  return {
    required: Array.isArray(schema['required']),
    content: { 'application/json': { schema }, 'application/yaml': { schema } },
  }
}

function answerOf({ description, schema, media }: Answer): Definition {
  if (media !== undefined) return { description, content: { [media]: { schema: { type: 'string' } } } }
  if (schema === undefined) return { description }
  return { description, content: { 'application/json': { schema: schemaOf(schema) } } }
}

function refusalsOf({ query, body, refusals = [] }: RouteDefinition): readonly Status[] {
  const own: readonly Status[] = [401, 403, 500, ...refusals]
  return [
    ...own,
    ...(query === undefined && body === undefined ? [] : [400 as const]),
    ...(body === undefined ? [] : [413 as const, 415 as const]),
  ].toSorted((one, other) => one - other)
}

function refusal(status: Status): Definition {
  const codes = codesOf(status)
  const code = codes.length === 0 ? {} : { properties: { code: { enum: codes } } }
  return {
    description: codes.map((each) => `\`${each}\``).join(', '),
    content: { 'application/json': { schema: { allOf: [ref('schemas', 'Error'), code] } } },
  }
}

function ref(kind: 'responses' | 'schemas', name: string): Definition {
  return { $ref: `#/components/${kind}/${name}` }
}

function schemaOf(schema: TSchema): Definition {
  return moved(publishedDefinition(schema)) as Definition
}

/** Definitions of the scenario language that bodies refer to, and those that these refer to. */
function languageSchemas(paths: Definition): Definition {
  const all = scenarioSchema()['definitions'] as Readonly<Record<string, Definition>>
  const schemas: Record<string, unknown> = {}
  const add = (from: unknown): void => {
    for (const [, name = ''] of JSON.stringify(from).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const definition = all[name]
      if (definition === undefined || Object.hasOwn(schemas, name)) continue
      schemas[name] = moved(definition)
      add(schemas[name])
    }
  }
  add(paths)
  return schemas
}

/** The same schema with its references into `components`. */
function moved(schema: unknown): unknown {
  const text = JSON.stringify(schema).replaceAll('"#/definitions/', '"#/components/schemas/')
  return JSON.parse(text, (word, value: unknown) => (editorWords.includes(word) ? undefined : value))
}

// words of editors, which OpenAPI does not know
const editorWords: readonly string[] = ['enumDescriptions', 'markdownDescription']
