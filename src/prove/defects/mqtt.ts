import { ofTheme } from '../defect.ts'
import { deeply, sending, without, wording } from '../piece.ts'

/** Messages that a dock does not get, gets twice, or cannot read. */
export const mqttDefects = ofTheme('mqtt', [
  {
    name: 'published-with-qos-0',
    breaks: ['mqtt-qos-1'],
    sentence: 'Publishes commands with QoS 0.',
    parts: sending(() => ({ qos: 0 })),
  },
  {
    name: 'published-as-retained',
    breaks: ['mqtt-not-retained'],
    sentence: 'Publishes commands as retained messages.',
    parts: sending(() => ({ retain: true })),
  },
  {
    name: 'published-to-the-device-id',
    breaks: ['mqtt-services'],
    sentence: 'Puts the device id where the serial number of the dock belongs in the topic.',
    parts: sending((_outgoing, { request }) => ({ topic: `thing/product/${request.device_id}/services` })),
  },
  {
    name: 'published-to-another-dock',
    breaks: ['mqtt-services', 'dock-topic-own-serial'],
    sentence: 'Keeps the topic of the first dock for all commands.',
    parts({ serviceMessage }) {
      let first: string | undefined
      return {
        serviceMessage(command, now) {
          const outgoing = serviceMessage(command, now)
          first ??= outgoing.topic
          return { ...outgoing, topic: first }
        },
      }
    },
  },
  {
    name: 'published-twice',
    breaks: ['one-publish'],
    sentence: 'Publishes again because the first try seemed to take too long.',
    parts: ({ publishMessage }) => ({
      async publishMessage(link, outgoing) {
        await publishMessage(link, outgoing)
        if (outgoing.topic.endsWith('/services')) await publishMessage(link, outgoing)
      },
    }),
  },
  {
    name: 'published-twice-under-another-tid',
    breaks: ['one-publish', 'create-replay-same-command', 'mqtt-tid-fresh'],
    sentence: 'Draws a new tid for every try to publish a command.',
    parts: ({ publishMessage }) => ({
      async publishMessage(link, outgoing) {
        await publishMessage(link, outgoing)
        if (!outgoing.topic.endsWith('/services')) return
        const message = { ...outgoing.message, tid: `${String(outgoing.message['tid'])}-2` }
        await publishMessage(link, { ...outgoing, message })
      },
    }),
  },
  {
    name: 'tid-of-the-dock',
    breaks: ['mqtt-tid-fresh'],
    sentence: 'Uses one tid for all commands of a dock.',
    parts({ newCommand }) {
      const tids = new Map<string, string>()
      return {
        newCommand(made) {
          const command = newCommand(made)
          const tid = tids.get(made.gateway_sn) ?? command.tid
          tids.set(made.gateway_sn, tid)
          return { ...command, tid }
        },
      }
    },
  },
  {
    name: 'tid-missing',
    breaks: ['mqtt-services'],
    sentence: 'Sends a bid and no tid.',
    parts: sending(({ message }) => ({ message: without(message, 'tid') })),
  },
  {
    name: 'bid-missing',
    breaks: ['mqtt-envelope'],
    sentence: 'Sends a tid and no bid.',
    parts: sending(({ message }) => ({ message: without(message, 'bid') })),
  },
  {
    name: 'timestamp-in-seconds',
    breaks: ['mqtt-envelope'],
    sentence: 'Writes the timestamp of the message in seconds.',
    parts: wording(({ timestamp }) => ({ timestamp: Math.floor(Number(timestamp) / 1000) })),
  },
  {
    name: 'timestamp-as-text',
    breaks: ['mqtt-envelope'],
    sentence: 'Writes the timestamp of the message as a text.',
    parts: wording(({ timestamp }) => ({ timestamp: String(timestamp) })),
  },
  {
    name: 'method-in-upper-case',
    breaks: ['mqtt-services', 'method-reaches-dock'],
    sentence: 'Sends the name of an enumeration as the method.',
    parts: wording(({ method }) => ({ method: String(method).toUpperCase() })),
  },
  {
    name: 'payload-dropped',
    breaks: ['mqtt-payload'],
    sentence: 'Sends an empty data with every command.',
    parts: wording(() => ({ data: {} })),
  },
  {
    name: 'payload-wrapped',
    breaks: ['mqtt-payload'],
    sentence: 'Puts the payload one level deeper.',
    parts: wording((_message, { request }) => ({ data: { payload: request.payload } })),
  },
  {
    name: 'payload-numbers-as-text',
    breaks: ['mqtt-payload'],
    sentence: 'Turns the numbers of the payload into texts.',
    parts: carrying((value) => (typeof value === 'number' ? String(value) : value)),
  },
  {
    name: 'payload-numbers-rounded',
    breaks: ['mqtt-payload'],
    sentence: 'Keeps the numbers of the payload in single precision.',
    parts: carrying((value) => (typeof value === 'number' ? Math.fround(value) : value)),
  },
  {
    name: 'payload-nulls-dropped',
    breaks: ['mqtt-payload'],
    sentence: 'Leaves fields with null out when it writes the payload.',
    parts: carrying((value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null))
        : value,
    ),
  },
  {
    name: 'payload-lists-sorted',
    breaks: ['mqtt-payload'],
    sentence: 'Keeps the lists of the payload as sets, and loses their order.',
    parts: carrying((value) => (Array.isArray(value) ? [...(value as readonly unknown[])].reverse() : value)),
  },
  {
    name: 'payload-texts-trimmed',
    breaks: ['mqtt-payload'],
    sentence: 'Cuts white space off the texts of the payload.',
    parts: carrying((value) => (typeof value === 'string' ? value.trim() : value)),
  },
  {
    name: 'events-never-acknowledged',
    breaks: ['mqtt-acknowledges-events'],
    sentence: 'Listens to events and answers none.',
    parts: () => ({ acknowledgeEvent: () => undefined }),
  },
  {
    name: 'events-always-acknowledged',
    breaks: ['mqtt-acknowledges-events'],
    sentence: 'Acknowledges events that ask for no answer.',
    parts: ({ acknowledgeEvent }) => ({
      acknowledgeEvent: (event) =>
        acknowledgeEvent({ ...event, envelope: { ...event.envelope, need_reply: 1 } }),
    }),
  },
  {
    name: 'status-never-acknowledged',
    breaks: ['mqtt-acknowledges-events'],
    sentence: 'Does not answer the announcement of a dock.',
    parts: () => ({ acknowledgeStatus: () => undefined }),
  },
  {
    name: 'acknowledgements-without-bid',
    breaks: ['mqtt-acknowledges-events'],
    sentence: 'Answers an event without its bid.',
    parts: ({ acknowledgeEvent }) => ({
      acknowledgeEvent(event) {
        const answer = acknowledgeEvent(event)
        return answer === undefined ? undefined : { ...answer, message: without(answer.message, 'bid') }
      },
    }),
  },
  {
    name: 'device-requests-unanswered',
    breaks: ['mqtt-acknowledges-events'],
    sentence: 'Does not answer the requests of docks.',
    parts: ({ publishMessage }) => ({
      async publishMessage(link, outgoing) {
        if (!outgoing.topic.endsWith('/requests_reply')) await publishMessage(link, outgoing)
      },
    }),
  },
])

/** Puts another value in place of every value of the payload, and leaves the payload itself an object. */
function carrying(change: (value: unknown) => unknown): ReturnType<typeof wording> {
  return wording((_message, { request }) => ({ data: deeply(request.payload, change) }))
}
