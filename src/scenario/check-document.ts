import type { Check, KindCheck, Place } from './check.ts'
import { openCheck } from './check.ts'
import { checkDevices, checkExamples } from './check-file.ts'
import {
  checkAllow,
  checkCapability,
  checkLifecycle,
  checkAircraft,
  checkModel,
  checkRule,
  checkScript,
  checkTopic,
} from './check-names.ts'
import {
  checkAs,
  checkCommand,
  checkDevice,
  checkDeviceOrGroup,
  checkDropped,
  checkMark,
  checkRecipient,
  checkRelease,
  checkSince,
} from './check-references.ts'
import { checkStep } from './check-step.ts'
import { checkText } from './check-templates.ts'
import {
  checkBrokerAction,
  checkCommandType,
  checkDeviceAction,
  checkExpected,
  checkRegex,
  checkRepeat,
  checkRequest,
} from './check-values.ts'
import { readDeclared } from './declared.ts'
import { definitions, ScenarioFile } from './language.ts'
import type { ParsedDocument } from './parse-yaml.ts'
import { walk } from './walk.ts'

/** Checks one document against the language. The problems are in the check that it returns. */
export function checkDocument(file: string, parsed: ParsedDocument): Check {
  const check = openCheck({ file, parsed, declared: readDeclared(parsed), kinds, definitions, checkText })
  const { contents } = parsed.document
  if (contents === null) {
    const span = { line: 1, column: 1, endColumn: 2 }
    check.problems.push({
      code: 'KEY_MISSING',
      file,
      ...span,
      message: 'the file is empty',
      expected: 'scenario and steps',
    })
    return check
  }
  walk(contents, ScenarioFile, anywhere, check)
  return check
}

const anywhere: Place = { templates: 'allowed', inBehaviour: false, inRepeat: false, hasEach: false }

const kinds: Readonly<Record<string, KindCheck>> = {
  allow: checkAllow,
  as: checkAs,
  brokerAction: checkBrokerAction,
  capability: checkCapability,
  command: checkCommand,
  commandType: checkCommandType,
  device: checkDevice,
  deviceAction: checkDeviceAction,
  deviceOrGroup: checkDeviceOrGroup,
  devices: checkDevices,
  dropped: checkDropped,
  examples: checkExamples,
  expected: checkExpected,
  lifecycle: checkLifecycle,
  mark: checkMark,
  model: checkModel,
  aircraft: checkAircraft,
  recipient: checkRecipient,
  regex: checkRegex,
  release: checkRelease,
  repeat: checkRepeat,
  request: checkRequest,
  rule: checkRule,
  script: checkScript,
  since: checkSince,
  step: checkStep,
  topic: checkTopic,
}
