import { isDeepStrictEqual } from 'node:util'
import type { ReadRun } from '../command-record.ts'
import { isJsonObject } from '../envelope.ts'
import type { JsonObject } from '../envelope.ts'
import type { History } from '../history.ts'
import type { DueMessage, Mapping } from '../mapping.ts'
import { isAbsent, isDueText } from '../mapping.ts'
import { lostFields } from '../vendor-response.ts'
import type { GoodReply, Story } from '../story.ts'
import type { TiedCheck } from './check.ts'
import { shown } from './check.ts'
import { decision } from './decided.ts'

/** What a rule of the mapping says of a decided command; `undefined` where it says nothing. */
type MappingRule = (mapping: Mapping, body: JsonObject) => MappingRuling | undefined

interface MappingRuling {
  readonly holds: boolean
  /** In words; written only of what is broken. */
  readonly due: () => string
  readonly field: string
}

/** rule: reply-code-prefers-code, reply-code-falls-to-result, reply-code-null-absent */
function codeRule(branch: Mapping['codeBranch']): MappingRule {
  return ({ codeBranch, code }, { response_code: field }) => {
    // A number in place of a text, and nothing at all, are the matter of other rules.
    if (codeBranch !== branch || typeof field === 'number') return undefined
    if (branch !== 'null-absent' && isAbsent(field)) return undefined
    const due = code.kind === 'text' ? code.text : String(code.value)
    const isEmpty = code.kind === 'text' && code.text === ''
    return {
      holds: isDueText(code, field) || (isEmpty && isAbsent(field)),
      due: () => shown(due),
      field: 'response_code',
    }
  }
}

/** rule: reply-message-message, reply-message-msg, reply-message-description */
function onlyMessage(branch: 'message' | 'msg' | 'description'): MappingRule {
  return ({ message }, { response_message }) => {
    if (message.branch !== branch) return undefined
    return {
      holds: response_message === message.due,
      due: () => shown(message.due),
      field: 'response_message',
    }
  }
}

/** rule: query-response-fields */
function showsFields({ message, codeBranch, data }: Mapping, body: JsonObject): MappingRuling {
  const missing = [
    ...(isAbsent(body['response_code']) && isCodeDue(codeBranch) ? ['response_code'] : []),
    ...(isAbsent(body['response_message']) && isMessageDue(message) ? ['response_message'] : []),
    ...(isAbsent(body['vendor_response']) && lostFields(data, {}).length > 0 ? ['vendor_response'] : []),
    ...(isTextOrAbsent(body['response_message']) ? [] : ['response_message']),
  ]
  return {
    holds: missing.length === 0,
    due: () => `${missing.join(', ')} as the reply has it`,
    field: missing[0] ?? '',
  }
}

function isCodeDue(branch: Mapping['codeBranch']): boolean {
  return branch !== 'null-absent' && branch !== 'free'
}

function isMessageDue(message: DueMessage): boolean {
  return message.branch === 'several' ? message.oneOf.length > 0 : message.branch !== 'free'
}

function isTextOrAbsent(value: unknown): boolean {
  return isAbsent(value) || typeof value === 'string'
}

const mappingRules: Readonly<Record<string, MappingRule>> = {
  'query-response-fields': showsFields,
  'reply-code-prefers-code': codeRule('code'),
  'reply-code-falls-to-result': codeRule('result'),
  'reply-code-null-absent': codeRule('null-absent'),
  'reply-code-string': (_mapping, { response_code }) => {
    if (response_code === undefined || response_code === null) return undefined
    return { holds: typeof response_code === 'string', due: () => 'a string', field: 'response_code' }
  },
  'reply-message-message': onlyMessage('message'),
  'reply-message-msg': onlyMessage('msg'),
  'reply-message-description': onlyMessage('description'),
  'reply-message-one-of': ({ message }, { response_message }) => {
    if (message.branch !== 'several' || message.oneOf.length === 0) return undefined
    const holds = message.oneOf.some((text) => text === response_message)
    return { holds, due: () => `one of ${shown(message.oneOf)}`, field: 'response_message' }
  },
  'reply-message-order': ({ message }, { response_message }) => {
    if (message.branch !== 'several' || message.preferred === undefined) return undefined
    const holds =
      response_message === message.preferred || (message.preferred === '' && isAbsent(response_message))
    return { holds, due: () => shown(message.preferred), field: 'response_message' }
  },
  'reply-vendor-response': (_mapping, { vendor_response }) => {
    if (vendor_response === undefined || vendor_response === null || vendor_response === '') return undefined
    return { holds: isJsonObject(vendor_response), due: () => 'an object', field: 'vendor_response' }
  },
  'reply-vendor-preserves': ({ data }, { vendor_response }) => {
    if (!isJsonObject(vendor_response) || isAbsent(vendor_response)) return undefined
    const lost = lostFields(data, vendor_response)
    return {
      holds: lost.length === 0,
      due: () => `${lost.join(', ')} of ${shown(data)}`,
      field: 'vendor_response',
    }
  },
  'reply-vendor-exact': ({ data }, { vendor_response }) => {
    if (!isJsonObject(vendor_response)) return undefined
    return {
      holds: isDeepStrictEqual(vendor_response, data),
      due: () => shown(data),
      field: 'vendor_response',
    }
  },
}

/** Of several replies that may have decided, the one that explains best what is shown. */
export function bestReply(by: readonly GoodReply[], run: ReadRun): GoodReply | undefined {
  if (by.length < 2) return by[0]
  const broken = ({ mapping }: GoodReply): number =>
    Object.values(mappingRules).filter((of) => of(mapping, run.body)?.holds === false).length
  return by.toSorted((left, right) => broken(left) - broken(right))[0]
}

function maps(id: string, of: MappingRule): TiedCheck {
  return {
    rule: id,
    check(story, history) {
      let isReached = false
      for (const run of story.command.reads) {
        const best = decidedBy(story, run, history)
        const found = best === undefined ? undefined : of(best.mapping, run.body)
        if (best === undefined || found === undefined) continue
        isReached = true
        if (found.holds) continue
        return {
          seen: `${found.field} ${shown(run.body[found.field])} after the reply ${shown(best.mapping.data)}`,
          due: found.due(),
          evidence: [best.reply.seq, run.first.seqDone],
        }
      }
      return isReached ? 'kept' : undefined
    },
  }
}

/** The reply that decided a read, when one did and explains it. */
export function decidedBy(story: Story, run: ReadRun, history: History): GoodReply | undefined {
  const found = decision(story, run, history)
  return found?.kind === 'explained' ? bestReply(found.by, run) : undefined
}

export const replyChecks: readonly TiedCheck[] = Object.entries(mappingRules).map(([id, of]) => maps(id, of))
