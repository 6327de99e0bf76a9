import type { DeviceScript } from '../../simulator/index.ts'
import { scriptBehavior } from '../../simulator/index.ts'
import { scriptLookupOf, tidOfCommand } from './lookup.ts'
import type { Scene } from './scene.ts'
import { renderTemplates } from './template.ts'

/** Puts a script in front of what a device does; its templates are filled when it answers. */
export function useScript(scene: Scene, name: string, script: DeviceScript): void {
  const behavior = scriptBehavior(script, {
    fill: (value, request) => renderTemplates(value, scriptLookupOf(scene, request)),
    tidOf: (command) => tidOfCommand(scene, command, scene.named.get(command)?.command?.command_id) ?? '',
  })
  scene.rig.fleet.get(name).use(behavior)
}
