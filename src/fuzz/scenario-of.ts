import type { Profile } from '../../contracts/index.ts'
import { unreachable } from '../../contracts/index.ts'
import type { Act, Answers, Sequence } from './act.ts'
import { commandNames, dockNames, mostCommands, payloads } from './act.ts'
import { DockModel, lastsMs } from './dock-model.ts'
import type { ScenarioData, StepData } from './scenario-data.ts'
import { given } from './scenario-data.ts'
import { onlyKnown, scriptOf } from './script-of.ts'

/** The contract's default of `timeout_seconds` (rule: create-default-timeout). */
const defaultTimeoutSeconds = 30

/**
 * A sequence as a scenario for a gateway: every act that it can be asked is a step; afterwards all is put up again, and every
 * command is read to its end.
 */
export function scenarioOf(sequence: Sequence, profile: Profile): ScenarioData {
  const writer = new Writer(sequence, profile)
  for (const act of sequence.acts) writer.act(act)
  writer.end()
  return writer.scenario()
}

interface Command {
  readonly name: string
  readonly key: string
  readonly send: Extract<Act, { kind: 'send' }>
  readonly dock: number
  readonly deadline: number
}

class Writer {
  readonly #docks: readonly DockModel[]
  readonly #answers: Answers[]
  readonly #sequence: Sequence
  readonly #profile: Profile
  readonly #steps: StepData[] = []
  readonly #commands: Command[] = []
  #gateway: 'up' | 'down' = 'up'
  #broker: 'up' | 'down' = 'up'
  #now = 0

  constructor(sequence: Sequence, profile: Profile) {
    this.#sequence = sequence
    this.#profile = profile
    this.#answers = [...sequence.docks]
    this.#docks = dockNames.map((name, index) => new DockModel(name, sequence.docks[index] ?? []))
  }

