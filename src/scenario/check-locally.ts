import type { TSchema } from 'typebox'
import { Document, isNode } from 'yaml'
import type { Check, KindCheck, Place } from './check.ts'
import { checkLifecycle } from './check-names.ts'
import {
  checkBrokerAction,
  checkDeviceAction,
  checkExpected,
  checkRegex,
  checkRequest,
} from './check-values.ts'
import { definitions } from './language.ts'
import type { Problem } from './problem.ts'
import { walk } from './walk.ts'

/** Checks a plain value against a definition, without the file around it: shapes and matchers, but no names. */
export function checkLocally(definition: TSchema, value: unknown): readonly Problem[] {
  const document = new Document(value)
  const { contents } = document
  const check: Check = {
    file: '',
    // a document that was not parsed differs in its errors only, which the walk does not read
    parsed: {
      document: document as Check['parsed']['document'],
      value,
      spanOf: () => ({ line: 1, column: 1, endColumn: 2 }),
    },
    declared: { rows: [], devices: new Map(), names: new Set(), marks: new Set() },
    progress: { names: new Set(), marks: new Set(), hasCommand: true },
    problems: [],
    seen: new Set(),
    fakers: [],
    refused: new Set(),
    kinds: localKinds,
    definitions,
    checkText: () => undefined,
  }
  if (isNode(contents)) walk(contents, definition, nowhere, check)
  return check.problems
}

const nowhere: Place = { templates: 'allowed', inBehaviour: false, inRepeat: true, hasEach: true }

const localKinds: Readonly<Record<string, KindCheck>> = {
  brokerAction: checkBrokerAction,
  deviceAction: checkDeviceAction,
  expected: checkExpected,
  lifecycle: checkLifecycle,
  regex: checkRegex,
  request: checkRequest,
}
