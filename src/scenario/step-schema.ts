import type { Definition } from './check.ts'
import { answerParts, commandFields } from './language-answers.ts'
import type { CompanionName, Verb } from './language-verbs.ts'
import { companions, verbNames, verbs } from './language-verbs.ts'
import { published, template, withTemplate } from './published-schema.ts'

/** The definitions of a step: one alternative a verb, with the keys that go with it and no others. */
export function stepSchemas(): Definition {
  const alternatives = verbNames.map((verb) => [nameOf(verb), stepOf(verb)] as const)
  return {
    step: {
      description: 'One step: exactly one verb, and the keys that go with it.',
      type: 'object',
      anyOf: alternatives.map(([name]) => ({ $ref: `#/definitions/${name}` })),
    },
    ...Object.fromEntries(alternatives),
    answerExpected: {
      anyOf: [
        {
          type: 'object',
          properties: expectedParts(answerParts),
          patternProperties: { '^\\$': { $ref: '#/definitions/expected' } },
          additionalProperties: false,
        },
        template,
      ],
    },
    commandExpected: {
      allOf: [
        { $ref: '#/definitions/expected' },
        { properties: { ...expectedParts(commandFields), ...misplaced } },
      ],
    },
  }
}

function nameOf(verb: Verb): string {
  return `${verb}-step`
}

function stepOf(verb: Verb): Definition {
  const { body, description, companions: own } = verbs[verb]
  const beside: readonly CompanionName[] = [...own, 'as', 'note']
  const keys = beside.map((name) => `\`${name}\``).join(', ')
  return {
    type: 'object',
    properties: {
      [verb]: {
        ...withTemplate(published(body, 'filled')),
        description,
        markdownDescription: `${description}\n\nBeside it: ${keys}.\n\n\`\`\`yaml\n${examples[verb]}\n\`\`\``,
      },
      ...Object.fromEntries(beside.map((name) => [name, companionOf(verb, name)])),
    },
    required: [verb],
    additionalProperties: false,
  }
}

function companionOf(verb: Verb, name: CompanionName): Definition {
  if (name !== 'expect') return withTemplate(published(companions[name], 'filled'))
  return isAboutCommand(verb)
    ? {
        description:
          'What the command has to be like when the status shows: its fields, plain values and matchers.',
        $ref: '#/definitions/commandExpected',
      }
    : {
        description:
          'What the answer has to be like: http, headers and body, each with plain values and matchers.',
        $ref: '#/definitions/answerExpected',
      }
}

function isAboutCommand(verb: Verb): boolean {
  return verb === 'await' || verb === 'stays'
}

function expectedParts(parts: Readonly<Record<string, string>>): Definition {
  return Object.fromEntries(
    Object.entries(parts).map(([name, description]) => [
      name,
      { description, $ref: '#/definitions/expected' },
    ]),
  )
}

/** Parts of an answer are no fields of a command. */
const misplaced = Object.fromEntries(Object.keys(answerParts).map((name) => [name, false]))

/** A step of each verb, for people who hover over it; the tests load them. */
export const examples: Readonly<Record<Verb, string>> = {
  send: '- send: { device_id: drone-001, command_type: drone_close }\n  expect: { http: 202 }',
  query: '- query: last\n  expect: { body: { status: SUCCEEDED } }',
  await: '- await: FAILED\n  within: 2s\n  expect: { response_code: "314000" }',
  stays: '- stays: [ACCEPTED, DELIVERED]\n  for: 2s',
  lifecycle: '- lifecycle: [ACCEPTED, DELIVERED, SUCCEEDED]',
  request:
    '- request: { method: GET, path: "/downlink/commands/${last.command_id}" }\n  expect: { http: 200 }',
  release: '- release: { device: drone-001, reply: 1 }',
  device: '- device: { disconnect: drone-001, how: cut }',
  'expect-mqtt':
    '- expect-mqtt: { device: drone-001, topic: services, method: drone_close, count: 1 }\n  for: 2s',
  gateway: '- gateway: restart',
  broker: '- broker: { drop: gateway }',
  wait: '- wait: 2s',
  parallel:
    '- parallel:\n    - [{ send: { device_id: drone-001, command_type: drone_close } }, { await: SUCCEEDED }]\n    - wait: 1s',
  repeat:
    '- repeat:\n    times: 3\n    steps:\n      - send: { device_id: drone-001, command_type: drone_close }',
}
