import { Option } from '@commander-js/extra-typings'
import { collect, port, variable } from './options.ts'

/** The options of `serve` that concern its docks and their control; what is in them is read when the command begins. */

export const aircraftOption = new Option(
  '--aircraft <id>',
  'model of every aircraft: m30, m30t, m3d, m3td, m4d, m4td (default: the first that fits the dock)',
).env(variable('aircraft'))

export const placeOption = new Option(
  '--place <lat,lon>',
  'around where the docks stand, in degrees (default: drawn from the seed)',
).env(variable('place'))

export const quirkOption = new Option(
  '--quirk <name>',
  'in what way every dock is odd: slow-dock, flaky-link, answers-twice, retries-with-new-tid; may be given several times',
)
  .env(variable('quirk'))
  .argParser(collect)

export const sessionOption = new Option(
  '--session <kind>',
  'full: docks ask for configuration and binding before they announce themselves',
)
  .env(variable('session'))
  .choices(['short', 'full'] as const)

export const timingOption = new Option(
  '--timing <name=span>',
  'how long something takes, such as reboot=1s or step=50ms; may be given several times',
)
  .env(variable('timing'))
  .argParser(collect)

export const telemetryOption = new Option('--telemetry', 'docks send osd and state').env(
  variable('telemetry'),
)

export const initialOption = new Option(
  '--initial <object>',
  'properties that docks begin with, such as "{ mode_code: 0 }"',
).env(variable('initial'))

export const controlPortOption = new Option(
  '--control-port <port>',
  'port of the control API, 0 for any free one (default: 8081; with --port 0 any free one)',
)
  .env(variable('control-port'))
  .argParser(port)

export const controlTokenOption = new Option(
  '--control-token <token>',
  'demand this token of calls to the control API, which then listens on --host too; better given as DOCKRIG_CONTROL_TOKEN',
).env(variable('control-token'))
