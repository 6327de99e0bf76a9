import type { Check } from './check.ts'
import { complain } from './check.ts'
import { nearest, unknownWord } from './nearest.ts'

/** Checks `${faker:module.method}`. The library is big: it is loaded only when a file uses it. */
export async function checkFakers(check: Check): Promise<void> {
  if (check.fakers.length === 0) return
  const { faker } = await import('@faker-js/faker/locale/en')
  const modules = faker as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  for (const { path, node, row } of check.fakers) {
    const [moduleName = '', method = '', ...rest] = path.split('.')
    const names = Object.hasOwn(modules, moduleName) ? methodsOf(modules[moduleName]) : []
    if (rest.length === 0 && names.includes(method)) continue
    const all = names.length > 0 ? names.map((name) => `${moduleName}.${name}`) : moduleNames(modules)
    const suggestion = nearest(names.length > 0 ? path : moduleName, all)
    const place = { templates: 'allowed', inBehaviour: false, inRepeat: false, hasEach: false } as const
    complain(check, node, row === undefined ? place : { ...place, row }, {
      code: 'TEMPLATE_WRONG',
      message: unknownWord('faker', path, suggestion),
      expected: '${faker:module.method} of the Faker library, such as ${faker:internet.ip}',
      suggestion,
    })
  }
}

function moduleNames(
  modules: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  return Object.keys(modules).filter((name) => methodsOf(modules[name]).length > 0)
}

/** Methods that make a value; the library binds them to the object itself. */
function methodsOf(module: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  if (typeof module !== 'object' || module === null) return []
  return Object.getOwnPropertyNames(module).filter((name) => typeof module[name] === 'function')
}
