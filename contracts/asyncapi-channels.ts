/** The topic families of the MQTT side, as the AsyncAPI document names them. */
export interface AsyncApiChannel {
  readonly name: string
  readonly address: string
  /** As the devices see it: `up` to the platform, `down` to the dock. */
  readonly direction: 'up' | 'down'
  readonly operation: string
  readonly message: string
  readonly purpose: string
  /** Name of the schema of the outer fields. */
  readonly envelope: 'Envelope' | 'MethodEnvelope' | 'ResultEnvelope' | 'DrcEnvelope'
  /** Which data schemas its messages hold. */
  readonly family: DataFamily
  /** Name of the channel on which the answer travels. */
  readonly replyOn?: string
}

export type DataFamily =
  | 'osd'
  | 'state'
  | 'services'
  | 'services_reply'
  | 'events'
  | 'requests'
  | 'requests_reply'
  | 'status'
  | 'drc-down'
  | 'drc-up'
  | 'none'

const thing = 'thing/product/{gateway_sn}'
const sys = 'sys/product/{gateway_sn}'

/** Every channel: the fourteen topics of the dock-to-cloud and pilot-to-cloud interfaces. */
export const asyncApiChannels: readonly AsyncApiChannel[] = [
  up('osd', 'thing/product/{device_sn}/osd', 'Properties at a fixed rate of 0.5 Hz.', {
    envelope: 'Envelope',
    family: 'osd',
  }),
  up('state', 'thing/product/{device_sn}/state', 'Properties when they change.', {
    envelope: 'Envelope',
    family: 'state',
  }),
  down('services', `${thing}/services`, 'A command to a device.', {
    family: 'services',
    replyOn: 'services_reply',
  }),
  up('services_reply', `${thing}/services_reply`, 'The answer to a command, with its tid, bid and method.', {
    envelope: 'ResultEnvelope',
    family: 'services_reply',
  }),
  up('events', `${thing}/events`, 'Progress of jobs, and notifications.', {
    family: 'events',
    replyOn: 'events_reply',
  }),
  down(
    'events_reply',
    `${thing}/events_reply`,
    'The acknowledgement of an event that asked for one (need_reply 1).',
    {
      envelope: 'ResultEnvelope',
    },
  ),
  up('requests', `${thing}/requests`, 'What a device asks the platform.', {
    family: 'requests',
    replyOn: 'requests_reply',
  }),
  down(
    'requests_reply',
    `${thing}/requests_reply`,
    'The answer to a request, with its tid, bid and method.',
    {
      family: 'requests_reply',
    },
  ),
  up('status', `${sys}/status`, 'The topology: a dock or remote controller, and its aircraft.', {
    family: 'status',
    replyOn: 'status_reply',
  }),
  down('status_reply', `${sys}/status_reply`, 'The acknowledgement of the topology.', {
    envelope: 'ResultEnvelope',
  }),
  down('property_set', `${thing}/property/set`, 'Writes one field of one property.', {
    envelope: 'Envelope',
    replyOn: 'property_set_reply',
  }),
  up(
    'property_set_reply',
    `${thing}/property/set_reply`,
    'The result of each write, nested as the request was.',
    {
      envelope: 'Envelope',
    },
  ),
  down('drc_down', `${thing}/drc/down`, 'Flight and payload control at low latency.', {
    envelope: 'DrcEnvelope',
    family: 'drc-down',
    replyOn: 'drc_up',
  }),
  up('drc_up', `${thing}/drc/up`, 'Answers and pushes of the low-latency channel.', {
    envelope: 'DrcEnvelope',
    family: 'drc-up',
  }),
]

type Extras = Partial<Pick<AsyncApiChannel, 'envelope' | 'family' | 'replyOn'>>

function up(name: string, address: string, purpose: string, extras: Extras): AsyncApiChannel {
  return channel({ name, address, purpose, direction: 'up', operation: `receive_${name}`, ...extras })
}

function down(name: string, address: string, purpose: string, extras: Extras): AsyncApiChannel {
  return channel({ name, address, purpose, direction: 'down', operation: `send_${name}`, ...extras })
}

function channel(named: Omit<AsyncApiChannel, 'message' | 'envelope' | 'family'> & Extras): AsyncApiChannel {
  return { envelope: 'MethodEnvelope', family: 'none', message: `${named.name}_message`, ...named }
}
