/** One HTTP call to the gateway, with its answer or the reason why there was none. */
export interface HttpExchange {
  /** Order in the rig when the request was sent; shares its numbers with frames. */
  readonly seqSent: number
  /** Order in the rig when the answer had been read. */
  readonly seqDone: number
  /** Scenario time, milliseconds since the Unix epoch. */
  readonly sentAt: number
  readonly doneAt: number
  readonly request: HttpRequest
  readonly outcome: HttpOutcome
}

export interface HttpRequest {
  readonly method: string
  /** Path and query as sent, base path included. */
  readonly path: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** How the harness signed it: what a correct gateway must think of the signature. */
  readonly signing: SigningFact
}

/** What the harness knows about the signature that it put on a request. */
export type SigningFact =
  | { readonly kind: 'valid'; readonly api_id: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'tampered'; readonly what: string }

export type HttpOutcome =
  | { readonly kind: 'answered'; readonly response: HttpResponse }
  | { readonly kind: 'unanswered'; readonly why: string }

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
