import type { Duplex } from 'node:stream'
import { HarnessError } from '../contracts/index.ts'
import type { TappedMessage } from '../simulator/index.ts'
import { connectTransport, dialer, parseBrokerUrl, systemClock } from '../simulator/index.ts'
import { isLoopback } from './gateway-url.ts'

/** Somebody else's broker: docks connect to it, and what is said there is heard by subscription; nobody's sender is known. */
export interface OutsideBroker {
  dial(): Duplex
  close(): Promise<void>
}

export interface OutsideBrokerOptions {
  readonly url: string
  readonly allowRemote: boolean
  readonly mqtt: { readonly username: string; readonly password: string }
  readonly onMessage: (message: Omit<TappedMessage, 'sender'>) => void
}

/** Connects and listens to everything. Throws REMOTE_REFUSED, BROKER_UNREACHABLE, BROKER_REFUSED or MQTT_VERSION. */
export async function connectOutsideBroker({
  url,
  allowRemote,
  mqtt,
  onMessage,
}: OutsideBrokerOptions): Promise<OutsideBroker> {
  const { hostname } = parseBrokerUrl(url)
  if (!allowRemote && !isLoopback(hostname)) {
    throw new HarnessError(
      'REMOTE_REFUSED',
      `Cannot let virtual docks connect to "${hostname}": it is another machine, and real docks may be there. Add --allow-remote when that is what you want.`,
    )
  }
  const dial = dialer(url)
  const ear = await connectTransport({
    dial,
    clock: systemClock,
    clientId: 'dockrig-ear',
    brokerName: url,
    ...mqtt,
  })
  ear.onMessage(({ topic, payload, qos, retain }) =>
    onMessage({ topic, payload, qos: qos as 0 | 1 | 2, retain }),
  )
  await ear.subscribe(['thing/product/#', 'sys/product/#'], 1)
  return { dial, close: () => ear.close() }
}
