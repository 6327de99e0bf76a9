import { aBroker, aCreate, aRead, refusal } from '../../support/observations.ts'
import type { ExchangeParts } from '../../support/observations.ts'
import type { Edges } from './row.ts'
import { at, quick, succeeded, up } from './row.ts'

const other = (parts: ExchangeParts): readonly ReturnType<typeof aRead>[] => [
  up,
  aRead(at(1, 1), 7, {}, { path: '/api/v1/open/devices', ...parts }),
]
const typed = (type: string, parts: ExchangeParts = {}): readonly ReturnType<typeof aRead>[] => [
  up,
  aCreate(at(1, 1), 1, { ...parts, headers: { 'content-type': type } }),
  ...succeeded.slice(2),
]
const down = aBroker(at(0, 0), 'down')
const bare = { status: 404, text: '' }
const tampered = { signing: { kind: 'tampered', what: 'key' } } as const

/** Errors, and bodies of other types. */
export const errorEdges: Edges = {
  innocents: [
    ['HEAD, whose answers have no body', other({ method: 'HEAD', ...bare })],
    ['OPTIONS, which is for browsers', other({ method: 'OPTIONS', ...bare })],
    ['headers that are too large for the server', other({ status: 431, text: '' })],
    ['a place outside of the API', other({ path: '/metrics', ...bare })],
    ['a place beside the API', other({ path: '/api/v1/openly', ...bare })],
    [
      'a proxy that speaks while the broker is down',
      [up, down, aRead(at(1, 1), 7, {}, { path: '/api/v1/open/devices', status: 500, text: '' })],
    ],
    [
      'a request id in an answer that shows none',
      [
        ...succeeded,
        aRead(
          at(7, 9),
          1,
          { status: 'SUCCEEDED', response_code: '0', vendor_response: { result: 0 } },
          { headers: { 'x-request-id': 'mine' } },
        ),
      ],
    ],
    [
      'another type and a wrong signature',
      [
        ...succeeded,
        aCreate(at(7, 10), 2, {
          ...tampered,
          headers: { 'content-type': 'text/plain' },
          status: 401,
          body: refusal('SIGNATURE_INVALID'),
        }),
      ],
    ],
    [
      'a read that declares a type',
      [
        ...succeeded,
        aRead(
          at(7, 9),
          1,
          { status: 'SUCCEEDED', response_code: '0', vendor_response: { result: 0 } },
          { headers: { 'content-type': 'text/plain' } },
        ),
      ],
    ],
    ['a type that reads as none', typed('plain')],
    ['a type with words before it', typed('a text/plain')],
    ['a type with words after it', typed('text/plain or so')],
    [
      'another type that comes too fast',
      [
        up,
        aCreate(at(1, 1), 1, {
          headers: { 'content-type': 'text/plain' },
          status: 429,
          body: refusal('RATE_LIMITED'),
        }),
      ],
    ],
    ['another type of JSON', typed('application/problem+json')],
    [
      'a trace that a request asked for',
      [
        up,
        aRead(
          at(1, 1),
          7,
          {},
          {
            path: '/api/v1/open/node_modules',
            status: 404,
            body: { ...refusal('ANY'), message: 'no node_modules' },
          },
        ),
      ],
    ],
  ],
  guilty: [
    [
      'an error that is none while the broker is down',
      [up, down, aRead(at(1, 1), 7, {}, { path: '/api/v1/open/devices', status: 404, text: '' })],
      ['error-envelope'],
    ],
    ['an error without its words', other({ status: 500, text: '' }), ['error-envelope', 'error-no-500']],
    [
      'an error with a number as message',
      other({ status: 404, body: { ...refusal('ANY'), message: 5 } }),
      ['error-envelope'],
    ],
    [
      'an error with a number as code',
      other({ status: 404, body: { ...refusal('ANY'), code: 5 } }),
      ['error-envelope'],
    ],
    ['a redirection that is none', other({ status: 400, text: '' }), ['error-envelope']],
    [
      'failing at another type',
      typed('text/plain', { status: 500, body: refusal('INTERNAL_ERROR') }).slice(0, 2),
      ['error-no-500'],
    ],
    [
      'taking a text with a character set',
      typed('text/plain; charset=utf-8'),
      ['error-unsupported-media-type'],
    ],
    [
      'taking a text with a character set behind a blank',
      typed('text/plain ; charset=utf-8'),
      ['error-unsupported-media-type'],
    ],
    [
      'taking a text with a character set without blanks',
      typed('text/plain;charset=utf-8'),
      ['error-unsupported-media-type'],
    ],
    ['taking a type with signs', typed('application/x.y+z-1'), ['error-unsupported-media-type']],
    [
      'showing the inside of Python',
      other({ status: 404, body: { ...refusal('ANY'), message: 'Traceback (most recent call last)' } }),
      ['error-no-stack-trace'],
      quick,
    ],
    [
      'showing the inside of Java',
      other({ status: 404, body: { ...refusal('ANY'), message: 'at a.b(C.java:12)' } }),
      ['error-no-stack-trace'],
      quick,
    ],
    [
      'showing the inside of Go',
      other({ status: 404, body: { ...refusal('ANY'), message: 'goroutine 1 [running]' } }),
      ['error-no-stack-trace'],
      quick,
    ],
  ],
}
