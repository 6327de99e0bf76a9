import type { RunEvent } from './events.ts'

type Raised = Extract<RunEvent, { readonly kind: 'findingRaised' }>

/** A stream of events on its way. */
export interface OrderedEvents {
  on(event: RunEvent): void
  /** Lets go of what is still held. */
  end(): void
}

/**
 * Passes events on so that a finding follows the message or answer that proves it: the judge speaks while something is
 * being recorded, and the timeline shows it a moment later.
 */
export function findingsAfterProof(emit: (event: RunEvent) => void): OrderedEvents {
  let held: readonly Raised[] = []
  const letGo = (isDue: (proof: number) => boolean): void => {
    const due = held.filter(({ finding }) => finding.evidence.every(isDue))
    held = held.filter((finding) => !due.includes(finding))
    for (const finding of due) emit(finding)
  }
  return {
    on(event) {
      if (event.kind === 'findingRaised') {
        held = [...held, event]
        return
      }
      // an answer that was seen before is not shown again: its finding waits for the next event only
      const seq = seqOf(event) ?? Infinity
      letGo((proof) => proof < seq)
      emit(event)
      letGo((proof) => proof <= seq)
    },
    end() {
      letGo(() => true)
    },
  }
}

function seqOf(event: RunEvent): number | undefined {
  if (event.kind === 'frameHeard') return event.frame.seq
  return event.kind === 'httpExchanged' ? event.http.seq : undefined
}
