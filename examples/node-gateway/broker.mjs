import { randomUUID } from 'node:crypto'
import mqtt from 'mqtt'

const FIRST_RETRY_MS = 200
const LAST_RETRY_MS = 5000

/**
 * Connects to the broker, and again whenever the connection breaks, waiting longer each time.
 *
 * @param settings where, and as whom
 * @param listeners `onReady` after each confirmed subscription, `onReply` for each message of `services_reply`
 */
export function connectBroker({ mqttUrl, username, password }, { onReady, onReply }) {
  let online = false
  let stopping = false
  let delay = FIRST_RETRY_MS
  const client = mqtt.connect(mqttUrl, {
    username,
    password,
    protocolVersion: 4,
    clientId: `node-gateway-${randomUUID()}`,
    clean: true,
    resubscribe: false,
    queueQoSZero: false,
    connectTimeout: 5000,
    keepalive: 15,
    reconnectPeriod: 0,
  })
  client.on('connect', () => {
    client.subscribe('thing/product/+/services_reply', { qos: 1 }, (error) => {
      if (error) {
        console.error(`Cannot subscribe: ${error.message}`)
        client.stream.destroy()
        return
      }
      delay = FIRST_RETRY_MS
      online = true
      onReady()
    })
  })
  client.on('message', (topic, payload) => onReply(topic.split('/')[2], payload))
  client.on('error', (error) => console.error(`MQTT: ${error.message || error.code}`))
  client.on('close', () => {
    online = false
    if (stopping) return
    setTimeout(() => stopping || client.reconnect(), delay)
    delay = Math.min(delay * 2, LAST_RETRY_MS)
  })

  return {
    // rule: mqtt-qos-1 (may). QoS 0: nothing can arrive twice, and "acknowledged" means handed to the connection.
    send(topic, message, onSent) {
      if (!online) return false
      client.publish(topic, JSON.stringify(message), { qos: 0 }, (error) => onSent(!error))
      return true
    },
    close(onClosed) {
      stopping = true
      client.end(!online, onClosed)
    },
  }
}
