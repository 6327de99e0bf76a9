import { ofTheme } from '../defect.ts'
import type { Command } from '../piece.ts'
import { reading, recording, showing, stepping } from '../piece.ts'

/** Commands that go where they must not, or end when they must not. */
export const lifecycleDefects = ofTheme('lifecycle', [
  {
    name: 'late-reply-completes',
    breaks: ['lifecycle-timed-out-final'],
    sentence: 'Lets a reply complete a command that has timed out.',
    parts: recording((command, event, usual) =>
      event.kind === 'matched' && command.state === 'timedOut' ? reopened(command, usual) : 'default',
    ),
  },
  {
    name: 'last-reply-wins',
    breaks: ['lifecycle-final'],
    sentence: 'Writes the status of every reply over that of the one before.',
    parts: recording((command, event, usual) =>
      event.kind === 'matched' && (command.state === 'succeeded' || command.state === 'failed')
        ? reopened(command, usual)
        : 'default',
    ),
  },
  {
    name: 'failure-can-be-repaired',
    breaks: ['lifecycle-final'],
    sentence: 'Lets a good reply after a bad one turn FAILED into SUCCEEDED.',
    parts: recording((command, event, usual) =>
      event.kind === 'matched' && command.state === 'failed' && event.reply.outcome === 'succeeded'
        ? reopened(command, usual)
        : 'default',
    ),
  },
  {
    name: 'second-reply-changes-the-details',
    breaks: ['lifecycle-timed-out-final'],
    sentence: 'Keeps the status of a final command, but shows the response of the last reply.',
    parts: recording((command, event) =>
      event.kind === 'matched' && (command.state === 'succeeded' || command.state === 'failed')
        ? { ...command, reply: event.reply }
        : 'default',
    ),
  },
  {
    name: 'late-reply-leaves-its-response',
    breaks: ['lifecycle-timed-out-final'],
    sentence: 'Shows the response of a late reply on the command that has timed out.',
    parts: recording((command, event) =>
      event.kind === 'matched' && command.state === 'timedOut'
        ? { ...command, reply: event.reply }
        : 'default',
    ),
  },
  {
    name: 'acknowledgement-overtaken-by-reply',
    breaks: ['lifecycle-final', 'lifecycle-forward', 'lifecycle-early-reply'],
    sentence: 'Sets DELIVERED when the broker acknowledges, whatever the status has become meanwhile.',
    parts: stepping((state, event) =>
      event.kind === 'acknowledged' && (state === 'succeeded' || state === 'failed')
        ? 'delivered'
        : 'default',
    ),
  },
  {
    name: 'early-reply-lost',
    breaks: ['lifecycle-early-reply', 'reply-by-tid', 'lifecycle-deadline'],
    sentence: 'Accepts replies only for commands that are DELIVERED.',
    parts: stepping((state, event) =>
      state === 'accepted' && event.kind === 'matched' ? undefined : 'default',
    ),
  },
  {
    name: 'delivered-never-set',
    breaks: ['lifecycle-delivered'],
    sentence: 'Leaves a command ACCEPTED until its reply comes.',
    parts: stepping((state, event) =>
      state === 'accepted' && event.kind === 'acknowledged' ? undefined : 'default',
    ),
  },
  {
    name: 'delivered-before-it-is',
    breaks: ['mqtt-services', 'query-timestamps', 'offline-waits'],
    sentence: 'Shows DELIVERED as soon as a command is accepted.',
    parts: showing((shown) => (shown['status'] === 'ACCEPTED' ? { ...shown, status: 'DELIVERED' } : shown)),
  },
  {
    name: 'never-times-out',
    breaks: ['lifecycle-deadline'],
    sentence: 'Has no timer, so that a command waits for ever.',
    parts: stepping((_state, event) => (event.kind === 'deadline' ? undefined : 'default')),
  },
  {
    name: 'deadline-from-delivery',
    breaks: ['lifecycle-deadline-from-acceptance'],
    sentence: 'Starts the clock when the broker has acknowledged the command.',
    parts: ({ recordEvent }) => ({
      recordEvent(command, event, at, next) {
        const changed = recordEvent(command, event, at, next)
        if (event.kind !== 'acknowledged' || changed === undefined) return changed
        return { ...changed, deadline_at: at + command.request.timeout_seconds * 1000 }
      },
    }),
  },
  {
    name: 'timeout-in-milliseconds',
    breaks: ['lifecycle-deadline'],
    sentence: 'Passes the seconds of the timeout to a timer that counts milliseconds.',
    parts: deadlineAfter((seconds) => seconds),
  },
  {
    name: 'timeout-rounded-up-to-a-minute',
    breaks: ['lifecycle-deadline', 'lifecycle-deadline-from-acceptance'],
    sentence: 'Looks for overdue commands once a minute.',
    parts: deadlineAfter((seconds) => Math.ceil(seconds / 60) * 60_000),
  },
  {
    name: 'timeout-always-thirty-seconds',
    breaks: ['lifecycle-deadline'],
    sentence: 'Reads the timeout of the request and never uses it.',
    parts: deadlineAfter(() => 30_000),
  },
  {
    name: 'default-timeout-of-a-minute',
    breaks: ['create-default-timeout'],
    sentence: 'Gives a command without a timeout 60 seconds.',
    parts: reading((body) => ({ timeout_seconds: 60, ...body })),
  },
  {
    name: 'timed-out-as-failed',
    breaks: ['lifecycle-deadline', 'unmatched-never-decides'],
    sentence: 'Shows a command that timed out as FAILED.',
    parts: showing((shown) => (shown['status'] === 'TIMED_OUT' ? { ...shown, status: 'FAILED' } : shown)),
  },
  {
    name: 'late-reply-in-the-last-second-lost',
    breaks: [
      'lifecycle-deadline',
      'reply-by-tid',
      'reply-zero-succeeds',
      'lifecycle-deadline-from-acceptance',
    ],
    sentence: 'Gives up a second before the deadline, to be on the safe side.',
    parts: deadlineAfter((seconds) => Math.max(0, seconds * 1000 - 1000)),
  },
  {
    name: 'final-command-falls-back',
    breaks: ['lifecycle-forward', 'lifecycle-final'],
    sentence: 'Sets DELIVERED again when a second reply comes.',
    parts: stepping((state, event) =>
      state === 'succeeded' && event.kind === 'matched' ? 'delivered' : 'default',
    ),
  },
])

/** Records the event as if the command were still waiting for it. */
function reopened(command: Command, usual: (command: Command) => Command | undefined): Command | undefined {
  const changed = usual({ ...command, state: 'delivered', deadline_at: Infinity })
  return changed === undefined ? undefined : { ...changed, deadline_at: command.deadline_at }
}

/** Another deadline: so many milliseconds after acceptance for so many seconds of the request. */
function deadlineAfter(ms: (seconds: number) => number): ReturnType<typeof stepping> {
  return ({ newCommand }) => ({
    newCommand(made) {
      const command = newCommand(made)
      return { ...command, deadline_at: made.now + ms(made.request.timeout_seconds) }
    },
  })
}
