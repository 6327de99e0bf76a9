import { fillTemplates, keepTemplate, valueAt } from './template.ts'

/**
 * Fills `${example.…}` with the fields of a row; other templates, those in the row's values included, stay for the run.
 * Throws HarnessError TEMPLATE_INVALID for a field that the row does not have.
 */
export function fillExample(value: unknown, example: Readonly<Record<string, unknown>>): unknown {
  return fillTemplates(value, (expression) => {
    const [root, ...path] = expression.split('.')
    return root === 'example' ? valueAt(example, path) : keepTemplate
  })
}
