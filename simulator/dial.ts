import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { createWebSocketStream, WebSocket } from 'ws'
import { HarnessError } from '../contracts/index.ts'

/** Opens a TCP connection; injected so that a test can watch how sockets are made. */
export type OpenSocket = (options: {
  readonly host: string
  readonly port: number
  readonly noDelay: true
}) => Socket

const defaultPorts: Readonly<Record<string, number>> = {
  'mqtt:': 1883,
  'mqtts:': 8883,
  'ws:': 80,
  'wss:': 443,
}

/**
 * A function that opens a connection to the broker at `url` (mqtt, mqtts, ws or wss). Throws OPTION_INVALID.
 * Sockets do not wait to fill a packet: with Nagle's algorithm a QoS 1 exchange stalls for about 44 ms.
 */
export function dialer(url: string, openSocket: OpenSocket = connect): () => Duplex {
  const { protocol, hostname, port } = parseBrokerUrl(url)
  switch (protocol) {
    case 'mqtt:':
      return () => openSocket({ host: hostname, port, noDelay: true })
    case 'mqtts:':
      return () => {
        const socket = connectTls({ host: hostname, port, servername: hostname })
        socket.setNoDelay(true)
        return socket
      }
    default:
      return () => createWebSocketStream(new WebSocket(url, ['mqtt']))
  }
}

interface BrokerUrl {
  readonly protocol: string
  readonly hostname: string
  readonly port: number
}

/** Reads a broker's address. Throws OPTION_INVALID. */
export function parseBrokerUrl(url: string): BrokerUrl {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const port = parsed === undefined ? undefined : defaultPorts[parsed.protocol]
  if (parsed === undefined || port === undefined || parsed.hostname === '') {
    throw new HarnessError(
      'OPTION_INVALID',
      `Cannot use "${url}" as a broker: it is no mqtt, mqtts, ws or wss address. Write it as mqtt://127.0.0.1:1883.`,
    )
  }
  return {
    protocol: parsed.protocol,
    hostname: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? port : Number(parsed.port),
  }
}
