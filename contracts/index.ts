export type { HttpExchange, HttpOutcome, HttpRequest, HttpResponse, SigningFact } from './exchange.ts'
export type { Finding, Level } from './finding.ts'
export { levels } from './finding.ts'
export type { Frame, Sender } from './frame.ts'
export type { HarnessErrorCode, HarnessErrorDetails, SourcePosition } from './harness-error.ts'
export { HarnessError, harnessErrorCodes, unreachable } from './harness-error.ts'
export type { Observation } from './observation.ts'
export { packageRoot } from './package-root.ts'
export type { Capability, Profile } from './profile.ts'
export {
  capabilities,
  defaultHeaders,
  defaultSigning,
  foreignProfile,
  referenceProfile,
  SigningHeaders,
  SigningSpec,
} from './profile.ts'
export type { Decoded, Envelope, JsonObject } from './envelope.ts'
export { decodeEnvelope, encodeEnvelope, isJsonObject } from './envelope.ts'
export type { DownFamily, Topic, TopicFamily, UpFamily } from './topic.ts'
export { downFamilies, formatTopic, parseTopic, replyFamily, upFamilies } from './topic.ts'
export type { Rule, RuleFamily, Source } from './rule.ts'
export { findRule, ruleFamilies, ruleFamily, rules, sources, weakestLevel } from './rule.ts'
export type { GatewayProduct, Model, PayloadDevice, Product } from './model.ts'
export { aircraftProducts, findModel, gatewayProducts, models } from './model.ts'
export type {
  DjiFacts,
  Domain,
  JsonSchema,
  Method,
  Precondition,
  ProductVersions,
  Progress,
} from './method.ts'
export { domains, findMethod, methods, offeredMethods } from './method.ts'
export type { Message, MessageFamily, MessageVariant } from './message.ts'
export { dataSchema, findMessage, messageFamilies, messages, replySchema } from './message.ts'
export type { ProductProperties, Settable } from './property.ts'
export { propertiesOf, settableProperties } from './property.ts'
export type { ErrorCode } from './error-code.ts'
export { errorCodes, findErrorCode, sideOf } from './error-code.ts'
export type { PayloadProblem } from './payload-schema.ts'
export { checkAgainst, checkPayload } from './payload-schema.ts'
export { describeSchema, describeValue } from './schema-words.ts'
export type { RequestToSign, SignedParts, SigningPlaceholder } from './signing.ts'
export {
  canonicalQuery,
  canonicalString,
  fillLines,
  sha256Hex,
  signatureOf,
  signingPlaceholders,
  signRequest,
  splitTarget,
} from './signing.ts'
export type { HttpError } from './http-error.ts'
export { httpErrors } from './http-error.ts'
export type { OpenApiParts } from './openapi.ts'
export { buildOpenApi } from './openapi.ts'
export type { AsyncApiParts } from './asyncapi-schemas.ts'
export { buildAsyncApi } from './asyncapi.ts'
export type { CompiledName } from './compiled-data.ts'
export { compiledNames } from './compiled-data.ts'
export type { SignatureExplanation, SigningMistake } from './signing-explanation.ts'
export { explainSignature } from './signing-explanation.ts'
export type { LifecycleEvent, Status } from './lifecycle.ts'
export { isFinal, isStatus, mayFollow, next, orderRules, statuses } from './lifecycle.ts'
export type { MappedReply, Mapping } from './mapping.ts'
export { mapReply } from './mapping.ts'
export type { CommandRecord, ReadRun, Reply, Sending } from './command-record.ts'
export { History } from './history.ts'
export { tidOf } from './assign.ts'
export type { Judge } from './judge.ts'
export { createJudge } from './judge.ts'
export type { Seen, Tally, Verdict } from './ledger.ts'
export type { JudgeOptions } from './terms.ts'
export { applies, isFatal } from './terms.ts'
export { checkedRules } from './checks/index.ts'
export { notWatched } from './not-watched.ts'
export { oncePer } from './once-per.ts'