  act(act: Act): void {
    switch (act.kind) {
      case 'send':
        return this.#send(act)
      case 'wait':
        return this.#wait(act.ms)
      case 'deadline': {
        const command = at(this.#commands, act.of)
        return command === undefined ? undefined : this.#wait(command.deadline + act.offset - this.#now)
      }
      case 'query':
        return this.#query(at(this.#commands, act.of))
      case 'release':
        return this.#release(at(this.#docks, act.dock), act.which)
      case 'script':
        return this.#script(act)
      case 'line':
        return this.#line(at(this.#docks, act.dock), act.how)
      case 'gateway':
        return this.#gatewayDoes(act.how)
      case 'broker':
        return this.#brokerDoes(act.how)
      default:
        return unreachable(act)
    }
  }

  end(): void {
    if (this.#broker === 'down') this.#brokerDoes('toggle')
    if (this.#gateway === 'down') this.#gatewayDoes('restart')
    const [last] = this.#commands.slice(-1)
    if (last === undefined) return
    for (const command of this.#commands) this.#query(command)
    const deadlines = this.#commands.map(({ deadline }) => deadline)
    this.#wait(
      Math.max(...deadlines, this.#now + Math.max(0, ...this.#answers.map(lastsMs))) + 1_000 - this.#now,
    )
    for (const command of this.#commands) this.#query(command)
  }

  scenario(): ScenarioData {
    const names = new Set(this.#commands.map(({ name }) => name))
    const methods = new Set(this.#commands.map(({ send }) => send.method))
    const key = [...methods].every((method) => method === 'drone_close') ? 'drone_close' : '*'
    const steps = this.#steps.map((step) => onlyKnown(step, names, key))
    const scripts = this.#docks.map(({ name }, index) => ({
      name,
      device: { on: scriptOf(this.#sequence.docks[index] ?? [], names, key) },
    }))
    const used = scripts.filter(({ name }, index) => index === 0 || isNamed(name, steps, scripts[0]?.device))
    const devices = Object.fromEntries(used.map(({ name, device }) => [name, device]))
    return { devices, steps }
  }

  #send(act: Extract<Act, { kind: 'send' }>): void {
    if (this.#gateway === 'down') return
    const first = act.key === 'fresh' ? undefined : at(this.#commands, act.key)
    if (first !== undefined && act.change !== 'caller') return this.#repeat(first, act)
    const name = commandNames[this.#commands.length]
    if (this.#commands.length >= mostCommands || name === undefined) return
    const other = first?.send.credential === 'first' ? 'second' : 'first'
    const send = first === undefined ? act : ({ ...act, credential: other } as const)
    const dock = act.dock % this.#docks.length
    if (this.#isTaken(dock)) return
    const seconds = act.timeout ?? defaultTimeoutSeconds
    const deadline = this.#now + seconds * 1_000
    const command = { name, key: first?.key ?? `\${fresh.${name}}`, send, dock, deadline }
    this.#commands.push(command)
    this.#write(this.#request(command, {}), act.copies, name)
    this.#docks[dock]?.queue(deadline)
    this.#deliver()
  }

  /** Whether a dock may have an open command, and its gateway does not declare that it can hold several. */
  #isTaken(dock: number): boolean {
    const { capabilities, slack_ms } = this.#profile
    return (
      !capabilities.includes('parallel-per-device') &&
      this.#commands.some((each) => each.dock === dock && each.deadline + slack_ms >= this.#now)
    )
  }

  /** The same key again: the same request, or another one. Whatever the answer is, the judge judges it. */
  #repeat(first: Command, { change, copies, timeout }: Extract<Act, { kind: 'send' }>): void {
    const other = {
      none: {},
      timeout: { timeout_seconds: timeout === first.send.timeout ? 59 : (timeout ?? defaultTimeoutSeconds) },
      dock: { device_id: dockNames[(first.dock + 1) % dockNames.length] },
      payload: { payload: payloads[first.send.method]?.other },
      order: { payload: payloads[first.send.method]?.order },
      caller: {},
      method: {
        command_type: first.send.method === 'drone_close' ? 'drone_open' : 'drone_close',
        payload: payloads[first.send.method] === undefined ? undefined : {},
      },
    }[change]
    this.#write({ ...this.#request(first, other), expect: { http: { $any: true } } }, copies)
  }

  #request({ key, send, dock }: Command, other: StepData): StepData {
    const body = {
      device_id: dockNames[dock],
      command_type: send.method,
      payload: payloads[send.method]?.usual,
      timeout_seconds: send.timeout,
      idempotency_key: key,
      sign: send.credential === 'second' ? { credential: 'second' } : undefined,
    }
    return { send: given({ ...body, ...given(other) }) }
  }

  #write(step: StepData, copies: number, as?: string): void {
    const times =
      copies > 1 ? [{ parallel: { repeat: { times: copies, steps: [given({ ...step, as })] } } }] : []
    this.#steps.push(...(times.length > 0 ? times : [given({ ...step, as })]))
  }

  #wait(ms: number): void {
    if (ms <= 0) return
    this.#steps.push({ wait: `${ms}ms` })
    this.#now += ms
  }

  #query(command: Command | undefined): void {
    if (command === undefined || this.#gateway === 'down') return
    this.#steps.push({ query: command.name, expect: { http: { $any: true } } })
  }

  #release(dock: DockModel | undefined, which: number): void {
    const held = dock?.heldBy(this.#now) ?? []
    const call = at(held, which)
    if (dock === undefined || call === undefined) return
    this.#steps.push({ release: held.length === 1 ? dock.name : { device: dock.name, reply: call } })
    dock.release(call)
  }

  #script({ dock, answers }: Extract<Act, { kind: 'script' }>): void {
    const model = at(this.#docks, dock)
    if (model === undefined) return
    model.use(answers)
    this.#answers.push(answers)
    this.#steps.push({ device: { script: model.name, on: answers } })
  }

  #line(dock: DockModel | undefined, how: 'clean' | 'cut' | 'silent'): void {
    if (dock === undefined || this.#broker === 'down') return
    this.#steps.push({ device: dock.isOnline ? { disconnect: dock.name, how } : { connect: dock.name } })
    dock.isOnline = !dock.isOnline
    this.#deliver()
  }

  #gatewayDoes(how: 'restart' | 'kill' | 'stop'): void {
    // A gateway that starts needs its broker.
    if (this.#broker === 'down') return
    const action = this.#gateway === 'down' ? 'start' : how
    this.#steps.push({ gateway: action })
    this.#gateway = action === 'start' || action === 'restart' ? 'up' : 'down'
    this.#deliver()
  }

  #brokerDoes(how: 'toggle' | 'drop'): void {
    if (how === 'drop' && (this.#broker === 'down' || this.#gateway === 'down')) return
    const toggled = this.#broker === 'up' ? 'down' : 'up'
    if (how === 'drop') {
      this.#steps.push({ broker: { drop: 'gateway' } })
    } else {
      this.#steps.push({ broker: toggled === 'down' ? 'stop' : 'start' })
      this.#broker = toggled
    }
    this.#deliver()
  }

  #deliver(): void {
    if (this.#broker === 'down' || this.#gateway === 'down') return
    for (const dock of this.#docks) if (dock.isOnline) dock.deliver(this.#now)
  }
}

/** The n-th of what is there, counted round and round; undefined when there is nothing. */
function at<T>(list: readonly T[], place: number): T | undefined {
  return list.length === 0 ? undefined : list[place % list.length]
}

/** Whether a dock appears at all: one that does not need not be put up. */
function isNamed(name: string, ...data: readonly unknown[]): boolean {
  return JSON.stringify(data).includes(`"${name}"`)
}
